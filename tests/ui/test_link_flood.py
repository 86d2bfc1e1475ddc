"""Thousands of links at a running instance: one question, the rest counted and said, and nothing called."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.services.link_gate import MOST_LINKS
from c2c_desktop.ui.ask_dialog import AskDialog
from tests.ui.rig import sent

LINKS = int(os.environ.get("C2C_FLOOD_LINKS", "600"))
RESPONSIVE_MS = 200
FLAT_KIB = 20_000

_FLOOD = """
import socket, sys
from pathlib import Path
from c2c_desktop.desktop.door_address import door_address
from c2c_desktop.services.link_line import link_line, read_answer
address = door_address(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(10)
        line.connect(address)
        line.sendall(link_line(f"tel:+44207946{number % 1000:04d}"))
        read_answer(line.recv(4096))
"""


def test_a_flood_of_links_makes_one_question_and_no_call(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    since, gaps, questions = QElapsedTimer(), [0], [0]
    heart = QTimer(program)

    def beat() -> None:
        gaps.append(since.restart())
        questions.append(sum(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets()))

    heart.timeout.connect(beat)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    flood = subprocess.Popen([sys.executable, "-c", _FLOOD, str(tmp_path), str(LINKS)])
    since.start()
    heart.start(5)
    try:
        qtbot.waitUntil(lambda: flood.poll() is not None, timeout=100_000)
        told = f"{LINKS - MOST_LINKS:,} links were left alone"
        qtbot.waitUntil(lambda: told in program.window.toast.label.text(), timeout=10_000)
    finally:
        heart.stop()
        flood.kill()
        flood.wait()
    assert flood.returncode == 0
    assert max(questions) == 1
    assert max(gaps) < RESPONSIVE_MS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < FLAT_KIB
    question = next(w for w in QApplication.topLevelWidgets() if isinstance(w, AskDialog))
    words = " ".join(label.text() for label in question.findChildren(QLabel))
    assert re.search(rf"\b{MOST_LINKS - 1} more links .*left alone", words), words
    question.reject()
    assert sent(program) == []
    assert program.core.journal.recent() == []

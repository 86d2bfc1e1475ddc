"""Thousands of links at a running instance: one question, the rest counted and said, and nothing called."""

from __future__ import annotations

import json
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
from tests.ui.rig import PATIENCE_MS, sent, settle

LINKS = int(os.environ.get("C2C_FLOOD_LINKS", "2000"))
RESPONSIVE_MS = 200
FLAT_KIB = 4096

_FLOOD = """
import json, socket, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.services.door_line import HandOver, door_line, read_answer
address, links = door_address(Path(sys.argv[1])), int(sys.argv[2])

def hand_over(number):
    since = time.monotonic()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(address)
        line.sendall(door_line(HandOver(link=f"tel:+44207946{number % 1000:04d}")))
        why = read_answer(line.recv(4096))
    return not why, time.monotonic() - since

begun = time.monotonic()
with ThreadPoolExecutor(4) as crowd:
    answers = list(crowd.map(hand_over, range(links)))
spent = time.monotonic() - begun
taken, slowest = sum(taken for taken, _ in answers), max(seconds for _, seconds in answers)
print(json.dumps({"taken": taken, "seconds": spent, "slowest": slowest}))
"""


class Heart:
    """Beats in the event loop; knows its longest pause and the most dialogs that stood at once."""

    def __init__(self, program: Application) -> None:
        self.longest_ms = self.most_dialogs = 0
        self._since = QElapsedTimer()
        self._timer = QTimer(program)
        self._timer.timeout.connect(self._beat)
        self._since.start()
        self._timer.start(5)

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.longest_ms = max(self.longest_ms, self._since.restart())
        dialogs = sum(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())
        self.most_dialogs = max(self.most_dialogs, dialogs)


def resident_kib() -> int:
    """Memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def flood(qtbot: QtBot, folder: Path, links: int) -> dict[str, float]:
    """Hand over `links` as fast as four clients can; return what they saw."""
    with subprocess.Popen(
        [sys.executable, "-c", _FLOOD, str(folder), str(links)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            qtbot.waitUntil(lambda: process.poll() is not None, timeout=100_000)
        finally:
            process.kill()
        told, _ = process.communicate()
    assert process.returncode == 0
    seen: dict[str, float] = json.loads(told)
    return seen


def test_a_flood_of_links_makes_one_question_and_no_call(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    flood(qtbot, tmp_path, MOST_LINKS)
    qtbot.waitUntil(lambda: any(isinstance(w, AskDialog) for w in QApplication.topLevelWidgets()), timeout=PATIENCE_MS)
    settle(qtbot, program)
    before, heart = resident_kib(), Heart(program)
    seen = flood(qtbot, tmp_path, LINKS)
    after = resident_kib()
    heart.stop()
    print(f"{LINKS:,} links in {seen['seconds']:.1f} s, the slowest answered in {seen['slowest'] * 1000:.0f} ms")
    print(f"longest pause of the window {heart.longest_ms} ms, memory {after - before:+,} KiB of {before:,}")
    assert seen["taken"] == 0
    assert seen["slowest"] * 1000 < RESPONSIVE_MS
    assert heart.longest_ms < RESPONSIVE_MS
    assert heart.most_dialogs == 1
    assert after - before < FLAT_KIB
    told = f"{LINKS:,} links were left alone: too many came at once."
    qtbot.waitUntil(lambda: program.window.toast.label.text() == told, timeout=PATIENCE_MS)
    (question,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, AskDialog))
    words = " ".join(label.text() for label in question.findChildren(QLabel))
    assert re.search(rf"\b{MOST_LINKS - 1} more links .*left alone", words), words
    question.reject()
    settle(qtbot, program)
    assert sent(program) == []
    assert program.core.journal.recent() == []

"""A call at once after the start, while a long do-not-call list is still being read: it asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.adapters.do_not_call_file import BEING_READ
from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from tests.ui.rig import INDIAN, is_ready, put_away


def test_a_listed_number_called_before_a_long_list_is_read_asks_and_is_refused_once_it_is(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("".join(f"+9198403{line:05d}\n" for line in range(50_000)) * 2 + INDIAN)
    program = Application(qapp, Options(sandbox=True, instant=True, data_dir=tmp_path / "data"))
    accounts, dialer = program.core.accounts, program.core.dialer
    accounts.change(guard=replace(accounts.settings.guard, do_not_call_file=str(path)))
    request = DialRequest(INDIAN, Source.PAD)
    try:
        program.start()
        decision = dialer.consider(request).decision
        assert (decision.verdict, decision.reason) == (Verdict.ASK, BEING_READ)
        qtbot.waitUntil(lambda: is_ready(program), timeout=60_000)
        assert dialer.consider(request).decision.verdict is Verdict.REFUSE
    finally:
        put_away(program)

"""A disk that fills up while the window is open: the banner says so, and nothing is sent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import CALLS_FILE
from tests.faults.full_disk import no_more_than
from tests.ui.rig import press, sent, settle, type_text


def test_on_a_full_disk_the_banner_says_so_and_the_next_call_with_room_is_placed(
    qtbot: QtBot, program: Application
) -> None:
    program.pad.field.edit.setFocus()
    qtbot.waitUntil(program.pad.field.edit.hasFocus)
    type_text("9840222222")
    settle(qtbot, program)
    log = program.core.data_dir / f"{CALLS_FILE}-wal"
    with no_more_than(log.stat().st_size if log.exists() else 0):
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(program.window.banner.isVisible)
        qtbot.waitUntil(lambda: "Your data could not be stored." in program.window.banner.detail.text())
        assert program.window.banner.title.text() == "The call was not sent"
        assert sent(program) == []
    settle(qtbot, program)
    assert program.pad.field.text() == "98402 22222"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)

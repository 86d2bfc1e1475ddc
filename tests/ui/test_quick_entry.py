"""What opens quick dial: texts nobody can call, several numbers, one number, and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.quick_entry import QuickEntry
from c2c_desktop.services.door_line import HandOver, Wish
from tests.ui.quick_rig import SELECTED
from tests.ui.rig import INDIAN, PATIENCE_MS, dialog, sent


class Asked:
    """Quick dial of the program, and what it asked for instead of the desk."""

    def __init__(self, program: Application) -> None:
        self.quick: QuickEntry = program.quick
        self.calls: list[DialRequest] = []
        self.quick.call_asked.disconnect(program.desk.ask_for)
        self.quick.call_asked.connect(self.calls.append)


@pytest.fixture
def asked(program: Application) -> Asked:
    return Asked(program)


@pytest.mark.parametrize("text", ["112", "*31#98402"])
def test_a_number_that_is_refused_is_told_in_the_popup(text: str, asked: Asked) -> None:
    asked.quick.take_text(text)
    popup = asked.quick.popup
    assert popup.isVisible()
    assert popup.foot.trouble.text() != ""
    assert asked.calls == []


@pytest.mark.parametrize("text", ["", "no number", "\x00\u202e", "x" * 100_000])
def test_a_text_without_a_number_opens_it_empty(text: str, asked: Asked) -> None:
    asked.quick.take_text(text)
    assert asked.quick.popup.isVisible()
    assert asked.quick.popup.field.text() == ""
    assert asked.calls == []


def test_several_numbers_are_offered_and_none_is_called(asked: Asked) -> None:
    asked.quick.take_text(f"{SELECTED}\x1b\u202e")
    assert asked.quick.popup.isVisible()
    assert len(asked.quick.popup.results.rows()) >= 2
    assert asked.calls == []


def test_one_number_asks_at_the_desk_and_opens_nothing(program: Application, qtbot: QtBot) -> None:
    program.quick.take_text("Ring 98402 22222")
    qtbot.waitUntil(lambda: dialog() is not None, timeout=PATIENCE_MS)
    question = dialog()
    assert question is not None
    question.reject()
    assert sent(program) == []
    assert not program.quick.popup.isVisible()


def test_signed_out_a_number_is_read_as_in_india_and_asked_about(program: Application, asked: Asked) -> None:
    program.core.accounts.change(accounts=(), active_user_id="")
    asked.quick.take_text("98402 22222")
    assert asked.calls == [DialRequest("98402 22222", Source.HOTKEY)]


@pytest.mark.parametrize("copied", ["", f"mobile {INDIAN}"])
def test_the_keys_take_what_is_selected(copied: str, program: Application, asked: Asked, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if copied:
        clipboard.setText(copied)
    assert program.ties.hotkey is not None
    program.ties.hotkey.pressed.emit("")
    if copied:
        qtbot.waitUntil(lambda: asked.calls == [DialRequest(copied, Source.HOTKEY)], timeout=PATIENCE_MS)
        program.ties.hotkey.pressed.emit("")
        qtbot.waitUntil(lambda: len(asked.calls) == 2, timeout=PATIENCE_MS)
    else:
        qtbot.waitUntil(asked.quick.popup.isVisible, timeout=PATIENCE_MS)
        assert asked.calls == []
    clipboard.clear(QClipboard.Mode.Clipboard)


def test_another_start_that_wants_it_opens_it_empty(program: Application, asked: Asked) -> None:
    program.door.take(HandOver(Wish.QUICK))
    assert asked.quick.popup.isVisible()
    assert asked.quick.popup.field.text() == ""


def test_before_any_keys_are_followed_it_opens_all_the_same(program: Application) -> None:
    lone = QuickEntry(program.core, program.theme, program.icons, program.numbers, program)
    lone.open()
    assert lone.popup.isVisible()
    lone.close()
    assert not lone.popup.isVisible()
    lone.deleteLater()


def test_it_is_built_once_and_put_away_with_the_program(asked: Asked) -> None:
    asked.quick.open()
    popup = asked.quick.popup
    asked.quick.open()
    assert asked.quick.popup is popup
    asked.quick.close()
    assert not popup.isVisible()


def test_closing_what_never_opened_builds_nothing(program: Application) -> None:
    hotkey = Hotkey()
    lone = QuickEntry(program.core, program.theme, program.icons, program.numbers, program)
    lone.follow(hotkey)
    lone.close()
    assert lone.children() == []
    lone.deleteLater()
    hotkey.deleteLater()

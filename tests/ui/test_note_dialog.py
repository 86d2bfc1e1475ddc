"""The note of a call: kept by Ctrl+Enter or Save, and never dropped without a word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import NOTE_LIMIT, Call, CallState
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.note_dialog import NoteDialog
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.when import moment_words
from tests.ui.rig import buttons, click, double_click, make_call, press, type_text

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier
ENDED = make_call(CallState.ENDED, outcome=CallState.CONNECTED, talk_seconds=42.0)


class Note:
    """The dialog, open, and how it went away."""

    def __init__(self, qtbot: QtBot, call: Call, numbers: ShownNumbers | None = None) -> None:
        self.dialog = NoteDialog(call, numbers)
        self.ended: list[bool] = []
        self.dialog.finished.connect(lambda result: self.ended.append(bool(result)))
        qtbot.addWidget(self.dialog, before_close_func=lambda _: self.dialog.done(0))
        self.dialog.open()
        qtbot.waitUntil(self.dialog.edit.hasFocus)

    @property
    def text(self) -> str:
        return self.dialog.edit.toPlainText()

    @property
    def said(self) -> str:
        return self.dialog.error.text() if self.dialog.error.isVisible() else ""

    def has(self) -> list[str]:
        return list(buttons(self.dialog))


@pytest.fixture
def new(qtbot: QtBot, theme: Theme) -> Note:  # noqa: ARG001  # its style
    return Note(qtbot, ENDED)


@pytest.fixture
def known(qtbot: QtBot, theme: Theme) -> Note:  # noqa: ARG001
    return Note(qtbot, make_call(CallState.ENDED, note="Wants the offer"))


def test_escape_drops_nothing_that_was_typed(new: Note) -> None:
    type_text("Call back")
    for _ in range(5):
        press(ESC)
    assert (new.ended, new.text, new.dialog.note) == ([], "Call back", "")


def test_escape_asks_and_says_what_is_at_stake(new: Note) -> None:
    type_text("Call back")
    press(ESC)
    assert new.said == "This note is not saved yet. Discard it?"
    assert set(new.has()) == {"Discard", "Keep writing", "Save"}
    assert buttons(new.dialog)["Keep writing"].hasFocus()
    press(ESC)
    assert (new.said, set(new.has()), new.dialog.edit.hasFocus()) == ("", {"Cancel", "Save"}, True)


@pytest.mark.parametrize("way", ["enter", "space", "click"])
def test_keeping_on_is_one_press_away(new: Note, way: str) -> None:
    type_text("Call back")
    press(ESC)
    if way == "click":
        click(buttons(new.dialog)["Keep writing"])
    else:
        press(ENTER if way == "enter" else Qt.Key.Key_Space)
    type_text("!")
    assert (new.ended, new.text) == ([], "Call back!")


def test_a_double_click_on_cancel_drops_nothing(new: Note) -> None:
    type_text("Call back")
    double_click(buttons(new.dialog)["Cancel"])
    assert (new.ended, new.text) == ([], "Call back")


def test_closing_the_window_asks_too(new: Note) -> None:
    type_text("Call back")
    new.dialog.close()
    assert new.dialog.isVisible()
    assert new.said.startswith("This note is not saved yet")


def test_only_the_button_discards(new: Note) -> None:
    type_text("Call back")
    press(ESC)
    click(buttons(new.dialog)["Discard"])
    assert (new.ended, new.dialog.note) == ([False], "")


def test_the_discard_button_can_be_reached_by_keyboard(new: Note, qtbot: QtBot) -> None:
    type_text("Call back")
    press(ESC)
    discard = buttons(new.dialog)["Discard"]
    for _ in range(4):
        if not discard.hasFocus():
            press(Qt.Key.Key_Tab)
    qtbot.waitUntil(discard.hasFocus)
    press(ENTER)
    assert new.ended == [False]


def test_typing_on_takes_the_question_back(new: Note) -> None:
    type_text("Call back")
    press(ESC)
    new.dialog.edit.setFocus()
    type_text(" soon")
    assert (new.said, set(new.has()), new.text) == ("", {"Cancel", "Save"}, "Call back soon")


def test_saving_is_offered_with_the_question(new: Note) -> None:
    type_text("Call back")
    press(ESC)
    press(ENTER, CTRL)
    assert (new.ended, new.dialog.note) == ([True], "Call back")


@pytest.mark.parametrize("way", ["escape", "cancel", "close"])
def test_where_nothing_was_typed_it_goes_at_once(known: Note, way: str) -> None:
    if way == "escape":
        press(ESC)
    elif way == "cancel":
        click(buttons(known.dialog)["Cancel"])
    else:
        known.dialog.close()
    assert (known.ended, known.dialog.note) == ([False], "Wants the offer")


def test_what_was_typed_and_taken_back_is_nothing(known: Note) -> None:
    type_text("!")
    press(Qt.Key.Key_Backspace)
    press(ESC)
    assert known.ended == [False]


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Enter])
def test_enter_is_a_new_line_and_with_ctrl_it_saves(new: Note, key: Qt.Key) -> None:
    type_text("one")
    press(ENTER)
    type_text("two")
    assert (new.ended, new.text) == ([], "one\ntwo")
    press(key, CTRL)
    assert (new.ended, new.dialog.note) == ([True], "one\ntwo")


def test_save_keeps_what_is_written_and_cleans_it(new: Note) -> None:
    new.dialog.edit.setPlainText(" Wants \u202ethe offer \n\n")
    click(buttons(new.dialog)["Save"])
    assert (new.ended, new.dialog.note) == ([True], "Wants the offer")


def test_tab_goes_on_to_the_buttons(new: Note) -> None:
    press(Qt.Key.Key_Tab)
    assert (new.text, new.dialog.edit.hasFocus()) == ("", False)


def test_writing_begins_after_what_is_there(known: Note) -> None:
    assert known.dialog.windowTitle() == "Edit note"
    type_text("!")
    assert known.text == "Wants the offer!"


def test_an_emptied_note_says_that_it_goes_and_goes(known: Note) -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    assert known.said == "Without text, the note is removed."
    press(ENTER, CTRL)
    assert (known.ended, known.dialog.note) == ([True], "")


def test_too_much_is_not_cut_but_said_and_not_saved(new: Note) -> None:
    QGuiApplication.clipboard().setText("x" * (NOTE_LIMIT + 1))
    press(Qt.Key.Key_V, CTRL)
    assert new.said == "1 character too many: a note holds 2,000."
    press(ENTER, CTRL)
    assert (new.ended, len(new.text)) == ([], NOTE_LIMIT + 1)
    press(ESC)
    click(buttons(new.dialog)["Save"])
    assert (new.ended, new.said) == ([], "1 character too many: a note holds 2,000.")
    new.dialog.edit.setFocus()
    press(Qt.Key.Key_Backspace)
    assert new.said == "Room for 0 more characters."
    press(ENTER, CTRL)
    assert (new.ended, len(new.dialog.note)) == ([True], NOTE_LIMIT)


def test_near_its_end_the_room_that_is_left_is_said(new: Note) -> None:
    new.dialog.edit.setPlainText("x" * (NOTE_LIMIT - 200))
    assert new.said == ""
    new.dialog.edit.setPlainText("x" * (NOTE_LIMIT - 1))
    assert new.said == "Room for 1 more character."


def test_a_character_outside_the_basic_plane_is_one(new: Note) -> None:
    new.dialog.edit.setPlainText("\U0001f600" * NOTE_LIMIT)
    press(ENTER, CTRL)
    assert new.dialog.note == "\U0001f600" * NOTE_LIMIT


def test_it_shows_whom_the_call_was_for_and_how_it_went(new: Note) -> None:
    assert new.dialog.windowTitle() == "Add note"
    assert new.dialog.callee.text() == "Asha Rao"
    assert new.dialog.facts.text() == f"+91 98402 22222 · {moment_words(ENDED.started_at)} · Talked 0:42"
    assert new.dialog.edit.accessibleName() == "Note on the call to Asha Rao"


def test_a_number_without_a_name_stands_there_once(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    note = Note(qtbot, make_call(CallState.UNCERTAIN, contact_name=""))
    assert note.dialog.callee.text() == "+91 98402 22222"
    assert "98402" not in note.dialog.facts.text()


def test_privacy_masks_the_number_there_too(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    note = Note(qtbot, ENDED, ShownNumbers(masked=True))
    assert note.dialog.facts.text().startswith("+91 ••••• •••22 · ")


def test_a_name_is_shown_letter_by_letter(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    note = Note(qtbot, make_call(CallState.ENDED, contact_name="<b>Asha</b>"))
    assert note.dialog.callee.textFormat() is Qt.TextFormat.PlainText
    assert note.dialog.callee.text() == "<b>Asha</b>"


def test_markup_that_is_pasted_is_text(new: Note) -> None:
    QGuiApplication.clipboard().setText("<b>bold</b>")
    QTest.keyClick(new.dialog.edit, Qt.Key.Key_V, CTRL)
    press(ENTER, CTRL)
    assert new.dialog.note == "<b>bold</b>"

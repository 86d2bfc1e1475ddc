"""Enter in quick dial: whoever was not seen and not named is never called, however slow the contacts are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_results import PATIENCE_MS
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import ASHA, BEN, PEOPLE, SELECTED, Quick, numbers_in, quick_dial
from tests.ui.rig import INDIAN, LONDON, fire, press, repeat, type_text

Key = Qt.Key


@pytest.fixture
def quick(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Quick]:
    with quick_dial(qtbot, theme, icons) as opened:
        yield opened


def test_enter_never_calls_a_row_of_an_older_text(quick: Quick) -> None:
    quick.show()
    quick.type("as")
    assert quick.current == "Asha Rao +91 98402 22222"
    type_text("i")
    press(Key.Key_Return)
    assert quick.asked == []  # the rows of "as" still stand there
    quick.answer()
    assert quick.asked == [DialRequest("+919840666666", Source.POPUP, "Asif Khan")]


def test_enter_before_several_answers_calls_nobody_and_says_so(quick: Quick) -> None:
    quick.show()
    type_text("as")
    press(Key.Key_Return)
    quick.answer()
    assert quick.asked == []
    assert quick.rows == ["Asha Rao", "Asha Rao", "Asif Khan"]
    assert quick.window.foot.hint.text() == "Several match: ↵ calls the one marked"
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.POPUP, "Asha Rao")]


def test_rows_that_were_not_painted_yet_are_not_meant(quick: Quick) -> None:
    quick.show()
    type_text("as")
    quick.runner.finish()
    assert not quick.window.view.was_seen
    press(Key.Key_Return)
    assert quick.asked == []
    quick.see()
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.POPUP, "Asha Rao")]


def test_typing_on_takes_back_an_enter_that_waits(quick: Quick) -> None:
    quick.show()
    type_text("ben")
    press(Key.Key_Return)
    type_text("n")
    press(Key.Key_Backspace)
    quick.answer()
    assert quick.rows == ["Ben Carter"]
    assert quick.asked == []


def test_moving_takes_back_an_enter_that_waits(quick: Quick) -> None:
    quick.show()
    type_text("ben")
    press(Key.Key_Return)
    press(Key.Key_Down)
    quick.answer()
    assert quick.asked == []


def test_escape_takes_back_an_enter_that_waits(quick: Quick) -> None:
    quick.show()
    type_text("ben")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    quick.runner.finish()
    assert quick.asked == []


def test_an_enter_of_an_earlier_opening_is_forgotten(quick: Quick) -> None:
    quick.show()
    type_text("ben")
    press(Key.Key_Return)
    quick.open("ben")
    quick.answer()
    assert quick.rows == ["Ben Carter"]
    assert quick.asked == []


def test_a_late_answer_to_an_older_text_changes_nothing(quick: Quick) -> None:
    quick.show()
    type_text("as")
    late = list(quick.runner.jobs)
    quick.runner.jobs.clear()
    for _ in "as":
        press(Key.Key_Backspace)
    type_text("ben")
    quick.answer()
    quick.runner.jobs = late
    quick.runner.finish()
    assert quick.rows == ["Ben Carter"]
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.POPUP, "Ben Carter")]


def test_a_late_answer_after_the_end_is_not_shown(quick: Quick) -> None:
    quick.show()
    type_text("as")
    press(Key.Key_Escape)
    quick.runner.finish()
    assert quick.rows == []
    assert not quick.window.isVisible()


def test_a_typed_number_is_called_without_waiting_for_contacts(quick: Quick) -> None:
    quick.show()
    quick.type("as")
    for _ in "as":
        press(Key.Key_Backspace)
    type_text("+44 20 7946 0123")
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+44 20 7946 0123", Source.POPUP, region="IN")]


def test_what_is_only_the_beginning_of_a_contacts_number_is_not_called(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    lena = Contact(4, "Lena Schmidt", "", (ContactNumber("+49 1512 3456789", "+4915123456789", "mobile"),))
    with quick_dial(qtbot, theme, icons, (*PEOPLE, lena)) as quick:
        quick.show()
        type_text("+49 1512 3456")  # can be a number of Germany, but none in use
        press(Key.Key_Return)
        quick.answer()
        assert quick.asked == []
        assert quick.rows == ["Lena Schmidt", "Call +49 15123456"]
        assert quick.current == ""
        press(Key.Key_Return)
        assert quick.asked == []
        press(Key.Key_Down)
        assert quick.current == "Lena Schmidt +49 1512 3456789"


@pytest.mark.parametrize("digits", ["112", "911", "100"])
def test_an_emergency_number_calls_nobody_whose_number_holds_its_digits(
    qtbot: QtBot, theme: Theme, icons: Icons, digits: str
) -> None:
    held = Contact(5, "Dev", "", (ContactNumber(f"+91 98401 {digits}91", f"+9198401{digits}91", "mobile"),))
    with quick_dial(qtbot, theme, icons, (held,)) as quick:
        quick.show()
        type_text(digits)
        press(Key.Key_Return)
        quick.answer()
        press(Key.Key_Return)
        assert quick.asked == []
        assert quick.rows == []
        assert "mergency" in quick.window.words.text()


@pytest.mark.parametrize("seen", [False, True])
def test_a_service_code_calls_nobody_whose_number_holds_its_digits(
    qtbot: QtBot, theme: Theme, icons: Icons, seen: bool
) -> None:
    held = Contact(5, "Dev", "", (ContactNumber("+91 98401 19891", "+919840119891", "mobile"),))
    with quick_dial(qtbot, theme, icons, (held,)) as quick:
        quick.show()
        type_text("198")
        if seen:
            quick.answer()
        press(Key.Key_Return)
        quick.answer()
        press(Key.Key_Return)
        assert (quick.rows, quick.current, quick.asked) == (["Dev"], "", [])
        assert quick.window.foot.hint.text() == "↓ chooses whom to call"
        press(Key.Key_Down)
        press(Key.Key_Return)
        assert quick.asked == [DialRequest("+919840119891", Source.POPUP, "Dev")]


def test_enter_on_nothing_does_nothing(quick: Quick) -> None:
    quick.show()
    quick.type("zzz")
    press(Key.Key_Return)
    assert quick.window.isVisible()
    assert quick.asked == []
    assert quick.window.words.text() == "Nobody here is called “zzz”."


def test_an_empty_field_has_nothing_that_enter_could_call(quick: Quick) -> None:
    quick.show()
    assert quick.rows == ["[Favourites]", "Asha Rao", "Asha Rao"]
    assert quick.current == ""
    press(Key.Key_Return)
    assert quick.asked == []
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.POPUP, "Asha Rao")]


def test_a_held_enter_calls_nobody(quick: Quick) -> None:
    quick.show()
    quick.type("ben")
    repeat(Key.Key_Return, "\r")
    assert quick.asked == []
    press(Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(quick.asked) == 1


@pytest.mark.parametrize("name", ["ControlModifier", "ShiftModifier", "AltModifier", "MetaModifier"])
def test_enter_with_another_key_does_nothing(quick: Quick, name: str) -> None:
    quick.show()
    quick.type("ben")
    press(Key.Key_Return, Qt.KeyboardModifier[name])
    assert quick.asked == []
    assert quick.window.isVisible()


def test_an_enter_meant_for_the_program_before_calls_nobody(quick: Quick) -> None:
    quick.open("ben")
    quick.answer()
    assert not quick.window._armed.is_ready
    press(Key.Key_Return)
    assert quick.asked == []


def test_a_slow_directory_leaves_no_rows_of_an_older_text(quick: Quick) -> None:
    quick.show()
    quick.type("as")
    type_text("x")
    assert quick.rows == ["Asha Rao", "Asha Rao", "Asif Khan"]
    fire(quick.window.results, PATIENCE_MS)
    assert quick.rows == []
    assert quick.window.words.text() == "Searching…"
    press(Key.Key_Return)
    quick.answer()
    assert quick.asked == []
    assert quick.window.words.text() == "Nobody here is called “asx”."


def test_a_directory_that_fails_calls_nobody_but_a_typed_number(quick: Quick) -> None:
    quick.show()
    type_text("b")
    press(Key.Key_Return)
    while quick.runner.jobs:
        quick.runner.jobs.pop(0).failed(OSError("the disk is gone"))
    fire(quick.window.results, PATIENCE_MS)
    assert (quick.asked, quick.rows) == ([], [])
    press(Key.Key_Backspace)
    type_text(INDIAN)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.POPUP, region="IN")]


def test_a_contact_that_changes_meanwhile_moves_nothing(quick: Quick) -> None:
    quick.show()
    quick.type("as")
    quick.directory.delete(ASHA)
    quick.directory.save(replace(BEN, id=0, name="Aseem"))
    quick.answer()
    assert quick.rows == ["Asha Rao", "Asha Rao", "Asif Khan"]
    assert quick.current == "Asha Rao +91 98402 22222"


def test_names_that_come_late_move_nothing(quick: Quick) -> None:
    quick.open(SELECTED, numbers_in(SELECTED), Source.HOTKEY)
    press(Key.Key_Down)
    before = quick.current
    quick.answer()
    assert before == "+91 98402 22222"
    assert quick.current == "Asha Rao +91 98402 22222"


def test_a_switch_of_privacy_keeps_the_marked_row(quick: Quick) -> None:
    quick.show()
    quick.type("as")
    press(Key.Key_Down)
    quick.numbers.mask(on=True)
    assert quick.current == "Asha Rao +91 •• •••• ••22"
    QCoreApplication.processEvents()
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+914428112222", Source.POPUP, "Asha Rao")]

"""Quick dial: what it offers for a text, for a selection, and in privacy mode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import ACCOUNT, SELECTED, Quick, numbers_in, quick_dial
from tests.ui.rig import (
    INDIAN,
    LONDON,
    PATIENCE_MS,
    click,
    make_call,
    press,
    row_titled,
)

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def quick(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Quick]:
    with quick_dial(qtbot, theme, icons) as opened:
        yield opened


# What it offers


def test_without_a_text_favourites_come_before_the_last_numbers_called(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    calls = (
        make_call(id="1", contact_name="", e164=LONDON, shown_number="+44 20 7946 0018"),
        make_call(id="2"),  # a favourite
        make_call(id="3", contact_name="", e164=LONDON, shown_number="+44 20 7946 0018"),
        make_call(CallState.REFUSED, id="4", contact_name="Chen Wei", e164="+6531590100", post_dial="12"),
    )
    with quick_dial(qtbot, theme, icons, calls=calls) as quick:
        quick.show()
        assert quick.rows == ["[Favourites]", "Asha Rao", "Asha Rao", "[Recent]", "+44 20 7946 0018", "Chen Wei"]
        for _ in range(4):
            press(Key.Key_Down)
        assert row_titled(quick.window.view, "Chen Wei").after == "Refused"
        press(Key.Key_Return)
        assert quick.asked == [DialRequest("+6531590100,12", Source.POPUP, "Chen Wei")]


def test_without_anybody_it_says_what_to_do(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    with quick_dial(qtbot, theme, icons, contacts=()) as quick:
        quick.show()
        assert quick.window.words.text() == "Type a name or a number."
        press(Key.Key_Down)
        press(Key.Key_Return)
        assert quick.asked == []


def test_each_number_of_a_contact_is_a_row(quick: Quick) -> None:
    quick.show()
    quick.type("rao")
    rows = quick.window.view.callable_rows()
    assert [(row.title, row.before, row.number, row.after) for row in rows] == [
        ("Asha Rao", "Acme Ltd", "+91 98402 22222", "mobile"),
        ("Asha Rao", "Acme Ltd", "+91 44 2811 2222", "work"),
    ]
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+914428112222", Source.POPUP, "Asha Rao")]


def test_digits_find_the_number_that_holds_them(quick: Quick) -> None:
    quick.show()
    quick.type("2811222")
    assert quick.rows == ["Asha Rao"]
    assert quick.current == "Asha Rao +91 44 2811 2222"


def test_a_typed_number_is_offered_with_its_country(quick: Quick) -> None:
    quick.show()
    quick.type("+44 20 7946 0123")
    row = quick.window.view.current()
    assert row is not None
    assert row.spoken == "Call +44 20 7946 0123, United Kingdom, landline"
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+44 20 7946 0123", Source.POPUP, region="IN")]


def test_a_national_number_is_read_in_the_accounts_region(quick: Quick) -> None:
    quick.accounts.update_account(replace(ACCOUNT, region="GB", internal_extensions="2xxx"))
    quick.show()
    quick.type("020 7946 0123")
    assert quick.rows == ["Call +44 20 7946 0123"]
    quick.window.field.clear()
    quick.type("2001")
    assert quick.rows[0] == "Call 2001"


def test_a_typed_number_of_a_contact_is_that_contact_once(quick: Quick) -> None:
    quick.show()
    quick.type("+44 (0)20 7946 0018")
    assert quick.rows == ["Ben Carter"]
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.POPUP, "Ben Carter")]


@pytest.fixture
def alone(quick: Quick, qtbot: QtBot) -> Quick:
    """The search takes longer than is waited for: the number that was typed is offered meanwhile."""
    quick.show()
    quick.field.setText("+44 20 7946 0018")
    qtbot.waitUntil(lambda: quick.current == "Call +44 20 7946 0018", timeout=PATIENCE_MS)
    return quick


def test_a_number_that_was_offered_alone_stays_chosen_when_its_owner_is_found(alone: Quick) -> None:
    alone.answer()
    assert alone.current == "Ben Carter +44 20 7946 0018"
    press(Key.Key_Return)
    assert alone.asked == [DialRequest(LONDON, Source.POPUP, "Ben Carter")]


def test_a_row_that_is_gone_leaves_none_chosen(alone: Quick) -> None:
    alone.window.view.show_found([], "", keep=True, choose=True)
    assert alone.current == ""


def test_what_is_pressed_after_the_answer_is_dialled_too(quick: Quick) -> None:
    quick.show()
    quick.type("+442079460018,,1234#")
    assert quick.window.view.callable_rows()[0].after.endswith("then press 1234#")
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+442079460018,,1234#", Source.POPUP, region="IN")]


def test_several_typed_numbers_are_never_run_together(quick: Quick) -> None:
    quick.show()
    quick.type(SELECTED)
    assert quick.rows == ["Call +44 20 7946 0018", "Call +91 98402 22222"]
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.POPUP, region="IN")]


def test_digits_that_make_no_number_say_why(quick: Quick) -> None:
    quick.show()
    quick.type("+44 20 7946 0018 9999 9999 9")
    assert quick.rows == []
    assert "digits" in quick.window.words.text()


def test_a_nameless_contact_shows_each_number_and_one_that_cannot_be_read_as_it_is_written(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    numbers = (ContactNumber("+91 98402 22222", INDIAN), ContactNumber("ask Eve 12", ""))
    with quick_dial(qtbot, theme, icons, (Contact(1, "", "", numbers), Contact(2, "Nobody"))) as quick:
        quick.show()
        quick.type("98402")
        assert [(r.title, r.number) for r in quick.window.view.callable_rows()] == [("+91 98402 22222", "")]
        quick.window.field.clear()
        quick.type("n")
        assert quick.rows == []  # there is nothing to call


# Numbers in a text another program selected


def test_the_numbers_of_a_selection_are_chosen_from_and_the_guard_is_told_where_they_come_from(quick: Quick) -> None:
    quick.show(SELECTED, numbers_in(SELECTED), Source.HOTKEY)
    rows = quick.window.view.callable_rows()
    assert quick.rows == ["[Which number?]", "Ben Carter", "Asha Rao"]
    assert [(row.before, row.number, row.after) for row in rows] == [
        ("United Kingdom", "+44 20 7946 0018", "landline"),
        ("India", "+91 98402 22222", "mobile"),
    ]
    assert quick.window.field.text() == ""
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(INDIAN, Source.HOTKEY, origin=SELECTED)]


def test_choices_are_the_selections_whoever_opens_it(quick: Quick) -> None:
    quick.show(SELECTED, numbers_in(SELECTED))
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.HOTKEY, origin=SELECTED)]


def test_typing_leaves_the_choices_and_an_empty_field_brings_them_back(quick: Quick) -> None:
    quick.show(SELECTED, numbers_in(SELECTED), Source.HOTKEY)
    quick.type("asif")
    assert quick.rows == ["Asif Khan"]
    quick.window.field.clear()
    quick.answer()
    assert quick.rows == ["[Which number?]", "Ben Carter", "Asha Rao"]
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.HOTKEY, origin=SELECTED)]


def test_a_selected_text_stays_the_selections_until_a_hand_changes_it(quick: Quick) -> None:
    quick.show("020 7946 0018", source=Source.HOTKEY)
    assert quick.window.field.text() == "020 7946 0018"
    quick.window.field.setText("ben")
    quick.answer()
    quick.window.hide()
    quick.show("ben", source=Source.HOTKEY)
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.HOTKEY, "Ben Carter")]
    quick.show("be", source=Source.HOTKEY)
    quick.type("n")
    press(Key.Key_Return)
    assert quick.asked[1] == DialRequest(LONDON, Source.POPUP, "Ben Carter")


# What stands in the way


def test_without_an_account_it_says_so_and_leads_to_the_sign_in(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    with quick_dial(qtbot, theme, icons, account=None) as quick:
        quick.show()
        foot = quick.window.foot
        assert foot.trouble.text() == "Not signed in: calls need a sign-in first."
        assert not foot.route.isVisible()
        press(Key.Key_1, ALT)
        quick.type("ben")
        assert quick.rows == ["Ben Carter"]
        click(foot.sign_in)
        assert quick.signed_in == [True]
        assert not quick.window.isVisible()
        quick.show()
        press(Key.Key_Tab)
        press(Key.Key_Return)
        assert quick.signed_in == [True, True]
        assert (quick.routes, quick.asked) == ([], [])


def test_a_trouble_is_one_line_of_plain_text(quick: Quick) -> None:
    quick.show()
    before = quick.window.height()
    quick.window.show_trouble("<b>The service</b>\u202e is away\n" + "x" * 500)
    assert quick.window.foot.trouble.text().startswith("<b>The service</b> is away xxx")
    assert len(quick.window.foot.trouble.text()) <= 120
    assert quick.window.foot.trouble.textFormat() is Qt.TextFormat.PlainText
    assert quick.window.height() > before
    quick.window.show_trouble("")
    assert quick.window.height() == before
    assert not quick.window.foot.sign_in.isVisible()


def test_a_trouble_outlives_a_change_of_settings_but_not_the_window(quick: Quick) -> None:
    quick.show()
    quick.window.show_trouble("The service is away.")
    quick.accounts.update_account(replace(ACCOUNT, route=Route.MOBILE))
    assert quick.window.foot.trouble.text() == "The service is away."
    quick.window.hide()
    quick.show()
    assert not quick.window.foot.trouble.isVisible()


def test_a_page_that_is_handed_over_is_searched_for_as_it_stands_in_the_field(quick: Quick) -> None:
    quick.show("ben\u202e\n" + "carter " * 200, source=Source.HOTKEY)
    assert quick.window.field.text().startswith("ben carter carter")
    assert quick.window.results.text == quick.window.field.text()
    assert len(quick.window.field.text()) <= 400


def test_privacy_mode_masks_every_row_but_what_was_typed_and_dials_the_whole_number(quick: Quick) -> None:
    quick.numbers.mask(on=True)
    quick.show()
    quick.type("ben")
    assert quick.current == "Ben Carter +44 •• •••• ••18"
    assert quick.field.accessibleDescription() == "Ben Carter, Northwind, +44 •• •••• ••18, work"
    press(Key.Key_Return)
    assert quick.asked == [DialRequest(LONDON, Source.POPUP, "Ben Carter")]
    quick.show()
    quick.type("+12025550123")
    assert quick.rows == ["Call +1 202-555-0123"]  # who typed it may read it


def test_privacy_mode_keeps_a_selected_number_out_of_the_field(quick: Quick) -> None:
    quick.numbers.mask(on=True)
    quick.show("+1 202-555-0123", source=Source.HOTKEY)
    assert quick.window.field.text() == ""
    assert quick.rows == ["[Selected number]", "+1 •••-•••-••23"]
    press(Key.Key_Return)
    assert quick.asked == [DialRequest("+12025550123", Source.HOTKEY, origin="+1 202-555-0123")]

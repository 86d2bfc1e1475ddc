"""What a hand does in quick dial: keys, clicks, and the choice of the phone that rings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.route import Route
from c2c_desktop.services.directory import SEARCH_LIMIT
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_foot import HINT
from c2c_desktop.ui.row_painter import call_rect, more_rect
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import ACCOUNT, Quick, quick_dial
from tests.ui.rig import (
    NOT_A_BUTTON,
    choose,
    click,
    double_click,
    make_contact,
    place_of,
    press,
    type_text,
)

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
MANY = tuple(make_contact(number, f"Meera {number:02}", f"+9198402{number:05}") for number in range(1, 31))


@pytest.fixture
def quick(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Quick]:
    with quick_dial(qtbot, theme, icons) as opened:
        yield opened


# What a hand does


def test_keys_move_through_the_rows_and_past_headings(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    with quick_dial(qtbot, theme, icons, MANY) as quick:
        quick.show()
        quick.type("meera")
        page = quick.window.view.page()
        assert page > 1
        for key, row in (
            (Key.Key_Up, 1),
            (Key.Key_Down, 2),
            (Key.Key_PageDown, 2 + page),
            (Key.Key_PageUp, 2),
            (Key.Key_PageUp, 1),
            (Key.Key_Up, 1),
        ):
            press(key)
            assert quick.current.startswith(f"Meera {row:02}")
        for _ in range(30):
            press(Key.Key_PageDown)
        assert quick.current.startswith(f"Meera {SEARCH_LIMIT}")
        visible = quick.window.view.viewport().rect()
        assert visible.contains(quick.window.view.visualRect(quick.window.view.currentIndex()))


def test_up_from_an_empty_field_takes_the_last_row(quick: Quick) -> None:
    quick.show()
    press(Key.Key_Up)
    assert quick.current == "Asha Rao +91 44 2811 2222"
    press(Key.Key_Up)
    press(Key.Key_Up)
    assert quick.current == "Asha Rao +91 98402 22222"


def test_a_click_beside_the_button_only_chooses(quick: Quick) -> None:
    quick.show()
    quick.type("a")
    view = quick.window.view
    at = place_of(view, "Asif Khan")
    click(view.viewport(), at + NOT_A_BUTTON)
    assert (quick.asked, quick.current) == ([], "Asif Khan +91 98406 66666")
    assert quick.field.hasFocus()
    click(view.viewport(), more_rect(view.visualRect(view.currentIndex())).center())  # no button here
    assert quick.asked == []
    click(view.viewport(), call_rect(view.visualRect(view.currentIndex())).center())
    assert quick.asked == [DialRequest("+919840666666", Source.POPUP, "Asif Khan")]


@pytest.mark.parametrize("on_button", [False, True])
def test_a_double_click_calls_once(quick: Quick, on_button: bool) -> None:
    quick.show()
    quick.type("ben")
    view = quick.window.view
    at = call_rect(view.visualRect(view.currentIndex())).center() if on_button else NOT_A_BUTTON
    handle = quick.window.windowHandle()
    double_click(view.viewport(), at)
    assert len(quick.asked) == 1
    view.call_asked.emit(row_payload(quick), QPoint())  # whatever still comes
    assert len(quick.asked) == 1
    assert handle is not None
    assert not handle.isVisible()


def row_payload(quick: Quick) -> object:
    quick.window.results.begin("ben", (), Source.POPUP)
    quick.runner.finish()
    return quick.window.results.rows()[0].payload


def test_a_click_meant_for_the_program_before_chooses_nobody(quick: Quick) -> None:
    quick.open()
    quick.answer()
    click(quick.window.view.viewport(), place_of(quick.window.view, "Asha Rao") + NOT_A_BUTTON)
    assert not quick.window._armed.is_ready
    assert quick.current == ""


def test_a_call_becomes_likely_when_it_opens_and_with_each_letter(qtbot: QtBot, quick: Quick) -> None:
    quick.show()
    qtbot.waitUntil(lambda: len(quick.prepared) == 1)
    type_text("be")
    assert len(quick.prepared) == 3


def test_the_marked_row_is_told_where_the_focus_is(quick: Quick) -> None:
    quick.show()
    quick.type("ben")
    assert quick.field.accessibleDescription() == "Ben Carter, Northwind, +44 20 7946 0018, work"
    assert quick.field.accessibleName() == "Whom to call: name, number or letters"
    quick.type("zz")
    assert quick.field.accessibleDescription() == ""


# Which phone rings


def test_a_route_is_chosen_by_its_key(quick: Quick) -> None:
    quick.show()
    assert quick.window.foot.route.text() == "Rings: your softphone"
    press(Key.Key_2, ALT)
    press(Key.Key_3, ALT)
    assert quick.routes == [Route.MOBILE, Route.NEITHER]
    assert quick.window.foot.route.text() == "Rings: your softphone"  # as it is until it is stored
    assert quick.window.field.text() == ""
    quick.accounts.update_account(replace(ACCOUNT, route=Route.MOBILE))
    assert quick.window.foot.route.text() == "Rings: your mobile"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_tab_reaches_the_routes_and_enter_calls_nobody_there(qtbot: QtBot, quick: Quick, key: Qt.Key) -> None:
    quick.show()
    quick.type("ben")
    press(Key.Key_Tab)
    assert quick.window.foot.route.hasFocus()
    press(key)
    choose(qtbot, "Your mobile")
    assert quick.routes == [Route.MOBILE]
    assert quick.asked == []


def test_tab_comes_back_to_the_field(quick: Quick) -> None:
    quick.show()
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    assert quick.field.hasFocus()


def test_the_keys_of_the_routes_are_told(quick: Quick) -> None:
    assert "Alt+2 mobile" in quick.window.foot.route.toolTip()
    assert quick.window.foot.hint.text() == HINT == "↑↓ choose · ↵ call · Esc close"

"""Which phone rings: two switches that can never both be on, kept for each account."""

from __future__ import annotations

from itertools import chain, product

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.toggle_switch import ToggleSwitch
from tests.ui.rig import click, press, sent, settle


def switches(program: Application) -> tuple[bool, bool]:
    return program.pad.softphone.isChecked(), program.pad.mobile.isChecked()


def stored(program: Application) -> Route:
    account = program.core.settings_file.load().active_account
    assert account is not None
    return account.route


def test_whatever_is_clicked_both_are_never_on(program: Application) -> None:
    for switch in chain.from_iterable(product((program.pad.softphone, program.pad.mobile), repeat=4)):
        was_on = switch.isChecked()
        click(switch)
        assert switch.isChecked() is not was_on
        assert switches(program) != (True, True)
        assert program.pad.route_note.isVisible() == (switches(program) == (False, False))


def test_a_choice_that_cannot_be_stored_is_told_and_not_shown_as_chosen(program: Application) -> None:
    path = program.core.data_dir / "settings.json.lock"
    path.unlink()
    path.mkdir()
    click(program.pad.mobile)
    assert switches(program) == (True, False)
    assert program.window.toast.isVisible()
    path.rmdir()


def test_turning_one_on_turns_the_other_off_and_is_stored(program: Application) -> None:
    assert switches(program) == (True, False)
    click(program.pad.mobile)
    assert switches(program) == (False, True)
    assert stored(program) is Route.MOBILE
    click(program.pad.softphone)
    assert switches(program) == (True, False)
    assert stored(program) is Route.SOFTPHONE


def test_both_off_is_allowed_and_explained(program: Application) -> None:
    click(program.pad.softphone)
    assert switches(program) == (False, False)
    assert program.pad.route_note.text() == "Both are off: the service rings neither of your phones."
    assert program.pad.route_note.isVisible()
    assert stored(program) is Route.NEITHER


@pytest.mark.parametrize(("route", "webrtc", "followme"), [("s", True, False), ("m", False, True), ("", False, False)])
def test_the_route_reaches_the_service(
    qtbot: QtBot, program: Application, route: str, webrtc: bool, followme: bool
) -> None:
    if route != "s":
        click(program.pad.softphone)
    if route == "m":
        click(program.pad.mobile)
    program.pad.load("+919840222222")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert (sent(program)[0]["webrtc"], sent(program)[0]["followme"]) == (webrtc, followme)
    settle(qtbot, program)


def test_each_account_has_a_route_of_its_own(program: Application) -> None:
    accounts = program.core.accounts
    other = Account("102_1111112", route=Route.MOBILE)
    accounts.change(accounts=(*accounts.settings.accounts, other))
    click(program.pad.softphone)
    accounts.activate(other.user_id)
    assert switches(program) == (False, True)
    accounts.activate(accounts.settings.accounts[0].user_id)
    assert switches(program) == (False, False)


def test_space_turns_a_switch_over(qtbot: QtBot, program: Application) -> None:
    program.pad.mobile.setFocus()
    qtbot.waitUntil(program.pad.mobile.hasFocus)
    press(Qt.Key.Key_Space)
    assert switches(program) == (False, True)
    press(Qt.Key.Key_Return)
    assert switches(program) == (False, False)


@pytest.mark.parametrize(("name", "word"), [("softphone", "webrtc"), ("mobile", "followme")])
def test_the_service_own_word_stands_under_the_pointer(program: Application, name: str, word: str) -> None:
    switch: ToggleSwitch = getattr(program.pad, name)
    assert word in switch.toolTip()


def test_the_knob_ends_where_the_switch_stands(qtbot: QtBot, program: Application) -> None:
    click(program.pad.mobile)
    qtbot.waitUntil(lambda: (program.pad.softphone.property("knob"), program.pad.mobile.property("knob")) == (0.0, 1.0))


def test_a_switch_shows_that_it_has_the_focus_and_whether_it_is_on(program: Application) -> None:
    switch = program.pad.softphone
    on = switch.grab().toImage()
    switch.setFocus(Qt.FocusReason.TabFocusReason)
    focused = switch.grab().toImage()
    assert focused != on
    info = program.theme.tokens.colour("info").rgb()
    assert focused.pixel(focused.width() // 2, 1) == info

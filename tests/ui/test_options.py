"""Call options: checked in place, nothing lost, and in the request that is sent."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.options_dialog import OptionsDialog
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, dialog, sent, settle

OWN = "As chosen at TeleCMI"


@pytest.fixture
def options(qtbot: QtBot, theme: Theme) -> OptionsDialog:  # noqa: ARG001  # the form is measured in its style
    account = Account("101_1111112", caller_id="+914428112222", caller_ids=("+914428112222", "+442079460123"))
    form = OptionsDialog(account)
    qtbot.addWidget(form)
    form.open()
    qtbot.waitExposed(form)
    return form


@pytest.mark.parametrize("caller_id", ["my number", "+", "12a", "²", "1;2", "04428889999"])
def test_a_caller_id_that_is_no_number_is_told_and_nothing_is_lost(options: OptionsDialog, caller_id: str) -> None:
    options.caller_id.setCurrentText(caller_id)
    options.params.setPlainText("ticket=4711")
    click(options.primary)
    assert options.isVisible()
    assert options.error.text().startswith("That caller ID cannot be used.")
    assert options.caller_id.currentText() == caller_id
    assert options.params.toPlainText() == "ticket=4711"
    assert options.account.extra_params == {}


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ("ticket", "“ticket” is no parameter. Write KEY=VALUE."),
        ("ok=1\n =4711", "“=4711” is no parameter. Write KEY=VALUE."),
        ("a=1\nb=2\na=3", "“a” stands there twice. Keep one."),
    ],
)
def test_parameters_that_make_no_sense_are_told_and_nothing_is_lost(
    options: OptionsDialog, params: str, error: str
) -> None:
    options.params.setPlainText(params)
    click(options.primary)
    assert options.isVisible()
    assert options.error.text() == error
    assert options.params.toPlainText() == params


def test_what_is_stored_is_shown_and_saved_unchanged(options: OptionsDialog) -> None:
    before = options.account
    assert options.caller_id.currentText() == "+914428112222"
    assert [options.caller_id.itemText(n) for n in range(options.caller_id.count())] == [OWN, *before.caller_ids]
    click(options.primary)
    assert options.account == before


def test_the_first_entry_leaves_the_caller_id_to_the_service(options: OptionsDialog) -> None:
    options.caller_id.setCurrentIndex(0)
    click(options.primary)
    assert options.account.caller_id == ""


def test_a_new_caller_id_is_offered_again(options: OptionsDialog) -> None:
    options.caller_id.setCurrentText("+44 20 7946 0999")
    click(options.primary)
    assert options.account.caller_id == "+44 20 7946 0999"
    assert options.account.caller_ids[-1] == "+44 20 7946 0999"


def test_values_may_hold_equals_signs_and_blank_lines_are_none(options: OptionsDialog) -> None:
    options.params.setPlainText("\nquery=a=b\n\nempty=\n  spaced  =  out  \n")
    click(options.primary)
    assert options.account.extra_params == {"query": "a=b", "empty": "", "spaced": "out"}


def test_options_reach_the_request_and_the_pad_tells_that_they_are_set(qtbot: QtBot, program: Application) -> None:
    click(program.pad.options_link)
    form = dialog()
    assert isinstance(form, OptionsDialog)
    form.caller_id.setCurrentText("+44 20 7946 0123")
    form.params.setPlainText("ticket=4711\ncampaign=spring")
    click(form.national)
    click(form.primary)
    assert program.pad.options_link.text() == "Options: caller ID and parameters set"
    program.pad.load("+919840222222")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    body = sent(program)[0]
    assert body["callerid"] == 442079460123
    assert body["extra_params"] == {"ticket": "4711", "campaign": "spring"}
    assert body["to"] == 9840222222


def test_options_that_cannot_be_stored_are_told(program: Application) -> None:
    click(program.pad.options_link)
    form = dialog()
    assert isinstance(form, OptionsDialog)
    form.params.setPlainText("ticket=4711")
    in_the_way = program.core.data_dir / "settings.json.lock"
    in_the_way.unlink()
    in_the_way.mkdir()
    click(form.primary)
    assert program.window.toast.label.text().startswith("Your settings could not be saved.")
    in_the_way.rmdir()


def test_without_options_the_request_has_none(qtbot: QtBot, program: Application) -> None:
    program.pad.load("+919840222222")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert "callerid" not in sent(program)[0]
    assert sent(program)[0].get("extra_params", {}) == {}
    assert program.pad.options_link.text() == "Options: caller ID, parameters"
    settle(qtbot, program)


def test_a_phone_chosen_while_the_options_are_open_stays_chosen(qtbot: QtBot, program: Application) -> None:
    program.dialogs.options()
    form = dialog()
    assert isinstance(form, OptionsDialog)
    program.tray.route_chosen.emit(Route.MOBILE)
    form.params.setPlainText("ticket=4711")
    click(form.primary)
    settle(qtbot, program)
    account = program.core.accounts.active
    assert account is not None
    assert (account.route, account.extra_params) == (Route.MOBILE, {"ticket": "4711"})

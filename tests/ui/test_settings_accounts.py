"""Accounts in the settings: choosing, forgetting and signing in lose nothing that was edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.errors import SecretUnavailableError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import Settings
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, dialog
from tests.ui.settings_form import ONE, TWO, Form


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Form:  # noqa: ARG001  # the form is measured in its style
    return Form(qtbot, tmp_path, ONE, TWO)


def test_forgetting_with_the_keyring_away_keeps_the_account(form: Form) -> None:
    form.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it.")
    form.forget()
    assert not form.dialog.general.forget.isEnabled()
    form.runner.finish()
    assert form.dialog.error.text() == "Your keyring is locked. Unlock it. The account was kept."
    assert form.accounts.settings.accounts == (ONE, TWO)
    assert form.dialog.general.account.count() == 2
    assert form.dialog.general.forget.isEnabled()


def test_a_failure_to_forget_is_told_though_the_dialog_was_closed(qtbot: QtBot, form: Form) -> None:
    form.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it.")
    form.forget()
    form.close(qtbot)
    form.runner.finish()
    assert [e.message for e in form.late] == ["Unlock it. The account was kept."]


def test_forgetting_deletes_account_and_secret_and_the_next_is_shown(form: Form) -> None:
    form.forget()
    form.runner.finish()
    assert form.keyring.texts.keys() == {TWO.user_id}
    assert form.accounts.settings.accounts == (TWO,)
    assert form.dialog.general.account.currentData() == TWO.user_id
    assert form.dialog.general.route.currentData() is Route.MOBILE
    form.forget()
    form.runner.finish()
    assert form.dialog.general.account.count() == 0
    assert not form.dialog.general.forget.isEnabled()
    form.save()
    assert form.accounts.active is None


def test_forgetting_goes_on_when_the_dialog_is_closed_meanwhile(qtbot: QtBot, form: Form) -> None:
    form.forget()
    form.close(qtbot)
    form.runner.finish()
    assert form.accounts.settings.accounts == (TWO,)
    assert form.late == []


def test_choosing_another_account_shows_and_keeps_what_belongs_to_it(form: Form) -> None:
    form.dialog.general.account.setCurrentIndex(1)
    assert form.dialog.general.region.region() == "GB"
    assert form.dialog.general.route.currentData() is Route.MOBILE
    form.save()
    assert form.accounts.active == TWO
    assert form.accounts.settings.accounts == (ONE, TWO)


def test_without_an_account_there_is_none_to_forget(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:  # noqa: ARG001
    form = Form(qtbot, tmp_path)
    assert not form.dialog.general.forget.isEnabled()
    form.save()
    assert form.store.settings == Settings()


def test_signing_in_over_the_settings_keeps_what_was_edited(qtbot: QtBot, program: Application) -> None:
    program.dialogs.settings()
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.network.proxy.setText("http://proxy.example:8080")
    click(next(b for b in opened.findChildren(QPushButton) if b.text() == "Sign in…"))
    asked = opened.findChild(SignInDialog)
    assert isinstance(asked, SignInDialog)
    asked.user_id.setText("102_1111112")
    asked.secret.setText("of-a-test")
    asked.session_only.setChecked(True)
    click(asked.primary)
    qtbot.waitUntil(lambda: opened.findChild(SignInDialog) is None)
    assert opened.isVisible()
    assert opened.general.account.currentData() == "102_1111112"
    assert opened.network.proxy.text() == "http://proxy.example:8080"
    click(opened.primary)
    assert program.core.accounts.settings.proxy == "http://proxy.example:8080"
    assert program.core.accounts.active is not None
    assert program.core.accounts.active.user_id == "102_1111112"


def test_forgetting_the_active_account_says_which_one_calls_now(form: Form) -> None:
    form.forget()
    form.runner.finish()
    assert form.dialog.error.text() == f"Calls go out with {TWO.masked_user_id} now."
    assert form.dialog.error.property("role") == "note"
    form.forget()
    form.runner.finish()
    assert form.dialog.error.text() == "You are not signed in any more."


def test_forgetting_another_account_changes_nothing_worth_saying(form: Form) -> None:
    form.dialog.general.account.setCurrentIndex(1)
    form.forget()
    form.runner.finish()
    assert form.accounts.active == ONE
    assert not form.dialog.error.isVisible()


def test_which_account_calls_now_is_said_though_the_dialog_was_closed(qtbot: QtBot, form: Form) -> None:
    form.forget()
    form.close(qtbot)
    form.runner.finish()
    assert form.said == [f"Calls go out with {TWO.masked_user_id} now."]

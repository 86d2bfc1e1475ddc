"""Signing in: what is checked in place, and that nothing typed is lost when the keyring fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.errors import SecretUnavailableError, StorageError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from c2c_desktop.ui.theme import Theme
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore
from tests.ui.rig import PATIENCE_MS, click, dialog, press, running, settle, type_text

USER_ID, SECRET = "101_1111112", "s3cret-of-a-test"


class Form:
    """The dialog over accounts on fakes."""

    def __init__(self, qtbot: QtBot) -> None:
        self.runner, self.keyring = ManualRunner(), MemorySecretStore()
        self.store = MemorySettingsStore(Settings())
        self.accounts = Accounts(self.store, self.keyring, self.runner, FakeClock())
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.dialog = SignInDialog(self.accounts, parent=self.window)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    def fill(self, user_id: str = USER_ID, secret: str = SECRET) -> None:
        self.dialog.user_id.setText(user_id)
        self.dialog.secret.setText(secret)
        self.dialog.region.choose("GB")
        self.dialog.route.setCurrentIndex(1)

    def submit(self) -> None:
        click(self.dialog.primary)
        self.runner.finish()

    def assert_nothing_is_lost(self) -> None:
        assert self.dialog.isVisible()
        assert (self.dialog.user_id.text(), self.dialog.secret.text()) == (USER_ID, SECRET)
        assert self.dialog.region.region() == "GB"
        assert self.dialog.route.currentData() is Route.MOBILE
        assert self.dialog.primary.isEnabled()
        assert self.dialog.primary.text() == "Sign in"


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:  # noqa: ARG001  # the form is measured in its style
    return Form(qtbot)


@pytest.mark.parametrize(
    ("user_id", "error"),
    [
        ("", "User ID is missing."),
        ("  ", "User ID is missing."),
        ("101", "That is not a user ID."),
        ("101_", "That is not a user ID."),
        ("agent@acme", "That is not a user ID."),
        ("101_1111112; x", "That is not a user ID."),
    ],
)
def test_a_user_id_of_the_wrong_shape_is_told_in_place(form: Form, user_id: str, error: str) -> None:
    form.fill(user_id)
    form.submit()
    assert form.dialog.error.text().startswith(error)
    assert form.dialog.user_id.hasFocus()
    assert form.dialog.secret.text() == SECRET
    type_text("1")
    assert not form.dialog.error.isVisible()


@pytest.mark.parametrize("secret", ["", "   "])
def test_a_missing_secret_is_told(form: Form, secret: str) -> None:
    form.fill(secret=secret)
    form.submit()
    assert form.dialog.error.text().startswith("App secret is missing.")
    assert form.dialog.isVisible()
    assert form.accounts.active is None


def test_a_failing_keyring_loses_nothing_and_offers_this_session_only(form: Form) -> None:
    form.keyring.fails = SecretUnavailableError("No keyring here", "There is no recommended keyring.")
    form.fill()
    form.submit()
    form.assert_nothing_is_lost()
    assert form.dialog.error.text().startswith("No keyring here.")
    assert form.dialog.session_only.hasFocus()
    assert form.accounts.active is None
    press(Qt.Key.Key_Space)
    form.submit()
    assert not form.dialog.isVisible()
    assert form.accounts.active is not None
    assert form.keyring.texts == {}


def test_a_keyring_that_hangs_is_told_after_its_deadline(form: Form) -> None:
    form.fill()
    click(form.dialog.primary)
    assert form.dialog.primary.text() == "Storing…"
    assert not form.dialog.primary.isEnabled()
    form.runner.expire(Lane.SECRETS)
    form.assert_nothing_is_lost()
    assert form.dialog.error.text().startswith("Your keyring did not answer.")


def test_settings_that_cannot_be_written_lose_nothing(form: Form) -> None:
    form.store.fails = StorageError("The disk is full", "Make room and try again.")
    form.fill()
    form.submit()
    form.assert_nothing_is_lost()
    assert form.dialog.error.text() == "The disk is full. Make room and try again."


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_after_the_dialog_was_closed_is_forgotten(qtbot: QtBot, form: Form, fails: bool) -> None:
    form.fill()
    click(form.dialog.primary)
    form.dialog.reject()
    with qtbot.waitSignal(form.dialog.destroyed):
        form.dialog.deleteLater()
    form.keyring.fails = SecretUnavailableError("No keyring here", "") if fails else None
    form.runner.finish()
    assert (form.accounts.active is None) == fails


def test_success_stores_the_secret_in_the_keyring_and_activates_the_account(form: Form) -> None:
    form.fill(f" {USER_ID} ", f" {SECRET} ")
    form.submit()
    assert not form.dialog.isVisible()
    assert form.keyring.texts == {USER_ID: SECRET}
    account = form.accounts.active
    assert account is not None
    assert (account.user_id, account.region, account.route) == (USER_ID, "GB", Route.MOBILE)
    assert SECRET not in repr(form.store.settings)


def test_the_secret_is_not_shown(form: Form) -> None:
    assert form.dialog.secret.echoMode() == QLineEdit.EchoMode.Password


def test_typing_finds_a_country_and_nonsense_keeps_the_last(form: Form) -> None:
    form.dialog.region.choose("GB")
    form.dialog.region.setEditText("france")
    assert form.dialog.region.region() == "FR"
    form.dialog.region.choose("GB")
    form.dialog.region.setEditText("Atlantis")
    assert form.dialog.region.region() == "GB"


@pytest.fixture
def signed_out(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """The program on nobody's data, without a keyring."""
    with running(qapp, qtbot, Options(api_url="http://127.0.0.1:9/v2", data_dir=tmp_path)) as started:
        yield started


def test_the_first_start_asks_to_sign_in_and_the_foot_says_so(qtbot: QtBot, signed_out: Application) -> None:
    opened = dialog()
    assert isinstance(opened, SignInDialog)
    opened.reject()
    assert signed_out.status.words.text() == "Not signed in"
    click(signed_out.status.mend)
    assert isinstance(dialog(), SignInDialog)
    signed_out.dialogs.settings()
    opened = dialog()
    assert isinstance(opened, SignInDialog)
    opened.user_id.setText("102_1111112")
    opened.secret.setText(SECRET)
    click(opened.session_only)
    click(opened.primary)
    assert dialog() is None
    assert signed_out.status.words.text().startswith("Ready · 102_")
    assert not signed_out.status.mend.isVisible()
    settle(qtbot, signed_out)


@pytest.mark.parametrize("way", ["call", "options"])
def test_what_needs_an_account_asks_to_sign_in(signed_out: Application, way: str) -> None:
    opened = dialog()
    assert opened is not None
    opened.reject()
    signed_out.pad.load("+919840222222")
    click(signed_out.pad.call_button if way == "call" else signed_out.pad.options_link)
    opened = dialog()
    assert isinstance(opened, SignInDialog)
    opened.reject()
    assert signed_out.core.journal.recent() == []


def test_a_route_chosen_before_signing_in_is_not_stored(signed_out: Application) -> None:
    opened = dialog()
    assert opened is not None
    opened.reject()
    click(signed_out.pad.mobile)
    assert signed_out.core.accounts.settings.accounts == ()


def test_typing_begins_in_the_first_empty_field(form: Form) -> None:
    assert form.dialog.user_id.hasFocus()
    form.fill(secret="")
    press(Qt.Key.Key_Return)
    form.runner.finish()
    assert form.dialog.secret.hasFocus()


def test_a_refused_sign_in_is_told_in_the_foot_until_it_works(qtbot: QtBot, program: Application) -> None:
    program.pad.load("+917000000001")  # the sandbox refuses the secret for it
    click(program.pad.call_button)
    qtbot.waitUntil(program.status.mend.isVisible, timeout=PATIENCE_MS)
    assert program.status.words.text() == "The sign-in does not work"
    click(program.status.mend)
    form = dialog()
    assert isinstance(form, SignInDialog)
    assert form.secret.hasFocus()
    form.secret.setText("sandbox-secret")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog() is None, timeout=PATIENCE_MS)
    assert program.status.words.text().startswith("Ready")
    assert "Call again…" in [button.text() for button in program.banner.findChildren(QPushButton)]

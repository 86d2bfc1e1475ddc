"""Settings: each field goes there and comes back, and what is wrong is told before anything is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import SecretUnavailableError, StorageError, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.theme import Theme
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore
from tests.ui.rig import click, dialog, press

ONE = Account("101_1111112", region="IN", route=Route.SOFTPHONE)
TWO = Account("102_1111112", region="GB", route=Route.MOBILE)


class Form:
    """The dialog over accounts on fakes."""

    def __init__(self, qtbot: QtBot, data_dir: Path, *accounts: Account) -> None:
        self.qtbot, self.data_dir = qtbot, data_dir
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.runner, self.keyring = ManualRunner(), MemorySecretStore()
        self.store = MemorySettingsStore(
            Settings(accounts=accounts, active_user_id=accounts[0].user_id if accounts else "")
        )
        for account in accounts:
            self.keyring.set(account.user_id, Secret("of-a-test"))
        self.accounts = Accounts(self.store, self.keyring, self.runner, FakeClock())
        self.late: list[UserFacingError] = []
        self.open()

    def open(self) -> None:
        self.dialog = SettingsDialog(self.accounts, self.data_dir, self.late.append, self.window)
        self.dialog.open()
        self.qtbot.waitExposed(self.dialog)

    def close(self, qtbot: QtBot) -> None:
        self.dialog.reject()
        with qtbot.waitSignal(self.dialog.destroyed):
            self.dialog.deleteLater()

    def save(self) -> None:
        click(self.dialog.primary)

    def forget(self) -> None:
        self.dialog.forget.click()


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Form:  # noqa: ARG001  # the form is measured in its style
    return Form(qtbot, tmp_path, ONE, TWO)


@pytest.mark.parametrize(
    "proxy", ["proxy.example:8080", "ftp://proxy.example", "http://", "http://proxy:x", "socks5://p"]
)
def test_a_wrong_proxy_is_told_and_nothing_is_stored(form: Form, proxy: str) -> None:
    before = form.store.settings
    form.dialog.proxy.setText(proxy)
    form.dialog.theme.setCurrentIndex(2)
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text() == "The proxy must be an address like http://proxy.example:8080."
    assert form.store.settings == before


def test_a_missing_ca_file_is_told_and_nothing_is_stored(form: Form, tmp_path: Path) -> None:
    before = form.store.settings
    form.dialog.ca_file.setText(str(tmp_path / "none.pem"))
    form.save()
    assert form.dialog.error.text().startswith("There is no CA file at")
    assert form.store.settings == before


def test_settings_that_cannot_be_written_are_told(form: Form) -> None:
    form.store.fails = StorageError("The disk is full", "Make room.")
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text() == "The disk is full. Make room."


def test_forgetting_with_the_keyring_away_keeps_the_account(form: Form) -> None:
    form.keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it.")
    form.forget()
    assert not form.dialog.forget.isEnabled()
    form.runner.finish()
    assert form.dialog.error.text() == "Your keyring is locked. Unlock it. The account was kept."
    assert form.accounts.settings.accounts == (ONE, TWO)
    assert form.dialog.account.count() == 2
    assert form.dialog.forget.isEnabled()


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
    assert form.dialog.account.currentData() == TWO.user_id
    assert form.dialog.route.currentData() is Route.MOBILE
    form.forget()
    form.runner.finish()
    assert form.dialog.account.count() == 0
    assert not form.dialog.forget.isEnabled()
    form.save()
    assert form.accounts.active is None


def test_forgetting_goes_on_when_the_dialog_is_closed_meanwhile(qtbot: QtBot, form: Form) -> None:
    form.forget()
    form.close(qtbot)
    form.runner.finish()
    assert form.accounts.settings.accounts == (TWO,)
    assert form.late == []


def test_choosing_another_account_shows_and_keeps_what_belongs_to_it(form: Form) -> None:
    form.dialog.account.setCurrentIndex(1)
    assert form.dialog.region.region() == "GB"
    assert form.dialog.route.currentData() is Route.MOBILE
    form.save()
    assert form.accounts.active == TWO
    assert form.accounts.settings.accounts == (ONE, TWO)


def test_every_field_goes_there_and_comes_back(form: Form, tmp_path: Path) -> None:
    ca_file = tmp_path / "company.pem"
    ca_file.touch()
    shown = form.dialog
    shown.region.choose("FR")
    shown.route.setCurrentIndex(2)
    shown.kinds[NotificationKind.ENDED].setChecked(False)
    shown.theme.setCurrentIndex(2)
    for box in (shown.show_tray, shown.close_to_tray, shown.start_minimised):
        box.setChecked(not box.isChecked())
    shown.proxy.setText(" http://proxy.example:8080 ")
    shown.ca_file.setText(str(ca_file))
    shown.connect_timeout.setValue(7)
    shown.request_timeout.setValue(30)
    form.save()
    stored = form.store.settings
    assert stored == Settings(
        accounts=(Account(ONE.user_id, region="FR", route=Route.NEITHER), TWO),
        active_user_id=ONE.user_id,
        muted=frozenset({NotificationKind.ENDED}),
        show_tray=False,
        close_to_tray=False,
        start_minimised=True,
        theme=ThemeChoice.DARK,
        proxy="http://proxy.example:8080",
        ca_file=str(ca_file),
        connect_timeout=7,
        request_timeout=30,
    )
    form.open()
    form.save()
    assert form.store.settings == stored


def test_without_an_account_there_is_none_to_forget(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:  # noqa: ARG001
    form = Form(qtbot, tmp_path)
    assert not form.dialog.forget.isEnabled()
    form.save()
    assert form.store.settings == Settings()


def test_signing_in_takes_the_place_of_the_settings(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitSignal(form.dialog.sign_in_asked):
        next(b for b in form.dialog.findChildren(QPushButton) if b.text() == "Sign in…").click()
    assert not form.dialog.isVisible()


@pytest.mark.parametrize("chosen", [True, False])
def test_a_ca_file_is_chosen_from_the_files(form: Form, tmp_path: Path, chosen: bool) -> None:
    company = tmp_path / "company.pem"
    company.touch()

    def answer() -> None:
        files = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
        files.selectFile(str(company))
        files.done(int(chosen))

    QTimer.singleShot(0, form.dialog, answer)
    next(b for b in form.dialog.findChildren(QPushButton) if b.text() == "Choose…").click()
    assert form.dialog.ca_file.text() == (str(company) if chosen else "")


def test_labels_stand_above_their_fields_where_it_is_narrow(qtbot: QtBot, form: Form) -> None:
    form.dialog.resize(520, 600)
    qtbot.waitUntil(lambda: form.dialog.width() == 520)
    beside = form.dialog.region.mapTo(form.dialog, form.dialog.region.rect().topLeft()).x()
    form.dialog.resize(340, 560)
    qtbot.waitUntil(lambda: form.dialog.region.mapTo(form.dialog, form.dialog.region.rect().topLeft()).x() < beside)
    assert form.dialog.fields.width() <= 340


def test_the_theme_changes_at_once_and_is_stored(program: Application) -> None:
    press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.theme.setCurrentIndex(opened.theme.findData(ThemeChoice.DARK))
    click(opened.primary)
    assert program.theme.tokens.dark
    assert program.core.settings_file.load().theme is ThemeChoice.DARK
    assert program.window.palette().window().color() == program.theme.tokens.colour("bg")


def test_changed_network_settings_are_taken_by_the_next_call(qtbot: QtBot, program: Application) -> None:
    program.core.accounts.change(request_timeout=0.2)
    program.pad.load("+917000000007")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: not program.core.journal.recent()[0].is_placing)
    assert program.core.journal.recent()[0].state is CallState.UNCERTAIN


def test_the_tray_can_be_turned_off(program: Application) -> None:
    assert program.tray.is_enabled
    program.core.accounts.change(show_tray=False)
    assert not program.tray.is_enabled


def test_a_wheel_that_passes_over_the_form_changes_nothing(form: Form) -> None:
    dialog = form.dialog
    choices, numbers = dialog.findChildren(QComboBox), dialog.findChildren(QSpinBox)
    assert (len(choices), len(numbers)) == (4, 2)
    before = [box.currentIndex() for box in choices] + [box.value() for box in numbers]
    for box in (*choices, *numbers):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(box.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, event)
    assert [box.currentIndex() for box in choices] + [box.value() for box in numbers] == before

"""The settings over accounts on fakes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.settings_dialog import SettingsDialog
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore
from tests.ui.rig import click

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
        self.said: list[str] = []
        self.icons = Icons()
        self.open()

    def open(self) -> None:
        self.dialog = SettingsDialog(
            self.accounts, self.data_dir, self.icons, self.late.append, self.said.append, self.window
        )
        self.dialog.open()
        self.qtbot.waitExposed(self.dialog)

    def close(self, qtbot: QtBot) -> None:
        self.dialog.reject()
        with qtbot.waitSignal(self.dialog.destroyed):
            self.dialog.deleteLater()

    def save(self) -> None:
        click(self.dialog.primary)

    def forget(self) -> None:
        self.dialog.general.forget.click()

"""Signing in: user ID, app secret, region and route."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.errors import SecretUnavailableError, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.forms import FormDialog, help_label
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox
from c2c_desktop.ui.region_box import RegionBox

ROUTE_CHOICES = (
    (Route.SOFTPHONE, "My softphone"),
    (Route.MOBILE, "My mobile"),
    (Route.NEITHER, "Neither"),
)


class SignInDialog(FormDialog):
    """Stores a sign-in through the accounts service. Nothing typed is lost when that fails."""

    def __init__(self, accounts: Accounts, account: Account | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Sign in to TeleCMI", "Sign in", parent)
        self._accounts = accounts
        self._account = account or Account("")
        self.resize(480, 400)
        title = QLabel("Sign in to TeleCMI")
        title.setProperty("role", "big")
        self.column.insertWidget(0, title)
        self.column.insertWidget(1, help_label("You find both in your TeleCMI dashboard."))
        self.user_id = QLineEdit(self._account.user_id)
        self.user_id.setPlaceholderText("101_1111112")
        self.user_id.textEdited.connect(lambda: self.show_error(""))
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.region = RegionBox(self._account.region)
        self.route = ChoiceBox()
        for route, words in ROUTE_CHOICES:
            self.route.addItem(words, route)
        self.route.setCurrentIndex(self.route.findData(self._account.route))
        self.session_only = CheckBox("Keep the secret for this session only")
        self.session_only.setToolTip("It is forgotten when the program ends")
        self.add_field("User ID", self.user_id, "Your extension, an underscore and the app ID.")
        self.add_field("App secret", self.secret, "Goes into this computer’s keyring and to TeleCMI, nowhere else.")
        self.fields.add("", self.session_only)
        self.add_field("Your country", self.region, "For numbers without a country code.")
        self.add_field("Ring first", self.route)
        self.first_field = self.secret if self.user_id.text() else self.user_id

    def submit(self) -> None:
        """Check, then store; the dialog closes when that worked."""
        try:
            user_id = checked_user_id(self.user_id.text())
        except UserFacingError as error:
            self.show_error(f"{error.title}. {error.message}")
            self.user_id.setFocus()
            return
        account = replace(self._account, user_id=user_id, region=self.region.region(), route=self.route.currentData())
        self._set_busy(busy=True)
        self._accounts.sign_in(
            account,
            Secret(self.secret.text().strip()),
            keep=not self.session_only.isChecked(),
            done=self._signed_in,
            failed=self._failed,
        )

    def _signed_in(self) -> None:
        if not self.is_over:
            self.accept()

    def _failed(self, error: UserFacingError) -> None:
        if self.is_over:
            return
        self._set_busy(busy=False)
        words = f"{error.title}. {error.message}"
        if isinstance(error, SecretUnavailableError) and not self.session_only.isChecked():
            self.session_only.setFocus()
        elif not self.secret.text().strip():
            self.secret.setFocus()
        self.show_error(words)

    def _set_busy(self, *, busy: bool) -> None:
        self.primary.setEnabled(not busy)
        self.primary.setText("Storing…" if busy else "Sign in")

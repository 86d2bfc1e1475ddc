"""Settings: account, notifications, tray, look, network, data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.settings import NotificationKind, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.forms import FormDialog
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox, SecondsBox
from c2c_desktop.ui.region_box import RegionBox
from c2c_desktop.ui.sign_in_dialog import ROUTE_CHOICES

_KIND_WORDS = {
    NotificationKind.AGENT_RINGING: "Your phone is ringing",
    NotificationKind.CONNECTED: "Connected",
    NotificationKind.ENDED: "Call ended",
    NotificationKind.REFUSED: "Refused by the service",
    NotificationKind.NOT_SENT: "Not sent",
    NotificationKind.UNCERTAIN: "Uncertain",
}
_THEME_WORDS = {
    ThemeChoice.SYSTEM: "As the desktop",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
}


class SettingsDialog(FormDialog):
    """Edits the settings through the accounts service."""

    sign_in_asked = Signal()

    def __init__(
        self,
        accounts: Accounts,
        data_dir: Path,
        failed: Callable[[UserFacingError], None],
        parent: QWidget | None = None,
    ) -> None:
        """Tell `failed` of what did not work and was answered only after the dialog was closed."""
        super().__init__("Settings", "Save", parent)
        self._failed = failed
        self._accounts = accounts
        self._data_dir = data_dir
        self.resize(520, 600)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.fields)
        self.fields.setContentsMargins(0, 0, 12, 0)
        self.fields.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # as wide as the area
        self.column.insertWidget(0, area, 100)
        self._add_account()
        self._add_notifications()
        self._add_window()
        self._add_network()

    def _add_account(self) -> None:
        active = self._accounts.active
        self.fields.add_heading("Account")
        self.account = ChoiceBox()
        for known in self._accounts.settings.accounts:
            self.account.addItem(known.masked_user_id, known.user_id)
        self.account.setCurrentIndex(self.account.findData(active.user_id if active else ""))
        self.add_field("Signed in as", self.account)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        sign_in = QPushButton("Sign in…")
        sign_in.setAutoDefault(False)
        sign_in.clicked.connect(self._sign_in)
        self.forget = QPushButton("Forget this account")
        self.forget.setAutoDefault(False)
        self.forget.setProperty("kind", "danger")
        self.forget.setToolTip("Deletes the account here and its secret from the keyring")
        self.forget.clicked.connect(self._forget)
        row.addWidget(sign_in)
        row.addWidget(self.forget)
        row.addStretch(1)
        self.fields.add("", buttons)
        self.region = RegionBox("IN")
        self.route = ChoiceBox()
        for route, words in ROUTE_CHOICES:
            self.route.addItem(words, route)
        self.add_field("Your country", self.region, "For numbers without a country code.")
        self.add_field("Ring first", self.route)
        self._show_account()
        self.account.currentIndexChanged.connect(self._show_account)

    def _show_account(self) -> None:
        """Region and route belong to the account that is chosen."""
        user_id = self.account.currentData()
        account = next((a for a in self._accounts.settings.accounts if a.user_id == user_id), None)
        self.forget.setEnabled(account is not None)
        if account is not None:
            self.region.choose(account.region)
            self.route.setCurrentIndex(self.route.findData(account.route))

    def _add_notifications(self) -> None:
        self.fields.add_heading("Notify me when")
        self.kinds: dict[NotificationKind, CheckBox] = {}
        for kind, words in _KIND_WORDS.items():
            box = CheckBox(words)
            box.setChecked(kind not in self._accounts.settings.muted)
            self.kinds[kind] = box
            self.fields.add("", box)

    def _add_window(self) -> None:
        settings = self._accounts.settings
        self.fields.add_heading("Window")
        self.theme = ChoiceBox()
        for choice, words in _THEME_WORDS.items():
            self.theme.addItem(words, choice)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.add_field("Colours", self.theme)
        self.show_tray = _box("Show an icon in the tray", on=settings.show_tray)
        self.close_to_tray = _box("Closing keeps the program in the tray", on=settings.close_to_tray)
        self.start_minimised = _box("Start without showing the window", on=settings.start_minimised)
        for box in (self.show_tray, self.close_to_tray, self.start_minimised):
            self.fields.add("", box)

    def _add_network(self) -> None:
        settings = self._accounts.settings
        self.fields.add_heading("Network and data")
        self.proxy = QLineEdit(settings.proxy)
        self.proxy.setPlaceholderText("http://proxy.example:8080")
        self.add_field("Proxy", self.proxy, "Leave empty for a direct connection.")
        self.ca_file = QLineEdit(settings.ca_file)
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_ca)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ca_file, 1)
        row.addWidget(choose)
        self.ca_file.setAccessibleName("Company CA file")
        self.fields.add("Company CA file", holder)
        self.connect_timeout = SecondsBox(settings.connect_timeout)
        self.request_timeout = SecondsBox(settings.request_timeout)
        self.add_field("Connect within", self.connect_timeout)
        self.add_field("Whole request within", self.request_timeout)
        folder = QPushButton("Open")
        folder.setAutoDefault(False)
        folder.setToolTip(str(self._data_dir))
        folder.setAccessibleName("Open the data folder")
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_dir))))
        where = QLabel(str(self._data_dir))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        data = QWidget()
        line = QHBoxLayout(data)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(where, 1)
        line.addWidget(folder)
        self.fields.add("Data folder", data)

    def submit(self) -> None:
        """Store everything, or say what is wrong and store nothing."""
        proxy = self.proxy.text().strip()
        if proxy and not _is_proxy(proxy):
            self.show_error("The proxy must be an address like http://proxy.example:8080.")
            return
        ca_file = self.ca_file.text().strip()
        if ca_file and not Path(ca_file).is_file():
            self.show_error(f"There is no CA file at {ca_file}.")
            return
        chosen = self.account.currentData()
        accounts = tuple(
            replace(a, region=self.region.region(), route=self.route.currentData()) if a.user_id == chosen else a
            for a in self._accounts.settings.accounts
        )
        try:
            self._accounts.change(
                accounts=accounts,
                active_user_id=chosen or "",
                muted=frozenset(kind for kind, box in self.kinds.items() if not box.isChecked()),
                theme=self.theme.currentData(),
                show_tray=self.show_tray.isChecked(),
                close_to_tray=self.close_to_tray.isChecked(),
                start_minimised=self.start_minimised.isChecked(),
                proxy=proxy,
                ca_file=ca_file,
                connect_timeout=float(self.connect_timeout.value()),
                request_timeout=float(self.request_timeout.value()),
            )
        except UserFacingError as error:
            self.show_error(f"{error.title}. {error.message}")
            return
        self.accept()

    def _sign_in(self) -> None:
        self.reject()
        self.sign_in_asked.emit()

    def _forget(self) -> None:
        user_id = str(self.account.currentData())
        self.forget.setEnabled(False)
        self._accounts.forget(user_id, done=lambda: self._forgotten(user_id), failed=self._not_forgotten)

    def _forgotten(self, user_id: str) -> None:
        if not self.is_over:
            self.account.removeItem(self.account.findData(user_id))

    def _not_forgotten(self, error: UserFacingError) -> None:
        words = "The account was kept."
        if self.is_over:
            self._failed(UserFacingError(error.title, f"{error.message} {words}"))
            return
        self.forget.setEnabled(True)
        self.show_error(f"{error.title}. {error.message} {words}")

    def _choose_ca(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Company CA file", "", "Certificates (*.pem *.crt *.cer)")
        if path:
            self.ca_file.setText(path)


def _is_proxy(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:  # no port
        return False


def _box(words: str, *, on: bool) -> CheckBox:
    box = CheckBox(words)
    box.setChecked(on)
    return box

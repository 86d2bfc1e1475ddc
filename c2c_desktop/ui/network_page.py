"""Settings, "Network": how the service is reached, and where the data lives."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.inputs import SecondsBox
from c2c_desktop.ui.settings_page import FileField, SettingsPage, WrongFieldError, plain_button, side_by_side


class NetworkPage(SettingsPage):
    """Edits a copy of what it shows."""

    diagnostics_asked = Signal()

    def __init__(self, accounts: Accounts, data_dir: Path) -> None:
        super().__init__("Network")
        settings = accounts.settings
        self.fields.add_heading("Connection")
        self.proxy = QLineEdit(settings.proxy)
        self.proxy.setPlaceholderText("http://proxy.example:8080")
        self.fields.add_field("Proxy", self.proxy, "Leave empty for a direct connection.")
        self.ca_file = FileField(settings.ca_file, "Company CA file", "Certificates (*.pem *.crt *.cer)")
        self.fields.add_field("Company CA file", self.ca_file)
        self.connect_timeout = SecondsBox(settings.connect_timeout)
        self.request_timeout = SecondsBox(settings.request_timeout)
        self.fields.add_field("Connect within", self.connect_timeout)
        self.fields.add_field("Whole request within", self.request_timeout)
        self._add_data(data_dir)
        self._shown = self._values()

    def changes(self) -> dict[str, object]:
        """Return what was changed of proxy, CA file and times."""
        changed = {name: value for name, value in self._values().items() if value != self._shown[name]}
        if changed.get("proxy") and not _is_proxy(str(changed["proxy"])):
            raise WrongFieldError(self.proxy, "The proxy must be an address like http://proxy.example:8080.")
        if changed.get("ca_file") and not Path(str(changed["ca_file"])).is_file():
            raise WrongFieldError(self.ca_file, f"There is no CA file at {changed['ca_file']}.")
        return changed

    def _values(self) -> dict[str, object]:
        return {
            "proxy": self.proxy.text().strip(),
            "ca_file": self.ca_file.text,
            "connect_timeout": float(self.connect_timeout.value()),
            "request_timeout": float(self.request_timeout.value()),
        }

    def _add_data(self, data_dir: Path) -> None:
        self.fields.add_heading("Data")
        folder = plain_button("Open", lambda: _open_folder(data_dir))
        folder.setToolTip(str(data_dir))
        folder.setAccessibleName("Open the data folder")
        where = QLabel(str(data_dir))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        data = QWidget()
        line = QHBoxLayout(data)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(where, 1)
        line.addWidget(folder)
        self.fields.add("Data folder", data)
        self.diagnostics = plain_button("Save diagnostics…", self.diagnostics_asked.emit)
        self.fields.add_field(
            "For support", side_by_side(self.diagnostics), "One file to send: versions, settings and log, no secrets."
        )


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _is_proxy(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:  # no port
        return False

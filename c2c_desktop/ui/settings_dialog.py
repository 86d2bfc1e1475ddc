"""Settings: general, before a call, network, desktop. Stores what the person changed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from c2c_desktop.desktop.integration import Integration
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.desktop_page import DesktopPage
from c2c_desktop.ui.forms import AnswerDialog
from c2c_desktop.ui.general_page import GeneralPage
from c2c_desktop.ui.guard_page import GuardPage
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.network_page import NetworkPage
from c2c_desktop.ui.settings_page import SettingsPage, WrongFieldError

if TYPE_CHECKING:
    from c2c_desktop.desktop.hotkeys.hotkey import Hotkey


class SettingsDialog(AnswerDialog):
    """Edits the settings through the accounts service."""

    sign_in_asked = Signal()
    diagnostics_asked = Signal()

    def __init__(
        self,
        accounts: Accounts,
        data_dir: Path,
        icons: Icons,
        failed: Callable[[UserFacingError], None],
        say: Callable[[str], None],
        parent: QWidget | None = None,
        integration: Integration | None = None,
        hotkey: Hotkey | None = None,
    ) -> None:
        """Tell `failed` and `say` of what was answered only after the dialog was closed."""
        body = QWidget()
        super().__init__("Settings", "Save", body, parent)
        self._stack = QStackedWidget()
        self._accounts = accounts
        self._failed = failed
        self._say_outside = say
        self.resize(560, 640)
        self.general = GeneralPage(accounts, icons)
        self.guard = GuardPage(accounts, icons)
        self.network = NetworkPage(accounts, data_dir)
        self.desktop = DesktopPage(accounts, icons, integration, hotkey)
        self._pages: tuple[SettingsPage, ...] = (self.general, self.guard, self.network, self.desktop)
        self.tabs = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, page in enumerate(self._pages):
            tab = QPushButton(page.accessibleName())
            tab.setProperty("kind", "tab")
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            self.tabs.addButton(tab, number)
            row.addWidget(tab)
            self._stack.addWidget(page)
            page.fields.arrange(narrow=False)
            QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self, lambda n=number: self.choose_page(n))
        row.addStretch(1)
        self.tabs.idClicked.connect(self.choose_page)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.column.setStretch(0, 1)
        self.column.setContentsMargins(24, 16, 12, 20)
        for part in (self.error, self.footer):
            part.setContentsMargins(0, 0, 12, 0)
        self.general.sign_in_asked.connect(self.sign_in_asked)
        self.general.forget_asked.connect(self._forget)
        self.network.diagnostics_asked.connect(self.diagnostics_asked)
        self.first_field = self.general.account
        self.choose_page(0)

    def choose_page(self, number: int) -> None:
        """Show a page: 0 general, 1 rules, 2 network, 3 desktop."""
        tab, leaves = self.tabs.button(number), self._pages[self._stack.currentIndex()]
        tab.setChecked(True)
        focused = self.focusWidget()
        if leaves is not self._pages[number] and (focused in self.tabs.buttons() or leaves.isAncestorOf(focused)):
            tab.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._stack.setCurrentIndex(number)

    def submit(self) -> None:
        """Store what was changed, or say what is wrong and store nothing."""
        changes: dict[str, object] = {}
        for number, page in enumerate(self._pages):
            try:
                changes |= page.changes()
            except WrongFieldError as wrong:
                self.show_error(wrong.words)
                self.choose_page(number)
                page.reveal(wrong.field)
                return
        try:
            if changes or self._accounts.settings_trouble:  # saving ends it
                self._accounts.change(**changes)
        except UserFacingError as error:
            self.show_error(f"{error.title}. {error.message}")
            return
        for page in self._pages:
            page.saved()
        self.accept()

    def take_sign_in(self) -> None:
        """Somebody signed in meanwhile; what was edited here stays."""
        self.general.show_accounts()

    def _forget(self, user_id: str) -> None:
        was_active = self._accounts.active
        active_before = was_active.user_id if was_active is not None else ""
        self._accounts.forget(user_id, done=lambda: self._forgotten(user_id, active_before), failed=self._not_forgotten)

    def _forgotten(self, user_id: str, active_before: str) -> None:
        active = self._accounts.active
        words = ""
        if user_id == active_before:
            words = f"Calls go out with {active.masked_user_id} now." if active else "You are not signed in any more."
        if not self.is_over:
            self.general.show_accounts()
            self.show_note(words)
        elif words:
            self._say_outside(words)

    def _not_forgotten(self, error: UserFacingError) -> None:
        words = "The account was kept."
        if self.is_over:
            self._failed(UserFacingError(error.title, f"{error.message} {words}"))
            return
        self.general.forget.setEnabled(True)
        self.show_error(f"{error.title}. {error.message} {words}")

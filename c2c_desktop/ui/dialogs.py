"""Opens the program's dialogs over the window and takes what comes of them.

Each dialog is loaded when it is first opened: start-up does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import NoLongerWantedError, UserFacingError
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.contact_export import ContactExport
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
    from c2c_desktop.desktop.integration import Integration
    from c2c_desktop.domain.account import Account
    from c2c_desktop.services.duplicates import Duplicates
    from c2c_desktop.services.ports import Clock
    from c2c_desktop.services.shared_directories import SharedDirectories
    from c2c_desktop.ui.settings_dialog import SettingsDialog


class Dialogs(QObject):
    """One dialog at a time, window-modal, gone when it is finished. Main thread."""

    failed = Signal(object)
    """A `UserFacingError` of something that could not be stored."""
    said = Signal(str)
    """What came of something after its dialog was closed."""
    signed_in = Signal()
    capturing = Signal(bool)
    """Whether keys for the hotkey are being pressed in the settings."""
    diagnostics_asked = Signal()
    noted = Signal(object, str)
    """A `Call` and the note it is to have now."""

    def __init__(  # dialogs edit several things
        self,
        accounts: Accounts,
        directory: Directory,
        data_dir: Path,
        theme: Theme,
        icons: Icons,
        window: QWidget,
        numbers: ShownNumbers | None = None,
    ) -> None:
        super().__init__(window)
        self._numbers = numbers or ShownNumbers()
        self._accounts = accounts
        self._directory = directory
        self._data_dir = data_dir
        self._theme = theme
        self._icons = icons
        self._window = window
        self._open_now: QDialog | None = None
        self._integration: Integration | None = None
        self._hotkey: Hotkey | None = None
        self._shared: SharedDirectories | None = None
        self._clock: Clock | None = None

    def tie(self, integration: Integration | None, hotkey: Hotkey | None) -> None:
        """Show in the settings how the program sits in the desktop, where it does."""
        self._integration, self._hotkey = integration, hotkey

    def sign_in(self) -> None:
        """Ask for user ID and secret."""
        from c2c_desktop.ui.sign_in_dialog import SignInDialog  # noqa: PLC0415

        def build() -> QDialog:
            dialog = SignInDialog(self._accounts, self._accounts.active, self._window)
            dialog.accepted.connect(self.signed_in)
            return dialog

        self._open(build)

    def settings(self, page: int = 0) -> None:
        """Show a page of the settings, numbered as in `SettingsDialog.choose_page`."""
        from c2c_desktop.ui.settings_dialog import SettingsDialog  # noqa: PLC0415

        def build() -> QDialog:
            dialog = SettingsDialog(
                self._accounts,
                self._data_dir,
                self._icons,
                self.failed.emit,
                self.said.emit,
                self._window,
                self._integration,
                self._hotkey,
            )
            dialog.desktop.capturing.connect(self.capturing)
            dialog.sign_in_asked.connect(lambda: self._sign_in_over(dialog))
            dialog.diagnostics_asked.connect(self.diagnostics_asked)
            dialog.choose_page(page)
            return dialog

        self._open(build)

    def tell(self, words: str) -> None:
        """Say what came of something that was asked for in the settings: there, while they are open."""
        from c2c_desktop.ui.settings_dialog import SettingsDialog  # noqa: PLC0415

        if isinstance(self._open_now, SettingsDialog):
            self._open_now.show_note(words)
        else:
            self.said.emit(words)

    def options(self) -> None:
        """Edit what goes with every call of the active account; without one, sign in first."""
        from c2c_desktop.ui.options_dialog import OptionsDialog  # noqa: PLC0415

        account = self._accounts.active
        if account is None:
            self.sign_in()
            return

        def build() -> QDialog:
            dialog = OptionsDialog(account, self._window)
            dialog.accepted.connect(lambda: self._store(dialog.account))
            return dialog

        self._open(build)

    def contact(self, contact: Contact) -> None:
        """Edit a contact, or add one where its id is 0; show one of a shared directory."""
        from c2c_desktop.ui.contact_dialog import ContactDialog  # noqa: PLC0415

        account = self._accounts.active

        def build() -> QDialog:
            name = self._directory.directory_name(contact)
            dialog = ContactDialog(contact, account, self._theme, self._icons, self._window, name, self._save_contact)
            self._directory.tags(lambda tags: None if dialog.is_over else dialog.tags.offer(tags))
            return dialog

        self._open(build)

    def _save_contact(
        self,
        contact: Contact,
        before: Contact,
        done: Callable[[Contact], None],
        refused: Callable[[UserFacingError | None], None],
        waits: Callable[[], None],
    ) -> Callable[[], None]:
        def failed(error: Exception) -> None:
            if isinstance(error, NoLongerWantedError):
                refused(None)
                return
            if not isinstance(error, UserFacingError):
                self.failed.emit(error)
                error = UserFacingError("This contact was not saved", "Something went wrong inside.")
            refused(error)

        return self._directory.save(contact, done, failed, before if before.id else None, waits)

    def export(self, export: ContactExport, text: str) -> None:
        """Ask which contacts go into what kind of file; `text` is searched for in the window."""
        from c2c_desktop.ui.export_dialog import ExportDialog  # noqa: PLC0415
        from c2c_desktop.ui.export_presenter import ExportPresenter  # noqa: PLC0415

        def build() -> QDialog:
            dialog = ExportDialog(text, self._window)
            ExportPresenter(dialog, export, self.failed.emit)
            return dialog

        self._open(build)

    def tie_directories(self, shared: SharedDirectories, clock: Clock) -> None:
        """Know the directories a team shares."""
        self._shared, self._clock = shared, clock

    def directories(self) -> None:
        """Show the directories a team shares."""
        from c2c_desktop.ui.directories_window import DirectoriesWindow  # noqa: PLC0415

        shared, clock, region = self._shared, self._clock, self._accounts.region
        if shared is None or clock is None:
            return
        self._open(lambda: DirectoriesWindow(shared, clock, region, self._theme, self._icons, self._window))

    def note(self, call: Call) -> None:
        """Write or change the note of a call."""
        from c2c_desktop.ui.note_dialog import NoteDialog  # noqa: PLC0415

        def build() -> QDialog:
            dialog = NoteDialog(call, self._numbers, self._window)
            dialog.accepted.connect(lambda: self.noted.emit(call, dialog.note))
            return dialog

        self._open(build)

    def duplicates(self, duplicates: Duplicates) -> None:
        """Find and merge contacts that are there several times."""
        from c2c_desktop.ui.duplicates_window import DuplicatesWindow  # noqa: PLC0415

        self._open(lambda: DuplicatesWindow(duplicates, self._theme, self._numbers, self._window))

    def _sign_in_over(self, settings: SettingsDialog) -> None:
        """Ask in front of the settings: what was edited there stays."""
        from c2c_desktop.ui.sign_in_dialog import SignInDialog  # noqa: PLC0415

        dialog = SignInDialog(self._accounts, self._accounts.active, settings)
        dialog.accepted.connect(settings.take_sign_in)
        dialog.accepted.connect(self.signed_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, build: Callable[[], QDialog]) -> None:
        if self._open_now is not None:
            self._open_now.raise_()
            return
        dialog = self._open_now = build()
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        dialog, self._open_now = self._open_now, None
        if dialog is not None:
            dialog.deleteLater()

    def _store(self, account: Account) -> None:
        try:
            known = next((a for a in self._accounts.settings.accounts if a.user_id == account.user_id), account)
            self._accounts.update_account(replace(account, route=known.route, region=known.region))
        except UserFacingError as error:
            self.failed.emit(error)

"""Ties the whole contact list to the window: import, export, duplicates, shared directories, and their menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from c2c_desktop.composition import Core, open_contact_files, open_contact_importer, open_shared_directories
from c2c_desktop.directory_ties import DirectoryTies
from c2c_desktop.runtime.lanes import Lanes
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.dialogs import Dialogs
from c2c_desktop.ui.import_desk import ImportDesk
from c2c_desktop.ui.main_window import MainWindow
from c2c_desktop.ui.theme import Theme


class ContactTies(QObject):
    """Built after the first paint. Main thread."""

    failed = Signal(object)
    """What went wrong: a `UserFacingError`, or a bug."""

    def __init__(
        self,
        core: Core,
        lanes: Lanes,
        window: MainWindow,
        dialogs: Dialogs,
        theme: Theme,
        numbers: ShownNumbers,
        contacts_changed: Callable[[], None],
    ) -> None:
        """`contacts_changed`: what shows contacts beside the list."""
        super().__init__(window)
        self._core, self._lanes = core, lanes
        self._contacts_changed = contacts_changed
        self._importer = open_contact_importer(core, lanes)
        self.imports = self._new_import_desk(window, theme, numbers)
        self.directories = self._new_directory_ties(window, dialogs)
        menu = window.file_menu
        menu.add_separator()
        menu.add("Export contacts…", lambda: dialogs.export(core.contact_export, window.search.text()))
        menu.add("Find duplicates…", lambda: dialogs.duplicates(core.duplicates))
        menu.add_separator()
        menu.add("Shared directories…", dialogs.directories)
        self.directories.open()

    def close(self) -> None:
        """The program ends: what is under way is given up, and nothing of it is kept."""
        self.directories.close()
        self.imports.close()
        self._importer.close()

    def _new_import_desk(self, window: MainWindow, theme: Theme, numbers: ShownNumbers) -> ImportDesk:
        from c2c_desktop.adapters.skipped_csv import save_skipped  # noqa: PLC0415
        from c2c_desktop.ui.import_outcome import ImportMeans  # noqa: PLC0415

        core = self._core
        means = ImportMeans(open_contact_files(core), self._importer, save_skipped, core.contact_store.last_import)
        desk = ImportDesk(means, self._lanes, lambda: core.accounts.region, window, theme, numbers)
        desk.failed.connect(self.failed)
        desk.imported.connect(window.contacts.refresh_quietly)  # nothing moves under the hand
        desk.imported.connect(self._contacts_changed)
        return desk

    def _new_directory_ties(self, window: MainWindow, dialogs: Dialogs) -> DirectoryTies:
        core = self._core
        shared = open_shared_directories(core, self._lanes, self.failed.emit)
        dialogs.tie_directories(shared, core.clock)
        return DirectoryTies(shared, core.directory, window.contacts, self._contacts_changed, self._lanes, self)

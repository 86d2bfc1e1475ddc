"""From a file to contacts: looked at, asked about, imported in the background, reported, taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog

from c2c_desktop.domain.contact_import import (
    CancelledImportError,
    FileLook,
    ImportProgress,
    ImportReport,
    ImportWish,
    TableFormat,
)
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.file_looks import FileLooks
from c2c_desktop.services.ports import Lane, Runner
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.drop_zone import DropZone
from c2c_desktop.ui.import_outcome import ImportMeans, ImportOutcome
from c2c_desktop.ui.main_window import MainWindow
from c2c_desktop.ui.proposed_folder import Location, proposed_folder
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.ui.import_mapping import ImportDialog
    from c2c_desktop.ui.import_progress import ImportProgressDialog

KINDS = "Contact files (*.vcf *.vcard *.csv *.tsv *.tab *.txt);;All files (*)"
_IMPORT, _SHOW = "Import contacts…", "Show the import…"
_NO_REPORT = "Reports of imports in this window are kept until the program ends. A terminal prints its own."
_NO_UNDO = "Nothing was imported, or it was undone already."


class ImportDesk(QObject):
    """One import at a time. Its entries stand in the window's menu; files may be dropped on the window. Main thread."""

    failed = Signal(object)
    """What went wrong: a `UserFacingError`, or a bug."""
    said = Signal(str)
    """What came of something, in one sentence."""
    imported = Signal()
    """The contact list is another one now."""

    def __init__(
        self,
        means: ImportMeans,
        runner: Runner,
        region: Callable[[], str],
        window: MainWindow,
        theme: Theme,
        numbers: ShownNumbers,
    ) -> None:
        """`region`: the ISO 3166 country of numbers without a code, unless the person chooses another."""
        super().__init__(window)
        self._means, self._runner, self._region = means, runner, region
        self._window, self._theme, self._numbers = window, theme, numbers
        self._looks = FileLooks(means.files, runner)
        self._open_now: QDialog | None = None
        """What asks something: the choice of a file, the mapping, or whether to undo."""
        self._progress: ImportProgressDialog | None = None
        self._cancel: Callable[[], None] | None = None
        self._is_closed = False
        self.outcome = ImportOutcome(means, runner, window, numbers)
        self.outcome.failed.connect(self.failed)
        self.outcome.said.connect(self.said)
        self.outcome.undone.connect(self.imported)
        self.outcome.changed.connect(self._allow_entries)
        self.drops = DropZone(window, theme)
        self.drops.dropped.connect(self.take_dropped)
        menu = window.file_menu
        self.entry = menu.add(_IMPORT, self.choose_file, "Ctrl+O")
        self.report_entry = menu.add("Report of the last import…", self.outcome.show_report)
        self.undo_entry = menu.add("Undo last import…", self.ask_undo)
        menu.menu_list.aboutToShow.connect(self.outcome.look)
        self._allow_entries()
        self.outcome.look()

    @property
    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._cancel is not None

    def choose_file(self) -> None:
        """Ask for a file; while an import is under way show how far it is."""
        if not self._is_free():
            return
        folder = proposed_folder(Location.DownloadLocation)
        chooser = QFileDialog(self._window, "Import contacts", str(folder), KINDS)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.take_file)
        self._open(chooser)

    def take_dropped(self, paths: list[str]) -> None:
        """Import the file that was dropped on the window."""
        if len(paths) != 1:
            self.said.emit("Drop one file at a time: each is looked at before it is imported.")
        elif self._is_free():
            self.take_file(paths[0])

    def take_file(self, path: str) -> None:
        """Look at a file, then ask what is to be done with it. Of several the last one counts."""
        self._looks.look(path, self._ask, self.failed.emit)

    def ask_undo(self) -> None:
        """Ask whether the last import is to be taken back, once it is known which one that is."""
        if self._is_free():
            self.outcome.look(self._ask_undo)

    def close(self) -> None:
        """The program ends: an import under way is given up, nothing of it is kept."""
        self._is_closed = True
        self._looks.forget()
        if self._cancel is not None:
            self._cancel()
        for dialog in (self._open_now, self._progress):
            if dialog is not None:
                dialog.close()
        self.outcome.close()

    def _is_free(self) -> bool:
        """Whether something new can begin; else what is in its way is shown."""
        in_the_way = self._open_now or self._progress
        if in_the_way is not None:
            _bring_up(in_the_way)
        elif self.outcome.is_undoing:
            self.said.emit("The last import is being taken back. Try again in a moment.")
        return in_the_way is None and not self.outcome.is_undoing

    def _open(self, dialog: QDialog) -> None:
        self._open_now = dialog
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self._open_now is dialog:
            self._open_now = None
        dialog.deleteLater()

    def _ask(self, look: FileLook) -> None:
        from c2c_desktop.ui.import_mapping import ImportDialog  # noqa: PLC0415

        if not self._is_free():
            return
        dialog = ImportDialog(look, self._region(), self._theme, self._numbers, self._window)
        dialog.preview_asked.connect(partial(self._preview, dialog))
        dialog.finished.connect(self._looks.forget)
        dialog.accepted.connect(lambda: self._begin(dialog.wish, dialog.look))
        self._open(dialog)

    def _ask_undo(self) -> None:
        from c2c_desktop.ui.import_undo import ImportUndoDialog  # noqa: PLC0415

        last = self.outcome.last
        if last is None:
            self.said.emit("There is no import to undo.")
        elif self._is_free():
            dialog = ImportUndoDialog(last, self._window)
            dialog.undo.clicked.connect(lambda: self.outcome.undo(last.import_id))
            self._open(dialog)

    def _preview(self, dialog: ImportDialog, table: TableFormat, is_reshaped: bool) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, UserFacingError):
                dialog.show_trouble(f"{error.title}. {error.message}")
            else:
                dialog.show_trouble("The file cannot be read like this.")
                self.failed.emit(error)

        keeps = dialog.is_changed_by_hand
        self._looks.preview(
            dialog.look.path, table, dialog.show_look, failed, is_reshaped=is_reshaped, keeps_mapping=keeps
        )

    def _begin(self, wish: ImportWish, look: FileLook) -> None:
        from c2c_desktop.ui.import_progress import ImportProgressDialog  # noqa: PLC0415

        if look.table is not None and look.header:
            self._runner.run(Lane.DATABASE, lambda: self._means.files.remember(look), lambda _: None, self.failed.emit)
        self.outcome.put_away()
        progress = self._progress = ImportProgressDialog(wish.path, self._window)
        progress.rejected.connect(self._tell_hidden)
        progress.show()
        self._cancel = lambda: None  # what cancels it comes back after it may have ended
        self._allow_entries()
        cancel = self._means.importer.start(
            wish, self._take_progress, partial(self._finish, wish.path), self._take_failure
        )
        if self._cancel is not None:
            self._cancel = cancel
            progress.cancel_asked.connect(cancel)

    def _take_progress(self, progress: ImportProgress) -> None:
        if self._progress is not None:
            self._progress.show_progress(progress)

    def _tell_hidden(self) -> None:
        if self.is_running and not self._is_closed:
            self._window.toast.say("The import goes on. Look at it under More.", "Show", self._show_progress)

    def _show_progress(self) -> None:
        if self._progress is not None:
            _bring_up(self._progress)

    def _finish(self, path: str, report: ImportReport) -> None:
        progress = self._end()
        if self._is_closed:
            return
        self.imported.emit()
        if progress is not None and progress.isVisible():
            self.outcome.take(path, report, takes_keys=progress.isActiveWindow())
            progress.hide()
        else:
            self.outcome.offer(path, report)

    def _take_failure(self, error: Exception) -> None:
        progress = self._end()
        if self._is_closed:
            return
        if progress is not None:
            progress.hide()
        if isinstance(error, CancelledImportError):
            self.said.emit("The import was cancelled. Nothing of the file was kept.")
        else:
            self.failed.emit(error)

    def _end(self) -> ImportProgressDialog | None:
        """The import is over; return its dialog, which goes when it was hidden."""
        self._cancel = None
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.deleteLater()
        self._allow_entries()
        return progress

    def _allow_entries(self) -> None:
        self.entry.setText(_SHOW if self.is_running else _IMPORT)
        self.report_entry.setEnabled(self.outcome.has_report)
        self.report_entry.setToolTip("" if self.outcome.has_report else _NO_REPORT)
        is_any = self.outcome.last is not None
        self.undo_entry.setEnabled(is_any and not self.is_running and not self.outcome.is_undoing)
        self.undo_entry.setToolTip("" if is_any else _NO_UNDO)


def _bring_up(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()

"""Between the export window and the export: what is asked there is done here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from c2c_desktop.domain.contact_export import (
    CancelledExportError,
    ContactSelection,
    ExportChoices,
    ExportProgress,
    ExportReport,
    ExportWish,
)
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.contact_export import ContactExport
from c2c_desktop.ui.export_dialog import ExportDialog


class ExportPresenter(QObject):
    """Lives as long as its window. Main thread. `failed` hears of errors nobody can do something about."""

    def __init__(self, dialog: ExportDialog, export: ContactExport, failed: Callable[[Exception], None]) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._export = export
        self._failed = failed
        self._cancel: Callable[[], None] = lambda: None
        dialog.count_asked.connect(self._count)
        dialog.export_asked.connect(self._start)
        dialog.cancel_asked.connect(self._stop)
        dialog.finished.connect(self._stop)
        export.choices(self._show_choices, self._show_failure)

    def _show_choices(self, choices: ExportChoices) -> None:
        if not self._dialog.is_over:
            self._dialog.show_choices(choices)

    def _stop(self) -> None:
        self._cancel()

    def _count(self, selection: ContactSelection) -> None:
        def counted(number: int) -> None:
            if not self._dialog.is_over:
                self._dialog.show_count(selection, number)

        self._export.count(selection, counted, self._show_failure)

    def _start(self, wish: ExportWish) -> None:
        self._cancel = self._export.start(
            wish, self._show_progress, lambda report: self._show_done(report, wish.path), self._show_failure
        )

    def _show_progress(self, progress: ExportProgress) -> None:
        if not self._dialog.is_over:
            self._dialog.show_progress(progress)

    def _show_done(self, report: ExportReport, path: str) -> None:
        if not self._dialog.is_over:
            self._dialog.show_done(report, path)

    def _show_failure(self, error: Exception) -> None:
        is_known = isinstance(error, (UserFacingError, CancelledExportError))
        if not is_known:
            self._failed(error)
        if self._dialog.is_over:
            return
        if isinstance(error, CancelledExportError):
            self._dialog.show_cancelled()
        elif isinstance(error, UserFacingError):
            self._dialog.show_failed(f"{error.title}. {error.message}")
        else:
            self._dialog.show_failed("Something went wrong inside. No file was written.")

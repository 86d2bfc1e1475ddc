"""Pictures of the export window: its questions, under way, done, and in trouble; narrow and wide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.domain.contact_export import (
    ContactSelection,
    ExportChoices,
    ExportProgress,
    ExportReport,
    TagCount,
)
from c2c_desktop.ui.export_dialog import ExportDialog

if TYPE_CHECKING:
    from tests.screenshots import Photographer

WIDTHS = (360, 520)
CHOICES = ExportChoices(1_000_000, 2_140, (TagCount("customer", 40_212), TagCount("key account", 811, 17)))


class ExportPictures:
    """Shows the window with invented numbers."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._window = photographer.program.window

    def everything(self) -> None:
        """Take them in the theme that is chosen."""
        for width in WIDTHS:
            dialog = ExportDialog("rao", self._window)
            dialog.open()
            dialog.resize(width, 300)
            self._take("questions-first", dialog, width)
            dialog.show_choices(CHOICES)
            dialog.show_count(ContactSelection("rao"), 212)
            self._take("questions", dialog, width)
            dialog.take_path("/home/asha/contacts.vcf")
            self._take("wrong-name", dialog, width)
            dialog.kind.setCurrentIndex(1)
            self._take("questions-vcard", dialog, width)
            dialog.kind.setCurrentIndex(0)
            dialog.take_path("/home/asha/contacts.csv")
            dialog.show_progress(ExportProgress(380_400, 1_000_000, 12.4))
            self._take("under-way", dialog, width)
            dialog.show_cancelled()
            self._take("cancelled", dialog, width)
            dialog.take_path("/home/asha/contacts.csv")
            dialog.show_failed(
                "The contacts could not be exported. There is no room left on the disk. Free some space, or choose "
                "another place."
            )
            self._take("no-room", dialog, width)
            dialog.take_path("/home/asha/contacts.csv")
            dialog.show_done(ExportReport(1_000_000, 1_482_211, 33.0), str(Path("/home/asha/contacts.csv")))
            self._take("done", dialog, width)
            dialog.accept()
            dialog.deleteLater()
            self._photographer.settle()

    def _take(self, name: str, dialog: ExportDialog, width: int) -> None:
        self._photographer.take(f"export-{name}-{width}", dialog)

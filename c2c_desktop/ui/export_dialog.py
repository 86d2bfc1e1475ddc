"""The window that asks which contacts go into what kind of file, and shows how far that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from c2c_desktop.domain.contact_export import (
    ContactSelection,
    ExportChoices,
    ExportFormat,
    ExportProgress,
    ExportReport,
    ExportWish,
    format_of,
)
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.export_words import FORMAT_HELP, FORMAT_WORDS, done_words, neutralised_words, progress_words
from c2c_desktop.ui.forms import FormDialog, help_label
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox
from c2c_desktop.ui.proposed_folder import Location, proposed_folder

_SHOWN_SEARCH = 24
"""Characters of a search that are shown among the choices."""
_PARTS = 1000
_FORMATS = list(FORMAT_WORDS)


class ExportDialog(FormDialog):
    """Asks, and shows progress and result. It knows no contacts: `ExportPresenter` does the work."""

    count_asked = Signal(object)
    """A `ContactSelection` whose number is to be shown."""
    export_asked = Signal(object)
    """An `ExportWish`."""
    cancel_asked = Signal()

    def __init__(
        self, text: str = "", parent: QWidget | None = None, open_folder: Callable[[Path], None] | None = None
    ) -> None:
        super().__init__("Export contacts", "Export…", parent)
        self.resize(460, 300)
        self._text = text.strip()
        self._choices = ExportChoices(0, 0)
        self._found: dict[ContactSelection, int] = {}
        self._is_running = False
        self._path = ""
        self._open_folder = open_folder or _open_folder
        self.who = ChoiceBox()
        self.who.currentIndexChanged.connect(self._take_choice)
        self.shared = CheckBox("")
        self.shared.toggled.connect(self._show_who)
        self.shared.hide()
        self.kind = ChoiceBox()
        self.kind.addItems([FORMAT_WORDS[kind] for kind in _FORMATS])
        self.kind.currentIndexChanged.connect(self._take_choice)
        self.kind_help = help_label(FORMAT_HELP[self.format])
        self.add_field("Contacts", self.who)
        self.fields.add("", self.shared)
        self.fields.add_field("File", self.kind, note=self.kind_help)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Written so far")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.aside = help_label("")
        self.work = QWidget()
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.bar, self.words, self.aside):
            column.addWidget(part)
        self.work.hide()
        self.column.insertWidget(1, self.work)
        self.folder = QPushButton("Show in folder")
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(lambda: self._open_folder(Path(self._path).parent))
        self.folder.hide()
        self.footer.insertWidget(0, self.folder)
        self._show_who()

    @property
    def selection(self) -> ContactSelection:
        """Who is chosen."""
        chosen: ContactSelection = self.who.currentData()
        return chosen

    @property
    def format(self) -> ExportFormat:
        """The kind of file that is chosen."""
        return _FORMATS[self.kind.currentIndex()]

    def show_choices(self, choices: ExportChoices) -> None:
        """Show what there is to choose from."""
        self._choices = choices
        self.shared.setText(f"Also from shared directories ({choices.shared:,})")
        self.shared.setVisible(bool(choices.shared))
        self._show_who()

    def show_count(self, selection: ContactSelection, number: int) -> None:
        """Show how many a search finds."""
        self._found[selection] = number
        for index in range(self.who.count()):
            if self.who.itemData(index) == selection:
                self.who.setItemText(index, self._search_words(number))

    def submit(self) -> None:
        """Ask where; once all is done, close."""
        if self._path:
            self.accept()
            return
        self.show_error("")
        name = f"contacts{self.format.ending}"
        files = QFileDialog(self, "Export contacts", str(proposed_folder(Location.DocumentsLocation) / name))
        files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setFileMode(QFileDialog.FileMode.AnyFile)
        files.setNameFilter("vCard (*.vcf)" if self.format.ending == ".vcf" else "CSV (*.csv)")
        files.setDefaultSuffix(self.format.ending[1:])
        files.selectFile(name)
        files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        files.fileSelected.connect(self.take_path)
        files.open()

    def take_path(self, path: str) -> None:
        """Begin to write there, once more where the name fits."""
        told = format_of(path)
        if told is not None and told.ending != self.format.ending:
            what = "cards" if self.format.ending == ".vcf" else "a table"
            self.show_error(f"{Path(path).name} would hold {what}. Choose a name that ends with {self.format.ending}.")
            return
        self.show_error("")
        self._run(on=True)
        self.bar.setValue(0)
        self.words.setText("Beginning…")
        self.aside.hide()
        self._fit_height()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.export_asked.emit(ExportWish(path, self.format, self.selection))

    def show_progress(self, progress: ExportProgress) -> None:
        """Show how far it is."""
        if self._is_running:
            self.bar.setValue(round(_PARTS * progress.contacts / max(progress.total, 1)))
            self.words.setText(progress_words(progress))

    def show_done(self, report: ExportReport, path: str) -> None:
        """Say what was written, and where."""
        self._is_running, self._path = False, path
        self.bar.hide()
        self.words.setText(done_words(report, Path(path).name))
        told = neutralised_words(report.neutralised)
        self.aside.setText(f"{told} If you import the file here again, the ' is taken away." if told else "")
        self.aside.setVisible(bool(told))
        self.folder.show()
        self.cancel.hide()
        self.primary.setText("Close")
        self.primary.show()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_height()

    def show_failed(self, words: str) -> None:
        """Go back to the questions and say why."""
        self._run(on=False)
        self.show_error(words)

    def show_cancelled(self) -> None:
        """Go back to the questions."""
        self._run(on=False)
        self.show_note("Cancelled. No file was written.")

    def reject(self) -> None:
        """Cancel what is under way; else close."""
        if self._is_running:
            self.cancel_asked.emit()
        else:
            super().reject()

    def _run(self, *, on: bool) -> None:
        self._is_running = on
        self.fields.setVisible(not on)
        self.work.setVisible(on)
        self.primary.setVisible(not on)
        if not on:
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_choice(self) -> None:
        """Another answer: what was said of the one before is of yesterday."""
        self.kind_help.setText(FORMAT_HELP[self.format])
        self.show_error("")

    def _show_who(self) -> None:
        """Fill the choices, with the numbers that are known; the one that was chosen stays."""
        shared, choices = self.shared.isChecked(), self._choices
        index = max(self.who.currentIndex(), 0)
        with QSignalBlocker(self.who):
            self.who.clear()
            everybody = choices.own + (choices.shared if shared else 0)
            words = f"Everybody ({everybody:,})" if everybody else "Everybody"
            self.who.addItem(words, ContactSelection(with_shared=shared))
            if self._text:
                selection = ContactSelection(self._text, with_shared=shared)
                self.who.addItem(self._search_words(self._found.get(selection)), selection)
            for tag in choices.tags:
                number = tag.own + (tag.shared if shared else 0)
                self.who.addItem(f"Tag #{tag.tag} ({number:,})", ContactSelection(tag=tag.tag, with_shared=shared))
            self.who.setCurrentIndex(index)
        if self._text and ContactSelection(self._text, with_shared=shared) not in self._found:
            self.count_asked.emit(ContactSelection(self._text, with_shared=shared))

    def _search_words(self, number: int | None) -> str:
        shown = clean_text(self._text, _SHOWN_SEARCH)
        return f"The search “{shown}”" if number is None else f"The search “{shown}” ({number:,})"


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""Adding a shared directory: where it is, who signs in there, which of its address books, and its name here."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DIRECTORY_NAME_LENGTH,
    DirectoryKind,
    DirectoryOffer,
    SharedDirectory,
)
from c2c_desktop.services.shared_directories import SharedDirectories
from c2c_desktop.ui.directory_hints import hint_for
from c2c_desktop.ui.directory_words import place_words
from c2c_desktop.ui.forms import NARROW, AnswerDialog, FieldGrid, help_label
from c2c_desktop.ui.region_box import RegionBox

_SERVER, _FILE = 0, 1
_LONGEST_ADDRESS = 400
_ROWS_SHOWN = 5
_FOR_NUMBERS = "For numbers without a country code."


class AddDirectoryDialog(AnswerDialog):
    """Two steps: where, then which and under what name. Nothing typed is lost where one fails. Main thread."""

    added = Signal(object)
    """The `SharedDirectory` as it is stored."""

    def __init__(self, shared: SharedDirectories, region: str, parent: QWidget | None = None) -> None:
        """`region`: the ISO 3166 country that is proposed for numbers without a country code."""
        body = QWidget()
        super().__init__("Add directory", "Next", body, parent)
        self._shared = shared
        self._found_books: list[SharedDirectory] = []
        self._is_choosing = False
        """Whether it is the second step."""
        self.resize(500, 400)
        self.title = QLabel()
        self.title.setProperty("role", "big")
        self.column.insertWidget(0, self.title)
        self.back = QPushButton("Back")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._go_back)
        self.footer.insertWidget(0, self.back)
        self._tabs = self._build_tabs()
        self.server_region, self.file_region = RegionBox(region), RegionBox(region)
        self._server, self._file, self._naming = self._build_server(), self._build_file(), self._build_naming()
        self.books_words = help_label("")
        self.books = self._build_books()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        parts: tuple[QWidget, ...] = (
            self._tabs, self._server, self._file, self.books_words, self.books, self._naming,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        self.column.insertStretch(2, 1)
        self.choose_kind(_SERVER)

    def choose_kind(self, kind: int) -> None:
        """Ask for a server (0) or a file (1)."""
        self.kinds.button(kind).setChecked(True)
        self.show_error("")
        self._show_step(is_choosing=False)

    def submit(self) -> None:
        """Look what is there, or add what was chosen."""
        self.show_error("")
        if self._is_choosing:
            self._set_busy("Adding…")
            book = replace(self._found_books[self.books.currentRow()], name=self.name.text())
            self._shared.add(book, self._secret(), self._added, self._failed)
            return
        address = (self.path if self._is_file else self.address).text().strip()
        if not address:
            words = "Choose a file." if self._is_file else "Type the address of the server, or your e-mail address."
            self.show_error(words)
            self._focus_first()
            return
        if self._is_file:
            path = os.path.abspath(os.path.expanduser(address))  # the updates run somewhere else
            wanted = SharedDirectory(0, "", DirectoryKind.FILE, path, "", self._region())
        else:
            user = self.user.text().strip() or (address if "@" in address else "")
            for field, text, what in (
                (self.user, user, "user name"),
                (self.password, self.password.text(), "password"),
            ):
                if not text.strip():
                    self.show_error(f"Type the {what}.")
                    field.setFocus()
                    return
            wanted = SharedDirectory(0, "", DirectoryKind.CARDDAV, address, user, self._region())
        self._set_busy("Looking…")
        self._shared.check(wanted, self._secret(), self._found, self._failed)

    def choose_file(self) -> None:
        """Let a file be picked."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  # only who browses needs it

        dialog = QFileDialog(self, "Choose a contact file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Contact files (*.csv *.tsv *.txt *.vcf *.vcard)", "All files (*)"])
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels stand above their fields when it is narrow."""
        for grid in (self._server, self._file, self._naming):
            grid.arrange(narrow=event.size().width() < NARROW)
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the height anew once Qt has noticed that something inside takes another one."""
        is_taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_height()
        return is_taken

    def done(self, result: int) -> None:
        """No password stays in a field."""
        self.password.clear()
        super().done(result)

    @property
    def _is_file(self) -> bool:
        return self.kinds.checkedId() == _FILE

    def _region(self) -> str:
        return (self.file_region if self._is_file else self.server_region).region()

    def _secret(self) -> Secret:
        return Secret("" if self._is_file else self.password.text().strip())

    def _build_tabs(self) -> QWidget:
        holder = QWidget()
        self.kinds = QButtonGroup(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, words in ((_SERVER, "On a server"), (_FILE, "In a file")):
            tab = QPushButton(words)
            tab.setProperty("kind", "tab")
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            self.kinds.addButton(tab, number)
            row.addWidget(tab)
        row.addStretch(1)
        self.kinds.idClicked.connect(self.choose_kind)
        return holder

    def _build_server(self) -> FieldGrid:
        self.address, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.address, self.user):
            field.setMaxLength(_LONGEST_ADDRESS)
            field.textEdited.connect(self._typed)
        self.address.setPlaceholderText("cloud.example.org")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.password.textEdited.connect(lambda: self.show_error(""))
        self.hint = help_label(hint_for(""))
        grid = FieldGrid()
        grid.add_field("Address", self.address, "Of the server or of the address book. Or your e-mail address.")
        grid.add_field("User", self.user, "Leave it empty if it is the e-mail address above.")
        grid.add_field("Password", self.password, "", self.hint)
        grid.add_field("Country", self.server_region, _FOR_NUMBERS)
        return grid

    def _build_file(self) -> FieldGrid:
        self.path = QLineEdit()
        self.path.setPlaceholderText("team.csv or team.vcf")
        self.path.textChanged.connect(lambda: self.show_error(""))
        self.browse = QPushButton("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self.choose_file)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        grid = FieldGrid()
        grid.add_field("File", holder, "A CSV or vCard file, perhaps on a share. It is read again when it changes.")
        grid.add_field("Country", self.file_region, _FOR_NUMBERS)
        return grid

    def _build_books(self) -> QListWidget:
        books = QListWidget()
        books.setObjectName("books")
        books.setAccessibleName("Address books")
        books.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        books.currentRowChanged.connect(self._propose_name)
        return books

    def _build_naming(self) -> FieldGrid:
        self.name = QLineEdit()
        self.name.setMaxLength(DIRECTORY_NAME_LENGTH)
        self.name.textEdited.connect(lambda: self.show_error(""))
        grid = FieldGrid()
        grid.add_field("Name here", self.name, "Its contacts are marked with it in your list.")
        return grid

    def _typed(self) -> None:
        self.show_error("")
        self.hint.setText(hint_for(f"{self.address.text()} {self.user.text()}"))
        self._fit_height()

    def _found(self, offer: DirectoryOffer) -> None:
        if self.is_over:
            return
        books = offer.books
        self._found_books = [replace(book, region=book.region or self._region()) for book in books]
        self.books.clear()
        self.books.addItems([_proposed(book) for book in self._found_books])
        rows = min(len(books), _ROWS_SHOWN)
        self.books.setFixedHeight(rows * max(self.books.sizeHintForRow(0), 1) + 10)
        one = offer.contents.words if offer.contents is not None else "There is one address book."
        self.books_words.setText(f"There are {len(books)} address books." if len(books) > 1 else one)
        self.books.setCurrentRow(0)
        self._show_step(is_choosing=True)

    def _propose_name(self, row: int) -> None:
        if row >= 0:
            self.name.setText(_proposed(self._found_books[row]))

    def _added(self, directory: SharedDirectory) -> None:
        if not self.is_over:
            self.added.emit(directory)
            self.accept()

    def _failed(self, error: UserFacingError) -> None:
        if self.is_over:
            return
        self._set_busy("")
        self.show_error(f"{error.title}. {error.message}".strip())
        if not self._is_choosing and not self._is_file and error.next_step is NextStep.FIX_SIGN_IN:
            self.password.setFocus()
            self.password.selectAll()
        else:
            self._focus_first()

    def _go_back(self) -> None:
        self.show_error("")
        self._show_step(is_choosing=False)

    def _show_step(self, *, is_choosing: bool) -> None:
        self._is_choosing = is_choosing
        is_choice = len(self._found_books) > 1
        if is_choosing:
            self.title.setText("Which address book?" if is_choice else "What is it called here?")
        else:
            self.title.setText("Add directory")
        for part in (self.back, self.books_words, self._naming):
            part.setVisible(is_choosing)
        self.books.setVisible(is_choosing and is_choice)
        self._tabs.setVisible(not is_choosing)
        self._server.setVisible(not is_choosing and not self._is_file)
        self._file.setVisible(not is_choosing and self._is_file)
        self._set_busy("")
        self._focus_first()
        self._fit_height()
        self.resize(self.width(), self.minimumHeight())

    def _focus_first(self) -> None:
        """Begin where something is to be done, with what stands there ready to be typed over."""
        first = self.path if self._is_file else self.address
        field = self.name if self._is_choosing else first
        self.first_field = self.books if self._is_choosing and not self.books.isHidden() else field
        self.first_field.setFocus()
        field.selectAll()

    def _set_busy(self, words: str) -> None:
        self.primary.setEnabled(not words)
        self.primary.setText(words or ("Add" if self._is_choosing else "Next"))
        for part in (self._tabs, self._server, self._file, self.books, self._naming, self.back):
            part.setEnabled(not words)


def _proposed(book: SharedDirectory) -> str:
    """Return what a book is called where it stands, else after its file or its server."""
    place = PurePath(book.address).stem if book.kind is DirectoryKind.FILE else place_words(book)
    return clean_text(book.name, DIRECTORY_NAME_LENGTH) or clean_text(place, DIRECTORY_NAME_LENGTH)

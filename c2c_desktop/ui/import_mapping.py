"""Before an import: what the file is, what its columns mean, what its first contacts become, what is done with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from c2c_desktop.domain.column_choice import chosen
from c2c_desktop.domain.column_mapping import Column
from c2c_desktop.domain.contact import cleaned_tags
from c2c_desktop.domain.contact_import import FileLook, ImportWish, TableFormat
from c2c_desktop.domain.contact_record import MOST_TAGS, TAG_LENGTH
from c2c_desktop.domain.table_maker import table_maker
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.column_table import ColumnTable
from c2c_desktop.ui.contact_samples import ContactSamples
from c2c_desktop.ui.file_name import FileName
from c2c_desktop.ui.forms import NARROW, AnswerDialog, FieldGrid, help_label
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.region_box import RegionBox
from c2c_desktop.ui.table_shape import TableShape
from c2c_desktop.ui.theme import Theme

_BESIDE = 700
"""Width from which on the first contacts stand beside the fields."""

_CARDS_WIDTH, _MARGIN = 540, 24

NOBODY = "Say which column holds a name, a company, a number or an e-mail address."
ANEW = "Reading the file anew…"


class ImportDialog(AnswerDialog):
    """Asks what is to be done with one file; `wish` is the answer once accepted. Main thread."""

    preview_asked = Signal(object, bool)
    """The `TableFormat` to read the file with; whether its shape is new, and so its columns may be others."""

    def __init__(
        self, look: FileLook, region: str, theme: Theme, numbers: ShownNumbers, parent: QWidget | None = None
    ) -> None:
        body = QScrollArea()
        super().__init__("Import contacts", "Import", body, parent)
        self._look = look
        self._table = look.table
        self._is_reread = True
        """Whether what is shown is read in the chosen shape."""
        self._trouble = ""
        self.is_changed_by_hand = False
        """Whether the person said what a column means."""
        self.name = FileName(look.path)
        self.facts = help_label("")
        self.samples = ContactSamples(theme, numbers)
        self.fields = FieldGrid()
        self.columns: ColumnTable | None = None
        self.shape: TableShape | None = None
        content = QWidget()
        self._content = QVBoxLayout(content)
        self._content.setContentsMargins(0, 0, 4, 0)
        self._content.setSpacing(8)
        self._content.addWidget(self.name)
        self._content.addWidget(self.facts)
        if look.table is not None:
            self._add_table(look.table, theme, numbers)
        self._add_fields(region)
        self._add_below()
        body.setWidget(content)
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.setStretch(0, 1)
        self.first_field = self.tags if look.table is None else self.columns
        self.show_look(look)
        width, height = (900, 800) if look.table is not None else (_CARDS_WIDTH, self._height_of(content))
        self.resize(width, min(height, self.screen().availableGeometry().height() - 48))

    @property
    def wish(self) -> ImportWish:
        """What the person wants."""
        return ImportWish(
            self._look.path,
            self.region.region(),
            cleaned_tags(self.tags.text().split(","))[:MOST_TAGS],
            self._table,
            is_file_right=bool(self.by_hand.currentData()),
        )

    @property
    def look(self) -> FileLook:
        """The file, read as it is chosen now."""
        return replace(self._look, table=self._table)

    def show_look(self, look: FileLook) -> None:
        """Show the file as it was read in answer to the newest `preview_asked`."""
        self._trouble = ""
        self._is_reread = True
        self._look, self._table = look, look.table
        self.facts.setText(_facts(look))
        if look.table is not None and self.columns is not None and self.shape is not None:
            self.shape.show_shape(look.table.shape)
            self.columns.show_look(look, look.table.mapping)
            self._count_columns()
        self._show_samples()
        self._judge()

    def show_trouble(self, words: str) -> None:
        """Say why the file cannot be read as chosen; the choice stays, to be made otherwise."""
        self._trouble = words
        self._judge()

    def submit(self) -> None:
        """Go, unless something stands against it."""
        if self.primary.isEnabled():
            self.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Samples beside the fields where there is room, labels above them where there is little."""
        width = event.size().width()
        beside = width >= _BESIDE and self.columns is not None
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._below.setDirection(across if beside else down)
        self.fields.arrange(narrow=width < NARROW)
        margin = _MARGIN if width >= NARROW else 14
        self.column.setContentsMargins(margin, 20, margin - 4, 16)
        super().resizeEvent(event)

    def _height_of(self, content: QWidget) -> int:
        """Return how high the window must be for all of `content`: then only the list of contacts may scroll."""
        self.fields.arrange(narrow=False)
        content.ensurePolished()
        inside = self._content.totalHeightForWidth(_CARDS_WIDTH - 2 * _MARGIN)
        around = self.column.contentsMargins()
        footer = self.footer.sizeHint().height() + self.column.spacing()
        inside += self.samples.whole_height - self.samples.sizeHint().height()
        return inside + footer + around.top() + around.bottom()

    def _add_table(self, table: TableFormat, theme: Theme, numbers: ShownNumbers) -> None:
        self._columns_heading = _heading("What the columns mean")
        self.columns = ColumnTable(theme, numbers.text)
        self.columns.chosen.connect(self._choose)
        self._content.addWidget(self._columns_heading)
        self._content.addWidget(self.columns)
        self.fields.add_heading("How the file is read")
        self.shape = TableShape(table.shape, self.fields)
        self.shape.changed.connect(self._reshape)
        self.fields.add_heading("What is done with it")

    def _add_fields(self, region: str) -> None:
        self.tags = QLineEdit()
        self.tags.setPlaceholderText("trade fair, vip")
        self.tags.setMaxLength(MOST_TAGS * TAG_LENGTH)
        self.region = RegionBox(region)
        self.region.currentIndexChanged.connect(lambda _: self._show_samples())
        self.by_hand = ChoiceBox()
        self.by_hand.addItem("Keep what I changed", False)
        self.by_hand.addItem("Take what the file says", True)
        self.fields.add_field("Tags", self.tags, "Added to every contact in this file.")
        self.fields.add_field("Country", self.region, "For numbers without a country code.")
        self.fields.add_field("My changes", self.by_hand, "For contacts that you changed by hand.")

    def _add_below(self) -> None:
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_heading("The first contacts will look like this"))
        column.addWidget(self.samples, 1)
        shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._below = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._below.setSpacing(20)
        parts = (self.fields, shown) if self.columns is not None else (shown, self.fields)
        for part in parts:
            self._below.addWidget(part, 1 if part is shown or self.columns is not None else 0)
        self._content.addLayout(self._below, 1)

    def _choose(self, index: int, choice: Column) -> None:
        if self._table is None or self.columns is None:
            return
        self.is_changed_by_hand = True
        self._table = replace(self._table, mapping=chosen(self._table.mapping, index, choice))
        self.columns.columns.change(self._table.mapping)
        self._count_columns()
        self._judge()
        self.preview_asked.emit(self._table, not self._is_reread)

    def _reshape(self) -> None:
        if self._table is None or self.shape is None:
            return
        self._table = replace(self._table, shape=self.shape.shape)
        self._is_reread = False
        self._trouble = ""
        self._judge()
        self.preview_asked.emit(self._table, True)

    def _show_samples(self) -> None:
        self.samples.show_first(self._look.first, self.region.region())

    def _count_columns(self) -> None:
        if self.columns is not None:
            model = self.columns.columns
            used = sum(model.is_used(at) for at in range(model.columnCount()))
            self._columns_heading.setText(f"What the columns mean: {used} of {model.columnCount()} are taken")

    def _judge(self) -> None:
        """Say what stands against the import, or let it go."""
        against = ""
        if self._trouble:
            against = self._trouble
        elif not self._is_reread:
            against = ANEW
        elif self._table is not None and not self._table.mapping.can_find_anybody:
            against = NOBODY
        self.primary.setEnabled(not against)
        self.primary.setToolTip(against)
        self.primary.setAccessibleDescription(against)
        if against == ANEW:
            self.show_note(against)
        else:
            self.show_error(against)


def _facts(look: FileLook) -> str:
    maker = table_maker(look.header)
    how = f"Recognised: {maker}" if maker else ""
    if look.is_remembered:
        how = "Read as last time"
    return " · ".join(filter(None, ("Table" if look.table is not None else "vCard", _size_words(look.size), how)))


def _size_words(size: int) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} byte{'' if size == 1 else 's'}"


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    label.setWordWrap(True)
    label.setMinimumHeight(28)
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    return label

"""How a table is written down, as a person chooses it: characters, what stands between columns, the first line."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.ui.forms import FieldGrid
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Western Europe (Windows)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16, other byte order)",
    "cp1250": "Central Europe (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "iso8859-15": "Western Europe (ISO)",
    "mac-roman": "Western Europe (old Mac)",
    "shift-jis": "Japanese (Shift-JIS)",
}
DELIMITERS = {",": "Comma  ,", ";": "Semicolon  ;", "\t": "Tab", "|": "Bar  |"}


class TableShape(QObject):
    """The fields, put into a grid; `shape` is what they say. Main thread."""

    changed = Signal()
    """A person chose otherwise."""

    def __init__(self, shape: CsvShape, fields: FieldGrid) -> None:
        super().__init__(fields)
        self._shape = shape
        self.encoding, self.delimiter = ChoiceBox(), ChoiceBox()
        self.header = CheckBox("The first line names the columns")
        for box, known in ((self.encoding, ENCODINGS), (self.delimiter, DELIMITERS)):
            for value, words in known.items():
                box.addItem(words, value)
        fields.add_field("Characters", self.encoding, "Choose another where letters look wrong.")
        fields.add_field("Between columns", self.delimiter)
        fields.add("", self.header)
        self.show_shape(shape)
        self.encoding.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.delimiter.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.header.toggled.connect(lambda _: self.changed.emit())

    def show_shape(self, shape: CsvShape) -> None:
        """Show that; one nobody may choose by hand is offered beside the usual ones."""
        self._shape = shape
        for box, value in ((self.encoding, shape.encoding), (self.delimiter, shape.delimiter)):
            with QSignalBlocker(box):
                if box.findData(value) < 0:
                    box.addItem(value, value)
                box.setCurrentIndex(box.findData(value))
        with QSignalBlocker(self.header):
            self.header.setChecked(shape.has_header)

    @property
    def shape(self) -> CsvShape:
        """How the table is written down, as chosen."""
        return replace(
            self._shape,
            encoding=str(self.encoding.currentData()),
            delimiter=str(self.delimiter.currentData()),
            has_header=self.header.isChecked(),
        )

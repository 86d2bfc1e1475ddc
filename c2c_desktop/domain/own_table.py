"""The columns of our own exports: what a record holds, in a shape nothing of it is lost in."""

from __future__ import annotations

from collections.abc import Sequence

from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning, Several
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.list_cell import list_cell

NUMBER_COLUMNS = 3
"""Numbers with a column of their own; those after them share one."""

_NUMBERS = [
    (header, column)
    for n in range(1, NUMBER_COLUMNS + 1)
    for header, column in (
        (f"Number {n} kind", Column(Meaning.NUMBER_KIND, group=n)),
        (f"Number {n}", Column(Meaning.NUMBER, group=n, several=Several.ESCAPED)),
    )
]
_TABLE = [
    ("Name", Column(Meaning.FULL_NAME)),
    ("Company", Column(Meaning.COMPANY)),
    *_NUMBERS,
    ("More numbers", Column(Meaning.MORE_NUMBERS)),
    ("E-mails", Column(Meaning.EMAIL, several=Several.ESCAPED)),
    ("Tags", Column(Meaning.TAGS, several=Several.ESCAPED)),
    ("Note", Column(Meaning.NOTE)),
    ("UID", Column(Meaning.UID)),
    ("Favourite", Column(Meaning.FAVOURITE)),
]
OWN_HEADER = tuple(header for header, _ in _TABLE)
OWN_MAPPING = ColumnMapping(tuple(column for _, column in _TABLE))


def own_row(record: ContactRecord) -> list[str]:
    """Return the cells of `record`, as many as `OWN_HEADER` has. Its line is not kept."""
    first: Sequence[RecordNumber | None] = (*record.numbers[:NUMBER_COLUMNS], None, None, None)[:NUMBER_COLUMNS]
    cells = [record.name, record.company]
    for number in first:
        cells += [_label(number), number.as_written] if number else ["", ""]
    return [
        *cells,
        list_cell(f"{_label(number)}: {number.as_written}" for number in record.numbers[NUMBER_COLUMNS:]),
        list_cell(record.emails),
        list_cell(record.tags),
        record.note,
        record.uid,
        "yes" if record.favourite else "",
    ]


def _label(number: RecordNumber) -> str:
    return f"* {number.kind}".strip() if number.preferred else number.kind

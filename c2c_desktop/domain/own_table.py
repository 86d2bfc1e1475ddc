"""The columns of our own exports: what a record holds, in a shape nothing of it is lost in."""

from __future__ import annotations

from collections.abc import Sequence

from c2c_desktop.domain.calling_fields import caller_id_cell
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning, Several
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.list_cell import list_cell

NUMBER_COLUMNS = 3
"""Numbers with a column of their own; those after them share one."""

MOST_NOTE_LINES = 400
"""Lines of a note; further ones are written behind the last."""

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
    ("Route", Column(Meaning.ROUTE)),
    ("Caller ID", Column(Meaning.CALLER_ID)),
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
        _note_cell(record.note),
        record.uid,
        "yes" if record.favourite else "",
        record.route,
        caller_id_cell(record.caller_id),
    ]


def _note_cell(note: str) -> str:
    """Return the note in so many lines as a row may have: one with more would be taken for a missing quotation mark."""
    lines = note.split("\n", MOST_NOTE_LINES - 1)
    lines[-1] = " ".join(lines[-1].split())
    return "\n".join(lines)


def _label(number: RecordNumber) -> str:
    return f"* {number.kind}".strip() if number.preferred else number.kind

"""What the window and the process of an import tell each other: one JSON object a line.

To the process: the wish, or that the last import is to be undone; then "go" or "stop", once it asked. From it:
progress; the question whether it may keep what it did; then the report, what was undone, or an error.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from c2c_desktop.domain.column_mapping import mapping_data, mapping_from
from c2c_desktop.domain.contact_import import (
    CancelledImportError,
    ImportProgress,
    ImportReport,
    ImportWish,
    Stage,
    TableFormat,
)
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.errors import NextStep, StorageError, UserFacingError

MAY_COMMIT = "may_commit"
"""The one word the process asks."""

GO, STOP = "go", "stop"

Message = ImportProgress | ImportReport | tuple[int, int] | Exception | str


class NoMessageError(ValueError):
    """A line that none of ours wrote."""


def wish_line(wish: ImportWish) -> str:
    """Return `wish` as a line."""
    data = asdict(wish)
    if wish.table is not None:
        data["table"] = {"shape": asdict(wish.table.shape), "mapping": mapping_data(wish.table.mapping)}
    return _line({"import": data})


def wish_of(line: str) -> ImportWish:
    """Return what `wish_line` was given. Raises `NoMessageError`."""
    try:
        data = json.loads(line)["import"]
        table = data.pop("table")
        mapping = mapping_from(table["mapping"]) if table else None
        if table and mapping is None:
            raise NoMessageError
        found = TableFormat(CsvShape(**table["shape"]), mapping) if mapping else None
        return ImportWish(**(data | {"tags": tuple(data["tags"]), "table": found}))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoMessageError from error


def undo_line(import_id: int) -> str:
    """Return that an import is to be undone, as a line."""
    return _line({"undo": import_id})


def undo_of(line: str) -> int | None:
    """Return what `undo_line` was given; None for another line."""
    try:
        return int(json.loads(line)["undo"])
    except (ValueError, TypeError, KeyError):
        return None


def message_line(message: Message) -> str:
    """Return `message` as a line."""
    if isinstance(message, str):
        return _line({message: True})
    if isinstance(message, ImportProgress):
        return _line({"progress": [message.stage.value, round(message.part, 4), message.contacts, message.seconds]})
    if isinstance(message, ImportReport):
        problems = [[p.line, p.reason, p.text] for p in message.problems]
        return _line({"report": report_facts(message) | {"problems": problems}})
    if isinstance(message, tuple):
        return _line({"undone": message})
    if isinstance(message, CancelledImportError):
        return _line({"cancelled": True})
    if isinstance(message, UserFacingError):
        is_storage = isinstance(message, StorageError)
        return _line({"error": [message.title, message.message, message.next_step.value, is_storage]})
    return _line({"bug": type(message).__name__})


def message_of(line: str) -> Message:
    """Return what `message_line` was given. Raises `NoMessageError`."""
    try:
        ((name, value),) = json.loads(line).items()
        return _message(name, value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoMessageError from error


def report_facts(report: ImportReport) -> dict[str, Any]:
    """Return `report` for programs, without its problems."""
    facts = asdict(report)
    del facts["problems"]
    return facts


def _message(name: str, value: Any) -> Message:
    if name == "progress":
        stage, part, contacts, seconds = value
        return ImportProgress(Stage(stage), part, contacts, seconds)
    if name == "report":
        problems = tuple(SkippedRecord(*problem) for problem in value["problems"])
        return ImportReport(**(value | {"problems": problems}))
    if name == "undone":
        changed, kept = value
        return int(changed), int(kept)
    if name == "cancelled":
        return CancelledImportError()
    if name == "error":
        title, words, step, is_storage = value
        return (StorageError if is_storage else UserFacingError)(title, words, NextStep(step))
    if name == "bug":
        return RuntimeError(f"the import ended with a {value}")
    return str(name)


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":")) + "\n"

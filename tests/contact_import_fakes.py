"""Stand-ins for the ports of an import: files in memory, and an importer that does what a test says."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from c2c_desktop.adapters.csv_reader import read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.adapters.vcard_reader import read_vcards
from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact_import import (
    CancelledImportError,
    FileLook,
    ImportProgress,
    ImportReport,
    ImportWish,
    TableFormat,
)
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.record_row import PREVIEWED_ROWS, RowReader


@dataclass
class MemoryContactFiles:
    """Implements `ContactFiles`. `fails` is raised instead of looking."""

    files: dict[str, bytes] = field(default_factory=dict)
    memory: RememberedMappings = field(default_factory=RememberedMappings)
    fails: Exception | None = None
    previewed: list[TableFormat] = field(default_factory=list)
    remembered: list[FileLook] = field(default_factory=list)

    def look(self, path: str) -> FileLook:
        data = self._read(path)
        if data.startswith(b"BEGIN:VCARD"):
            first = [record for _, record in zip(range(PREVIEWED_ROWS), read_vcards(io.BytesIO(data)), strict=False)]
            return FileLook(path, len(data), first=tuple(first))
        shape = find_shape(io.BytesIO(data))
        head = read_head(io.BytesIO(data), shape)
        known = self.memory.find(head.header)
        table = TableFormat(shape, known or guess_mapping(head.header, head.cells))
        return replace(self._as_table(path, data, table), is_remembered=known is not None)

    def preview(self, path: str, table: TableFormat) -> FileLook:
        self.previewed.append(table)
        return self._as_table(path, self._read(path), table)

    def remember(self, look: FileLook) -> None:
        if self.fails is not None:
            raise self.fails
        assert look.table is not None
        self.remembered.append(look)
        self.memory = self.memory.remembered(look.header, look.table.mapping)

    def _read(self, path: str) -> bytes:
        if self.fails is not None:
            raise self.fails
        if path not in self.files:
            raise UserFacingError("The file cannot be read", "There is no such file.")
        return self.files[path]

    @staticmethod
    def _as_table(path: str, data: bytes, table: TableFormat) -> FileLook:
        head = read_head(io.BytesIO(data), table.shape)
        first = RowReader(table.mapping).read([line for line, _ in head.rows], [row for _, row in head.rows])
        return FileLook(path, len(data), table, header=head.header, rows=head.rows, first=tuple(first))


@dataclass
class SteeredImporter:
    """Implements `ContactImporter`: goes on when the test says so. `at_once` is told before `start` returns."""

    wishes: list[ImportWish] = field(default_factory=list)
    cancelled: int = 0
    undos: list[int] = field(default_factory=list)
    at_once: ImportReport | None = None
    _told: Callable[[ImportProgress], None] = lambda _: None
    _done: Callable[[ImportReport], None] = lambda _: None
    _failed: Callable[[Exception], None] = lambda _: None
    _undone: Callable[[int, int], None] = lambda _changed, _left: None
    _undo_failed: Callable[[Exception], None] = lambda _: None

    def start(
        self,
        wish: ImportWish,
        told: Callable[[ImportProgress], None],
        done: Callable[[ImportReport], None],
        failed: Callable[[Exception], None],
    ) -> Callable[[], None]:
        self.wishes.append(wish)
        self._told, self._done, self._failed = told, done, failed
        if self.at_once is not None:
            done(self.at_once)
        return self._cancel

    def undo(self, import_id: int, done: Callable[[int, int], None], failed: Callable[[Exception], None]) -> None:
        self.undos.append(import_id)
        self._undone, self._undo_failed = done, failed

    def tell(self, progress: ImportProgress) -> None:
        self._told(progress)

    def finish(self, report: ImportReport) -> None:
        self._done(report)

    def fail(self, error: Exception) -> None:
        self._failed(error)

    def end_cancelling(self) -> None:
        self._failed(CancelledImportError())

    def finish_undo(self, changed: int, left: int) -> None:
        self._undone(changed, left)

    def fail_undo(self, error: Exception) -> None:
        self._undo_failed(error)

    def _cancel(self) -> None:
        self.cancelled += 1


@dataclass
class SavedLists:
    """Keeps what was to be saved. `fails` is raised instead."""

    saved: list[tuple[str, Sequence[SkippedRecord]]] = field(default_factory=list)
    fails: Exception | None = None

    def __call__(self, path: str, problems: Sequence[SkippedRecord]) -> None:
        if self.fails is not None:
            raise self.fails
        self.saved.append((path, problems))

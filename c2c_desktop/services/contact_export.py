"""Writes contacts into a file: all, those with a tag, or those a search finds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from c2c_desktop.domain.contact_as_record import contact_as_record
from c2c_desktop.domain.contact_export import (
    CancelledExportError,
    ContactSelection,
    ExportChoices,
    ExportProgress,
    ExportReport,
    ExportWish,
)
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.services.export_ports import ContactSource, ContactWriter
from c2c_desktop.services.ports import Clock, Lane, Runner

TOLD_SECONDS = 0.1
"""Between two tellings of progress."""

AT_ONCE = 25
"""Contacts that are written without a breath: about a millisecond's work."""


@dataclass(slots=True)
class _Written:
    contacts: int = 0
    total: int = 0
    told_at: float = 0.0


class ContactExport:
    """One export after the other. Main thread, but `write`; the callbacks come there.

    `breathe` lets other threads of this process have their turn; they would wait for milliseconds else.
    """

    def __init__(
        self,
        source: ContactSource,
        writer: ContactWriter,
        runner: Runner,
        clock: Clock,
        breathe: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._writer = writer
        self._runner = runner
        self._clock = clock
        self._breathe = breathe
        self._cancelled = threading.Event()

    def choices(self, done: Callable[[ExportChoices], None], failed: Callable[[Exception], None]) -> None:
        """Hand what can be selected to `done`."""
        self._runner.run(Lane.EXPORT, self._source.export_choices, done, failed)

    def count(
        self, selection: ContactSelection, done: Callable[[int], None], failed: Callable[[Exception], None]
    ) -> None:
        """Hand how many are selected to `done`."""
        self._runner.run(Lane.EXPORT, lambda: self._source.count_selected(selection), done, failed)

    def start(
        self,
        wish: ExportWish,
        told: Callable[[ExportProgress], None],
        done: Callable[[ExportReport], None],
        failed: Callable[[Exception], None],
    ) -> Callable[[], None]:
        """Begin, and return what cancels it: then no file is written, and `failed` gets `CancelledExportError`.

        Exactly one of `done` and `failed` is called.
        """
        cancelled = self._cancelled = threading.Event()

        def post(progress: ExportProgress) -> None:
            self._runner.post(lambda: None if cancelled.is_set() else told(progress))

        self._runner.run(Lane.EXPORT, lambda: self.write(wish, post, cancelled.is_set), done, failed)
        return cancelled.set

    def close(self) -> None:
        """Cancel the export that is under way: the program ends."""
        self._cancelled.set()

    def write(
        self,
        wish: ExportWish,
        told: Callable[[ExportProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> ExportReport:
        """Write the file and return what is in it. Blocks; any thread, and `told` comes there.

        Raises `CancelledExportError`, or `StorageError` for what cannot be read or written.
        """
        begun = self._clock.monotonic()
        written = _Written(told_at=begun)
        written.total = self._source.count_selected(wish.selection)

        def tell(now: float) -> None:
            written.told_at = now
            told(ExportProgress(written.contacts, max(written.total, written.contacts), now - begun))

        def records() -> Iterator[ContactRecord]:
            for contact in self._source.each(wish.selection):
                if written.contacts % AT_ONCE == 0:
                    self._breathe()
                    if is_cancelled():
                        raise CancelledExportError
                    now = self._clock.monotonic()
                    if now - written.told_at >= TOLD_SECONDS:
                        tell(now)
                written.contacts += 1
                yield contact_as_record(contact)

        tell(begun)
        neutralised = self._writer.write(records(), wish.path, wish.format)
        return ExportReport(written.contacts, neutralised, self._clock.monotonic() - begun)

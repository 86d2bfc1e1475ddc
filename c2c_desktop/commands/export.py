"""`c2c-desktop contacts export`: contacts into a file or standard output."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path

from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.contact_writer import ContactFileWriter, write_records
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.commands.contact_file import contact_file
from c2c_desktop.composition import CONTACTS_FILE
from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.contact_export import (
    ContactSelection,
    ExportFormat,
    ExportReport,
    ExportWish,
    UnknownTagError,
    format_of,
)
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.services.contact_export import ContactExport
from c2c_desktop.services.export_words import done_words, neutralised_words

_OUTPUT = "-"


class _OutputWriter:
    """Implements the `ContactWriter` port on standard output."""

    def write(self, records: Iterable[ContactRecord], path: str, kind: ExportFormat) -> int:  # noqa: ARG002
        """Write as it comes: a reader may have begun before all is read."""
        if sys.stdout is None:
            raise StorageError("The contacts could not be exported", "There is no standard output.")
        try:
            with open(sys.stdout.fileno(), "wb", closefd=False) as stream:  # no path
                neutralised = write_records(records, stream, kind)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StorageError("The contacts could not be exported", f"{error.strerror}.") from error
        return neutralised


def run_export(options: argparse.Namespace) -> int:
    """Write the contacts and say how many; return the exit status. Raises `StorageError`, `UserFacingError`."""
    to_output = options.file == _OUTPUT
    kind = _kind(options)
    if to_output and options.json:
        raise UserFacingError("Two things for one output", "Leave out --json, or write into a file.")
    contacts = contact_file(options)
    selection = ContactSelection(options.search, options.tag or "", options.shared)
    path = _OUTPUT if to_output else _place(options)
    with ExitStack() as stack:
        if contacts is None:
            # Nobody is exported; nothing is written in a folder the program was never opened on.
            contacts = Path(stack.enter_context(tempfile.TemporaryDirectory())) / CONTACTS_FILE
        store = stack.enter_context(closing(SqliteContactStore(contacts)))
        if selection.tag and not store.count_selected(selection):
            raise UnknownTagError(selection, store.export_choices())
        writer = _OutputWriter() if to_output else ContactFileWriter()
        report = ContactExport(store, writer, InlineRunner(), SystemClock()).write(ExportWish(path, kind, selection))
    if options.json:
        print(json.dumps(_facts(report, kind, path), indent=1))
        return 0
    told = sys.stderr if to_output else sys.stdout
    print(f"{contacts_words(report.contacts)} written." if to_output else done_words(report, path), file=told)
    if words := neutralised_words(report.neutralised):
        print(words, file=told)
    return 0


def _place(options: argparse.Namespace) -> str:
    path = Path(options.file).expanduser()
    if os.path.isfile(path) and not options.overwrite:  # what cannot be looked at the writer says in words
        raise UserFacingError("That file exists", f"Add --overwrite to replace {path}, or choose another name.")
    return str(path)


def _kind(options: argparse.Namespace) -> ExportFormat:
    kind = ExportFormat(options.format) if options.format else format_of(options.file)
    if kind is None:
        raise UserFacingError(
            "The kind of file is not said", "Let its name end with .csv or .vcf, or add --format csv, vcard3 or vcard4."
        )
    if options.for_programs or options.for_people:
        if kind is not ExportFormat.CSV_FOR_PEOPLE:
            raise UserFacingError("A vCard is the same for all", "--for-people and --for-programs go with CSV only.")
        return ExportFormat.CSV_FOR_PROGRAMS if options.for_programs else kind
    return kind


def _facts(report: ExportReport, kind: ExportFormat, path: str) -> dict[str, object]:
    return {
        "file": os.path.abspath(path),
        "format": kind.value,
        "contacts": report.contacts,
        "neutralised_cells": report.neutralised,
        "seconds": round(report.seconds, 3),
    }

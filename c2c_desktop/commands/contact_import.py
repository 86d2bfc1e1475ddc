"""`c2c-desktop contacts import`, `undo-import`, and the process in which the window's imports run."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from c2c_desktop.adapters.admin_file import AdminFile, default_admin_file
from c2c_desktop.adapters.contact_import import ContactImport
from c2c_desktop.adapters.import_messages import (
    GO,
    MAY_COMMIT,
    Message,
    message_line,
    message_of,
    report_facts,
    undo_of,
    wish_of,
)
from c2c_desktop.adapters.mapping_file import MappingFile
from c2c_desktop.adapters.own_process import lower_priority
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.adapters.skipped_csv import ENCODING, write_skipped
from c2c_desktop.composition import CONTACTS_FILE, default_data_dir, options_from
from c2c_desktop.domain.contact_count import contacts_words, unread_words
from c2c_desktop.domain.contact_import import CancelledImportError, ImportReport, ImportWish
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.plain_text import clean_text

_SHOWN = 20
"""Left-out rows that are printed; the report has those that are listed."""

_REPORT_HEADER = ("Line", "Reason", "Text")
"""Scripts read it: not the window's words."""


def run_import(options: argparse.Namespace) -> int:
    """Import, or take the last import back, and say what came of it; return the exit status.

    Raises `UserFacingError`.
    """
    folder = _folder(options)
    if options.action == "serve-import":
        return _serve(folder)
    _keep_temporary_files_in(folder)
    if options.action == "undo-import":
        return _undo(folder, as_json=options.json)
    wish = ImportWish(
        options.file,
        options.region or _region_of(folder),
        tuple(options.tag),
        is_file_right=options.file_wins,
        is_trial=options.dry_run,
    )
    report = ContactImport(folder / CONTACTS_FILE).run(wish, MappingFile(folder).read())
    if options.report:
        _save(report, Path(options.report).expanduser())
    if options.json:
        problems = [{"line": p.line, "reason": p.reason, "text": p.text} for p in report.problems]
        print(json.dumps(report_facts(report) | {"problems": problems}, indent=1))
    else:
        _tell(report, options.report)
    return 0


def _folder(options: argparse.Namespace) -> Path:
    given = options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url)
    if given.sandbox and given.data_dir is None:
        raise UserFacingError(
            "The sandbox keeps no contacts", "Say with --data-dir where its data is, or leave it out."
        )
    return given.data_dir or default_data_dir()


def _region_of(folder: Path) -> str:
    return SettingsFile(folder / "settings.json", AdminFile(default_admin_file())).load().region


def _keep_temporary_files_in(folder: Path) -> None:
    """Let SQLite stage beside the data, where there is room for it, not in a folder that may be memory."""
    if folder.is_dir():
        os.environ.setdefault("SQLITE_TMPDIR", str(folder))


def _undo(folder: Path, *, as_json: bool) -> int:
    if not (folder / CONTACTS_FILE).exists():
        raise UserFacingError("There is nothing to undo", "No contacts were imported.")
    undone, kept = ContactImport(folder / CONTACTS_FILE).undo()
    if as_json:
        print(json.dumps({"undone": undone, "kept": kept}, indent=1))
        return 0
    print(
        f"The last import was undone: {contacts_words(undone)} {'is as it was' if undone == 1 else 'are as they were'}."
    )
    if kept:
        print(f"{contacts_words(kept)} {'stays' if kept == 1 else 'stay'}, which you changed since.")
    return 0


def _tell(report: ImportReport, saved_as: str | None) -> None:
    if report.is_trial:
        print("This is what would happen; nothing was changed.")
    parts = [
        f"{count:,} {word}"
        for word, count in (
            ("added", report.added),
            ("updated", report.updated),
            ("merged", report.merged),
            (f"kept as you changed {'it' if report.kept == 1 else 'them'}", report.kept),
            ("unchanged", report.unchanged),
            ("left out", report.skipped),
        )
        if count
    ]
    print(f"{', '.join(parts) or 'There is no contact in this file'}. ({report.seconds:.1f} s)")
    if report.unread_numbers:
        print(f"{unread_words(report.unread_numbers)}; kept as written.")
    shown = report.problems if len(report.problems) <= _SHOWN else report.problems[: _SHOWN - 1]
    for problem in shown:
        print(clean_text(f"Line {problem.line:,}: {problem.reason} {problem.text}", 1000))
    if more := len(report.problems) - len(shown) + report.more_problems:
        hint = "" if saved_as else " --report FILE.csv saves them."
        print(f"And {more:,} more.{hint}")
    if saved_as:
        print(f"The report was saved as {clean_text(saved_as, 1000)}")


def _save(report: ImportReport, path: Path) -> None:
    """Write what was left out so that a spreadsheet takes no text of others for a formula."""
    try:
        with path.open("w", encoding=ENCODING, errors="replace", newline="") as file:
            write_skipped(file, report.problems, report.more_problems, _REPORT_HEADER)
    except OSError as error:
        done = "The contacts were imported. " if not report.is_trial else ""
        raise StorageError("The report could not be saved", f"{done}The system says: {error.strerror}.") from error


def _serve(folder: Path) -> int:
    """Do what one line of standard input asks for, and tell the window of it; return the exit status."""
    lower_priority()
    _keep_temporary_files_in(folder)
    line = sys.stdin.readline()
    importing = ContactImport(folder / CONTACTS_FILE, _say, _may_commit)
    try:
        if (import_id := undo_of(line)) is not None:
            _say(importing.undo(import_id))
        else:
            _say(importing.run(wish_of(line), MappingFile(folder).read()))
    except (UserFacingError, CancelledImportError) as error:
        _say(error)
        return 1
    return 0


def _may_commit() -> bool:
    """Ask the window. One that is gone wants nothing kept."""
    _say(MAY_COMMIT)
    line = sys.stdin.readline()
    return bool(line) and message_of(line) == GO


def _say(message: Message) -> None:
    print(message_line(message), end="", flush=True)

"""What must hold of everything a directory's source tells, whatever it reads."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_desktop.domain.contact_record import SKIPPED_TEXT_LENGTH, ContactRecord, SkippedRecord
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryRemoval,
)
from tests.fuzz.targets import check_plain
from tests.fuzz.vcards import check_card


def check_changes(
    before: DirectoryCursor, changes: Iterable[DirectoryChange]
) -> tuple[dict[str, ContactRecord], set[str]]:
    """Return who is new or changed, and what is gone. Raises what `changes` raise."""
    known = {key for key, _ in before.tags}
    entries: dict[str, ContactRecord] = {}
    gone: set[str] = set()
    for change in changes:
        if isinstance(change, DirectoryEntry):
            assert change.key not in entries
            change.key.encode()
            check_card(change.record)
            entries[change.key] = change.record
        elif isinstance(change, DirectoryRemoval):
            assert change.key in known
            gone.add(change.key)
        else:
            _check_skipped(change)
    assert not gone & set(entries)
    return entries, gone


def check_cursor(before: DirectoryCursor, entries: Iterable[str], gone: Iterable[str], after: DirectoryCursor) -> None:
    """Fail where an entry would be forgotten without being told of, or what is kept cannot be stored."""
    keys = [key for key, _ in after.tags]
    assert len(set(keys)) == len(keys)
    assert set(entries) <= set(keys)
    assert {key for key, _ in before.tags} - set(gone) <= set(keys)
    for key, tag in after.tags:
        key.encode()
        check_plain(tag)
    after.token.encode()


def check_refusal(error: DirectoryError) -> None:
    """Fail where what a person reads is not made for them."""
    check_plain(error.message)
    assert 0 < len(error.message) < 600
    assert error.message[-1] in ".…"
    assert error.retry_after >= 0


def _check_skipped(skipped: SkippedRecord) -> None:
    for text in (skipped.reason, skipped.text):
        check_plain(text)
        assert len(text) <= SKIPPED_TEXT_LENGTH
    assert skipped.reason.endswith(".")

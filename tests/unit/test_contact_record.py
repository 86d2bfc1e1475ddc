"""What importers hand on: values that say nothing more than they were told."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber, SkippedRecord


def test_a_record_of_a_mere_name_tells_nothing_else() -> None:
    record = ContactRecord("Asha")
    assert (record.company, record.numbers, record.emails, record.tags) == ("", (), (), ())
    assert (record.note, record.uid, record.favourite, record.line) == ("", "", False, 0)
    assert RecordNumber("1") == RecordNumber(as_written="1", kind="", preferred=False)


@pytest.mark.parametrize("value", [ContactRecord("A"), RecordNumber("1"), SkippedRecord(1, "Why.", "what")])
def test_what_was_read_does_not_change(value: object) -> None:
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        value.line = 2  # type: ignore[attr-defined]

"""Files and cards beyond every measure: told, left out, and never held in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest

from c2c_desktop.adapters.vcard_lines import LONGEST_LINE
from c2c_desktop.adapters.vcard_property import LONGEST_HEAD, PropertyHeads
from c2c_desktop.adapters.vcard_reader import CARD_TOO_LONG, LINE_TOO_LONG, MOST_CARD_LINES, NO_END, read_vcards
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    KIND_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    SKIPPED_TEXT_LENGTH,
    TAG_LENGTH,
    UID_LENGTH,
    ContactRecord,
    SkippedRecord,
)
from tests.vcards import card, read, read_one

MB = 1024 * 1024
BELA = card("FN:Bela", "TEL:1").encode()


class Made:
    """A stream of pieces that are made when they are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _: int = -1) -> bytes:
        return next(self._pieces, b"")


def read_made(pieces: Iterator[bytes]) -> tuple[list[ContactRecord], list[SkippedRecord], int]:
    """Return the contacts and what was left out, the last of each, and the most memory it took, in bytes."""
    records: list[ContactRecord] = []
    skipped: list[SkippedRecord] = []
    tracemalloc.start()
    try:
        for found in read_vcards(cast("BinaryIO", Made(pieces))):
            if isinstance(found, ContactRecord):
                records = [*records[-1:], found]
            else:
                skipped = [*skipped[-1:], found]
        return records, skipped, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def around(before: bytes, piece: bytes, times: int, after: bytes) -> Iterator[bytes]:
    yield before
    for _ in range(times):
        yield piece
    yield after + BELA


CARD, REST = b"BEGIN:VCARD\nFN:Asha\n", b"\nTEL:2\nEND:VCARD\n"


@pytest.mark.parametrize(
    ("before", "after", "kept", "told"),
    [
        (CARD + b"NOTE:", REST, ["Asha", "Bela"], [(3, LINE_TOO_LONG)]),
        (CARD + b"PHOTO:", REST, ["Asha", "Bela"], []),
        (CARD, REST, ["Asha", "Bela"], [(3, LINE_TOO_LONG)]),
        (b"", b"\n", ["Bela"], [(1, LINE_TOO_LONG)]),
        (b"\xff\xfe", b"\n", [], [(1, LINE_TOO_LONG)]),
        (CARD + b"NOTE:", b"\n", ["Bela"], [(1, NO_END)]),
    ],
)
def test_a_line_of_a_hundred_megabytes_is_not_held(
    before: bytes, after: bytes, kept: list[str], told: list[tuple[int, str]]
) -> None:
    records, skipped, peak = read_made(around(before, b"x" * (MB // 4), 400, after))
    assert [record.name for record in records] == kept
    assert [(entry.line, entry.reason) for entry in skipped] == told
    assert peak < 8 * MB


def test_a_photo_of_many_lines_is_not_held() -> None:
    piece = b"\r\n " + b"\r\n ".join([b"A" * 74] * 700)
    records, skipped, peak = read_made(around(CARD + b"PHOTO;ENCODING=b:", piece, 400, REST))
    assert [record.name for record in records] == ["Asha", "Bela"]
    assert skipped == []
    assert peak < 8 * MB


@pytest.mark.parametrize(
    ("head", "piece"),
    [(b"NOTE:x", b"\n " + b"y" * 70), (b"NOTE;ENCODING=QUOTED-PRINTABLE:x=", b"\n" + b"y" * 70 + b"=")],
)
def test_a_folded_line_without_end_is_not_held_and_not_read_as_lines(head: bytes, piece: bytes) -> None:
    records, skipped, peak = read_made(around(CARD + head, piece * 1_000, 200, b"\n" + REST))
    assert [record.name for record in records] == ["Asha", "Bela"]
    assert [(entry.line, entry.reason) for entry in skipped] == [(3, LINE_TOO_LONG)]
    assert peak < 10 * MB


def test_a_file_of_many_cards_is_not_held() -> None:
    records, _, peak = read_made(around(b"", card("FN:Asha", "TEL:1", "NOTE:" + "n" * 500).encode() * 100, 150, b""))
    assert [record.name for record in records] == ["Asha", "Bela"]
    assert peak < 8 * MB


def test_a_card_of_lines_without_end_is_told_once_and_not_held() -> None:
    lines = b"".join(b"TEL:%d\nNOTE:%d\nCATEGORIES:%d\nitem%d.X-ABLabel:x\n" % (n, n, n, n) for n in range(250))
    records, skipped, peak = read_made(around(CARD, lines, MOST_CARD_LINES // 900, b"TEL:1\nEND:VCARD\n"))
    assert [record.name for record in records] == ["Bela"]
    assert skipped == [SkippedRecord(1, CARD_TOO_LONG, "Asha")]
    assert peak < 8 * MB


def test_a_card_that_was_given_up_ends_where_the_next_begins_too() -> None:
    data = CARD + b"X:\n" * (MOST_CARD_LINES + 5) + b"no property\n" + BELA
    records, skipped = read(data)
    assert [record.name for record in records] == ["Bela"]
    assert [entry.reason for entry in skipped] == [CARD_TOO_LONG]


def test_ten_thousand_numbers_in_a_card() -> None:
    numbers = [f"TEL:+44 20 7946 0{n % 1000:03} x{n}" for n in range(10_000)]
    (record,), skipped = read(card("FN:Asha", *numbers).encode())
    assert [number.as_written for number in record.numbers] == [line[4:] for line in numbers[:MOST_NUMBERS]]
    told = f"Only the first {MOST_NUMBERS} numbers of this contact are kept; left out: 9,900."
    assert skipped == [SkippedRecord(4 + MOST_NUMBERS, told, numbers[MOST_NUMBERS][4:])]


def test_more_addresses_and_tags_than_are_kept() -> None:
    emails = [f"EMAIL:a{n}@example.org" for n in range(MOST_EMAILS + 1)]
    tags = ",".join(f"t{n}" for n in range(MOST_TAGS + 2))
    (record,), skipped = read(card("FN:Asha", *emails, f"CATEGORIES:{tags},t1").encode())
    assert len(record.emails) == MOST_EMAILS
    assert len(record.tags) == MOST_TAGS
    assert [(entry.line, entry.reason, entry.text) for entry in skipped] == [
        (
            4 + MOST_EMAILS,
            "Only the first 50 e-mail addresses of this contact are kept; left out: 1.",
            f"a{MOST_EMAILS}@example.org",
        ),
        (5 + MOST_EMAILS, "Only the first 50 tags of this contact are kept; left out: 2.", f"t{MOST_TAGS}"),
    ]


def test_texts_are_cut_and_what_must_be_whole_is_left_out() -> None:
    much = "x" * 70_000
    (record,), skipped = read(
        card(
            f"FN:{much}", f"ORG:{much}", f"item1.TEL:{'1' * NUMBER_LENGTH}", f"item1.X-ABLabel:{much}",
            f"TEL:{'2' * (NUMBER_LENGTH + 1)}", f"EMAIL:{much}", f"CATEGORIES:{much}", f"NOTE:{much}", f"UID:{much}",
            f"{much}:x", f"TEL;X-{much}:3",
        ).encode()
    )  # fmt: skip
    assert [len(text) for text in (record.name, record.company, record.note)] == [NAME_LENGTH, NAME_LENGTH, NOTE_LENGTH]
    assert [(len(number.as_written), len(number.kind)) for number in record.numbers] == [
        (NUMBER_LENGTH, KIND_LENGTH),
        (1, KIND_LENGTH),
    ]
    assert record.emails == ()
    assert [len(tag) for tag in record.tags] == [TAG_LENGTH]
    assert record.uid == ""
    assert [(entry.line, entry.reason) for entry in skipped] == [
        (7, f"This number is longer than {NUMBER_LENGTH} characters."),
        (8, f"This e-mail address is longer than {EMAIL_LENGTH} characters."),
        (11, f"This UID is longer than {UID_LENGTH} characters."),
        (1, "The note is longer than 4,000 characters: its start was kept."),
    ]
    assert all(len(entry.text) <= SKIPPED_TEXT_LENGTH for entry in skipped)


def test_what_is_just_within_its_limit_is_whole() -> None:
    texts = ["x" * NAME_LENGTH, "y" * NAME_LENGTH, "n" * NOTE_LENGTH, "u" * UID_LENGTH, "e" * EMAIL_LENGTH]
    record = read_one(*map("".join, zip(("FN:", "ORG:", "NOTE:", "UID:", "EMAIL:"), texts, strict=True)))
    assert [record.name, record.company, record.note, record.uid, *record.emails] == texts


def test_a_note_in_pieces_stays_within_its_limit() -> None:
    record, told = [entry for found in read(card("FN:A", *["NOTE:" + "n" * 900] * 5_000).encode()) for entry in found]
    assert isinstance(record, ContactRecord)
    assert len(record.note) == NOTE_LENGTH
    assert isinstance(told, SkippedRecord)


def test_many_reports_of_one_card_end_with_their_count() -> None:
    (_,), skipped = read(card("FN:Asha", *[f"TEL:{'1' * 99}"] * 30).encode())
    assert len(skipped) == 21
    assert skipped[-1] == SkippedRecord(1, "Left out of this contact beside these: 10.", "Asha")


def test_a_different_head_on_each_line_is_not_remembered_for_ever() -> None:
    heads = PropertyHeads()
    for n in range(5_000):
        assert heads.split(f"X{n}:") is not None
    assert 0 < len(heads.known) <= 2_000
    assert heads.split(f"X{'x' * LONGEST_HEAD}:1") is not None
    assert all(len(head) < LONGEST_HEAD for head in heads.known)


def test_a_head_beyond_measure_is_read_in_part() -> None:
    assert read_one("FN:Asha", "TEL;TYPE=cell" + ";X=1" * LONGEST_HEAD + ":5").numbers[0].kind == "mobile"
    (record,), skipped = read(card("FN:Asha", f'TEL;TYPE=cell;X="{"a:" * LONGEST_HEAD}":5').encode())
    assert record.numbers == ()
    assert [entry.line for entry in skipped] == [4]


def test_a_line_just_within_the_limit_is_read() -> None:
    assert read_one("FN:Asha", "NOTE:a" + " " * (LONGEST_LINE - 100)).note == "a"


def test_an_error_of_the_stream_passes_through() -> None:
    def pieces() -> Iterator[bytes]:
        yield BELA * 2
        raise OSError("the share is gone")

    found = read_vcards(cast("BinaryIO", Made(pieces())))
    assert next(found) == ContactRecord("Bela", numbers=read_one("TEL:1").numbers, line=1)
    with pytest.raises(OSError, match="the share is gone"):
        next(found)

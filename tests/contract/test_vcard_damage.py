"""Cards that are cut off, hostile or no cards: each is told, and the next one is read."""

from __future__ import annotations

import random
import unicodedata

import pytest

from c2c_desktop.adapters.vcard_card import AGENT_LEFT_OUT
from c2c_desktop.adapters.vcard_reader import NO_BEGIN, NO_CARD, NO_END, NO_PROPERTY
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber, SkippedRecord
from tests.vcards import card, read, read_one

ASHA = card("FN:Asha", "TEL:020 7946 0018")
BELA = card("FN:Bela", "TEL:020 7946 0019")
NOTHING_IN_IT = "This card has no name, company, number or e-mail address."


def names(records: list[ContactRecord]) -> list[str]:
    return [record.name for record in records]


@pytest.mark.parametrize("cut", range(12, len(ASHA) - 2, 5))
def test_a_file_cut_off_within_a_card_gives_no_half_contact(cut: int) -> None:
    records, skipped = read((BELA + ASHA[:cut]).encode())
    assert names(records) == ["Bela"]
    assert [(entry.line, entry.reason) for entry in skipped] == [(6, NO_END)]


def test_a_card_without_end_is_told_and_does_not_swallow_the_next() -> None:
    records, skipped = read((ASHA.replace("END:VCARD\r\n", "") + BELA).encode())
    assert names(records) == ["Bela"]
    assert skipped == [SkippedRecord(1, NO_END, "Asha")]


def test_an_end_without_a_begin_is_told() -> None:
    records, skipped = read(f"END:VCARD\r\n{ASHA}".encode())
    assert names(records) == ["Asha"]
    assert skipped == [SkippedRecord(1, NO_BEGIN, "END:VCARD")]


def test_what_stands_between_cards_is_told_once() -> None:
    records, skipped = read(f"{ASHA}\n\nFN:nobody\nTEL:1\n{BELA}Sent from my phone\n".encode())
    assert names(records) == ["Asha", "Bela"]
    assert skipped == [SkippedRecord(8, NO_CARD, "FN:nobody"), SkippedRecord(15, NO_CARD, "Sent from my phone")]


@pytest.mark.parametrize("seed", range(8))
def test_binary_garbage_is_told_and_cards_in_it_are_read(seed: int) -> None:
    rnd = random.Random(seed)
    garbage = [rnd.randbytes(5_000).replace(b"BEGIN", b"") + b"\n" for _ in range(2)]
    records, skipped = read(garbage[0] + ASHA.encode() + garbage[1] + BELA.encode())
    assert names(records) == ["Asha", "Bela"]
    assert [entry.reason for entry in skipped] == [NO_CARD, NO_CARD]
    told = "".join(entry.text for entry in skipped)
    assert not [c for c in told if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn"}]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\xff\xfe\n\0", b"\r"])
def test_an_empty_file_holds_nothing(data: bytes) -> None:
    assert read(data) == ([], [])


def test_marks_and_zeros_between_files_put_together_are_no_garbage() -> None:
    records, skipped = read(b"\xef\xbb\xbf" + ASHA.encode() + b"\0\0\xef\xbb\xbf" + BELA.encode() + b"\0\0\0")
    assert names(records) == ["Asha", "Bela"]
    assert skipped == []


@pytest.mark.parametrize(
    "lines", [(), ("NOTE:only a note",), ("FN:\u202e \u200b",), ("TEL: ", "EMAIL:mailto:", "N:;;;;")]
)
def test_a_card_that_says_nothing_is_told(lines: tuple[str, ...]) -> None:
    records, skipped = read(card(*lines).encode())
    assert records == []
    assert [(entry.line, entry.reason) for entry in skipped] == [(1, NOTHING_IN_IT)]


def test_control_and_bidi_characters_are_gone_from_every_text() -> None:
    evil = "a\u202eb\x00\x1b[31m\u2066\x07\u200fc\u2028d"
    record = read_one(
        f"FN:{evil}", f"ORG:{evil};{evil}", f"item1.TEL:{evil}1", f"item1.X-ABLabel:{evil}",
        f"EMAIL:{evil}@example.org", f"CATEGORIES:{evil}", f"NOTE:{evil}", f"UID:{evil}",
    )  # fmt: skip
    assert record == ContactRecord(
        "ab[31mc d", "ab[31mc d, ab[31mc d", (RecordNumber("ab[31mc d1", "ab[31mc d"),), ("ab[31mc d@example.org",),
        ("ab[31mc d",), "ab[31mc\nd", "ab[31mc d", line=1,
    )  # fmt: skip


@pytest.mark.parametrize("depth", [1, 2, 500])
def test_cards_nested_as_agents_are_told_and_give_nothing_to_the_outer_card(depth: int) -> None:
    inner = "".join(f"AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:agent {n}\nTEL:666\n" for n in range(depth))
    ends = "END:VCARD\n" * depth
    text = f"BEGIN:VCARD\nVERSION:2.1\nFN:Asha\n{inner}{ends}TEL:020 7946 0018\nEND:VCARD\n{BELA}"
    records, skipped = read(text.encode())
    assert names(records) == ["Asha", "Bela"]
    assert records[0].numbers == (RecordNumber("020 7946 0018"),)
    assert {entry.reason for entry in skipped} - {f"Left out of this contact beside these: {depth - 20}."} == {
        AGENT_LEFT_OUT
    }


def test_an_agent_on_one_line_is_told() -> None:
    records, skipped = read(card("FN:Asha", r"AGENT:BEGIN:VCARD\nFN:Vera\nTEL:666\nEND:VCARD", "TEL:1").encode())
    assert records[0].numbers == (RecordNumber("1"),)
    assert [(entry.line, entry.reason) for entry in skipped] == [(4, AGENT_LEFT_OUT)]


def test_an_agent_that_is_a_link_is_nothing_to_tell() -> None:
    assert read_one("FN:Asha", "AGENT;VALUE=uri:https://example.org/vera.vcf").name == "Asha"


def test_an_agent_without_end_costs_its_own_card_only() -> None:
    text = f"BEGIN:VCARD\nFN:Asha\nAGENT:\nBEGIN:VCARD\nFN:Vera\n{BELA}"
    records, skipped = read(text.encode())
    assert names(records) == ["Bela"]
    assert [entry.reason for entry in skipped] == [NO_END]


def test_a_line_that_is_no_property_is_told_once_for_a_card() -> None:
    records, skipped = read(card("FN:Asha", "what is this", "and this", "TEL:1", ":x", ";:y", "ä:z").encode())
    assert records == [ContactRecord("Asha", numbers=(RecordNumber("1"),), line=1)]
    assert skipped == [SkippedRecord(4, NO_PROPERTY, "what is this")]


def test_lines_below_a_note_that_are_not_folded_belong_to_it() -> None:
    assert read_one("FN:Asha", "NOTE:one", "two", "", "three").note == "one\ntwo\nthree"


def test_lines_below_a_photo_that_are_not_folded_are_left_out() -> None:
    assert read_one("FN:Asha", "PHOTO;BASE64:", "/9j/4AAQ", "SkZJRg==", "", "TEL:1").numbers == (RecordNumber("1"),)


def test_a_last_soft_line_break_does_not_swallow_the_end() -> None:
    data = card("TEL:1", "FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=") + card("FN;QUOTED-PRINTABLE:Asha=")
    records, skipped = read(data.encode())
    assert names(records) == ["Jörg", "Asha"]
    assert skipped == []


@pytest.mark.parametrize(
    ("value", "name"),
    [("J=C3=B6rg=", "Jörg"), ("J=C3=B", "JÃ=B"), ("=ZZ=", "=ZZ"), ("=", ""), ("J=F6rg", "Jörg"), ("a=00=0Ab", "a b")],
)
def test_damaged_quoted_printable_becomes_some_text(value: str, name: str) -> None:
    assert read_one("TEL:1", f"FN;ENCODING=QUOTED-PRINTABLE:{value}").name == name


@pytest.mark.parametrize(("value", "name"), [("SsO2cmc=", "Jörg"), ("SsO2cmc", ""), ("!", ""), ("SvZyZw==", "Jörg")])
def test_base64_text_is_read_and_what_is_none_is_nothing(value: str, name: str) -> None:
    assert read_one(f"FN;ENCODING=B:{value}", "TEL:1").name == name


@pytest.mark.parametrize("begin", ["begin:vcard", "BEGIN: VCARD ", " BEGIN:VCARD", "\tBegin:VCard"])
def test_borders_are_known_in_any_case_and_with_blanks(begin: str) -> None:
    records, skipped = read(f"{begin}\nfn:Asha\nend:vcard \n".encode())
    assert names(records) == ["Asha"]
    assert skipped == []


def test_the_border_of_a_card_in_a_folded_note_is_text() -> None:
    assert read_one("FN:A", "NOTE:see\r\n  END:VCARD\r\n  BEGIN:VCARD").note == "see END:VCARD BEGIN:VCARD"


def test_other_components_in_a_card_are_left_out() -> None:
    assert read_one("BEGIN:VALARM", "FN:Asha", "END:VALARM", "TEL:1").numbers == (RecordNumber("1"),)


def test_a_calendar_is_no_card() -> None:
    records, skipped = read(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n")
    assert records == []
    assert skipped == [SkippedRecord(1, NO_CARD, "BEGIN:VCALENDAR")]

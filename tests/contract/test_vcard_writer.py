"""Cards that are written: what is read of them is what was written, by this program and by others."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import Literal

import pytest

from c2c_desktop.adapters.vcard_writer import LONGEST_WRITTEN_LINE, write_vcards
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from tests.vcard_oracle import Told, told_by_vobject
from tests.vcard_records import as_read, clean_record, dirty_record
from tests.vcards import SAMPLES, read, written

ASHA = ContactRecord(
    "Asha Rao",
    "Example; Sons",
    (
        RecordNumber("+44 20 7946 0018", "mobile", preferred=True),
        RecordNumber("020 7946 0019 ext 12", "Beach house"),
        RecordNumber("020 7946 0020", "main"),
        RecordNumber("020 7946 0021"),
    ),
    ("asha@example.org",),
    ("vip", "a, b"),
    "one\ntwo \\ three",
    "id-1",
    favourite=True,
)


def test_a_card_of_version_4() -> None:
    assert written([ASHA]).decode().split("\r\n") == [
        "BEGIN:VCARD", "VERSION:4.0", "UID;VALUE=text:id-1", "FN:Asha Rao", r"ORG:Example\; Sons",
        "TEL;TYPE=CELL;PREF=1:+44 20 7946 0018", "item2.TEL:020 7946 0019 ext 12", "item2.X-ABLabel:Beach house",
        "item3.TEL:020 7946 0020", "item3.X-ABLabel:_$!<Main>!$_", "TEL:020 7946 0021", "EMAIL:asha@example.org",
        r"CATEGORIES:vip,a\, b", "X-C2C-FAVOURITE:1", r"NOTE:one\ntwo \\ three", "END:VCARD", "",
    ]  # fmt: skip


def test_a_card_of_version_3_has_the_parts_of_a_name_too() -> None:
    lines = written([ASHA], "3.0").decode().split("\r\n")
    assert lines[:6] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:id-1",
        "FN:Asha Rao",
        "N:;Asha Rao;;;",
        r"ORG:Example\; Sons",
    ]
    assert lines[6] == "TEL;TYPE=CELL;TYPE=PREF:+44 20 7946 0018"


def test_a_company_is_shown_as_one_and_a_mere_number_has_an_empty_name() -> None:
    number = (RecordNumber("1"),)
    assert b"FN:Acme\r\nORG:Acme\r\nX-ABShowAs:COMPANY\r\n" in written([ContactRecord("", "Acme")])
    assert b"FN:\r\nTEL:1\r\n" in written([ContactRecord("", numbers=number)])
    uid = "urn:uuid:9f8f4d1e-8a3e-4a80-9d4f-0e5d6f0fb001"
    assert f"UID:{uid}\r\n".encode() in written([ContactRecord("", numbers=number, uid=uid)])


def test_how_many_were_written_is_told() -> None:
    stream = io.BytesIO()
    assert write_vcards((replace(ASHA, uid=str(n)) for n in range(3)), stream) == 3
    assert write_vcards([], stream) == 0
    assert stream.getvalue().count(b"BEGIN:VCARD") == 3


@pytest.mark.parametrize("version", ["4.0", "3.0"])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_written_is_read_again(version: Literal["4.0", "3.0"], seed: int) -> None:
    rnd = random.Random(seed)
    records = [clean_record(rnd) for _ in range(120)]
    found, skipped = read(written(records, version))
    assert [replace(record, line=0) for record in found] == records
    assert skipped == []


@pytest.mark.parametrize("version", ["4.0", "3.0"])
@pytest.mark.parametrize("seed", range(12))
def test_what_nobody_cleaned_is_cleaned_and_gives_no_line_of_its_own(version: Literal["4.0", "3.0"], seed: int) -> None:
    rnd = random.Random(1_000 + seed)
    records = [dirty_record(rnd) for _ in range(120)]
    found, _ = read(written(records, version))
    assert [replace(record, line=0) for record in found] == [r for r in map(as_read, records) if r is not None]


@pytest.mark.parametrize("seed", range(6))
def test_no_line_is_longer_than_75_octets_and_no_character_is_split(seed: int) -> None:
    rnd = random.Random(2_000 + seed)
    data = written(dirty_record(rnd) for _ in range(120))
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) == LONGEST_WRITTEN_LINE
    assert all(line.decode() for line in lines)
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.vcf")))
@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_every_maker_s_contacts_are_written_whole(name: str, version: Literal["4.0", "3.0"]) -> None:
    records = [replace(record, line=0) for record in read((SAMPLES / f"{name}.vcf").read_bytes())[0]]
    assert [replace(record, line=0) for record in read(written(records, version))[0]] == records


@pytest.mark.parametrize("seed", range(6))
def test_vobject_reads_the_same_of_version_3(seed: int) -> None:
    rnd = random.Random(3_000 + seed)
    records = [clean_record(rnd) for _ in range(60)]
    assert told_by_vobject(written(records, "3.0").decode()) == [Told.of(record) for record in records]

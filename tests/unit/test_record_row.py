"""Rows become records: cleaned, capped, and what is left out is told."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.column_guess import guess_mapping
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning, Several
from c2c_desktop.domain.contact_record import (
    EMAIL_LENGTH,
    MOST_EMAILS,
    MOST_NUMBERS,
    MOST_TAGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NUMBER_LENGTH,
    UID_LENGTH,
    ContactRecord,
    RecordNumber,
    SkippedRecord,
)
from c2c_desktop.domain.record_cells import label_kind
from c2c_desktop.domain.record_row import NOBODY, SHORTENED, TOO_LONG, RowReader


def read(header: str, *rows: list[str]) -> list[ContactRecord | SkippedRecord]:
    return RowReader(guess_mapping(header.split(","), [])).read(range(1, len(rows) + 1), rows)


def one(header: str, *cells: str) -> ContactRecord:
    (found,) = read(header, list(cells))
    assert type(found) is ContactRecord
    return found


def test_a_row_with_more_cells_than_columns_is_not_guessed_at() -> None:
    found = read("Name,Phone", ["Rao", "Asha", "98402 22222"], ["Ravi", "98402 33333", "", " "], ["Meera"])
    assert [type(x) for x in found] == [SkippedRecord, ContactRecord, ContactRecord]
    assert found[0] == SkippedRecord(1, TOO_LONG, "Rao|Asha|98402 22222")
    assert read("Name,Phone", ["a", "b", "c"]) == [SkippedRecord(1, TOO_LONG, "a|b|c")]


def test_nobody_and_nothing() -> None:
    found = read("Name,Phone,Note", ["", "", "x"], ["", " ", ""], ["", "\u202e", "\x00"])
    assert found == [SkippedRecord(1, NOBODY, "||x"), SkippedRecord(3, NOBODY, "||")]


def test_a_company_or_an_address_alone_is_somebody() -> None:
    assert one("Company,Phone", "Example", "").company == "Example"
    assert one("Name,Email", "", "a@example.org").emails == ("a@example.org",)


@pytest.mark.parametrize("cell", ["9.84022E+11", "9,84E+11", "9E11"])
def test_a_number_a_spreadsheet_shortened_is_never_kept(cell: str) -> None:
    record, told = read("Name,Phone", ["Asha", cell])
    assert isinstance(record, ContactRecord)
    assert record.numbers == ()
    assert told == SkippedRecord(1, SHORTENED, f"Asha|{cell}")
    assert read("Name,Phone", ["", cell]) == [SkippedRecord(1, SHORTENED, f"|{cell}")]


def test_of_two_numbers_the_whole_one_is_kept() -> None:
    record, told = read("Name,Phone", ["Asha", "98402 22222; 9.84E+11"])
    assert isinstance(record, ContactRecord)
    assert record.numbers == (RecordNumber("98402 22222"),)
    assert isinstance(told, SkippedRecord)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+44 20 7946 0018", ["+44 20 7946 0018"]),
        (" 98402 22222 ", ["98402 22222"]),
        ("'+44 20 7946 0018", ["+44 20 7946 0018"]),
        ('="+44 20 7946 0018"', ["+44 20 7946 0018"]),
        ("919840222222.0", ["919840222222"]),
        ("919840222222,00", ["919840222222"]),
        ("98402 22222; 98402 33333", ["98402 22222", "98402 33333"]),
        ("98402 22222\n98402 33333", ["98402 22222", "98402 33333"]),
        ("98402 22222\r\n\r\n98402 33333\r", ["98402 22222", "98402 33333"]),
        ("98402 22222 / 98402 33333", ["98402 22222", "98402 33333"]),
        ("98402 22222, 98402 33333", ["98402 22222", "98402 33333"]),
        ("020 7946 0018, ext. 12", ["020 7946 0018, ext. 12"]),
        ("7946/0018", ["7946/0018"]),
        ("call the office", ["call the office"]),
        ("\u202e+44 20 7946\x00 0018", ["+44 20 7946 0018"]),
        ("٩٨٤٠٢٢٢٢٢٢", ["٩٨٤٠٢٢٢٢٢٢"]),
        (" ", []),
    ],
)
def test_a_number_is_kept_as_written_and_several_are_several(cell: str, written: list[str]) -> None:
    assert [number.as_written for number in one("Name,Phone", "Asha", cell).numbers] == written


def test_labels_tell_kinds_and_the_star_the_preferred_one() -> None:
    header = "Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value"
    record = one(header, "Asha", "* Mobile", "98402 22222 ::: 98402 33333", "", "98402 44444")
    assert record.numbers == (
        RecordNumber("98402 22222", "mobile", preferred=True),
        RecordNumber("98402 33333", "mobile"),
        RecordNumber("98402 44444"),
    )


def test_a_column_s_own_kind_counts_without_a_label() -> None:
    rows = [["A", "", "98402 22222"], ["B", "Home", "98402 33333"], ["C", "", ""]]
    found = read("Name,Phone type,Mobile", *rows)
    assert [[n.kind for n in x.numbers] for x in found if isinstance(x, ContactRecord)] == [["mobile"], ["home"], []]


def test_thousands_of_labels_and_tags_are_not_kept() -> None:
    rows = [["A", f"label {n}", "98402 22222", f"tag {n}"] for n in range(3000)]
    reader = RowReader(guess_mapping(["Name", "Phone type", "Phone", "Tags"], []))
    for n in range(0, 3000, 100):
        found = reader.read(range(100), rows[n : n + 100])
        assert [x.tags for x in found if isinstance(x, ContactRecord)] == [(f"tag {n + i}",) for i in range(100)]
    assert len(reader._kinds) <= 1000
    assert all(len(known) <= 1101 for known in reader._tags.values())
    assert label_kind("* " + "x" * 1000) == ("other", True)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("", "Asha", "", "Rao", "", "Ash"), "Asha Rao"),
        (("Rao, Asha", "Asha", "", "Rao", "", "Ash"), "Rao, Asha"),
        (("", "Asha", " Devi ", "", "Jr.", "Ash"), "Asha Devi Jr."),
        (("", "", "", "", "", "Ash"), "Ash"),
        ((" Asha \n  Rao", "", "", "", "", ""), "Asha Rao"),
        (("O'Brien", "", "", "", "", ""), "O'Brien"),
        (("\u202eAsha", "", "", "", "", ""), "Asha"),
    ],
)
def test_a_name_is_whole_or_of_parts_or_a_nickname(cells: tuple[str, ...], name: str) -> None:
    header = "Name,First name,Middle name,Last name,Suffix,Nickname,Phone"
    assert one(header, *cells, "98402 22222").name == name


def test_the_first_company_that_is_there_counts() -> None:
    header = "Name,Company,Organization"
    assert [
        r.company
        for r in read(f"{header},Tel", ["A", "", "B", ""], ["A", "C", "D", ""])
        if isinstance(r, ContactRecord)
    ] == ["B", "C"]


@pytest.mark.parametrize(
    ("cell", "emails"),
    [
        ("asha@example.org", ("asha@example.org",)),
        ("mailto:asha@example.org", ("asha@example.org",)),
        ("Asha Rao <asha@example.org>; ravi@example.org asha@example.org", ("asha@example.org", "ravi@example.org")),
        ("/o=Example/cn=asha", ()),
        ("a" * EMAIL_LENGTH + "@example.org", ()),
        ("mailto:@", ("@",)),
    ],
)
def test_addresses_are_found_among_names(cell: str, emails: tuple[str, ...]) -> None:
    assert one("Name,Email", "Asha", cell).emails == emails


def test_two_columns_of_addresses_tags_notes_and_stars_are_one() -> None:
    header = "Name,Email,E-mail 2,Tags,Categories,Notes,Remarks,Favourite,Starred,UID,GUID"
    record = one(header, "Asha", "a@x.org", "a@x.org b@x.org", "vip", "vip;uk", "one", "two", "", "ja", "", "7")
    assert record.emails == ("a@x.org", "b@x.org")
    assert record.tags == ("vip", "uk")
    assert (record.note, record.favourite, record.uid) == ("one two", True, "7")
    other = one(header, "Asha", "", "b@x.org", "", "uk", "", "", "no", "", "1", "2")
    assert (other.emails, other.tags, other.favourite, other.uid) == (("b@x.org",), ("uk",), False, "1")


@pytest.mark.parametrize(
    ("cell", "tags", "favourite"),
    [
        ("* myContacts ::: Friends; old ::: * starred", ("Friends; old",), True),
        ("* myContacts", (), False),
        ("VIP ::: VIP", ("VIP",), False),
    ],
)
def test_google_s_own_groups_are_no_tags(cell: str, tags: tuple[str, ...], favourite: bool) -> None:
    record = one("Name,Labels,Phone", "Asha", cell, "98402 22222")
    assert (record.tags, record.favourite) == (tags, favourite)


def test_everything_is_capped() -> None:
    many = "; ".join(f"98402 {n:05}" for n in range(MOST_NUMBERS * 2))
    record = one(
        "Name,Company,Phone,Email,Tags,Notes,UID",
        "n" * 500,
        "c" * 500,
        many,
        " ".join(f"a{n}@x.org" for n in range(MOST_EMAILS * 2)),
        ",".join(f"t{n}" for n in range(MOST_TAGS * 2)),
        "x" * 9999,
        "u" * 999,
    )
    assert len(record.name) == len(record.company) == NAME_LENGTH
    assert len(record.numbers) == MOST_NUMBERS
    assert (len(record.emails), len(record.tags)) == (MOST_EMAILS, MOST_TAGS)
    assert (len(record.note), len(record.uid)) == (NOTE_LENGTH, UID_LENGTH)
    assert len(one("Name,Phone", "A", "9" * 99).numbers[0].as_written) == NUMBER_LENGTH
    assert (
        one("Name,Email,Email 2", "A", "a@x.org", " ".join(f"a{n}@x.org" for n in range(99))).emails[MOST_EMAILS:] == ()
    )


def test_our_own_list_of_numbers() -> None:
    columns = (Column(Meaning.FULL_NAME), Column(Meaning.NUMBER, several=Several.ESCAPED), Column(Meaning.MORE_NUMBERS))
    (record,) = RowReader(ColumnMapping(columns)).read(
        [1], [["A", "1; 2", "* work: 020 7946 0018 ::: 7 ::: : 8 ::: x:"]]
    )
    assert isinstance(record, ContactRecord)
    assert record.numbers == (
        RecordNumber("1; 2"),
        RecordNumber("020 7946 0018", "work", preferred=True),
        RecordNumber("7"),
        RecordNumber("8"),
    )
    (alone,) = RowReader(ColumnMapping((columns[0], columns[2]))).read([1], [["A", "mobile: 7"]])
    assert isinstance(alone, ContactRecord)
    assert alone.numbers == (RecordNumber("7", "mobile"),)


def test_a_mapping_of_nothing_makes_nobody() -> None:
    assert RowReader(ColumnMapping((Column(Meaning.IGNORE),))).read([3], [["x"]]) == [SkippedRecord(3, NOBODY, "x")]
    assert RowReader(ColumnMapping(())).read([], []) == []

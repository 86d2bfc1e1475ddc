"""Parameters, encodings, escapes and folds of a vCard, one at a time."""

from __future__ import annotations

import io
import random
from typing import BinaryIO, cast

import pytest

from c2c_desktop.adapters.vcard_lines import BLOCK_BYTES, UnfoldedLines
from c2c_desktop.adapters.vcard_text import cleaned, split
from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber
from c2c_desktop.domain.plain_text import clean_text
from tests.vcards import card, read, read_one


def number(line: str) -> RecordNumber:
    (found,) = read_one("FN:Asha", line).numbers
    return found


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("", "utf-8"), ("", "latin-1"), ("", "cp1252"), ("UTF-8", "cp1252"), ("ISO-8859-1", "utf-8"),
        ("US-ASCII", "utf-8"), ("iso-8859-1", "latin-1"), ("nonsense", "utf-8"), ("unicode_escape", "utf-8"),
        ("utf-7", "latin-1"), ("rot13", "cp1252"), ("zlib", "utf-8"), ("Windows-1252", "utf-8"), ("utf-16", "utf-8"),
    ],
)  # fmt: skip
def test_a_wrongly_declared_encoding_is_found_out_for_each_line(declared: str, real: str) -> None:
    charset = f";CHARSET={declared}" if declared else ""
    lines = (f"FN{charset}:Zoë Müller", "TEL:1")
    data = card(*lines).encode(real) + card(*lines).encode("utf-8" if real != "utf-8" else "cp1252")
    assert [record.name for record in read(data)[0]] == ["Zoë Müller"] * 2


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("KOI8-R", "Олег"), ("windows-1251", "Олег"), ("ISO-8859-2", "Łukasz"), ("Shift_JIS", "山田太郎"),
        ("EUC-JP", "山田"), ("ISO-2022-JP", "山田"), ("GBK", "联通"), ("GB18030", "联通"), ("Big5", "陳"),
        ("UTF-16", "Asha आशा"), ("TIS-620", "สมชาย"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_quoted", [True, False])
def test_a_declared_encoding_is_read(charset: str, name: str, *, is_quoted: bool) -> None:
    is_quoted |= charset == "UTF-16"  # plain, its bytes would break the lines
    data = name.encode(charset)
    value = "".join(f"={byte:02X}" for byte in data).encode() if is_quoted else data
    head = f"FN;CHARSET={charset}{';ENCODING=QUOTED-PRINTABLE' * is_quoted}:".encode()
    records, _ = read(b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + head + value + b"\r\nTEL:1\r\nEND:VCARD\r\n")
    assert [record.name for record in records] == [name]


def test_bytes_that_windows_does_not_know_are_latin_1() -> None:
    records, _ = read(b"BEGIN:VCARD\nFN:J\xf6rg\x81\nEND:VCARD\n")
    assert [record.name for record in records] == ["Jörg"]


@pytest.mark.parametrize("at", range(1, 12))
def test_a_fold_in_the_middle_of_a_character_is_mended(at: int) -> None:
    value = "आशा é".encode()
    data = b"BEGIN:VCARD\r\nFN:" + value[:at] + b"\r\n " + value[at:] + b"\r\nEND:VCARD\r\n"
    assert [record.name for record in read(data)[0]] == ["आशा é"]


def test_the_blank_of_a_fold_is_text_in_old_cards_only() -> None:
    lines = ("FN:Asha", "NOTE:one", " two", "\tthree")
    assert read_one(*lines, version="3.0").note == "onetwothree"
    assert read_one(*lines, version="4.0").note == "onetwothree"
    assert read_one(*lines, version="2.1").note == "one two three"
    assert [record.note for record in read((card(*lines, version="2.1") + card(*lines)).encode())[0]] == [
        "one two three",
        "onetwothree",
    ]


def test_a_fold_may_fall_anywhere_in_what_stands_before_the_colon() -> None:
    assert number("TEL\r\n ;TY\r\n PE=CE\r\n LL:1\r\n 2") == RecordNumber("12", "mobile")


@pytest.mark.parametrize(
    ("written", "note"),
    [
        (r"a\nb\Nc", "a\nb\nc"), (r"a\, b\; c\: d\\ e", r"a, b; c: d\ e"), (r"\\n", r"\n"), (r"\\\n.", "\\\n."),
        (r"C:\temp", r"C:\temp"), ("ends with \\", "ends with \\"), ("a;b,c", "a;b,c"), (r"\&", r"\&"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_escapes_are_what_they_stand_for(version: str, written: str, note: str) -> None:
    assert read_one("FN:Asha", f"NOTE:{written}", version=version).note == note


@pytest.mark.parametrize(
    ("lines", "version", "name"),
    [
        (["N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D."], "3.0", "Dr. John Philip Paul Stevenson Jr. M.D."),
        (["N:Doe, Jr;John"], "2.1", "John Doe, Jr"),
        (["N:Rao"], "2.1", "Rao"),
        ([r"N:Rao\; Sons;Asha"], "3.0", "Asha Rao; Sons"),
        (["N;ENCODING=QUOTED-PRINTABLE:Rao=3B Sons;Asha"], "2.1", "Asha Rao; Sons"),
        (["N;ENCODING=QUOTED-PRINTABLE:Rao=5C=3B Sons;Asha"], "2.1", "Asha Rao; Sons"),
        (["N;ENCODING=QUOTED-PRINTABLE:Rao=3BAsha"], "2.1", "Asha Rao"),
        (["N:山田;太郎"], "2.1", "山田太郎"),
        (["N:김;민수"], "3.0", "김민수"),
        (["N:Rao;Asha", "FN: "], "3.0", "Asha Rao"),
        (["FN:Asha", "N:Rao;A."], "3.0", "Asha"),
        (["FN:first", "FN:second"], "4.0", "first"),
        (["N:;;;;", "NICKNAME:Ash"], "3.0", "Ash"),
        (["N:a;b;c;d;e;f;g"], "3.0", "d b c a e"),
    ],
)
def test_the_name_is_the_full_one_or_made_of_its_parts(lines: list[str], version: str, name: str) -> None:
    assert read_one(*lines, "TEL:1", version=version).name == name


@pytest.mark.parametrize(
    ("written", "company"),
    [
        ("Acme;Sales;Team 2", "Acme, Sales, Team 2"), (";Sales", "Sales"), ("Acme;;", "Acme"), (";;", ""),
        (r"Acme\, Inc.;R\;D", "Acme, Inc., R;D"),
    ],
)  # fmt: skip
def test_a_company_with_departments(written: str, company: str) -> None:
    assert read_one("FN:Asha", f"ORG:{written}").company == company


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("TEL:1", RecordNumber("1")),
        ("TEL;CELL;PREF:1", RecordNumber("1", "mobile", preferred=True)),
        ("TEL;TYPE=cell,work,pref:1", RecordNumber("1", "mobile", preferred=True)),
        ("TEL;TYPE=WORK;TYPE=FAX:1", RecordNumber("1", "fax")),
        ("TEL;HOME;PAGER:1", RecordNumber("1", "pager")),
        ('TEL;TYPE="voice,home":1', RecordNumber("1", "home")),
        ("tel;type=Work;pref=5:1", RecordNumber("1", "work", preferred=True)),
        ("TEL;PREF=x:1", RecordNumber("1", preferred=True)),
        ("TEL;PREF=²:1", RecordNumber("1", preferred=True)),
        ("TEL;VOICE;MSG:1", RecordNumber("1")),
        ("TEL;X-Beach house:1", RecordNumber("1", "Beach house")),
        ("TEL;TYPE=MAIN-NUMBER:1", RecordNumber("1", "main")),
        ('TEL;X-LABEL="a: b; c";TYPE=cell:1', RecordNumber("1", "mobile")),
        ('TEL;TYPE="cell:1', RecordNumber("1", "mobile")),
        ("TEL;;=;TYPE=:1", RecordNumber("1")),
        ("a.b.TEL:1", RecordNumber("1")),
        (r"TEL:+44 20 7946 0018\,\,12#", RecordNumber("+44 20 7946 0018,,12#")),
        ("TEL;VALUE=uri:tel:+44-20-7946-0000;ext=12", RecordNumber("+44-20-7946-0000 ext 12")),
        ("TEL;VALUE=uri:TEL:%2B442079460018", RecordNumber("+442079460018")),
        ("TEL:tel:+442079460018", RecordNumber("+442079460018")),
        ("TEL;VALUE=uri:tel:7946-0018;phone-context=+44-20", RecordNumber("+4420 7946-0018")),
        ("TEL;VALUE=uri:tel:+442079460018;phone-context=+1", RecordNumber("+442079460018")),
        ("TEL;VALUE=uri:tel:+442079460018;postd=12", RecordNumber("+442079460018,12")),
        ("TEL:not known", RecordNumber("not known")),
        ("TEL:tel:tel: TEL:+442079460018", RecordNumber("+442079460018")),
        ("TEL:tel;x:1", RecordNumber("tel;x:1")),
    ],
)
def test_a_number_with_its_kind(line: str, found: RecordNumber) -> None:
    assert number(line) == found


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("_$!<Mobile>!$_", "mobile"),
        ("_$!<HomeFAX>!$_", "fax"),
        ("_$!<School>!$_", "School"),
        ("_$!<_$!<Work>!$_>!$_", "work"),
        ("work", "work"),
        ("", "home"),
    ],
)
def test_a_label_of_its_group_counts_more_than_the_type(label: str, kind: str) -> None:
    record = read_one(
        "FN:A", f"item7.X-ABLabel:{label}", "ITEM7.TEL;TYPE=HOME:1", "X-ABLabel:nobody's", "TEL;TYPE=HOME:2"
    )
    assert [found.kind for found in record.numbers] == [kind, "home"]


def test_one_number_is_preferred_at_most_the_best_ranked_first() -> None:
    lines = ("TEL;PREF=3:1", "TEL;PREF=2:2", "TEL;PREF=2:3", "TEL:4")
    assert [found.as_written for found in read_one("FN:A", *lines).numbers if found.preferred] == ["2"]


@pytest.mark.parametrize(
    ("line", "favourite"), [("X-FAVORITE:1", True), ("X-STARRED:true", True), ("X-FAVOURITE:0", False)]
)
def test_favourites_of_other_programs(line: str, *, favourite: bool) -> None:
    assert read_one("FN:Asha", line, "CATEGORIES:starred") == ContactRecord(
        "Asha", tags=("starred",), favourite=favourite, line=1
    )


def test_a_contact_without_a_name_but_its_company() -> None:
    assert read_one("FN:Acme", "KIND:org", version="4.0") == ContactRecord("", "Acme", line=1)
    assert read_one("FN:Acme", "ORG:Acme", "X-ABShowAs:COMPANY") == ContactRecord("", "Acme", line=1)
    assert read_one("FN:Jo", "ORG:Acme", "X-ABShowAs:COMPANY") == ContactRecord("Jo", "Acme", line=1)


def test_uid_and_tags_and_addresses() -> None:
    record = read_one(
        "FN:A",
        "UID:one",
        "UID:two",
        "CATEGORIES:b,a",
        r"CATEGORIES:a,c\,d,,",
        "EMAIL:mailto:Mailto: a@example.org",
        "EMAIL:",
    )
    assert record == ContactRecord("A", emails=("a@example.org",), tags=("b", "a", "c,d"), uid="one", line=1)


def test_several_notes_are_one() -> None:
    assert read_one("FN:A", "NOTE:one", "TEL:1", "NOTE:two\\n\\n").note == "one\ntwo"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_lines_are_the_same_wherever_a_block_ends(end: bytes, encoding: str) -> None:
    rnd = random.Random(7)
    text = ["BEGIN:VCARD", *("NOTE:" + "é€" * rnd.randint(0, 9) + "x" * rnd.randint(0, 40) for _ in range(60))]
    data = end.decode().join(text).encode(encoding)
    for seed in range(60):
        found = list(UnfoldedLines(cast("BinaryIO", Dripping(data, random.Random(seed)))))
        assert found == [(place, line, False) for place, line in enumerate(text, start=1)]


def test_lines_are_the_same_at_the_real_size_of_a_block() -> None:
    lines = ["BEGIN:VCARD"] + [f"NOTE:{'é' * (place % 97)}" for place in range(BLOCK_BYTES // 40)]
    found = list(UnfoldedLines(io.BytesIO("\r\n".join(lines).encode())))
    assert [line for _, line, _ in found] == lines


class Dripping:
    """A stream that gives few bytes at once, as a pipe does."""

    def __init__(self, data: bytes, rnd: random.Random) -> None:
        self._data, self._rnd = data, rnd

    def read(self, _: int = -1) -> bytes:
        some = self._rnd.randint(1, 30)
        piece, self._data = self._data[:some], self._data[some:]
        return piece


@pytest.mark.parametrize("seed", range(5))
def test_cleaning_soon_is_cleaning(seed: int) -> None:
    rnd = random.Random(seed)
    ranges = ((32, 127), (0, 0x300), (0x900, 0x980), (0x2000, 0x2070), (0xFE00, 0xFE10), (0, 0x110000))
    for _ in range(3_000):
        low, high = rnd.choice(ranges)
        text = "".join(chr(rnd.randrange(low, high)) for _ in range(rnd.randint(0, 12))) + " " * rnd.randint(0, 2)
        limit = rnd.randint(1, 14)
        assert cleaned(text, limit) == clean_text(text, limit)


def test_parts_are_split_where_the_separator_is_not_escaped() -> None:
    assert split(r"a\;b;c\\;d;", ";") == [r"a\;b", r"c\\", "d", ""]
    assert split("\\" * 9 + ";x", ";") == ["\\" * 9 + ";x"]

"""How a table is written down, from its first bytes."""

from __future__ import annotations

import codecs
import io
from dataclasses import replace

import pytest

from c2c_desktop.adapters.csv_reader import read_head
from c2c_desktop.adapters.csv_shape import DELIMITERS, SAMPLE_BYTES, NoTableError, find_encoding, find_shape
from c2c_desktop.domain.csv_shape import CsvShape

ROWS = [["Name", "Phone", "Note"], ["Jörg, Groß", "98402 22222", "x; y"], ["Zoë", "98402 33333", ""]]


def shape_of(data: bytes) -> CsvShape:
    stream = io.BytesIO(b"before" + data)
    stream.seek(6)
    shape = find_shape(stream)
    assert stream.tell() == 6
    return shape


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"), (b"PK\x03\x04abc", "Excel"), (b"\xd0\xcf\x11\xe0", "Excel"), (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed"), (b"{\\rtf1", "text document"), (b"SQLite format 3\0", "database"),
        (b"\xef\xbb\xbf\r\nbegin:vcard\r\n", "vCard"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told(data: bytes, word: str) -> None:
    with pytest.raises(NoTableError, match=word):
        shape_of(data)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_and_delimiter_are_found(delimiter: str, encoding: str, newline: str) -> None:
    text = newline.join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    shape = shape_of(text.encode(encoding))
    assert (shape.delimiter, shape.has_header, shape.lines_before, shape.quote) == (delimiter, True, 0, '"')
    assert shape.encoding.startswith(encoding.removesuffix("-sig"))
    head = read_head(io.BytesIO(text.encode(encoding)), shape)
    assert [list(head.header), *map(list, head.cells)] == ROWS


def test_a_character_cut_by_the_end_of_the_sample_is_no_fault() -> None:
    assert find_encoding("é".encode() * 99 + b"\xc3") == "utf-8"
    assert find_encoding("é".encode() * 99 + b"\xc3\n") == "cp1252"
    assert find_encoding(codecs.BOM_UTF8 + b"\xff") == "utf-8"
    assert find_encoding("आशा;१\r\n".encode("utf-16-le") * 50) == "utf-16-le"
    assert find_encoding(b"Asha\0Rao,1234567\n" * 50) == "utf-8"


def test_a_sample_is_enough_for_a_long_file() -> None:
    data = b"Name;Phone\n" + b'"Rao; Asha";98402 22222\n' * (SAMPLE_BYTES // 10)
    assert shape_of(data) == CsvShape(delimiter=";")
    assert shape_of(b"Name;Phone" * SAMPLE_BYTES).encoding == "utf-8"


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\n', "SEP=;\r", "\ufeffsep=;\n"])
def test_excel_s_separator_line_is_obeyed(first: str) -> None:
    shape = shape_of(f"{first}Name,a;Phone,b\nAsha,x;98402 22222\n".encode())
    assert (shape.delimiter, shape.lines_before, shape.has_header) == (";", 1, True)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Name;Phone;Amount\nAsha;98402 22222;1,5\nRavi;98402 33333;2,5\n", ";"),
        ("Rao, Asha;98402 22222\nKumar, Ravi;98402 33333\n", ";"),
        ("Name\tNote\nAsha\ta, b, c\nRavi\td, e, f\n", "\t"),
        ("Phone\n98402 22222\n98402 33333\n", ","),
        ('Name,Phone\n"a;b;c",98402 22222\n"d;e;f",98402 33333\n', ","),
        ("Name|Phone\nAsha|98402 22222 / 98402 33333\n", "|"),
        ("10:30 Asha\n10:45 Ravi\n", ","),
    ],
)
def test_the_delimiter_is_the_one_the_rows_agree_on(text: str, delimiter: str) -> None:
    shape = shape_of(text.encode())
    assert (
        shape.delimiter in {delimiter, ","}
        if delimiter == ";" and "Rao, Asha" in text
        else shape.delimiter == delimiter
    )


def test_single_quotes_and_backslashes_are_found_where_they_are_used() -> None:
    single = "Name,Phone\n'Rao, Asha','98402 22222'\n'Kumar, Ravi','98402 33333'\n"
    assert shape_of(single.encode()) == CsvShape(quote="'")
    assert shape_of(b"Name,Phone\nO'Brien,'+44 20 7946 0018\nD'Arcy,1\n").quote == '"'
    escaped = b'Name,Phone\n"Asha \\"A\\" Rao","98402 22222"\n'
    assert shape_of(escaped).escape == "\\"
    assert read_head(io.BytesIO(escaped), shape_of(escaped)).cells[0][0] == 'Asha "A" Rao'
    assert shape_of(b'Name,Path\n"Asha","C:\\"\n').escape == ""
    assert shape_of(b'Name,Note\n"Asha ""A""","x \\"y"\n').escape == ""


def test_titles_above_the_table_are_passed_over() -> None:
    assert shape_of(b"Contacts of Monday\n\nName,Phone\nAsha,98402 22222\n") == CsvShape(lines_before=2)
    assert shape_of(b"Asha,98402 22222\nRavi,98402 33333\n") == CsvShape(has_header=False)
    assert shape_of(b"Asha,Rao,98402 22222\nName,Phone\n").lines_before == 0


def test_a_person_may_choose_otherwise() -> None:
    shape = replace(shape_of(b"Name;Phone\nAsha;98402 22222\n"), delimiter="|", has_header=False)
    assert read_head(io.BytesIO(b"Name;Phone\n"), shape).cells == [("Name;Phone",)]


@pytest.mark.parametrize(
    "data", [b"\n", b"\0", b"\xff\xfe", b'"', b"\xef\xbb\xbf", b"sep=", b"sep=,", bytes(range(256)) * 20]
)
def test_there_is_always_a_shape(data: bytes) -> None:
    assert shape_of(data).delimiter in DELIMITERS

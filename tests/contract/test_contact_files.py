"""Contact files before an import: what they are, what they become, and how a person read them before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_files import DiskContactFiles
from c2c_desktop.adapters.contact_source import HEAD_BYTES, UnreadableFileError
from c2c_desktop.adapters.csv_shape import NoTableError
from c2c_desktop.adapters.mapping_file import MAPPINGS_FILE, MappingFile
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning
from c2c_desktop.domain.contact_import import FileLook, TableFormat
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.csv_shape import CsvShape
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.record_row import PREVIEWED_ROWS
from tests.contract.test_contact_import import binary, empty, folder, nothing, one_line, pipe, sparse, workbook

TABLE = "Wer;Was;Nummer\nAsha Rao;Acme;+91 98402 22222\nBen;Zed;020 7946 0018\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Asha Rao\r\nTEL:+91 98402 22222\r\nEND:VCARD\r\n"


@pytest.fixture
def files(tmp_path: Path) -> DiskContactFiles:
    return DiskContactFiles(MappingFile(tmp_path / "data"))


def write(tmp_path: Path, data: str | bytes, name: str = "people.csv") -> str:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


@pytest.mark.parametrize("make", [workbook, empty, folder, pipe, nothing])
def test_what_is_no_contact_file_is_refused_in_words(
    files: DiskContactFiles, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "odd.csv")
    with pytest.raises(UserFacingError) as caught:
        files.look(str(tmp_path / "odd.csv"))
    assert isinstance(caught.value, UnreadableFileError | NoTableError)
    with pytest.raises(UnreadableFileError):
        files.look("no\0name")


@pytest.mark.parametrize("name", ["odd.csv", "odd.vcf"])
@pytest.mark.parametrize("make", [binary, sparse, one_line])
def test_garbage_is_looked_at_and_no_more_of_it_than_the_beginning(
    files: DiskContactFiles, tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    make(tmp_path / name)
    look = files.look(str(tmp_path / name))
    assert look.size == (tmp_path / name).stat().st_size
    assert not any(isinstance(found, ContactRecord) and found.numbers for found in look.first)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CARD, "people.vcf"),
        (CARD, "people.txt"),
        ("\ufeff\r\n" + CARD, "people.csv"),
        (CARD.encode("utf-16"), "people"),
        (CARD.encode("utf-16-be"), "people"),
        ("stray\n" + CARD, "people.VCF"),
    ],
)
def test_cards_are_told_by_what_they_are(files: DiskContactFiles, tmp_path: Path, data: str | bytes, name: str) -> None:
    look = files.look(write(tmp_path, data, name))
    assert look.table is None
    assert [f.name for f in look.first if isinstance(f, ContactRecord)] == ["Asha Rao"]


def test_a_table_in_which_a_card_is_quoted_is_a_table(files: DiskContactFiles, tmp_path: Path) -> None:
    look = files.look(write(tmp_path, 'Name,Note,Phone\nAsha,"BEGIN:VCARD",+91 98402 22222\n'))
    assert look.table is not None


def test_the_first_of_many_cards_are_shown_and_none_that_is_cut(files: DiskContactFiles, tmp_path: Path) -> None:
    assert len(files.look(write(tmp_path, CARD * 1000, "a.vcf")).first) == PREVIEWED_ROWS
    long = CARD.replace("END", f"NOTE:{'x ' * 200_000}\r\nEND")
    look = files.look(write(tmp_path, long * 9, "b.vcf"))
    assert 0 < len(look.first) < PREVIEWED_ROWS
    assert look.size > HEAD_BYTES
    assert not [f for f in look.first if isinstance(f, SkippedRecord) and "no end" in f.reason]


def test_a_table_is_guessed_shown_and_read_as_the_person_says(files: DiskContactFiles, tmp_path: Path) -> None:
    path = write(tmp_path, TABLE)
    look = files.look(path)
    assert (look.header, look.is_remembered, [line for line, _ in look.rows]) == (
        ("Wer", "Was", "Nummer"),
        False,
        [2, 3],
    )
    assert look.table is not None
    assert look.table.shape.delimiter == ";"
    columns = (Column(Meaning.COMPANY), Column(Meaning.FULL_NAME), Column(Meaning.NUMBER))
    said = TableFormat(look.table.shape, ColumnMapping(columns))
    preview = files.preview(path, said)
    assert preview.table == said
    assert [(f.name, f.company) for f in preview.first if isinstance(f, ContactRecord)] == [
        ("Acme", "Asha Rao"),
        ("Zed", "Ben"),
    ]


def test_a_table_is_read_again_as_before(files: DiskContactFiles, tmp_path: Path) -> None:
    path = write(tmp_path, TABLE)
    look = files.look(path)
    assert look.table is not None
    said = ColumnMapping((Column(Meaning.COMPANY), Column(Meaning.FULL_NAME), Column(Meaning.NUMBER)))
    files.remember(files.preview(path, TableFormat(look.table.shape, said)))
    again = DiskContactFiles(MappingFile(tmp_path / "data")).look(path)
    assert again.is_remembered
    assert again.table == TableFormat(look.table.shape, said)
    assert (tmp_path / "data" / MAPPINGS_FILE).stat().st_mode & 0o777 == 0o600


def test_where_there_is_no_header_nothing_is_remembered(files: DiskContactFiles, tmp_path: Path) -> None:
    files.remember(files.look(write(tmp_path, "Asha,+91 98402 22222\nBen,020 7946 0018\n")))
    files.remember(files.look(write(tmp_path, CARD)))
    assert not (tmp_path / "data").exists()


LOOK = FileLook("x", 1, TableFormat(CsvShape(), ColumnMapping((Column(Meaning.FULL_NAME),))), header=("Wer",))


@pytest.mark.logs("a damaged file was set aside as csv-mappings.json.damaged-")
@pytest.mark.parametrize("damage", [b"{", b"[]", b"\xff\xfe\0"])
def test_a_damaged_memory_is_set_aside_and_goes_on_empty(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / MAPPINGS_FILE).write_bytes(damage)
    mappings = MappingFile(tmp_path)
    assert mappings.read().find(("Wer",)) is None
    DiskContactFiles(mappings).remember(LOOK)
    assert mappings.read().find(("Wer",)) is not None
    assert [path.read_bytes() for path in tmp_path.glob(f"{MAPPINGS_FILE}.damaged-*")] == [damage]


def test_what_makes_no_sense_in_the_memory_is_left_out(tmp_path: Path) -> None:
    mappings = MappingFile(tmp_path)
    DiskContactFiles(mappings).remember(LOOK)
    path = tmp_path / MAPPINGS_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | {"x": 3, "y": [["rule", "", 0, "guessed"]]}))
    assert len(mappings.read().by_fingerprint) == 1


def test_a_memory_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / MAPPINGS_FILE).mkdir()
    assert MappingFile(tmp_path).read().by_fingerprint == ()


def test_a_memory_that_cannot_be_written_is_told_in_words(read_only_folder: Path) -> None:
    with pytest.raises(StorageError, match="could not be stored"):
        DiskContactFiles(MappingFile(read_only_folder / "data")).remember(LOOK)

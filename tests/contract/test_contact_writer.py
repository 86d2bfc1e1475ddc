"""A contact file takes its place whole or not at all, and what was there before stays as long."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_writer import ContactFileWriter, write_records
from c2c_desktop.domain.contact_export import CancelledExportError, ExportFormat
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.errors import StorageError
from tests.contract.permissions import without_root
from tests.faults.full_disk import no_more_than

CSV = ExportFormat.CSV_FOR_PEOPLE
MANY = [ContactRecord(f"Asha {n}", note="x" * 500) for n in range(2_000)]


@pytest.fixture
def writer() -> ContactFileWriter:
    return ContactFileWriter()


def said(writer: ContactFileWriter, path: Path | str, kind: ExportFormat = CSV) -> str:
    """What is said where the file cannot be written."""
    with pytest.raises(StorageError) as caught:
        writer.write(MANY, str(path), kind)
    assert caught.value.title == "The contacts could not be exported"
    return caught.value.message


@pytest.mark.parametrize("kind", ExportFormat)
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, writer: ContactFileWriter, kind: ExportFormat) -> None:
    path = tmp_path / "contacts"
    path.write_text("old")
    with no_more_than(300_000):
        assert "no room left" in said(writer, path, kind)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["contacts"]


def test_a_disk_that_is_full_only_at_the_end_leaves_the_old_file(tmp_path: Path, writer: ContactFileWriter) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("old")
    with no_more_than(20), pytest.raises(StorageError, match="no room left"):
        writer.write([ContactRecord("Asha")], str(path), CSV)
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["contacts.csv"])


def test_a_folder_that_may_not_be_written_is_told(writer: ContactFileWriter) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "contacts.csv").write_text("old")
        folder.chmod(0o555)
        with without_root():
            assert said(writer, folder / "contacts.csv").startswith(f"{folder / 'contacts.csv'} cannot be written.")
        assert os.listdir(folder) == ["contacts.csv"]
        folder.chmod(0o700)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, writer: ContactFileWriter) -> None:
    (tmp_path / "file").write_text("")
    assert said(writer, tmp_path / "gone" / "a.csv") == f"There is no folder {tmp_path / 'gone'}. Choose another place."
    assert said(writer, tmp_path / "file" / "a.csv").startswith("There is no folder")


def test_a_folder_that_disappears_meanwhile_is_told(tmp_path: Path, writer: ContactFileWriter) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def records() -> Iterator[ContactRecord]:
        yield from MANY
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()

    with pytest.raises(StorageError, match="There is no folder"):
        writer.write(records(), str(folder / "a.csv"), CSV)
    assert os.listdir(tmp_path) == []


def test_a_name_that_is_too_long_is_told(tmp_path: Path, writer: ContactFileWriter) -> None:
    assert "cannot be written (File name too long)" in said(writer, tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    "error", [CancelledExportError(), StorageError("Your data", "It is damaged."), ValueError("x")]
)
def test_what_the_contacts_raise_passes_and_leaves_the_old_file(
    tmp_path: Path, writer: ContactFileWriter, error: Exception
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("old")

    def records() -> Iterator[ContactRecord]:
        yield from MANY
        raise error

    with pytest.raises(type(error)) as caught:
        writer.write(records(), str(path), CSV)
    assert caught.value is error
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["contacts.csv"])


def test_neither_a_folder_nor_a_device_is_replaced(tmp_path: Path, writer: ContactFileWriter) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert said(writer, tmp_path) == f"{tmp_path.name} is a folder. Choose another name."
    assert said(writer, tmp_path / "pipe") == "pipe is a device, not a file. Choose another name."
    assert "null is a device" in said(writer, "/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_an_unknown_trouble_is_told_too(tmp_path: Path, writer: ContactFileWriter) -> None:
    def records() -> Iterator[ContactRecord]:
        yield from MANY
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(StorageError, match=r"a\.csv cannot be written \(Input/output error\)"):
        writer.write(records(), str(tmp_path / "a.csv"), CSV)
    assert os.listdir(tmp_path) == []


def test_a_new_file_is_private_and_a_replaced_one_is_read_by_the_same(
    tmp_path: Path, writer: ContactFileWriter
) -> None:
    path = tmp_path / "contacts.csv"
    writer.write(MANY, str(path), CSV)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    writer.write(MANY[:1], str(path), CSV)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert len(path.read_bytes().splitlines()) == 2
    assert os.listdir(tmp_path) == ["contacts.csv"]


def test_a_link_stays_one(tmp_path: Path, writer: ContactFileWriter) -> None:
    link, target = tmp_path / "link.vcf", tmp_path / "real" / "contacts.vcf"
    target.parent.mkdir()
    link.symlink_to(target)
    assert writer.write(MANY[:2], str(link), ExportFormat.VCARD_4) == 0
    assert link.is_symlink()
    assert target.read_bytes().count(b"VERSION:4.0") == 2


@pytest.mark.parametrize(
    ("kind", "begin", "neutralised"),
    [
        (ExportFormat.CSV_FOR_PEOPLE, b"\xef\xbb\xbfName,", 1),
        (ExportFormat.CSV_FOR_PROGRAMS, b"Name,", 0),
        (ExportFormat.VCARD_3, b"BEGIN:VCARD\r\nVERSION:3.0", 0),
        (ExportFormat.VCARD_4, b"BEGIN:VCARD\r\nVERSION:4.0", 0),
    ],
)
def test_each_format_is_written(tmp_path: Path, kind: ExportFormat, begin: bytes, neutralised: int) -> None:
    with (tmp_path / "out").open("w+b") as stream:
        assert write_records([ContactRecord("=1+1")], stream, kind) == neutralised
        stream.seek(0)
        assert stream.read().startswith(begin)

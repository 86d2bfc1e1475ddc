"""A file is written whole or not at all, whatever goes wrong meanwhile; and for those who write through it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from c2c_desktop.adapters.contact_writer import ContactFileWriter
from c2c_desktop.adapters.diagnostics_bundle import Sources, write_bundle
from c2c_desktop.adapters.shared_file import SharedFile
from c2c_desktop.adapters.skipped_csv import save_skipped
from c2c_desktop.desktop.registration.replaced_file import replace_file
from c2c_desktop.domain.contact_export import ExportFormat
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.settings import Settings
from c2c_desktop.whole_file import NotAFileError, whole_file
from tests.faults.full_disk import no_more_than


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is to be replaced."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    return path


def assert_untouched(path: Path) -> None:
    assert (path.read_text(), os.listdir(path.parent)) == ("old", [path.name])


@pytest.mark.parametrize("size", [21, 1_000_000], ids=["at the end", "while it is written"])
def test_a_full_disk_leaves_the_old_file(path: Path, size: int) -> None:
    with no_more_than(20), pytest.raises(OSError, match="File too large"), whole_file(path) as file:
        file.write(b"x" * size)
    assert_untouched(path)


def test_a_name_that_cannot_be_taken_leaves_nothing_beside_it(path: Path) -> None:
    def write_while_it_becomes_a_folder() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            path.unlink()
            path.mkdir()
            (path / "mine").write_text("kept")

    with pytest.raises(IsADirectoryError):
        write_while_it_becomes_a_folder()
    assert os.listdir(path.parent) == [path.name]
    assert (path / "mine").read_text() == "kept"


def test_what_goes_wrong_in_the_block_passes_and_leaves_the_old_file(path: Path) -> None:
    def write_until_interrupted() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_until_interrupted()
    assert_untouched(path)


@pytest.mark.parametrize(("kind", "words"), [("folder", "It is a folder"), ("pipe", "It is a device, not a file")])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, kind: str, words: str) -> None:
    place = tmp_path / kind
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    with pytest.raises(NotAFileError) as caught, whole_file(place):
        pass
    assert caught.value.strerror == words
    assert os.listdir(tmp_path) == [kind]
    assert not place.is_file()


def test_the_old_file_is_there_until_the_new_one_is_whole(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert (path.read_text(), os.listdir(path.parent)) == ("new", [path.name])


@pytest.mark.parametrize(
    ("before", "private", "after"), [(None, False, 0o600), (0o644, False, 0o644), (0o644, True, 0o600)]
)
def test_a_new_file_is_private_and_a_replaced_one_is_read_by_the_same(
    path: Path, before: int | None, private: bool, after: int
) -> None:
    if before is None:
        path.unlink()
    else:
        path.chmod(before)
    with whole_file(path, private=private) as file:
        file.write(b"new")
    assert stat.S_IMODE(path.stat().st_mode) == after


def test_a_link_stays_one_even_to_nothing(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    for there in (True, False):
        if not there:
            path.unlink()
        with whole_file(link) as file:
            file.write(b"new")
        assert link.is_symlink()
        assert path.read_text() == "new"


def exported(path: Path) -> None:
    ContactFileWriter().write([ContactRecord("Asha")], str(path), ExportFormat.CSV_FOR_PEOPLE)


def left_out(path: Path) -> None:
    save_skipped(str(path), [SkippedRecord(1, "No.", "x")])


def stored(path: Path) -> None:
    SharedFile(path).write({"theme": "a" * 100})


def registered(path: Path) -> None:
    replace_file(path, b"[Desktop Entry]\nType=Application\n")


WRITERS = [exported, left_out, stored, registered]


@pytest.mark.parametrize("write", WRITERS)
def test_a_full_disk_is_told_and_leaves_the_old_file(path: Path, write: Callable[[Path], None]) -> None:
    with no_more_than(20), pytest.raises((UserFacingError, OSError)):
        write(path)
    assert_untouched(path)


@pytest.mark.parametrize("write", WRITERS)
def test_everybody_writes_through_a_link(path: Path, write: Callable[[Path], None]) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    write(link)
    assert link.is_symlink()
    assert path.read_text() != "old"


def bundle_of(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    admin = tmp_path / "none.json"
    return write_bundle(Sources(data, ("calls.sqlite3",), Settings(), "", admin, list), tmp_path / "a.zip").path


def test_on_a_full_disk_there_is_no_bundle(tmp_path: Path) -> None:
    with no_more_than(20), pytest.raises(UserFacingError, match="could not be saved"):
        bundle_of(tmp_path)
    assert os.listdir(tmp_path) == ["data"]


def test_a_bundle_is_its_owners_alone_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = bundle_of(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["a.zip", "data"]

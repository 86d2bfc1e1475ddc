"""The list that all programs of a user share: one line changes, and every other byte stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from c2c_desktop.desktop.registration.mimeapps_list import MimeAppsList
from c2c_desktop.domain.errors import StorageError

TEL = "x-scheme-handler/tel"
HEAD = "[Default Applications]"


def changed(folder: Path, text: str, value: str) -> str:
    path = folder / "mimeapps.list"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    chosen = MimeAppsList(path)
    chosen.set_default(TEL, value)
    chosen.save()
    return path.read_bytes().decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{HEAD}\n{TEL}=us\n"),
        ("# only a remark", f"# only a remark\n\n{HEAD}\n{TEL}=us\n"),
        (f"{HEAD}\n", f"{HEAD}\n{TEL}=us\n"),
        (f"{HEAD}\na=b", f"{HEAD}\na=b\n{TEL}=us\n"),
        (f"{HEAD}\na=b\n\n\n[X]\n{TEL}=c\n", f"{HEAD}\na=b\n{TEL}=us\n\n\n[X]\n{TEL}=c\n"),
        (f"[X]\n{TEL}=c\n{HEAD}\n#{TEL}=d\n", f"[X]\n{TEL}=c\n{HEAD}\n#{TEL}=d\n{TEL}=us\n"),
        (f"{HEAD}\n{TEL}=old;\na=b\n", f"{HEAD}\n{TEL}=us\na=b\n"),
        (f"{HEAD}\n{TEL} = old\n", f"{HEAD}\n{TEL}=us\n"),
        (f"{HEAD}\r\n{TEL}=old\r\na=b\r\n", f"{HEAD}\r\n{TEL}=us\r\na=b\r\n"),
        (f"{HEAD}\n{TEL}=old", f"{HEAD}\n{TEL}=us\n"),
        (f"{HEAD}\n{TEL}=1\na=b\n{TEL}=2\n[X]\n{HEAD}\n{TEL}=3\n", f"{HEAD}\n{TEL}=us\na=b\n[X]\n{HEAD}\n"),
        (f"{HEAD}\n{TEL}x=c\nx{TEL}=d\n", f"{HEAD}\n{TEL}x=c\nx{TEL}=d\n{TEL}=us\n"),
        (f"\udcff\udcfe\n{HEAD}\n\u2028\n", f"\udcff\udcfe\n{HEAD}\n\u2028\n{TEL}=us\n"),
    ],
)
def test_only_the_line_of_the_type_changes(before: str, after: str, tmp_path: Path) -> None:
    assert changed(tmp_path, before, "us") == after


@pytest.mark.parametrize("text", [f"{HEAD}\n{TEL}=old\na=b\n", f"{HEAD}\n{TEL}=old\na=b\n{TEL}=older\n"])
def test_nothing_as_a_value_takes_the_line_away(text: str, tmp_path: Path) -> None:
    assert changed(tmp_path, text, "") == f"{HEAD}\na=b\n"


def test_an_entry_is_taken_out_of_all_that_is_said_of_a_type(tmp_path: Path) -> None:
    path = tmp_path / "mimeapps.list"
    others = f"[Other]\n{TEL}=us;\n{HEAD}\nb=us\n"
    path.write_text(f"[Added Associations]\n{TEL}=us;a;\n[Removed Associations]\n{TEL}=us;\n{others}{TEL}=a;us;b\n")
    chosen = MimeAppsList(path)
    chosen.take_away("us", TEL)
    chosen.save()
    assert path.read_text() == f"[Added Associations]\n{TEL}=a;\n[Removed Associations]\n{others}{TEL}=a;b;\n"


def test_a_list_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "mimeapps.list"
    MimeAppsList(path).save()
    assert not path.exists()
    path.write_text(f"{HEAD}\n{TEL}=us\n")
    before = path.stat().st_ino
    chosen = MimeAppsList(path)
    chosen.set_default(TEL, "us")
    chosen.save()
    assert path.stat().st_ino == before


def test_a_link_to_the_list_stays_one_and_its_mode_stays(tmp_path: Path) -> None:
    real, path = tmp_path / "real", tmp_path / "mimeapps.list"
    real.write_text("")
    real.chmod(0o640)
    path.symlink_to(real)
    chosen = MimeAppsList(path)
    chosen.set_default(TEL, "us")
    chosen.save()
    assert path.is_symlink()
    assert real.read_text() == f"{HEAD}\n{TEL}=us\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_new_list_and_its_folder_are_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "config" / "mimeapps.list"
    chosen = MimeAppsList(path)
    chosen.set_default(TEL, "us")
    chosen.save()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_write_that_fails_leaves_the_list_and_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "mimeapps.list"
    chosen = MimeAppsList(path)
    chosen.set_default(TEL, "us")
    path.mkdir()
    (path / "in the way").touch()
    with pytest.raises(StorageError) as told:
        chosen.save()
    assert str(path) in told.value.message
    assert os.listdir(tmp_path) == ["mimeapps.list"]

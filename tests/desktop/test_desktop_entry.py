"""The entries that menus, docks and the login read: those of a package, and how any path is written in one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from c2c_desktop.desktop.registration.desktop_entry import (
    LINKS_ID,
    MENU_ID,
    entry_keys,
    entry_text,
    exec_line,
    exec_words,
    icon_path,
    links_entry,
    login_entry,
    menu_entry,
)
from c2c_desktop.desktop.registration.program_command import program_command
from c2c_desktop.desktop.registration.xdg_links import TYPES
from c2c_desktop.domain.errors import UserFacingError
from tests.desktop.program_rig import ROOT

PACKAGED = ROOT / "packaging/linux"


@pytest.mark.parametrize("name", [MENU_ID, LINKS_ID])
def test_the_entries_of_a_package_are_valid(name: str) -> None:
    done = subprocess.run(["desktop-file-validate", str(PACKAGED / name)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_package_brings_what_a_user_would_write_with_plain_names() -> None:
    opening = ("c2c-desktop", "open-link", "--")
    links = links_entry(opening, list(TYPES.values()), "c2c-desktop")
    assert (PACKAGED / MENU_ID).read_text() == menu_entry(("c2c-desktop",), "c2c-desktop")
    assert (PACKAGED / LINKS_ID).read_text() == links


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("/bin/c2c", "a"), "/bin/c2c a"),
        (("/bin/c2c", "two words", ""), '/bin/c2c "two words" ""'),
        (("/bin/c2c", "100%u"), "/bin/c2c 100%%u"),
        (("/bin/c2c", '$a`b"c\\d'), r'/bin/c2c "\$a\`b\"c\\d"'),
        (("/a b/c2c",), '/usr/bin/env "/a b/c2c"'),
        (("/a b=c/c2c",), '"/a b=c/c2c"'),  # env would take it for a variable
    ],
)
def test_words_are_quoted_as_the_specification_says(words: tuple[str, ...], line: str) -> None:
    assert exec_line(words) == line
    assert exec_line(words, "%u") == f"{line} %u"
    assert exec_words(line) == list(words)


@pytest.mark.parametrize("path", ["/a\nb", "/a\x1bb", "/a\udcffb", "/a\u202eb"])
def test_a_path_that_no_entry_can_hold_is_refused(path: str) -> None:
    with pytest.raises(UserFacingError) as told:
        exec_line((path,))
    assert told.value.message.isprintable()


@pytest.mark.parametrize("value", ["plain", "back\\slash", "\\s is no space", "a\tb\nc\r", "é = π; #"])
def test_a_value_is_read_as_it_was_written(value: str, tmp_path: Path) -> None:
    entry = tmp_path / "an.desktop"
    entry.write_text(entry_text({"Desktop Entry": {"Name": value}, "Desktop Action x": {"Name": "other"}}))
    assert entry_keys(entry) == {"Name": value}


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe=\x00", b"Name=stray\n[Other]\nName=no\n#Name=no\n"])
def test_what_is_no_entry_has_no_keys(content: bytes | None, tmp_path: Path) -> None:
    entry = tmp_path / "an.desktop"
    if content is None:
        entry.mkdir()
    else:
        entry.write_bytes(content)
    assert entry_keys(entry) == {}


def test_the_icon_is_a_file_that_is_there() -> None:
    assert Path(icon_path()).read_text().lstrip().startswith("<")
    assert f"Icon={icon_path()}\n" in login_entry(("/bin/c2c",))


def test_an_interpreter_is_started_with_the_module() -> None:
    words = program_command("/py/bin/python", "/src/c2c_desktop/__main__.py", {}, frozen=False, platform="linux")
    assert words == ("/py/bin/python", "-m", "c2c_desktop")


def test_a_console_script_is_started_by_the_path_it_was_called_by(tmp_path: Path) -> None:
    script, link = tmp_path / "real", tmp_path / "bin/c2c-desktop"
    script.write_text("")
    script.chmod(0o755)
    link.parent.mkdir()
    link.symlink_to(script)
    assert program_command("/py", str(link), {}, frozen=False, platform="linux") == (str(link),)
    script.chmod(0o644)  # no program any more
    assert program_command("/py", str(link), {}, frozen=False, platform="linux") == ("/py", "-m", "c2c_desktop")


def test_a_frozen_program_is_started_by_itself_and_an_appimage_by_its_file() -> None:
    assert program_command("/opt/c2c/c2c-desktop", "x", {}, frozen=True, platform="linux") == ("/opt/c2c/c2c-desktop",)
    own = {"APPIMAGE": "/home/me/c2c.AppImage"}
    assert program_command("/tmp/.mount/c2c-desktop", "x", own, frozen=True, platform="linux") == (own["APPIMAGE"],)


def test_on_windows_the_interpreter_is_the_one_without_a_console(tmp_path: Path) -> None:
    python, quiet = tmp_path / "python.exe", tmp_path / "pythonw.exe"
    assert program_command(str(python), "x", {}, frozen=False, platform="win32")[0] == str(python)
    quiet.touch()
    assert program_command(str(python), "x", {}, frozen=False, platform="win32")[0] == str(quiet)


def test_the_command_of_this_run_can_be_started_from_anywhere(tmp_path: Path) -> None:
    words = [*program_command(), "--version"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout.startswith("c2c-desktop ")

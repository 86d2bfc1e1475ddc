"""Starting at login: on Linux by an entry, on macOS by an agent, on Windows by a value of the registry."""

from __future__ import annotations

import plistlib
import subprocess
from pathlib import Path

import pytest

from c2c_desktop.desktop.registration.autostart import Autostart, autostart
from c2c_desktop.desktop.registration.macos_autostart import LABEL, MacosAutostart
from c2c_desktop.desktop.registration.windows_autostart import APPROVED_KEY, NAME, RUN_KEY, WindowsAutostart
from c2c_desktop.desktop.registration.xdg_autostart import XdgAutostart
from c2c_desktop.domain.errors import StorageError, UserFacingError
from tests.desktop.fake_registry import FakeRegistry
from tests.desktop.links_home import LinksHome

MENU = "c2c-desktop.desktop"


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


@pytest.fixture(params=["linux", "macos", "windows"])
def login(request: pytest.FixtureRequest, home: LinksHome) -> Autostart:
    """The login of each system; that of Windows over a registry that records."""
    words = (str(home.program(home.folder / "two words/c2c-desktop")),)
    if request.param == "linux":
        return autostart(command=words, environment=home.environment, platform="linux")
    if request.param == "macos":
        return MacosAutostart(words, home.home / "Library/LaunchAgents")
    return WindowsAutostart(words, FakeRegistry())


def test_it_is_off_until_it_is_turned_on_and_each_again_is_harmless(login: Autostart) -> None:
    assert not login.is_on()
    login.turn_off()
    assert not login.is_on()
    for _ in range(2):
        login.turn_on()
        assert login.is_on()
    for _ in range(2):
        login.turn_off()
        assert not login.is_on()


def test_turning_it_off_leaves_nothing(login: Autostart, home: LinksHome) -> None:
    login.turn_on()
    login.turn_off()
    assert home.files() == {}


def xdg(home: LinksHome, *command: str) -> XdgAutostart:
    words = command or (str(home.program(home.folder / "two words/c2c-desktop")),)
    return XdgAutostart(words, home.environment)


def test_a_folder_that_cannot_be_written_is_said(home: LinksHome) -> None:
    home.config.write_text("")
    with pytest.raises(StorageError) as told:
        xdg(home).turn_on()
    assert str(home.config) in told.value.message
    assert not xdg(home).is_on()
    xdg(home).turn_off()


def test_a_path_no_entry_can_hold_is_refused_and_it_stays_off(home: LinksHome) -> None:
    with pytest.raises(UserFacingError):
        xdg(home, "/two\nlines/c2c-desktop").turn_on()
    assert not xdg(home).is_on()


def test_the_entry_is_valid_and_starts_the_program_without_its_window(home: LinksHome) -> None:
    xdg(home).turn_on()
    entry = home.config / "autostart" / MENU
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    home.tool("gio", "launch", str(entry))
    assert home.started_with() == ["--minimized"]


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_was_turned_off_elsewhere_is_off_and_can_be_turned_on_again(line: str, home: LinksHome) -> None:
    xdg(home).turn_on()
    with (home.config / "autostart" / MENU).open("a") as entry:
        entry.write(f"{line}\n")
    assert not xdg(home).is_on()
    xdg(home).turn_on()
    assert xdg(home).is_on()


def test_an_entry_that_starts_nothing_is_off(home: LinksHome) -> None:
    folder = home.config / "autostart"
    folder.mkdir(parents=True)
    (folder / MENU).write_bytes(b"\xff\xfe")
    assert not xdg(home).is_on()


def test_what_the_system_starts_for_everybody_is_hidden_for_this_user(home: LinksHome) -> None:
    for_all = home.system / "etc/autostart" / MENU
    for_all.parent.mkdir(parents=True)
    for_all.write_text("[Desktop Entry]\nType=Application\nName=C2C Desktop\nExec=c2c-desktop --minimized\n")
    assert xdg(home).is_on()
    xdg(home).turn_off()
    assert not xdg(home).is_on()
    assert "Hidden=true" in (home.config / "autostart" / MENU).read_text()
    xdg(home).turn_on()
    assert xdg(home).is_on()


def test_the_agent_stands_where_launchd_looks(home: LinksHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home.home))
    autostart(command=("/c2c-desktop",), platform="darwin").turn_on()
    assert list(home.files()) == [f"Library/LaunchAgents/{LABEL}.plist"]


def test_the_agent_says_what_launchd_reads(tmp_path: Path) -> None:
    login = MacosAutostart(("/Applications/C2C Desktop.app/Contents/MacOS/c2c-desktop",), tmp_path)
    login.turn_on()
    keys = plistlib.loads((tmp_path / f"{LABEL}.plist").read_bytes())
    assert keys["Label"] == LABEL
    assert keys["RunAtLoad"] is True
    assert keys["ProgramArguments"] == ["/Applications/C2C Desktop.app/Contents/MacOS/c2c-desktop", "--minimized"]


@pytest.mark.parametrize(
    "content",
    [b"", b"<plist", b"bplist00nonsense", plistlib.dumps([]), plistlib.dumps({"RunAtLoad": True, "Disabled": True})],
)
def test_an_agent_that_is_damaged_or_disabled_is_off(content: bytes, tmp_path: Path) -> None:
    (tmp_path / f"{LABEL}.plist").write_bytes(content)
    assert not MacosAutostart(("/c2c-desktop",), tmp_path).is_on()


def test_the_value_of_the_registry_is_a_command_line() -> None:
    registry = FakeRegistry()
    WindowsAutostart((r"C:\Program Files\C2C\c2c-desktop.exe",), registry).turn_on()
    assert registry.read(RUN_KEY, NAME) == r'"C:\Program Files\C2C\c2c-desktop.exe" --minimized'


@pytest.mark.parametrize(
    ("first", "on"), [(b"", True), (b"\x02", True), (b"\x06", True), (b"\x03", False), (b"\x07", False)]
)
def test_what_the_task_manager_turned_off_is_off_until_it_is_turned_on_here(first: bytes, on: bool) -> None:
    registry = FakeRegistry()
    login = WindowsAutostart(("c2c-desktop.exe",), registry)
    login.turn_on()
    registry.values[APPROVED_KEY.lower(), NAME.lower()] = first + b"\x00" * 11 if first else b""
    assert login.is_on() is on
    login.turn_on()
    assert login.is_on()
    assert registry.read(APPROVED_KEY, NAME) is None


def test_a_registry_that_may_not_be_changed_is_said() -> None:
    registry = FakeRegistry()
    registry.is_locked = True
    with pytest.raises(StorageError):
        WindowsAutostart(("c2c-desktop.exe",), registry).turn_on()


def test_elsewhere_there_is_no_registry() -> None:
    with pytest.raises(NotImplementedError):
        autostart(command=("c2c-desktop.exe",), platform="win32")

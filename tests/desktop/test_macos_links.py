"""Links on macOS, over Launch Services that record, and the bundle's property list."""

from __future__ import annotations

import argparse
import plistlib
import re
from pathlib import Path

import pytest

from c2c_desktop.commands.links import run_links
from c2c_desktop.desktop.bus.bus_calls import NAME
from c2c_desktop.desktop.registration.link_handlers import SCHEMES, link_handler
from c2c_desktop.desktop.registration.macos_autostart import LABEL
from c2c_desktop.desktop.registration.macos_links import BUNDLE_ID, MacosLinks
from c2c_desktop.domain.errors import StorageError, UserFacingError
from tests.desktop.program_rig import ROOT

FACETIME = "com.apple.FaceTime"


class FakeLaunchServices:
    """Implements the `LaunchServices` port on a dictionary."""

    def __init__(self, bundle: str = BUNDLE_ID, openers: dict[str, str] | None = None) -> None:
        self.bundle = bundle
        self.openers = openers or {}
        self.asked: list[tuple[str, str]] = []
        self.error = 0

    def own_bundle(self) -> str:
        return self.bundle

    def opener(self, scheme: str) -> str:
        return self.openers.get(scheme, "")

    def choose(self, scheme: str, bundle: str) -> int:
        self.asked.append((scheme, bundle))
        if not self.error:
            self.openers[scheme] = bundle.lower()  # as the real ones may
        return self.error


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "c2c-desktop" / "links-before.json"


@pytest.mark.parametrize("bundle", ["", "org.python.python"])
def test_outside_its_bundle_it_says_what_to_do_and_changes_nothing(bundle: str, memory: Path) -> None:
    services = FakeLaunchServices(bundle)
    links = MacosLinks(services, memory)
    assert not links.is_available
    with pytest.raises(UserFacingError) as told:
        links.install()
    assert "Applications" in told.value.message
    assert services.asked == []


def test_a_system_that_refuses_is_an_error_with_its_number(memory: Path) -> None:
    services = FakeLaunchServices(openers={"tel": FACETIME})
    services.error = -54
    with pytest.raises(UserFacingError) as told:
        MacosLinks(services, memory).install()
    assert "tel (error -54)" in told.value.message
    assert "FaceTime" in told.value.message


def test_a_memory_that_cannot_be_written_changes_nothing(memory: Path) -> None:
    memory.parent.write_text("")
    services = FakeLaunchServices(openers={"tel": FACETIME})
    with pytest.raises(StorageError):
        MacosLinks(services, memory).install()
    assert services.openers == {"tel": FACETIME}


def test_the_status_names_programs_by_the_end_of_their_bundles(memory: Path) -> None:
    services = FakeLaunchServices(openers={"tel": FACETIME, "callto": "com.example.Odd\x1b\u202eName"})
    found = MacosLinks(services, memory).status()
    assert [(one.scheme, one.ours, one.holder) for one in found] == [
        ("tel", False, "FaceTime"),
        ("callto", False, "OddName"),
        ("sip", False, ""),
    ]


def test_installing_asks_for_all_three_and_again_for_nothing(memory: Path) -> None:
    services = FakeLaunchServices(openers={"tel": FACETIME})
    links = MacosLinks(services, memory)
    assert links.is_available
    links.install()
    assert services.asked == [(scheme, BUNDLE_ID) for scheme in SCHEMES]
    assert all(one.ours and one.holder == "C2C Desktop" for one in links.status())
    services.asked.clear()
    links.install()
    assert services.asked == []
    assert memory.stat().st_mode & 0o777 == 0o600


def test_removing_gives_back_what_somebody_had_and_leaves_what_another_took(memory: Path) -> None:
    services = FakeLaunchServices(openers={"tel": FACETIME, "callto": "com.example.Phone"})
    links = MacosLinks(services, memory)
    links.install()
    services.openers["callto"] = "com.example.Newer"
    services.asked.clear()
    links.remove()
    assert services.asked == [("tel", FACETIME)]
    assert services.openers["callto"] == "com.example.Newer"
    assert links.status()[2].ours  # nobody had sip, and macOS knows no nobody
    assert not memory.exists()
    links.remove()
    assert services.asked == [("tel", FACETIME)]


def test_the_command_says_what_is_left_for_the_person(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = MacosLinks(FakeLaunchServices(openers={"tel": FACETIME}), memory)
    words = {"install": False, "remove": False, "json": False, "sandbox": False, "data_dir": None}
    assert run_links(argparse.Namespace(**words | {"install": True}), links) == 0
    assert capsys.readouterr().out.startswith("tel: links open with C2C Desktop\n")
    assert run_links(argparse.Namespace(**words | {"remove": True}), links) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "tel: links open with facetime"
    assert told[-1] == "Choose another program for them in the system’s settings."


@pytest.mark.parametrize("kept", [b"", b"\xff", b"[]", b'{"tel": 1, "http": "com.example.Browser"}', b"[" * 100_000])
def test_a_damaged_memory_gives_nothing_back(kept: bytes, memory: Path) -> None:
    memory.parent.mkdir()
    memory.write_bytes(kept)
    services = FakeLaunchServices(openers={"tel": BUNDLE_ID})
    MacosLinks(services, memory).remove()
    assert services.asked == []


def test_the_bundle_says_which_links_it_opens() -> None:
    keys = plistlib.loads((ROOT / "packaging/macos/Info.plist").read_bytes())
    assert keys["CFBundleIdentifier"] == BUNDLE_ID
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){2,}", BUNDLE_ID)
    assert BUNDLE_ID.startswith(NAME.rpartition(".")[0] + ".")  # one reverse domain for bus and bundle
    (links,) = keys["CFBundleURLTypes"]
    assert tuple(links["CFBundleURLSchemes"]) == SCHEMES
    assert links["CFBundleTypeRole"] == "Viewer"


def test_the_bundle_opens_links_and_no_files() -> None:
    keys = plistlib.loads((ROOT / "packaging/macos/Info.plist").read_bytes())
    assert "CFBundleDocumentTypes" not in keys
    assert keys["CFBundlePackageType"] == "APPL"
    assert f'name="{keys["CFBundleExecutable"]}"' in (ROOT / "packaging/c2c-desktop.spec").read_text()


def test_the_login_item_bears_the_name_of_the_bundle() -> None:
    assert f"{BUNDLE_ID}.login" == LABEL


def test_elsewhere_there_are_no_launch_services() -> None:
    with pytest.raises(NotImplementedError):
        link_handler(platform="darwin", command=("/Applications/C2C Desktop.app/Contents/MacOS/c2c-desktop",))

"""`links`: makes the program open tel:, callto: and sip: links of a real desktop, says who does, gives them back."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from c2c_desktop.desktop.instance.door_address import door_address
from tests.desktop.links_home import LinksHome
from tests.e2e.rig import PATIENCE, Outcome

LINK = "tel:+442079460018;ext=12"
HEAVY = {"PySide6", "shiboken6", "httpx", "keyring", "phonenumbers", "sqlite3", "jeepney"}

# The command as the command line calls it; the first word is how the program was started.
_COMMAND = """\
import argparse, sys
from c2c_desktop.commands.links import run_links
parser = argparse.ArgumentParser()
for name in ("--install", "--remove", "--status", "--json", "--sandbox"):
    parser.add_argument(name, action="store_true")
parser.add_argument("--data-dir")
options = parser.parse_args(sys.argv[2:])
sys.argv[0] = sys.argv[1]
raise SystemExit(run_links(options))
"""


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


def links(home: LinksHome, *words: str, started_as: str = "", timed: tuple[str, ...] = ()) -> Outcome:
    """Run the command in that home, as the program that records its arguments or as the real one."""
    started_as = started_as or str(home.program(home.folder / "two $words/c2c-desktop"))
    measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_") and not timed}
    done = subprocess.run(
        [sys.executable, *timed, "-c", _COMMAND, started_as, *words],
        env={**measured, **home.environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_where_nobody_opens_links_the_status_is_1_and_says_how_to_change_that(home: LinksHome) -> None:
    outcome = links(home)
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.splitlines() == [
        "tel: links open with no program",
        "callto: links open with no program",
        "sip: links open with no program",
        "To change that: c2c-desktop links --install",
    ]
    assert links(home, "--status").out == outcome.out
    assert home.files() == {}


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_folder_that_cannot_be_written_is_status_1_with_what_to_do(words: tuple[str, ...], home: LinksHome) -> None:
    home.config.write_text("")
    outcome = links(home, "--install", *words)
    assert outcome.status == 1
    assert outcome.err.startswith("c2c-desktop: A file could not be changed. ")
    assert str(home.list) in outcome.err
    assert outcome.err.count("\n") == 1
    if words:
        assert outcome.told["fine"] is False
        assert f"c2c-desktop: {outcome.told['error']}\n" == outcome.err


def test_the_sandboxs_throw_away_data_takes_no_links(home: LinksHome) -> None:
    outcome = links(home, "--install", "--sandbox")
    assert outcome.status == 1
    assert "Leave out --sandbox" in outcome.err
    assert home.files() == {}
    assert links(home, "--install", "--sandbox", "--data-dir", str(home.folder / "kept")).status == 0


def test_inside_a_box_the_status_says_why_links_cannot_be_set_up(home: LinksHome) -> None:
    home.environment["FLATPAK_ID"] = "c2c"
    assert "the package itself" in links(home).out
    assert links(home, "--install").status == 1


def test_from_another_program_to_ours_and_back_as_a_real_desktop_sees_it(home: LinksHome) -> None:
    home.other("other.desktop", "Other Phone")
    assert links(home).out.startswith("tel: links open with Other Phone\n")
    assert links(home, "--install").out.splitlines()[0] == "tel: links open with C2C Desktop"
    assert links(home).status == 0
    assert "c2c-desktop-links.desktop" in home.tool("gio", "mime", "x-scheme-handler/tel").splitlines()[0]
    home.tool("gio", "open", LINK)
    assert home.started_with() == ["open-link", "--", LINK]
    home.choose("other.desktop")
    lost = links(home, "--json")
    assert lost.status == 1
    assert lost.told == {
        "fine": False,
        "error": "",
        "links": [
            {"scheme": "tel", "ours": False, "holder": "Other Phone"},
            {"scheme": "callto", "ours": True, "holder": "C2C Desktop"},
            {"scheme": "sip", "ours": True, "holder": "C2C Desktop"},
        ],
    }
    assert links(home, "--install").status == 0
    home.tool("gio", "open", "sip:+442079460018@example.com")
    assert home.started_with() == ["open-link", "--", "sip:+442079460018@example.com"]
    removed = links(home, "--remove")
    assert (removed.status, removed.err) == (0, "")
    assert removed.out.startswith("tel: links open with Other Phone\n")
    assert not list(home.applications.glob("c2c*"))


def test_xdg_open_finds_it_too(home: LinksHome) -> None:
    program = home.program(home.folder / "bin/c2c-desktop")
    assert links(home, "--install", started_as=str(program)).status == 0
    home.environment["DISPLAY"] = ":none"
    home.tool("xdg-open", LINK)
    assert home.started_with() == ["open-link", "--", LINK]


def test_a_clicked_link_reaches_the_instance_whose_data_folder_was_named(home: LinksHome) -> None:
    data = home.folder / "data of mine"
    data.mkdir()
    outcome = links(home, "--install", "--data-dir", str(data), started_as="-c")
    assert (outcome.status, outcome.err) == (0, "")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(door_address(data))
        door.listen(1)
        door.settimeout(PATIENCE)
        home.tool("gio", "open", LINK)
        asker, _ = door.accept()
        with asker:
            assert LINK in json.loads(asker.recv(4096)).values()


def test_it_loads_nothing_heavy(home: LinksHome) -> None:
    for words in (("--install",), ("--status",), ("--remove",)):
        told = links(home, *words, timed=("-X", "importtime"))
        assert told.status == 0
        names = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.err.splitlines()}
        assert "c2c_desktop" in names
        assert not names & HEAVY

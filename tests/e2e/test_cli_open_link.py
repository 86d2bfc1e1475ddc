"""`open-link`: one link to the running program, and nothing in it is ever read as anything else."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.services.door_line import answer_line
from tests.e2e.rig import PATIENCE, CommandLine, Outcome

LINK = "tel:+442079460018"


class Door:
    """Somebody at the door of a data folder, who answers every line with the same bytes; None never does."""

    def __init__(self, folder: Path, answer: bytes | None) -> None:
        self.lines: list[bytes] = []
        self._answer = answer
        folder.mkdir(parents=True, exist_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(door_address(folder))
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve, name="door")
        if answer is not None:
            self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        if self._answer is not None:
            self._thread.join(PATIENCE)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self.lines.append(connection.recv(4096))
                connection.sendall(self._answer or b"")


@pytest.fixture
def nowhere(line: CommandLine) -> CommandLine:
    """A command line without a screen: a window that would be opened says so instead."""
    line.environment.pop("QT_QPA_PLATFORM", None)
    return line


@pytest.fixture
def door(nowhere: CommandLine) -> Iterator[Door]:
    """A program that takes every link."""
    door = Door(nowhere.data, answer_line())
    yield door
    door.close()


def open_link(line: CommandLine, *words: str) -> Outcome:
    return line.bare("open-link", "--data-dir", str(line.data), "--", *words)


def asked(door: Door) -> list[str]:
    """The links that came to the door, which hold nothing besides."""
    told = [json.loads(said) for said in door.lines]
    assert all(said.keys() == {"v", "link"} and said["v"] == 1 for said in told)
    return [said["link"] for said in told]


@pytest.mark.parametrize(
    "word",
    [
        "--help",
        "--version",
        "--yes",
        "--sandbox",
        "--data-dir=elsewhere",
        "-h",
        "-tel:+442079460018",
        "dial",
        "",
        " ",
        "+442079460018",
        "https://example.com/?tel:+442079460018",
        "javascript:tel:1",
        "tel:+442079460018\nquit",
        "tel:+44\x1b[2J2079460018",
        "tel:" + "1" * 3000,
    ],
)
def test_what_is_no_link_is_refused_and_never_read_as_an_option(word: str, nowhere: CommandLine, door: Door) -> None:
    outcome = open_link(nowhere, word)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("c2c-desktop: That is no link to a phone number. ")
    assert outcome.err.count("\n") == 1
    assert door.lines == []


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--",),
        (LINK,),
        ("--", LINK, "--yes"),
        ("--", LINK, LINK),
        ("--", "--", LINK),
        (LINK, "--"),
        ("--yes", "--", LINK),
        ("--api-url", "http://127.0.0.1:1/v2", "--", LINK),
        ("--data", "x", "--", LINK),
        ("--data-dir", "--", LINK),
        ("--data-dir=", "--", LINK),
        ("--data-dir", "--sandbox", "--", LINK),
        ("--help", "--", LINK),
    ],
)
def test_any_other_order_of_words_is_bad_usage(words: tuple[str, ...], nowhere: CommandLine, door: Door) -> None:
    outcome = nowhere.bare("open-link", *words, C2C_DATA_DIR=str(nowhere.data))
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI\nc2c-desktop: ")
    assert door.lines == []


@pytest.mark.parametrize("words", [("--sandbox", "open-link"), ("--sandbox", "open-link", "--", LINK)])
def test_the_command_stands_first_so_that_no_link_meets_the_other_options(
    words: tuple[str, ...], nowhere: CommandLine
) -> None:
    outcome = nowhere.bare(*words)
    assert (outcome.status, outcome.out) == (2, "")
    assert "open-link" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    "link",
    [
        LINK,
        "TEL:+44-(0)20-7946-0018;ext=12?x=$(touch%20here)&y=`id`;rm -rf --yes",
        "callto://+442079460018",
        "sip:+442079460018@example.com;user=phone",
        "tel:०२०",
    ],
)
def test_a_link_is_handed_over_letter_by_letter(link: str, nowhere: CommandLine, door: Door) -> None:
    outcome = open_link(nowhere, link)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    assert asked(door) == [link]
    assert [path.name for path in nowhere.data.iterdir()] == ["link.sock"]


def test_the_folder_can_come_from_the_environment_or_with_an_equals_sign(nowhere: CommandLine, door: Door) -> None:
    assert nowhere.bare("open-link", "--", LINK, C2C_DATA_DIR=str(nowhere.data)).status == 0
    assert nowhere.bare("open-link", "--sandbox", f"--data-dir={nowhere.data}", "--", LINK).status == 0
    assert asked(door) == [LINK, LINK]


def test_a_link_the_program_does_not_take_ends_with_why(nowhere: CommandLine) -> None:
    door = Door(nowhere.data, answer_line("Too many \x1b[31mlinks\ncame at once."))
    outcome = open_link(nowhere, LINK)
    door.close()
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err == "c2c-desktop: The link was not taken. Too many [31mlinks came at once.\n"


@pytest.mark.parametrize("answer", [None, b"", b"\n", b"what?\n", b'{"taken": "yes"}\n', b'{"taken": true'])
def test_a_program_that_does_not_answer_is_given_up_within_a_second(answer: bytes | None, nowhere: CommandLine) -> None:
    door = Door(nowhere.data, answer)
    outcome = open_link(nowhere, LINK)
    door.close()
    assert (outcome.status, outcome.out) == (5, "")
    assert outcome.err == "c2c-desktop: The program does not answer. Nothing was called.\n"


@pytest.mark.parametrize("left", ["nothing", "a socket of a dead program", "a file", "no folder"])
def test_where_no_program_runs_and_no_window_can_open_it_says_so(left: str, nowhere: CommandLine) -> None:
    address = Path(door_address(nowhere.data))
    if left == "no folder":
        nowhere.data.write_text("a file in its place")
    else:
        nowhere.data.mkdir(parents=True)
    if left == "a file":
        address.write_text("")
    if left == "a socket of a dead program":
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(address))
    outcome = open_link(nowhere, LINK)
    assert (outcome.status, outcome.out) == (5, "")
    assert outcome.err.startswith("c2c-desktop: No program runs, and there is no display")


def test_handing_over_loads_nothing_heavy(nowhere: CommandLine, door: Door) -> None:
    command = ["-X", "importtime", "-m", "c2c_desktop", "open-link", "--data-dir", str(nowhere.data), "--", LINK]
    measured = {name: value for name, value in nowhere.environment.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, *command], env=measured, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    loaded = set(re.findall(r"^import time:.*\|\s+([A-Za-z_0-9]+)[.\w]*$", done.stderr, re.MULTILINE))
    assert "c2c_desktop" in loaded
    assert not loaded & {"PySide6", "shiboken6", "httpx", "keyring", "phonenumbers", "sqlite3", "jeepney"}
    assert asked(door) == [LINK]

"""The sandbox from the command line: alone as a service, and built into another command."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from c2c_desktop.sandbox.magic import MAGIC_NUMBERS
from tests.e2e.rig import HAPPY, PATIENCE, CommandLine


@dataclass
class Served:
    """A `sandbox` run that has said what it serves."""

    process: subprocess.Popen[str]
    welcome: dict[str, str]
    numbers: list[str]

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def serving(line: CommandLine, *arguments: str) -> Iterator[Served]:
    with line.running("sandbox", *arguments) as process:
        served = Served(process, {}, [])
        while not (told := served.line()).startswith("Any other number"):
            assert told, "the sandbox ended"
            if told.startswith("  +"):
                served.numbers.append(told.split()[0])
            else:
                name, _, value = told.partition(": ")
                served.welcome[name] = value.strip()
        yield served


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_on_a_signal(number: signal.Signals, line: CommandLine) -> None:
    with serving(line) as served:
        served.process.send_signal(number)
        assert served.process.wait(PATIENCE) == 0
        assert served.process.stderr is not None
        assert served.process.stderr.read() == "Stopped.\n"


def test_it_prints_what_to_call_and_logs_what_it_received(line: CommandLine) -> None:
    with serving(line) as served:
        assert served.numbers == [f"+{magic.number}" for magic in MAGIC_NUMBERS]
        line.api_url = served.welcome["API URL"]
        user_id, secret = served.welcome["User ID"], served.welcome["Secret"]
        outcome = line.run("dial", HAPPY, "--yes", "--user-id", user_id, "--secret-stdin", stdin=secret)
        assert outcome.status == 0
        received = served.line()
        assert re.match(r"\d\d:\d\d:\d\d received \{.*\} → 200$", received)
        assert '"to": 919840222222' in received
        assert secret not in received
        assert "leg a event started" in served.line()


def test_its_calls_live_as_fast_as_it_is_told(line: CommandLine) -> None:
    with serving(line, "--pace", "instant") as served:
        line.api_url = served.welcome["API URL"]
        user_id, secret = served.welcome["User ID"], served.welcome["Secret"]
        line.run("dial", HAPPY, "--yes", "--user-id", user_id, "--secret-stdin", stdin=secret)
        lines = [served.line() for _ in range(8)]
    assert [told.split(maxsplit=1)[1].strip() for told in lines[1:]] == [
        "leg a event started",
        "leg a event answered",
        "leg b event started",
        "leg b event answered",
        "leg a event hangup",
        "leg b cdr answered",
        "leg a cdr answered",
    ]


def test_it_listens_on_the_port_it_is_given(line: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(line, "--port", str(port)) as served:
        assert served.welcome["API URL"] == f"http://127.0.0.1:{port}/v2"


def test_a_port_that_is_taken_is_told(line: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = line.run("sandbox", "--port", str(port))
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == f"c2c-desktop: Port {port} cannot be used: Address already in use.\n"


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_is_none_is_bad_usage(port: str, line: CommandLine) -> None:
    outcome = line.run("sandbox", f"--port={port}")
    assert outcome.status == 2
    assert "is no port" in outcome.err


def test_it_goes_on_serving_when_nobody_reads_its_log(line: CommandLine) -> None:
    with serving(line) as served:
        assert served.process.stdout is not None
        served.process.stdout.close()
        line.api_url = served.welcome["API URL"]
        for _ in range(2):
            assert line.dial(HAPPY, "--yes").status == 0
        served.process.stdout = None
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("arguments", [("--sandbox", "dial"), ("dial", "--sandbox")], ids=["before", "after"])
def test_a_call_to_the_built_in_sandbox_leaves_nothing_behind(arguments: tuple[str, ...], line: CommandLine) -> None:
    outcome = line.bare(*arguments, HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"]) == (0, "INITIATED")
    assert [path for path in line.home.rglob("*") if path.is_file()] == []
    assert list((line.home / "tmp").iterdir()) == []


def test_the_sandbox_takes_neither_folder_nor_service_from_the_environment(line: CommandLine) -> None:
    outcome = line.bare(
        "--sandbox", "dial", HAPPY, "--yes", C2C_DATA_DIR=str(line.data), C2C_API_URL="https://telecmi.invalid/v2"
    )
    assert outcome.status == 0
    assert not line.data.exists()


def test_a_sandbox_with_a_folder_of_its_own_keeps_its_history(line: CommandLine) -> None:
    folder = ("--data-dir", str(line.data))
    for _ in range(2):
        assert line.bare("--sandbox", *folder, "dial", HAPPY, "--yes").status == 0
    assert len(line.bare("--sandbox", *folder, "history").out.splitlines()) == 2


def test_a_sandbox_keeps_away_from_a_folder_with_another_account(line: CommandLine) -> None:
    line.data.mkdir()
    settings = '{"accounts": [{"user_id": "102_1111112"}], "active_user_id": "102_1111112"}'
    (line.data / "settings.json").write_text(settings)
    outcome = line.bare("--sandbox", "--data-dir", str(line.data), "dial", HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"]) == (2, "CANCELLED")
    assert "your own data" in outcome.told["message"]
    assert (line.data / "settings.json").read_text() == settings


def test_a_sandbox_whose_folder_cannot_be_written_does_not_call(line: CommandLine) -> None:
    (line.home / "in the way").write_text("no folder")
    folder = str(line.home / "in the way" / "data")
    outcome = line.bare("--sandbox", "--data-dir", folder, "dial", HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"]) == (5, "NOT_SENT")


def test_signing_in_to_the_built_in_sandbox_stores_nothing(line: CommandLine) -> None:
    outcome = line.bare("--sandbox", "account", "set", "--user-id", "102_1111112", stdin="secret")
    assert outcome.out == "Signed in as 102_•••••12. The secret is forgotten with the sandbox.\n"
    assert [path for path in line.home.rglob("*") if path.is_file()] == []

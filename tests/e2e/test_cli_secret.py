"""The app secret shows up nowhere: not in files, output, arguments or environment, while a call is placed and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.sandbox.answers import USER_ID
from tests.e2e.rig import HAPPY, ONE_CALL, CommandLine, HoldingService, ended, interrupt

CANARY = "canary-Zq7w0vTj"


@pytest.fixture
def held(line: CommandLine) -> Iterator[HoldingService]:
    with HoldingService() as service:
        line.api_url = service.api_url
        yield service


def assert_nowhere(folder: Path) -> None:
    assert [path for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []


def assert_not_in_the_process(process_id: int) -> None:
    for name in ("cmdline", "environ"):
        assert CANARY.encode() not in Path(f"/proc/{process_id}/{name}").read_bytes()


@pytest.mark.parametrize("options", [(), ("--json",), ("--wait",)], ids=["words", "json", "wait"])
def test_a_secret_for_one_call_is_nowhere(options: tuple[str, ...], line: CommandLine, held: HoldingService) -> None:
    with line.running("dial", HAPPY, "--yes", *options, *ONE_CALL, stdin=f"{CANARY}\n") as process:
        held.wait()
        assert_not_in_the_process(process.pid)
        assert_nowhere(line.home)
        if "--wait" in options:
            outcome = interrupt(process)
        else:
            held.release()
            outcome = ended(process)
    assert held.body["secret"] == CANARY
    assert CANARY not in outcome.out + outcome.err
    assert_nowhere(line.home)


@pytest.mark.usefixtures("keyring")
def test_a_secret_of_the_keyring_is_nowhere_else(line: CommandLine, held: HoldingService, tmp_path: Path) -> None:
    signed_in = line.run("account", "set", "--user-id", USER_ID, stdin=f"{CANARY}\n")
    with line.running("dial", HAPPY, "--yes", "--json") as process:
        held.wait()
        assert_not_in_the_process(process.pid)
        held.release()
        outcome = ended(process)
    shown = line.run("account", "show")
    history = line.run("history", "--json")
    doctor = line.run("doctor")
    assert held.body["secret"] == CANARY
    assert outcome.told["state"] == "INITIATED"
    for run in (signed_in, outcome, shown, history, doctor):
        assert CANARY not in run.out + run.err
    assert_nowhere(tmp_path)


def test_the_environment_gives_no_secret(line: CommandLine) -> None:
    names = ("C2C_SECRET", "C2C_APP_SECRET", "C2C_USER_ID", "TELECMI_SECRET")
    outcome = line.run("dial", HAPPY, "--yes", "--json", **dict.fromkeys(names, CANARY))
    assert (outcome.status, outcome.told["state"]) == (5, "NOT_SENT")
    assert CANARY not in outcome.out + outcome.err

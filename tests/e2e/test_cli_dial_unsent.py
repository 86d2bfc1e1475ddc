"""`dial` where nothing is sent: the exit status, the words, and one JSON object all the same."""

from __future__ import annotations

import socket
import subprocess

import pytest

from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, PATIENCE, CommandLine, Outcome


def assert_unsent(outcome: Outcome, status: int, state: str, message: str, e164: str = "") -> None:
    assert outcome.status == status
    told = outcome.told
    assert (told["state"], told["e164"], told["request_id"], told["code"]) == (state, e164, "", None)
    assert message in told["message"]


@pytest.mark.parametrize(
    ("number", "status", "message"),
    [
        ("hello", 2, "no phone number"),
        ("", 2, "Type a number first"),
        ("\udcff", 2, "no phone number"),
        ("--yes", 2, "no phone number"),
        ("112", 3, "Emergency numbers cannot be called here"),
        ("*100#", 3, "service code"),
    ],
)
def test_what_cannot_be_dialled_is_not_sent_even_with_yes(
    number: str, status: int, message: str, line: CommandLine, service: SandboxServer
) -> None:
    assert_unsent(line.dial(number, "--yes", "--json"), status, "CANCELLED", message)
    assert service.received == []
    assert not line.data.exists()


def test_without_a_terminal_and_yes_nothing_is_sent(line: CommandLine, service: SandboxServer) -> None:
    outcome = line.dial(HAPPY, "--json")
    assert_unsent(outcome, 3, "CANCELLED", "use --yes to call without asking", HAPPY_E164)
    assert service.received == []
    assert line.calls() == []


def test_without_json_the_reason_stands_on_standard_error(line: CommandLine) -> None:
    outcome = line.dial(HAPPY)
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err == (
        "c2c-desktop: Not confirmed. There is no terminal to ask on; use --yes to call without asking.\n"
    )


def test_without_standard_input_nothing_is_sent(line: CommandLine) -> None:
    words = ["sh", "-c", 'exec "$@" <&-', "sh", *line.command("dial", *ONE_CALL, "--json", "--yes", HAPPY)]
    done = subprocess.run(words, capture_output=True, text=True, env=line.environment, timeout=PATIENCE, check=False)
    assert_unsent(Outcome(done.returncode, done.stdout, done.stderr), 2, "CANCELLED", "No secret was given")


def test_nobody_signed_in_is_not_sent(line: CommandLine) -> None:
    outcome = line.run("dial", HAPPY, "--yes", "--json")
    assert_unsent(outcome, 5, "NOT_SENT", "You are not signed in", HAPPY_E164)
    assert not line.data.exists()


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        ("", "No secret was given"),
        ("s" * 5000, "too long"),
        ("\udcff\n", "holds no text"),
    ],
)
def test_a_secret_that_is_none_is_bad_usage(stdin: str, message: str, line: CommandLine) -> None:
    done = subprocess.run(
        line.command("dial", *ONE_CALL, "--yes", "--json", HAPPY),
        input=stdin.encode("utf-8", "surrogateescape"),
        capture_output=True,
        env=line.environment,
        timeout=PATIENCE,
        check=False,
    )
    assert_unsent(Outcome(done.returncode, done.stdout.decode(), done.stderr.decode()), 2, "CANCELLED", message)


def test_a_data_folder_that_cannot_be_written_refuses_the_call_before_it_is_placed(
    line: CommandLine, service: SandboxServer
) -> None:
    line.data = line.home / "in the way" / "data"
    line.data.parent.write_text("no folder")
    assert_unsent(line.dial(HAPPY, "--yes", "--json"), 5, "NOT_SENT", "could not be stored", HAPPY_E164)
    assert service.received == []


def test_a_journal_that_cannot_take_the_intent_refuses_the_call(line: CommandLine, service: SandboxServer) -> None:
    line.dial(HAPPY, "--yes")
    newer = line.data / "calls.sqlite3"
    newer.write_bytes(newer.read_bytes()[:60] + (99).to_bytes(4, "big") + newer.read_bytes()[64:])
    assert_unsent(line.dial(HAPPY, "--yes", "--json"), 5, "NOT_SENT", "newer", HAPPY_E164)
    assert len(service.received) == 1


def test_a_service_that_is_not_there_is_not_sent(line: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line.api_url = f"http://127.0.0.1:{taken.getsockname()[1]}/v2"
    assert_unsent(line.dial(HAPPY, "--yes", "--json"), 5, "NOT_SENT", "could not be reached", HAPPY_E164)
    assert [call.state.value for call in line.calls()] == ["NOT_SENT"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--user-id", USER_ID), "go together"),
        (("--secret-stdin",), "go together"),
        (("--user-id", "", "--secret-stdin"), "User ID is missing"),
        (("--user-id", "somebody", "--secret-stdin"), "not a user ID"),
        (("--param", "ticket"), "not “ticket”"),
        (("--param", "a=\udcff"), "bytes that are no text"),
        (("--caller-id", "me"), "“me” is no number"),
        (("--caller-id", "04428889999"), "Write it with its country code"),
        (("--region", "Atlantis"), "'Atlantis' is no country"),
        (("--route", "both"), "invalid choice: 'both'"),
        (("--data-dir", ""), "it is empty"),
        (("--api-url", "http://192.0.2.1/v2"), "must start with https://"),
        (("--sandbox",), "Leave out --api-url"),
        (("too", "many"), "too many arguments"),
        (("--quickly",), "unknown option --quickly"),
    ],
)
def test_bad_usage_is_told_and_not_sent(
    options: tuple[str, ...], message: str, line: CommandLine, service: SandboxServer
) -> None:
    outcome = line.run("dial", HAPPY, "--yes", "--json", *options, stdin=SECRET)
    assert_unsent(outcome, 2, "CANCELLED", message)
    assert service.received == []


def test_a_missing_number_is_bad_usage(line: CommandLine) -> None:
    outcome = line.run("dial", "--json")
    assert_unsent(outcome, 2, "CANCELLED", "NUMBER-OR-LINK")
    assert outcome.err.startswith("usage: c2c-desktop dial ")

"""`dial` under the rules of the settings file: a question can be answered ahead, a refusal cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest

from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, CommandLine

SWITCHED_OFF = "Calls from the command line are switched off."


def rule(line: CommandLine, **guard: Any) -> None:
    line.data.mkdir(parents=True, exist_ok=True)
    (line.data / "settings.json").write_text(json.dumps({"guard": guard}))


@pytest.mark.parametrize(
    ("guard", "reason"),
    [
        ({"sources": {"command line": "refuse"}}, SWITCHED_OFF),
        ({"blocked_countries": ["IN"]}, "Your rules block calls to India."),
        ({"allowed_countries": ["GB"]}, "Your rules allow calls to United Kingdom only."),
        ({"blocked_prefixes": ["+9198"]}, "Your rules block calls to numbers that begin with +9198."),
    ],
)
def test_yes_does_not_answer_a_refusal(
    line: CommandLine, service: SandboxServer, guard: dict[str, Any], reason: str
) -> None:
    rule(line, **guard)
    outcome = line.dial(HAPPY, "--yes")
    assert outcome.status == 3
    assert reason in outcome.err
    assert (service.received, line.calls()) == ([], [])


def test_a_refusal_is_told_as_json_too(line: CommandLine, service: SandboxServer) -> None:
    rule(line, sources={"command line": "refuse"})
    outcome = line.dial(HAPPY, "--yes", "--json")
    assert outcome.status == 3
    assert outcome.told["state"] == "CANCELLED"
    assert SWITCHED_OFF in outcome.told["message"]
    assert service.received == []


def test_a_number_on_the_do_not_call_list_is_refused_and_a_list_in_trouble_asks(
    line: CommandLine, service: SandboxServer
) -> None:
    numbers = line.home / "do not call.csv"
    rule(line, do_not_call_file=str(numbers))
    assert "list cannot be read" in line.run("dial", HAPPY, "--dry-run", "--yes").out
    numbers.write_text("number,name\n098402 22222,Asha\n")
    outcome = line.dial(HAPPY, "--yes")
    assert outcome.status == 3
    assert "do-not-call list" in outcome.err
    assert service.received == []


@pytest.mark.parametrize("answers", [(), ("--yes",)])
def test_a_dry_run_says_what_the_rules_say(line: CommandLine, answers: tuple[str, ...]) -> None:
    rule(line, sources={"command line": "refuse"})
    outcome = line.run("dial", HAPPY, "--dry-run", "--json", *answers)
    assert (outcome.status, outcome.told["decision"], outcome.told["reason"]) == (0, "refuse", SWITCHED_OFF)


def test_a_command_line_that_is_trusted_does_not_ask(line: CommandLine, service: SandboxServer) -> None:
    rule(line, sources={"command line": "call", "pad": "refuse"})
    assert line.run("dial", HAPPY, "--dry-run", "--json").told["decision"] == "allow"
    assert line.dial(HAPPY).status == 0
    assert len(service.received) == 1


def test_yes_answers_a_question(line: CommandLine, service: SandboxServer) -> None:
    rule(line, kinds={"mobile": "ask"})
    outcome = line.dial(HAPPY, "--yes")
    assert outcome.status == 0
    assert "You want to be asked before calls to mobile numbers." in outcome.err
    assert len(service.received) == 1


@pytest.mark.parametrize("broken", ['{"guard": {"blocked_countries": ["IN"],}}', "\x00\x01"])
def test_yes_does_not_count_while_rules_cannot_be_read(line: CommandLine, service: SandboxServer, broken: str) -> None:
    line.data.mkdir(parents=True, exist_ok=True)
    (line.data / "settings.json").write_text(broken)
    for _ in range(2):  # the file is set aside by the first, and missing for the next
        outcome = line.dial(HAPPY, "--yes")
        assert outcome.status == 3
        assert "--yes does not count" in outcome.err
    assert line.run("dial", HAPPY, "--dry-run", "--yes", "--json").told["decision"] == "refuse"
    assert (service.received, line.calls()) == ([], [])

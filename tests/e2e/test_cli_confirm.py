"""`dial` at a terminal: it asks before it calls, and takes only a yes for one."""

from __future__ import annotations

import json

import pytest

from c2c_desktop.domain.call import CallState
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, CommandLine, HoldingService, Terminal

QUESTION = "Call +91 98402 22222 (India, mobile)? [y/N] "


def asked(terminal: Terminal) -> None:
    terminal.wait_for("App secret (not shown): ")
    terminal.press(f"{SECRET}\n")
    terminal.wait_for(QUESTION)


@pytest.mark.parametrize("answer", ["\n", "n\n", "yeah\n", "\x04"], ids=["enter", "no", "nearly", "end of input"])
def test_anything_but_yes_sends_nothing(answer: str, line: CommandLine, service: SandboxServer) -> None:
    with Terminal(line, "dial", HAPPY, *ONE_CALL) as terminal:
        asked(terminal)
        terminal.press(answer)
        outcome = terminal.end()
    assert (outcome.status, outcome.out) == (3, "")
    assert "Not confirmed. Nothing was sent." in outcome.err
    assert service.received == []
    assert line.calls() == []


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_yes_calls(answer: str, line: CommandLine, service: SandboxServer) -> None:
    with Terminal(line, "dial", HAPPY, "--json", *ONE_CALL) as terminal:
        asked(terminal)
        terminal.press(answer)
        outcome = terminal.end()
    assert outcome.status == 0
    assert outcome.told["state"] == "INITIATED"
    assert len(service.received) == 1


def test_the_secret_is_not_shown_while_it_is_typed(line: CommandLine) -> None:
    with Terminal(line, "dial", HAPPY, *ONE_CALL) as terminal:
        asked(terminal)
        terminal.press("y\n")
        outcome = terminal.end()
    assert SECRET not in outcome.err + outcome.out


def test_the_question_comes_after_what_there_is_to_think_about(line: CommandLine) -> None:
    line.dial(HAPPY, "--yes")
    with Terminal(line, "dial", HAPPY, *ONE_CALL) as terminal:
        asked(terminal)
        terminal.press("n\n")
        shown = terminal.end().err
    assert "You called this number " in shown[: shown.index(QUESTION)]


@pytest.mark.parametrize("moment", ["the secret", "the question"])
def test_ctrl_c_while_it_asks_sends_nothing(moment: str, line: CommandLine, service: SandboxServer) -> None:
    with Terminal(line, "dial", HAPPY, "--json", *ONE_CALL) as terminal:
        if moment == "the secret":
            terminal.wait_for("App secret")
        else:
            asked(terminal)
        terminal.press("\x03")
        outcome = terminal.end()
    assert outcome.status == 130
    assert (outcome.told["state"], outcome.told["message"]) == ("CANCELLED", "Interrupted.")
    assert outcome.told["e164"] == ("" if moment == "the secret" else HAPPY_E164)
    assert service.received == []


def test_ctrl_c_at_the_terminal_while_the_service_is_asked_is_uncertain(line: CommandLine) -> None:
    with HoldingService() as service:
        line.api_url = service.api_url
        with Terminal(line, "dial", HAPPY, "--yes", "--json", "--user-id", USER_ID, "--secret-stdin") as terminal:
            terminal.wait_for("App secret")
            terminal.press(f"{SECRET}\n")
            service.wait()
            terminal.press("\x03")
            outcome = terminal.end()
    assert outcome.status == 130
    assert json.loads(outcome.out)["state"] == "UNCERTAIN"
    assert [call.state for call in line.calls()] == [CallState.UNCERTAIN]

"""`dial` against the sandbox: what is sent, what comes of it, and the exit status of each outcome."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.sandbox.answers import USER_ID
from c2c_desktop.sandbox.magic import MAGIC_NUMBERS, Outcome
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, CommandLine

INITIATED, REFUSED, UNCERTAIN = (0, "INITIATED"), (4, "REFUSED"), (6, "UNCERTAIN")
ENDINGS = {
    Outcome.BAD_SECRET_STATUS: REFUSED,
    Outcome.BAD_SECRET_BODY: REFUSED,
    Outcome.FOLLOW_ME_REFUSED: REFUSED,
    Outcome.HTML_ERROR: UNCERTAIN,
    Outcome.ODD_MESSAGE: REFUSED,
    Outcome.NO_REQUEST_ID: INITIATED,
    Outcome.SLOW: INITIATED,
    Outcome.DROPPED: UNCERTAIN,
    Outcome.HALF_ANSWER: UNCERTAIN,
    Outcome.AGENT_MISSES: INITIATED,
    Outcome.AGENT_REJECTS: INITIATED,
    Outcome.CUSTOMER_BUSY: INITIATED,
    Outcome.CUSTOMER_MISSES: INITIATED,
    Outcome.TOO_MANY: REFUSED,
    Outcome.NO_BALANCE: INITIATED,
}


@pytest.mark.parametrize("magic", MAGIC_NUMBERS, ids=lambda magic: magic.outcome.name.lower())
def test_every_magic_number_has_its_exit_status_and_is_sent_once(
    magic: object, line: CommandLine, service: SandboxServer
) -> None:
    number = next(m for m in MAGIC_NUMBERS if m == magic)
    outcome = line.dial(f"+{number.number}", "--yes", "--json", "--route", "mobile")
    assert (outcome.status, outcome.told["state"]) == ENDINGS[number.outcome]
    assert outcome.told["e164"] == f"+{number.number}"
    assert outcome.told["message"]
    assert outcome.err == ""
    assert [request["to"] for request in service.received] == [number.number]
    assert [call.state.value for call in line.calls()] == [outcome.told["state"]]


def test_a_call_is_told_in_words_with_its_request_id(line: CommandLine) -> None:
    outcome = line.dial(HAPPY, "--yes")
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "INITIATED: Call initiated. Your softphone should ring: pick up to reach +91 98402 22222.",
        f"Request ID: {line.calls()[0].request_id}",
    ]
    assert outcome.err == ""


def test_a_call_without_a_request_id_is_told_without_one(line: CommandLine) -> None:
    outcome = line.dial("+917000000006", "--yes")
    assert outcome.status == 0
    assert len(outcome.out.splitlines()) == 1
    assert "cannot be traced" in outcome.out


def test_json_holds_what_the_service_answered(line: CommandLine) -> None:
    told = line.dial(HAPPY, "--yes", "--json").told
    call = line.calls()[0]
    assert told["request_id"] == call.request_id != ""
    assert (told["code"], told["message"]) == (200, "Call initiated")
    assert (told["source"], told["route"]) == (Source.COMMAND_LINE.value, "softphone")
    assert told["started_at"] == call.started_at


@pytest.mark.parametrize(
    ("route", "flags"), [("softphone", (True, False)), ("mobile", (False, True)), ("neither", (False, False))]
)
def test_the_route_is_what_the_service_is_asked(
    route: str, flags: tuple[bool, bool], line: CommandLine, service: SandboxServer
) -> None:
    assert line.dial(HAPPY, "--yes", "--route", route).status == 0
    assert (service.received[0]["webrtc"], service.received[0]["followme"]) == flags


def test_options_reach_the_service(line: CommandLine, service: SandboxServer) -> None:
    options = ("--caller-id", "+1 202-555-0142", "--param", "ticket=A=1", "--param", "läuft=ja")
    assert line.dial(HAPPY, "--yes", *options).status == 0
    assert service.received == [
        {
            "user_id": USER_ID,
            "secret": "•••",
            "to": 919840222222,
            "webrtc": True,
            "followme": False,
            "callerid": 12025550142,
            "extra_params": {"ticket": "A=1", "läuft": "ja"},
        }
    ]


@pytest.mark.parametrize(
    ("text", "options", "to"),
    [
        ("tel:+44-20-7946-0123", (), 442079460123),
        ("020 7946 0123", ("--region", "gb"), 442079460123),
        ("98402 22222", (), 919840222222),
    ],
)
def test_a_number_is_read_as_people_and_links_write_it(
    text: str, options: tuple[str, ...], to: int, line: CommandLine, service: SandboxServer
) -> None:
    assert line.dial(text, "--yes", *options).status == 0
    assert service.received[0]["to"] == to


def test_credentials_for_one_call_are_not_kept(line: CommandLine) -> None:
    assert line.dial(HAPPY, "--yes").status == 0
    assert line.run("account", "show").out == "No account. Use: c2c-desktop account set --user-id ID\n"
    assert {path.name for path in line.data.iterdir()} == {"calls.sqlite3"}


def test_a_wrong_secret_is_refused_by_the_service(line: CommandLine) -> None:
    outcome = line.run("dial", HAPPY, "--yes", "--json", *ONE_CALL, stdin="not-the-secret\n")
    assert outcome.status == 4
    assert (outcome.told["code"], outcome.told["message"]) == (404, "The user ID or app secret is wrong.")


def test_wait_follows_the_call_to_its_end(line: CommandLine) -> None:
    outcome = line.dial(HAPPY, "--yes", "--wait")
    assert outcome.status == 0
    states = [told.split()[0] for told in outcome.out.splitlines()]
    assert states == [
        "PLACING",
        "INITIATED",
        "AGENT_RINGING",
        "AGENT_ANSWERED",
        "CUSTOMER_RINGING",
        "CONNECTED",
        "ENDED",
    ]
    assert line.calls()[0].state is CallState.ENDED


def test_wait_with_json_prints_the_last_state_only(line: CommandLine) -> None:
    told = line.dial("+917000000012", "--yes", "--wait", "--json").told
    assert (told["state"], told["outcome"], told["message"]) == ("ENDED", "CUSTOMER_MISSED", "Busy")


def test_wait_ends_at_once_for_a_call_nobody_can_follow(line: CommandLine) -> None:
    outcome = line.dial("+917000000006", "--yes", "--wait")
    assert outcome.status == 0
    assert [told.split()[0] for told in outcome.out.splitlines()] == ["PLACING", "INITIATED"]


def test_yes_calls_the_same_number_again_and_says_why_it_would_have_asked(
    line: CommandLine, service: SandboxServer
) -> None:
    assert line.dial(HAPPY, "--yes").err == ""
    again = line.dial(HAPPY, "--yes", "--json")
    assert (again.status, again.told["e164"]) == (0, HAPPY_E164)
    assert again.err.startswith("You called this number ")
    assert len(service.received) == 2


def test_output_survives_a_terminal_that_lacks_the_characters(line: CommandLine) -> None:
    outcome = line.run("dial", "abc’", "--yes", "--json", PYTHONIOENCODING="ascii")
    assert outcome.status == 2
    assert "abc’" in outcome.told["message"]
    outcome = line.run("dial", "--dry-run", "+91 98402 22222", PYTHONIOENCODING="ascii")
    assert "\\u2192 +91 98402 22222" in outcome.out

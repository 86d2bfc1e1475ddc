"""`dial --dry-run`: says what would be dialled; sends nothing, stores nothing, needs nobody signed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, CommandLine

FROM_HERE = "The number comes from a command."


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def test_nothing_is_sent_and_no_file_is_written(line: CommandLine, service: SandboxServer) -> None:
    outcome = line.run("dial", HAPPY, "--dry-run", "--json")
    assert outcome.status == 0
    assert outcome.told == {
        "e164": HAPPY_E164,
        "country": "India",
        "kind": "mobile",
        "decision": "ask",
        "reason": FROM_HERE,
        "reading": "+91 98402 22222 → +91 98402 22222 (India)",
        "region": "IN",
        "post_dial": "",
    }
    assert service.received == []
    assert not line.data.exists()
    assert snapshot(line.home) == {}


@pytest.mark.parametrize(
    ("number", "status", "reason"),
    [
        ("112", 3, "Emergency numbers cannot be called here"),
        ("hello", 2, "no phone number"),
    ],
)
def test_what_cannot_be_dialled_is_refused(number: str, status: int, reason: str, line: CommandLine) -> None:
    outcome = line.run("dial", number, "--dry-run", "--json")
    assert outcome.status == status
    assert reason in outcome.told.pop("reason")
    assert outcome.told | {"reason": ""} == {"e164": "", "country": "", "kind": "", "decision": "refuse", "reason": ""}


def test_bad_usage_is_refused_in_the_same_shape(line: CommandLine) -> None:
    outcome = line.run("dial", HAPPY, "--dry-run", "--json", "--route", "both")
    assert outcome.status == 2
    assert outcome.told["decision"] == "refuse"


def test_the_words_say_how_the_number_is_read(line: CommandLine) -> None:
    outcome = line.run("dial", "--region", "GB", "--dry-run", "020 7946 0123")
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "020 7946 0123 → +44 20 7946 0123 (United Kingdom, your region)",
        f"United Kingdom, landline. Would ask. {FROM_HERE}",
    ]


def test_a_second_call_of_the_same_number_within_half_a_minute_would_ask(
    line: CommandLine, service: SandboxServer
) -> None:
    assert line.dial(HAPPY, "--yes").status == 0
    before = snapshot(line.home)
    told = line.run("dial", HAPPY, "--dry-run", "--json").told
    assert told["decision"] == "ask"
    assert told["reason"].startswith("You called this number ")
    assert told["reason"].endswith(FROM_HERE)
    assert snapshot(line.home) == before
    assert len(service.received) == 1


def test_with_yes_only_what_the_number_itself_gives_to_think_about_is_weighed(line: CommandLine) -> None:
    assert line.run("dial", HAPPY, "--dry-run", "--yes").out.endswith("India, mobile. Would allow.\n")
    told = line.run("dial", "+44 909 879 0000", "--dry-run", "--yes", "--json").told
    assert (told["kind"], told["decision"]) == ("premium rate", "ask")


def test_the_secret_of_one_call_is_not_even_read(line: CommandLine) -> None:
    assert line.run("dial", HAPPY, "--dry-run", "--json", *ONE_CALL, stdin="").status == 0


def test_digits_to_press_afterwards_are_told(line: CommandLine) -> None:
    outcome = line.run("dial", f"{HAPPY_E164},,1234#", "--dry-run", "--json")
    assert outcome.told["post_dial"].endswith("1234#")
    assert "Then press" in line.run("dial", f"{HAPPY_E164},,1234#", "--dry-run").out

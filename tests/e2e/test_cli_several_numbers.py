"""`dial` with a text that holds several numbers: nothing is sent, and the choices are told."""

from __future__ import annotations

import pytest

from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import ONE_CALL, CommandLine

SEVERAL = "+91 98402 22222 or +44 20 7946 0123"
CHOICES = [
    {"e164": "+919840222222", "shown": "+91 98402 22222", "country": "India", "kind": "mobile"},
    {"e164": "+442079460123", "shown": "+44 20 7946 0123", "country": "United Kingdom", "kind": "landline"},
]


def test_several_numbers_are_printed_with_how_to_call_one(line: CommandLine, service: SandboxServer) -> None:
    outcome = line.dial(SEVERAL, "--yes")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [
        f"c2c-desktop: Several numbers there. “{SEVERAL}” holds more than one number. Choose one.",
        "  c2c-desktop dial +919840222222    (+91 98402 22222, India, mobile)",
        "  c2c-desktop dial +442079460123    (+44 20 7946 0123, United Kingdom, landline)",
    ]
    assert service.received == []
    assert not line.data.exists()


def test_a_script_gets_the_choices_in_its_object(line: CommandLine, service: SandboxServer) -> None:
    outcome = line.dial(SEVERAL, "--yes", "--json")
    assert outcome.status == 2
    assert (outcome.told["state"], outcome.told["choices"]) == ("CANCELLED", CHOICES)
    assert service.received == []


@pytest.mark.parametrize("number", [SEVERAL, "+91 98402 22222, +44 20 7946 0123"])
def test_a_dry_run_gets_the_choices_too(number: str, line: CommandLine) -> None:
    outcome = line.run("dial", number, "--dry-run", "--json")
    assert outcome.status == 2
    assert (outcome.told["decision"], outcome.told["choices"]) == ("refuse", CHOICES)


def test_one_number_has_no_choices(line: CommandLine) -> None:
    assert "choices" not in line.run("dial", "hello", "--dry-run", "--json").told
    assert "choices" not in line.dial("+91 98402 22222", *ONE_CALL, "--json").told

"""`account` and `dial` on a real keyring of a bus of their own, and without any keyring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import HAPPY, HAPPY_E164, CommandLine, Terminal

MASKED = "101_•••••12"
SECOND = "102_1111112"


def files_with(text: str, folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


@pytest.mark.usefixtures("keyring")
def test_a_sign_in_is_kept_and_calls_until_it_is_forgotten(line: CommandLine, service: SandboxServer) -> None:
    outcome = line.run("account", "set", "--user-id", USER_ID, stdin=f"{SECRET}\n")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == f"Signed in as {MASKED}. The secret is in your keyring.\n"
    assert line.run("account", "show").out == f"* {MASKED}  region IN  rings softphone\n"
    assert line.run("dial", HAPPY, "--yes", "--json").told["state"] == "INITIATED"
    assert files_with(SECRET, line.home) == []

    outcome = line.run("account", "forget")
    assert (outcome.status, outcome.out) == (0, "Forgotten: the account and its secret are deleted.\n")
    assert line.run("account", "show").out.startswith("No account.")
    assert line.run("dial", HAPPY, "--yes", "--json").status == 5
    assert len(service.received) == 1


@pytest.mark.usefixtures("keyring")
def test_a_forgotten_secret_is_gone_from_the_keyring(line: CommandLine) -> None:
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    settings = (line.data / "settings.json").read_text()
    line.run("account", "forget", "--user-id", USER_ID)
    (line.data / "settings.json").write_text(settings)
    outcome = line.run("dial", HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"]) == (5, "NOT_SENT")
    assert outcome.told["message"].startswith("Sign in again. No app secret is stored")


@pytest.mark.usefixtures("keyring")
def test_the_secret_is_asked_for_at_a_terminal_without_being_shown(line: CommandLine) -> None:
    with Terminal(line, "account", "set", "--user-id", USER_ID) as terminal:
        terminal.wait_for("App secret (not shown): ")
        terminal.press(f"{SECRET}\n")
        outcome = terminal.end()
    assert outcome.status == 0
    assert SECRET not in outcome.err + outcome.out
    assert line.run("dial", HAPPY, "--yes").status == 0


def test_ctrl_c_at_the_prompt_changes_nothing(line: CommandLine) -> None:
    with Terminal(line, "account", "set", "--user-id", USER_ID) as terminal:
        terminal.wait_for("App secret (not shown): ")
        terminal.press("\x03")
        assert terminal.end().status == 130
    assert not line.data.exists()


@pytest.mark.usefixtures("keyring")
def test_the_newest_sign_in_is_the_one_calls_are_placed_with(line: CommandLine) -> None:
    line.run("account", "set", "--user-id", SECOND, "--region", "gb", stdin="another")
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    assert line.run("account", "show").out.splitlines() == [
        "  102_•••••12  region GB  rings softphone",
        f"* {MASKED}  region IN  rings softphone",
    ]
    assert line.run("account", "forget", "--user-id", SECOND).status == 0
    assert line.run("account", "show").out == f"* {MASKED}  region IN  rings softphone\n"


@pytest.mark.usefixtures("keyring")
def test_signing_in_again_changes_the_secret_and_keeps_what_belongs_to_the_account(line: CommandLine) -> None:
    line.run("account", "set", "--user-id", USER_ID, stdin="mistyped")
    settings = json.loads((line.data / "settings.json").read_text())
    settings["accounts"][0]["route"] = "mobile"
    (line.data / "settings.json").write_text(json.dumps(settings))
    line.run("account", "set", "--user-id", USER_ID, "--region", "GB", stdin=SECRET)
    assert line.run("account", "show").out == f"* {MASKED}  region GB  rings mobile\n"
    told = line.run("dial", "020 7946 0123", "--yes", "--json").told
    assert (told["state"], told["e164"], told["route"]) == ("INITIATED", "+442079460123", "mobile")


def test_a_locked_keyring_keeps_everything_as_it_was(line: CommandLine, keyring: KeyringBus) -> None:
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    keyring.lock()
    outcome = line.run("dial", HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"], outcome.told["e164"]) == (5, "NOT_SENT", HAPPY_E164)
    assert "keyring is locked" in outcome.told["message"]
    outcome = line.run("account", "forget")
    assert (outcome.status, outcome.out) == (1, "")
    assert "Your keyring is locked." in outcome.err
    assert line.run("account", "show").out.startswith("* ")


def test_without_a_keyring_nothing_is_stored_and_the_words_say_why(line: CommandLine) -> None:
    outcome = line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("c2c-desktop: This computer has no keyring. Nothing was stored.")
    assert "--secret-stdin" in outcome.err
    assert line.run("account", "show").out.startswith("No account.")
    assert files_with(SECRET, line.home) == []
    assert not line.data.exists()


def test_a_keyring_that_went_away_leaves_the_call_unsent(
    line: CommandLine, keyring: KeyringBus, service: SandboxServer
) -> None:
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    keyring.end()
    outcome = line.run("dial", HAPPY, "--yes", "--json")
    assert (outcome.status, outcome.told["state"]) == (5, "NOT_SENT")
    assert "keyring" in outcome.told["message"]
    assert service.received == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("set",), "--user-id"),
        (("set", "--user-id", "me"), "That is not a user ID."),
        (("set", "--user-id", USER_ID, "--secret", "canary"), "unknown option --secret"),
        (("set", "--user-id", USER_ID, "--secret=canary"), "unknown option --secret"),
        (("forget",), "No such account. Nothing was deleted."),
        ((), "ACTION"),
    ],
)
def test_bad_usage_is_told_and_changes_nothing(arguments: tuple[str, ...], message: str, line: CommandLine) -> None:
    outcome = line.run("account", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert "canary" not in outcome.err
    assert not line.data.exists()

"""The guard's rules in the settings file: readable, and what makes no sense never opens a door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.policy_json import policy_data, policy_from
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.policy import TRUST, CallingHours, GuardPolicy
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore

NONSENSE = "a rule in the settings makes no sense: guard"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def read(path: Path, guard: object) -> GuardPolicy:
    path.write_text(json.dumps({"guard": guard, "proxy": "http://127.0.0.1:1"}))
    settings = SettingsFile(path).load()
    assert settings.proxy == "http://127.0.0.1:1"
    return settings.guard


def test_the_rules_are_written_in_words_a_person_can_read_and_change(path: Path) -> None:
    policy = GuardPolicy(
        sources={**TRUST, Source.LINK: Verdict.REFUSE},
        allowed_countries=frozenset({"IT", "IN"}),
        calling_hours=CallingHours(9 * 60, 20 * 60),
    )
    SettingsFile(path).save(Settings(guard=policy, mask_numbers=True))
    data = json.loads(path.read_text())
    assert data["mask_numbers"] is True
    assert data["guard"]["sources"]["pad"] == "call"
    assert data["guard"]["sources"]["command line"] == "ask"
    assert data["guard"]["sources"]["link"] == "refuse"
    assert data["guard"]["kinds"] == {"premium rate": "ask", "shared cost": "ask", "satellite or global": "ask"}
    assert data["guard"]["allowed_countries"] == ["IN", "IT"]
    assert data["guard"]["calling_hours"] == "09:00-20:00"
    assert data["guard"]["rates"]["link"] == 10
    assert data["guard"]["rates"]["pad"] is None
    assert policy_from(policy_data(policy)) == (policy, ())


@pytest.mark.logs(NONSENSE)
@pytest.mark.parametrize("guard", [5, "ask", [], None, True], ids=repr)
def test_rules_that_are_no_object_leave_the_defaults(path: Path, guard: object) -> None:
    assert read(path, guard) == GuardPolicy()


@pytest.mark.logs(NONSENSE)
@pytest.mark.parametrize(
    ("rules", "field", "value"),
    [
        ({"sources": 5}, "sources", dict(TRUST)),
        ({"sources": {"pad": "refused"}}, "sources", {**TRUST, Source.PAD: Verdict.ASK}),
        ({"sources": {"pad": 1, "fax": "call"}}, "sources", {**TRUST, Source.PAD: Verdict.ASK}),
        ({"kinds": {"premium rate": "yes", "odd": "call"}}, "kinds", GuardPolicy().kinds),
        ({"unknown_country": "maybe"}, "unknown_country", Verdict.ASK),
        ({"unknown_country": None}, "unknown_country", Verdict.ASK),
        ({"allowed_countries": ["IN", "XX"]}, "allowed_countries", frozenset({"IN", "XX"})),
        ({"allowed_countries": 5}, "allowed_countries", frozenset({"5"})),
        ({"allowed_countries": [None]}, "allowed_countries", frozenset({"NULL"})),
        ({"allowed_prefixes": ["0091", "+", "x", 0]}, "allowed_prefixes", ()),
        ({"blocked_prefixes": ["+1900", "premium"]}, "blocked_prefixes", ("+1900",)),
        ({"do_not_call_file": 5}, "do_not_call_file", "5"),
        ({"do_not_call_file": ["list"]}, "do_not_call_file", '["list"]'),
        ({"calling_hours": "9-20"}, "calling_hours", CallingHours(0, 0)),
        ({"calling_hours": "09:60-20:00"}, "calling_hours", CallingHours(0, 0)),
        ({"calling_hours": "24:00-20:00"}, "calling_hours", CallingHours(0, 0)),
        ({"calling_hours": "09:00-24:01"}, "calling_hours", CallingHours(0, 0)),
        ({"calling_hours": 9}, "calling_hours", CallingHours(0, 0)),
        ({"duplicate_seconds": "30"}, "duplicate_seconds", 30),
        ({"duplicate_seconds": None}, "duplicate_seconds", 30),
        ({"duplicate_seconds": float("nan")}, "duplicate_seconds", 30),
        ({"undo_seconds": True}, "undo_seconds", 0),
        ({"rates": []}, "rates", GuardPolicy().rates),
        ({"rates": {"link": "ten", "fax": 1}}, "rates", GuardPolicy().rates),
        ({"refuse_while_locked": "no"}, "refuse_while_locked", True),
        ({"refuse_while_locked": None}, "refuse_while_locked", True),
        ({"trusted_for_contacts": ["link", "everything", 5]}, "trusted_for_contacts", frozenset({Source.LINK})),
    ],
    ids=repr,
)
def test_a_rule_that_makes_no_sense_is_said_and_falls_back_to_what_asks(
    path: Path, rules: dict[str, Any], field: str, value: object
) -> None:
    policy = read(path, {"undo_seconds": 3, "duplicate_seconds": 30, **rules})
    assert getattr(policy, field) == value
    if "undo_seconds" not in rules:
        assert policy.undo_seconds == 3


@pytest.mark.parametrize(
    ("rules", "field", "value"),
    [
        ({"undo_seconds": 9}, "undo_seconds", 5),
        ({"undo_seconds": -1}, "undo_seconds", 0),
        ({"undo_seconds": 2.0}, "undo_seconds", 2),
        ({"undo_seconds": float("inf")}, "undo_seconds", 5),
        ({"duplicate_seconds": 10**30}, "duplicate_seconds", 600),
        ({"duplicate_seconds": -5}, "duplicate_seconds", 0),
        ({"rates": {"link": 0, "hotkey": 10_000}}, "rates", {Source.LINK: 1, Source.HOTKEY: 600}),
        ({"rates": {"link": None}}, "rates", {Source.HOTKEY: 20}),
        ({"sources": {"link": " Allow "}}, "sources", {**TRUST, Source.LINK: Verdict.ALLOW}),
        ({"allowed_countries": "in, gb"}, "allowed_countries", frozenset({"IN", "GB"})),
        ({"blocked_prefixes": ["+44 (20)", "1900", "+4420"]}, "blocked_prefixes", ("+4420", "+1900")),
        ({"calling_hours": " 9:00 – 24:00 "}, "calling_hours", CallingHours(540, 1440)),
        ({"calling_hours": ""}, "calling_hours", None),
        ({"calling_hours": None}, "calling_hours", None),
        ({"do_not_call_file": None}, "do_not_call_file", ""),
    ],
    ids=repr,
)
def test_what_is_meant_is_read_and_what_is_too_much_is_limited(
    path: Path, rules: dict[str, Any], field: str, value: object
) -> None:
    assert getattr(read(path, rules), field) == value


@pytest.mark.logs(NONSENSE)
def test_nonsense_is_said_once_and_not_at_every_change(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_text(json.dumps({"guard": {"calling_hours": "late"}}))
    file = SettingsFile(path)
    for _ in range(3):
        file.load()
    assert [record.message for record in caplog.records] == [f"{NONSENSE}.calling_hours"]


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return sorted(record.getMessage() for record in caplog.records if record.levelname == "WARNING")


@pytest.mark.logs("a rule in the settings is not known")
@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"guard": {"do_not_call_list": "list.csv"}}, "guard.do_not_call_list"),
        ({"guard": {"block_countries": ["IN"]}}, "guard.block_countries"),
        ({"guard": {"guard.sources": "refuse", "undo_seconds": 1}}, "guard.guard.sources"),
        ({"gaurd": {"blocked_countries": ["IN"]}}, "gaurd"),
        ({"do_not_call_list": "list.csv"}, "do_not_call_list"),
        ({"blocked_countries": ["IN"]}, "blocked_countries"),
        ({"mask_number": True}, "mask_number"),
    ],
    ids=repr,
)
def test_a_rule_nobody_knows_is_said_once_by_its_name(
    path: Path, data: dict[str, Any], named: str, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_text(json.dumps({"of a newer version": 1, **data}))
    file = SettingsFile(path)
    for _ in range(2):
        file.load()
    assert warnings_of(caplog) == [f"a rule in the settings is not known: {named}"]
    assert file.settings_trouble == ""


@pytest.mark.logs(NONSENSE)
def test_an_entry_nobody_knows_is_said_once(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read(path, {"sources": {"fax": "refuse"}, "blocked_countries": ["India"]})
    assert warnings_of(caplog) == [f"{NONSENSE}.blocked_countries", f"{NONSENSE}.sources.fax"]


def test_names_may_be_written_with_underscores_and_are_stored_in_one_spelling(path: Path) -> None:
    guard = {"sources": {"command_line": "refuse"}, "trusted_for_contacts": ["command_line"]}
    path.write_text(json.dumps({"guard": guard}))
    file = SettingsFile(path)
    file.save(file.load())
    stored = json.loads(path.read_text())["guard"]
    assert stored["sources"]["command line"] == "refuse"
    assert "command_line" not in json.dumps(stored)
    assert file.load().guard.trusted_for_contacts == {Source.COMMAND_LINE}


@pytest.mark.logs("not known: guard.moon_phase")
def test_rules_of_a_newer_version_survive_a_save(path: Path) -> None:
    guard = {"moon_phase": {"a.b": "full"}, "undo_seconds": 1}
    path.write_text(json.dumps({"guard": guard}))
    file = SettingsFile(path)
    file.save(file.load())
    assert json.loads(path.read_text())["guard"]["moon_phase"] == {"a.b": "full"}


def test_two_programs_on_one_folder_keep_what_the_other_wrote(path: Path) -> None:
    ours, theirs = (Accounts(SettingsFile(path), MemorySecretStore(), ManualRunner(), FakeClock()) for _ in range(2))
    theirs.update_account(Account("102_1111112"))
    ours.change(guard=GuardPolicy(undo_seconds=3))
    theirs.change(guard=GuardPolicy(duplicate_seconds=60))
    ours.change(window_geometry="AdnQ")  # as at quitting
    stored = SettingsFile(path).load()
    assert stored.accounts == (Account("102_1111112"),)
    assert stored.guard == GuardPolicy(undo_seconds=3, duplicate_seconds=60)
    assert stored.window_geometry == "AdnQ"


@pytest.mark.logs("damaged file was set aside")
def test_a_file_damaged_meanwhile_is_set_aside_and_written_anew_with_all_that_is_known(path: Path) -> None:
    accounts = Accounts(SettingsFile(path), MemorySecretStore(), ManualRunner(), FakeClock())
    accounts.update_account(Account("101_1111112"))
    path.write_text("{")
    accounts.change(window_geometry="AdnQ")
    assert SettingsFile(path).load() == Settings(accounts=(Account("101_1111112"),), window_geometry="AdnQ")

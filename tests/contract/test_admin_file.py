"""An administrator's file: it sets, it locks, and one that cannot be relied on is never ignored."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.admin_file import MOST_BYTES, AdminFile, default_admin_file
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.composition import Options, options_from
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import TRUST, CallingHours, GuardPolicy
from c2c_desktop.domain.rule_keys import RULE_KEYS
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore

CANNOT = "Your administrator’s rules cannot be read: "
WORDS = "Set by your administrator: Example Ltd."
UNREADABLE = pytest.mark.logs("administrator's rules cannot be read")
HOURS = {"guard": {"calling_hours": "09:00-20:00"}}


class Rig:
    """One user's settings under an administrator's file."""

    def __init__(self, folder: Path) -> None:
        self.admin = folder / "policy.json"
        self.own = folder / "data" / "settings.json"
        self.own.parent.mkdir()
        self.file = SettingsFile(self.own, AdminFile(self.admin))

    def rule(self, **parts: Any) -> None:
        self.admin.write_text(json.dumps(parts))

    def chose(self, **settings: Any) -> None:
        self.own.write_text(json.dumps(settings))

    def stored(self) -> dict[str, Any]:
        return dict(json.loads(self.own.read_text()))

    def accounts(self) -> Accounts:
        return Accounts(self.file, MemorySecretStore(), ManualRunner(), FakeClock())


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


def trouble_of(rig: Rig) -> str:
    rig.file.load()
    assert rig.file.rules_trouble.startswith(CANNOT)
    return rig.file.rules_trouble.removeprefix(CANNOT)


@UNREADABLE
@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"set": []}',
        b'{"lock": "guard"}',
        b'{"lock": [5]}',
        b'{"note": 5}',
    ],
    ids=lambda damage: repr(damage[:20]),
)
def test_a_damaged_file_is_told_and_stays_where_it_is(rig: Rig, damage: bytes) -> None:
    rig.admin.write_bytes(damage)
    assert trouble_of(rig) == "the file is damaged."
    assert rig.admin.read_bytes() == damage


@UNREADABLE
def test_a_file_anybody_can_change_is_not_trusted(rig: Rig) -> None:
    rig.rule(set={"guard": {"sources": {"link": "call"}}})
    rig.admin.chmod(0o646)
    assert trouble_of(rig) == "anybody on this computer can change them."
    assert rig.file.load().guard == GuardPolicy()


@UNREADABLE
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_told_and_keeps_nobody_waiting(rig: Rig, kind: str) -> None:
    if kind == "folder":
        rig.admin.mkdir()
    else:
        os.mkfifo(rig.admin)
    assert trouble_of(rig) in {"it is no file.", "Is a directory."}


@UNREADABLE
def test_a_file_of_any_length_is_not_read(rig: Rig) -> None:
    rig.admin.write_bytes(b" " * (MOST_BYTES + 1))
    assert trouble_of(rig) == "the file is too long."


@UNREADABLE
def test_a_file_nobody_lets_us_read_is_told(unreadable_folder: Path) -> None:
    file = AdminFile(unreadable_folder / "policy.json")
    assert file.read().trouble == f"{CANNOT}Permission denied."
    assert not file.is_stale()


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"guard": {"calling_hours": "late"}}, "guard.calling_hours"),
        ({"guard": {"sources": {"link": "no"}}}, "guard.sources.link"),
        ({"guard": {"sources": "refuse"}}, "guard.sources"),
        ({"guard": {"allowed_countries": ["ZZ"]}}, "guard.allowed_countries"),
        ({"guard": "strict"}, "guard"),
        ({"mask_numbers": "yes"}, "mask_numbers"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_and_the_others_hold(rig: Rig, rules: dict[str, Any], named: str) -> None:
    rig.rule(set={**rules, **({"mask_numbers": True} if "mask_numbers" not in rules else {})})
    assert trouble_of(rig) == f"“{named}” makes no sense."
    assert rig.file.load().mask_numbers is True


@UNREADABLE
def test_what_could_be_read_last_stays_in_force_until_the_file_is_mended(rig: Rig) -> None:
    rig.rule(set=HOURS, lock=["guard"])
    accounts = rig.accounts()
    assert accounts.rules_trouble == ""
    rig.admin.write_text("{")
    assert accounts.bring_up_to_date().guard.calling_hours == CallingHours(540, 1200)
    assert accounts.rules_trouble == f"{CANNOT}the file is damaged."
    assert "guard.sources" in accounts.locks
    rig.rule(set={"guard": {"undo_seconds": 5}})
    assert accounts.bring_up_to_date().guard == GuardPolicy(undo_seconds=5)
    assert (accounts.rules_trouble, dict(accounts.locks)) == ("", {})


def test_without_a_file_there_are_no_rules_and_no_locks(rig: Rig) -> None:
    assert rig.file.load() == Settings()
    assert (rig.file.rules_trouble, dict(rig.file.locks), rig.file.is_stale()) == ("", {}, False)
    assert not SettingsFile(rig.own).is_stale()


def test_a_file_that_goes_away_takes_its_rules_with_it(rig: Rig) -> None:
    rig.rule(set=HOURS, lock=["guard.calling_hours"])
    accounts = rig.accounts()
    rig.admin.unlink()
    assert accounts.bring_up_to_date() == Settings()


UNKNOWN = pytest.mark.logs("say something unknown")


@UNKNOWN
def test_what_nobody_knows_is_named_and_the_rest_holds(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    guard = {"moon": 1, "sources": {"fax": "refuse", "link": "refuse"}}
    rig.rule(colour="red", set={"theme": "dark", "guard": guard}, lock=["guard.moon", "guard.sources.link"])
    settings = rig.file.load()
    assert {record.getMessage().partition(": ")[2] for record in caplog.records} == {
        "colour",
        "set.theme",
        "set.guard.moon",
        "set.guard.sources.fax",
        "lock guard.moon",
    }
    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.guard.sources == {**TRUST, Source.LINK: Verdict.REFUSE}
    assert set(rig.file.locks) == {"guard.sources.link"}
    assert rig.file.rules_trouble == (
        "The administrator’s file has rules this program does not know: colour, theme, guard.moon and 1 other."
    )


@UNKNOWN
@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"set": {"guard": {"block_countries": ["IN"]}}}, "guard.block_countries"),
        ({"set": {"gaurd": {"blocked_countries": ["IN"]}}}, "gaurd"),
        ({"set": {"guard": {"kinds": {"mobil": "refuse"}}}}, "guard.kinds.mobil"),
        ({"set": {"guard": {"sources": {"commandline": "refuse"}}}}, "guard.sources.commandline"),
        ({"locks": ["guard"]}, "locks"),
        ({"lock": ["guard.block_countries"]}, "guard.block_countries"),
        ({"lock": ["guards"]}, "guards"),
        ({"lock": [""]}, "“”"),
        ({"set": {"guard": {"block_countries": ["IN"]}}, "lock": ["guard.block_countries"]}, "guard.block_countries"),
        ({"set": {"x\u202ey" * 41: 1}}, "xy" * 39 + "x…"),
    ],
)
def test_a_misspelt_rule_is_trouble_and_named(rig: Rig, parts: dict[str, Any], named: str) -> None:
    rig.rule(**parts)
    accounts = rig.accounts()
    assert accounts.rules_trouble == f"The administrator’s file has a rule this program does not know: {named}."
    rig.rule()
    accounts.bring_up_to_date()
    assert accounts.rules_trouble == ""


@UNKNOWN
def test_a_rule_nobody_knows_and_one_that_makes_no_sense_are_both_told(rig: Rig) -> None:
    rig.rule(set={"guard": {"moon": 1, "calling_hours": "late"}})
    assert trouble_of(rig) == (
        "“guard.calling_hours” makes no sense."
        " The administrator’s file has a rule this program does not know: guard.moon."
    )


def test_names_may_be_written_with_underscores(rig: Rig) -> None:
    guard = {
        "sources": {"command_line": "refuse"},
        "rates": {"command_line": 5},
        "kinds": {"premium_rate": "refuse"},
        "trusted_for_contacts": ["command_line"],
    }
    rig.rule(set={"guard": guard}, lock=["guard.sources.command_line", "guard.kinds.premium_rate"])
    accounts = rig.accounts()
    policy = accounts.settings.guard
    assert accounts.rules_trouble == ""
    assert policy.sources[Source.COMMAND_LINE] is Verdict.REFUSE
    assert policy.rates[Source.COMMAND_LINE] == 5
    assert policy.kinds[LineKind.PREMIUM] is Verdict.REFUSE
    assert policy.trusted_for_contacts == {Source.COMMAND_LINE}
    assert set(accounts.locks) == {"guard.sources.command line", "guard.kinds.premium rate"}


def test_a_rule_written_in_both_spellings_makes_no_sense(rig: Rig) -> None:
    rig.rule(set={"guard": {"sources": {"command line": "call", "command_line": "refuse"}}})
    assert trouble_of(rig) == "“guard.sources.command line” makes no sense."
    assert rig.file.load().guard.sources == dict(TRUST)
    rig.rule(set={"guard": {"sources": {"command line": "refuse", "command_line": "refuse"}}})
    assert rig.file.load().guard.sources[Source.COMMAND_LINE] is Verdict.REFUSE
    assert rig.file.rules_trouble == ""


@UNREADABLE
@pytest.mark.logs("damaged file was set aside")
def test_an_administrator_s_trouble_and_the_user_s_own_are_both_told(rig: Rig) -> None:
    rig.admin.write_text("{")
    rig.own.write_text("{")
    accounts = rig.accounts()
    assert accounts.rules_trouble == f"{rig.file.rules_trouble} {rig.file.settings_trouble}"
    assert rig.file.rules_trouble == f"{CANNOT}the file is damaged."
    accounts.change(theme=ThemeChoice.DARK)
    assert accounts.rules_trouble == f"{CANNOT}the file is damaged."
    accounts.remember(window_geometry="AdnQ")
    assert rig.stored()["window_geometry"] == "AdnQ"


# Set, and not locked


def test_a_rule_that_is_set_is_a_default_the_user_may_change(rig: Rig) -> None:
    rig.rule(set={**HOURS, "mask_numbers": True})
    accounts = rig.accounts()
    assert accounts.settings == Settings(guard=GuardPolicy(calling_hours=CallingHours(540, 1200)), mask_numbers=True)
    accounts.change(mask_numbers=False, guard=replace(accounts.settings.guard, calling_hours=None))
    assert SettingsFile(rig.own, AdminFile(rig.admin)).load() == Settings()


def test_a_default_nobody_changed_stays_the_administrator_s(rig: Rig) -> None:
    rig.rule(set={"guard": {"calling_hours": "9:00-20:00", "rates": {"link": None, "tray": 5}}})
    rig.accounts().change(theme=ThemeChoice.DARK)
    assert "calling_hours" not in rig.stored()["guard"]
    rig.rule(set={"guard": {"calling_hours": "10:00-18:00"}})
    settings = rig.file.load()
    assert settings.guard == GuardPolicy(calling_hours=CallingHours(600, 1080))


def test_what_the_user_chose_before_wins_over_a_default(rig: Rig) -> None:
    rig.chose(guard={"calling_hours": "10:00-18:00", "sources": {"hotkey": "call"}})
    rig.rule(set={"guard": {"calling_hours": "09:00-20:00", "sources": {"link": "refuse", "hotkey": "refuse"}}})
    guard = rig.file.load().guard
    assert guard.calling_hours == CallingHours(600, 1080)
    assert guard.sources == {**TRUST, Source.HOTKEY: Verdict.ALLOW, Source.LINK: Verdict.REFUSE}


# Locked


def test_a_locked_rule_wins_over_the_user_s_and_is_not_overwritten_in_their_file(rig: Rig) -> None:
    rig.chose(guard={"calling_hours": "00:00-24:00", "sources": {"link": "call"}}, mask_numbers=False)
    rig.rule(
        note="Set by Example Ltd.",
        set={"guard": {"calling_hours": "09:00-20:00", "sources": {"link": "refuse"}}, "mask_numbers": True},
        lock=["guard.calling_hours", "guard.sources.link", "mask_numbers"],
    )
    accounts = rig.accounts()
    assert accounts.settings.guard.calling_hours == CallingHours(540, 1200)
    assert accounts.settings.guard.sources[Source.LINK] is Verdict.REFUSE
    assert accounts.settings.mask_numbers is True
    assert dict(accounts.locks) == dict.fromkeys(["guard.calling_hours", "guard.sources.link", "mask_numbers"], WORDS)
    accounts.change(theme=ThemeChoice.DARK, guard=replace(accounts.settings.guard, undo_seconds=5))
    stored = rig.stored()
    assert stored["guard"]["calling_hours"] == "00:00-24:00"
    assert stored["guard"]["sources"]["link"] == "call"
    assert stored["guard"]["undo_seconds"] == 5
    assert stored["mask_numbers"] is False
    rig.admin.unlink()
    assert rig.file.load().guard.calling_hours == CallingHours(0, 1440)


def test_a_rule_that_is_locked_without_a_value_is_locked_at_its_default(rig: Rig) -> None:
    rig.chose(guard={"sources": {"link": "call", "hotkey": "call"}})
    rig.rule(lock=["guard.sources.link"])
    assert rig.file.load().guard.sources == {**TRUST, Source.HOTKEY: Verdict.ALLOW}
    rig.rule(lock=["guard.sources"])
    assert rig.file.load().guard.sources == dict(TRUST)


@pytest.mark.parametrize("key", sorted(f"guard.{field.name}" for field in fields(GuardPolicy)))
def test_every_rule_can_be_locked(rig: Rig, key: str) -> None:
    rig.rule(lock=[key])
    accounts = rig.accounts()
    other = GuardPolicy(
        sources={**TRUST, Source.PAD: Verdict.ASK},
        kinds={},
        unknown_country=Verdict.ALLOW,
        allowed_countries=frozenset({"IN"}),
        blocked_countries=frozenset({"GB"}),
        allowed_prefixes=("+1",),
        blocked_prefixes=("+2",),
        do_not_call_file="/list",
        calling_hours=CallingHours(1, 2),
        duplicate_seconds=1,
        rates={},
        refuse_while_locked=False,
        trusted_for_contacts=frozenset({Source.LINK}),
        undo_seconds=1,
    )
    name = key.removeprefix("guard.")
    assert getattr(other, name) != getattr(GuardPolicy(), name)
    with pytest.raises(UserFacingError) as caught:
        accounts.change(guard=replace(GuardPolicy(), **{name: getattr(other, name)}))
    assert caught.value.message == "Set by your administrator."
    accounts.change(guard=replace(other, **{name: getattr(GuardPolicy(), name)}))
    assert getattr(accounts.settings.guard, name) == getattr(GuardPolicy(), name)


def test_everything_can_be_locked_at_once(rig: Rig) -> None:
    rig.rule(note="  Set by your administrator: Example Ltd. ", lock=["guard", "mask_numbers"])
    rig.file.load()
    assert dict(rig.file.locks) == dict.fromkeys(RULE_KEYS, WORDS)


def test_nobody_but_the_code_says_where_the_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert default_admin_file() == Path("/etc/c2c-desktop/policy.json")
    assert options_from(sandbox=False, data_dir=None, api_url=None).admin_file is None
    assert Options().admin_file is None

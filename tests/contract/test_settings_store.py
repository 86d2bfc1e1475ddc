"""Every settings store gives back what was saved."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.policy import RISKS, TRUST, CallingHours, GuardPolicy
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice
from c2c_desktop.services.ports import Saving, SettingsStore
from tests.fakes import MemorySettingsStore

FULL = Settings(
    accounts=(
        Account("101_1111112", internal_extensions="1xx, 2001"),
        Account("102_1111112", "GB", Route.MOBILE, "442079460001", ("442079460001", "12025550101"), {"a": "é"}, True),
    ),
    active_user_id="102_1111112",
    muted=frozenset({NotificationKind.ENDED, NotificationKind.CONNECTED}),
    show_tray=False,
    start_minimised=True,
    close_to_tray=False,
    told_about_minimising=True,
    theme=ThemeChoice.DARK,
    proxy="http://127.0.0.1:3128",
    ca_file="company.pem",
    connect_timeout=2.5,
    request_timeout=30.0,
    window_geometry="AdnQ",
    guard=GuardPolicy(
        sources={**TRUST, Source.LINK: Verdict.REFUSE},
        kinds={**RISKS, LineKind.MOBILE: Verdict.ASK},
        unknown_country=Verdict.REFUSE,
        allowed_countries=frozenset({"IN", "GB"}),
        blocked_countries=frozenset({"FR"}),
        allowed_prefixes=("+9198",),
        blocked_prefixes=("+4420", "+1900"),
        do_not_call_file="/lists/do not call.csv",
        calling_hours=CallingHours(20 * 60, 6 * 60 + 5),
        duplicate_seconds=0,
        rates={Source.LINK: 5, Source.TRAY: 600},
        refuse_while_locked=False,
        trusted_for_contacts=frozenset({Source.LINK}),
        undo_seconds=5,
    ),
    mask_numbers=True,
    unknown={"of a newer version": {"deep": [1, None, "é"]}},
)


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SettingsStore:
    return MemorySettingsStore(Settings()) if request.param == "memory" else SettingsFile(tmp_path / "settings.json")


def test_nothing_saved_means_the_defaults(store: SettingsStore) -> None:
    assert store.load() == Settings()


def test_what_was_saved_last_is_loaded(store: SettingsStore) -> None:
    store.save(Settings(proxy="http://127.0.0.1:1"))
    store.save(FULL)
    assert store.load() == FULL


def test_a_change_is_made_to_what_is_stored_now(store: SettingsStore) -> None:
    store.save(Settings(proxy="http://127.0.0.1:1"))
    changed = store.edit(lambda now: replace(now, theme=ThemeChoice.DARK))
    assert changed == store.load() == Settings(proxy="http://127.0.0.1:1", theme=ThemeChoice.DARK)
    assert not store.is_stale()


def test_a_change_that_is_objected_to_stores_nothing(store: SettingsStore) -> None:
    def object_to(_: Settings) -> Settings:
        raise UserFacingError("No", "")

    with pytest.raises(UserFacingError, match="No"):
        store.edit(object_to)
    assert store.load() == Settings()
    store.save(FULL)
    assert store.load() == FULL


def test_where_all_is_well_everything_is_stored_whoever_wants_it(store: SettingsStore) -> None:
    assert (store.rules_trouble, store.settings_trouble, store.recovered) == ("", "", "")
    for theme, saving in zip(ThemeChoice, Saving, strict=True):
        store.edit(lambda now, theme=theme: replace(now, theme=theme), saving)  # type: ignore[misc]
        assert store.load().theme is theme


@pytest.fixture(params=["memory", "file"])
def lost(request: pytest.FixtureRequest, tmp_path: Path) -> SettingsStore:
    """A store whose settings are lost."""
    if request.param == "memory":
        memory = MemorySettingsStore(Settings())
        memory.settings_trouble = "Lost."
        return memory
    (tmp_path / "settings.json.damaged-20261125-051628").write_text("{")
    file = SettingsFile(tmp_path / "settings.json")
    file.load()
    return file


def test_settings_the_person_saves_are_lost_no_more(lost: SettingsStore) -> None:
    assert lost.settings_trouble
    assert lost.edit(lambda _: FULL) == lost.load() == FULL
    assert lost.settings_trouble == ""


def test_an_account_is_stored_and_what_is_lost_stays_lost(lost: SettingsStore) -> None:
    assert lost.edit(lambda _: FULL, Saving.ACCOUNT) == lost.load() == FULL
    assert lost.settings_trouble


def test_what_is_saved_by_itself_is_skipped_while_settings_are_lost(lost: SettingsStore) -> None:
    assert lost.edit(lambda _: FULL, Saving.REMEMBERED) == lost.load() == Settings()
    assert lost.settings_trouble


texts = st.text(max_size=30)
clean = texts.map(lambda text: clean_text(text, 30))
seconds = st.floats(1, 120)
accounts = st.builds(
    Account,
    user_id=st.from_regex(r"[0-9]{1,10}_[0-9]{1,15}", fullmatch=True),
    region=st.sampled_from(sorted(COUNTRY_NAMES)),
    route=st.sampled_from(Route),
    caller_id=clean,
    caller_ids=st.lists(clean, max_size=3).map(tuple),
    extra_params=st.dictionaries(texts, texts, max_size=3),
    national_digits=st.booleans(),
    internal_extensions=clean,
)
verdicts = st.sampled_from(Verdict)
countries = st.frozensets(st.sampled_from(sorted(COUNTRY_NAMES)), max_size=3)
prefixes = st.lists(st.from_regex(r"\+[1-9][0-9]{0,14}", fullmatch=True), max_size=3, unique=True).map(tuple)
policies = st.builds(
    GuardPolicy,
    sources=st.dictionaries(st.sampled_from(Source), verdicts).map(lambda some: {**TRUST, **some}),
    kinds=st.dictionaries(st.sampled_from(LineKind), verdicts).map(lambda some: {**RISKS, **some}),
    unknown_country=verdicts,
    allowed_countries=countries,
    blocked_countries=countries,
    allowed_prefixes=prefixes,
    blocked_prefixes=prefixes,
    do_not_call_file=texts.map(str.strip),
    calling_hours=st.none() | st.builds(CallingHours, st.integers(0, 1439), st.integers(0, 1440)),
    duplicate_seconds=st.integers(0, 600),
    rates=st.dictionaries(st.sampled_from(Source), st.integers(1, 600)),
    refuse_while_locked=st.booleans(),
    trusted_for_contacts=st.frozensets(st.sampled_from(Source)),
    undo_seconds=st.integers(0, 5),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
all_settings = st.builds(
    Settings,
    accounts=st.lists(accounts, max_size=3).map(tuple),
    active_user_id=texts,
    muted=st.frozensets(st.sampled_from(NotificationKind)),
    show_tray=st.booleans(),
    start_minimised=st.booleans(),
    close_to_tray=st.booleans(),
    told_about_minimising=st.booleans(),
    theme=st.sampled_from(ThemeChoice),
    proxy=texts,
    ca_file=texts,
    connect_timeout=seconds,
    request_timeout=seconds,
    window_geometry=texts,
    guard=policies,
    mask_numbers=st.booleans(),
    unknown=st.dictionaries(st.integers(0, 99).map(lambda number: f"newer {number}"), json_values, max_size=3),
)


@settings(deadline=None, max_examples=60)
@given(saved=all_settings)
def test_any_settings_are_loaded_as_they_were_saved(tmp_path_factory: pytest.TempPathFactory, saved: Settings) -> None:
    folder = tmp_path_factory.mktemp("settings")
    file = SettingsFile(folder / "settings.json")
    file.save(saved)
    assert file.load() == saved
    assert list(folder.glob("*.damaged-*")) == []


KEYS = [*(f for f in Settings.__dataclass_fields__ if f != "unknown"), "newer"]


@pytest.mark.logs("a rule in the settings (makes no sense|is not known)")
@settings(deadline=None, max_examples=60)
@example(data={"guard": {"sources": 5}})
@example(data={"guard": {"sources": {"link": math.nan}, "kinds": {"mobile": math.nan}, "rates": {"link": math.nan}}})
@given(data=st.dictionaries(st.sampled_from(KEYS), json_values | st.lists(json_values, max_size=2)))
def test_any_json_object_loads_and_what_is_nonsense_falls_back(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(data))
    file = SettingsFile(path)
    loaded = file.load()
    assert list(path.parent.glob("*.damaged-*")) == []
    assert isinstance(loaded.theme, ThemeChoice)
    assert 1 <= loaded.connect_timeout <= 120
    assert 1 <= loaded.request_timeout <= 120
    assert all(account.user_id for account in loaded.accounts)
    assert loaded.guard.sources.keys() == set(Source)
    file.save(loaded)
    assert file.load() == loaded

"""How the program stands: what is told, in which order, and what is not worth a word."""

from __future__ import annotations

import itertools

import pytest

from c2c_desktop.domain.health import LONGEST_WORDS, HealthItem, HealthName, Trouble
from c2c_desktop.services.health import Health, Summary
from c2c_desktop.services.health_items import (
    account_health,
    hotkey_health,
    keyring_health,
    links_health,
    service_health,
    tray_health,
)

MASKED = "101_•••••12"
FINE = (
    account_health(MASKED),
    service_health(online=True, reached=True),
    links_health("Links to numbers open here", ours=True),
    hotkey_health("Press Ctrl+Alt+P in any program.", ours=True, taken=False),
    tray_health(wanted=True, shown=True),
    keyring_health(""),
)
WORST_FIRST = (
    service_health(online=False),
    account_health(""),
    account_health(MASKED, refused=True),
    keyring_health("Your keyring is locked"),
    service_health(online=True, trouble="The service cannot be reached"),
    hotkey_health("Another program uses Ctrl+Alt+P.", ours=False, taken=True),
    links_health("Links to numbers open in Other Phone", ours=False),
    tray_health(wanted=True, shown=False),
)
MINOR = WORST_FIRST[-2:]


def health_of(*items: HealthItem) -> Health:
    health = Health()
    for item in items:
        health.report(item)
    return health


def test_at_first_nothing_is_known_and_nothing_is_wrong() -> None:
    health = Health()
    assert health.items() == [HealthItem(name) for name in HealthName]
    assert health.worst() is None
    assert health.summary() == Summary("Ready", None)


def test_all_fine_says_who_is_signed_in_and_nothing_else() -> None:
    health = health_of(*FINE)
    assert all(item.fine for item in health.items())
    assert all(not item.mend for item in health.items())
    assert health.worst() is None
    assert health.summary() == Summary(f"Ready · {MASKED}", None)


@pytest.mark.parametrize(("worse", "better"), list(itertools.combinations(WORST_FIRST, 2)))
@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_troubles_the_one_that_hinders_calling_more_is_told(
    worse: HealthItem, better: HealthItem, swapped: bool
) -> None:
    if worse.name is better.name:  # one thing has one trouble: what was reported last
        assert health_of(*FINE, worse, better).worst() == better
        return
    pair = (better, worse) if swapped else (worse, better)
    assert health_of(*FINE, *pair).worst() == worse


@pytest.mark.parametrize("trouble", WORST_FIRST[:-2])
def test_a_trouble_that_hinders_calling_is_told_with_its_words(trouble: HealthItem) -> None:
    assert health_of(*FINE, *MINOR, trouble).summary() == Summary(trouble.words, trouble)


@pytest.mark.parametrize("trouble", [t for t in WORST_FIRST if t.trouble not in {Trouble.OFFLINE, Trouble.NO_TRAY}])
def test_a_trouble_names_its_mend(trouble: HealthItem) -> None:
    assert trouble.mend


@pytest.mark.parametrize("minor", MINOR)
def test_a_minor_trouble_is_listed_and_nags_nobody(minor: HealthItem) -> None:
    health = health_of(*FINE, minor)
    assert health.item(minor.name).fine is False
    assert health.worst() == minor
    assert health.summary() == Summary(f"Ready · {MASKED}", None)


@pytest.mark.parametrize(
    "item",
    [
        tray_health(wanted=False, shown=False),
        tray_health(wanted=False, shown=True),
        hotkey_health("No keys are set.", ours=False, taken=False),
        service_health(online=True),
    ],
)
def test_what_was_turned_off_or_is_not_known_is_no_trouble(item: HealthItem) -> None:
    assert item.fine is None
    health = health_of(*FINE, item)
    assert health.worst() is None
    assert health.summary().item is None


def test_links_that_another_program_took_are_a_conflict_and_told() -> None:
    taken = links_health("Links to numbers open in Other Phone now", ours=False, were_ours=True)
    assert health_of(*FINE, taken).summary() == Summary(taken.words, taken)
    assert links_health("Links to numbers open here", ours=True, were_ours=True).trouble is None


def test_without_a_network_nothing_else_is_said_of_the_service() -> None:
    assert service_health(online=False, trouble="The service cannot be reached") == service_health(online=False)


def test_an_account_without_words_says_no_more_than_ready() -> None:
    assert health_of(HealthItem(HealthName.ACCOUNT, fine=True)).summary() == Summary("Ready", None)


def test_a_trouble_without_a_kind_is_the_usual_one_of_its_name() -> None:
    kinds = [HealthItem(name, fine=False).trouble for name in HealthName]
    assert kinds == [
        Trouble.SIGNED_OUT,
        Trouble.UNREACHABLE,
        Trouble.LINKS_ELSEWHERE,
        Trouble.CONFLICT,
        Trouble.NO_TRAY,
        Trouble.KEYRING,
    ]


def test_words_of_other_programs_are_cleaned_and_capped() -> None:
    item = HealthItem(HealthName.LINKS, fine=False, words="Open in\n\u202eevil\x07 " + "x" * 9999)
    assert item.words.startswith("Open in evil xxx")
    assert len(item.words) == LONGEST_WORDS


def test_listeners_are_told_of_changes_only() -> None:
    health = Health()
    told: list[Summary] = []
    health.listen(lambda: told.append(health.summary()))
    health.report(account_health(""))
    health.report(account_health(""))
    health.report(account_health(MASKED))
    health.report(HealthItem(HealthName.SERVICE))  # nothing new
    assert [summary.words for summary in told] == ["Not signed in", f"Ready · {MASKED}"]
    health.stop_listening()
    health.report(account_health(""))
    assert len(told) == 2


def test_a_listener_may_report() -> None:
    health = Health()
    health.listen(lambda: health.report(keyring_health("")))
    health.report(account_health(""))
    assert health.item(HealthName.KEYRING).fine

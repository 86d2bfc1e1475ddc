"""What the tray's menu offers, and what it doesn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.desktop.tray_icon.tray_entries import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Entry,
    Gesture,
    Health,
    TrayChoices,
    menu_groups,
)
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.route import Route
from c2c_desktop.services.shown_numbers import ShownNumbers
from tests.desktop.lone_tray import ASHA, BEN, CALL

ACCOUNT = Account("101_1111112")
LONDON = "+44 20 7946 0018"
WORK = ContactNumber(LONDON, "+442079460018", "work")


def entries(choices: TrayChoices, clipboard: str = "", *, masked: bool = False) -> list[Entry]:
    groups = menu_groups(choices, clipboard, ShownNumbers(masked=masked))
    assert all(groups)
    return [entry for group in groups for entry in group]


def labels(choices: TrayChoices, clipboard: str = "", *, masked: bool = False) -> list[str]:
    return [entry.label for entry in entries(choices, clipboard, masked=masked)]


def from_clipboard(text: str, account: Account | None = ACCOUNT, *, offers: bool = True) -> list[Entry]:
    found = entries(TrayChoices(account=account, offers_clipboard=offers), text)
    return [entry for entry in found if entry.label.startswith("Call from clipboard")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "tea",
        "112",
        "150",
        f"{LONDON}, +44 20 7946 0019",
        f"{LONDON} / +91 98402 22222",
        LONDON + " " * 80 + "x",
    ],
)
def test_a_clipboard_that_is_not_one_number_offers_nothing(text: str) -> None:
    assert from_clipboard(text) == []


def test_the_clipboard_is_offered_only_where_that_is_wanted() -> None:
    assert from_clipboard(LONDON, offers=False) == []
    (entry,) = from_clipboard(f"  {LONDON}\n")
    assert (entry.label, entry.value) == (f"Call from clipboard: {LONDON}", DialRequest("+442079460018", Source.TRAY))


def test_the_clipboard_is_read_as_the_account_reads_numbers() -> None:
    (here,) = from_clipboard("020 7946 0018", replace(ACCOUNT, region="GB"))
    assert here.value == DialRequest("+442079460018", Source.TRAY)
    (extension,) = from_clipboard("150", replace(ACCOUNT, internal_extensions="1xx"))
    assert extension.value == DialRequest("150", Source.TRAY)
    (signed_out,) = from_clipboard(LONDON, None)
    assert signed_out.value == DialRequest("+442079460018", Source.TRAY)


def test_what_is_pressed_after_the_call_is_answered_stays_with_the_number() -> None:
    (entry,) = from_clipboard(f"{LONDON} ext. 42")
    assert entry.value == DialRequest("+442079460018,42", Source.TRAY)


def test_nobody_signed_in_is_offered_no_route_and_still_a_way_in() -> None:
    assert labels(TrayChoices()) == [
        "Quick dial…",
        "Show or hide C2C Desktop",
        "Pause notifications",
        "Settings…",
        "Quit",
    ]


def test_hostile_names_are_one_short_line_and_their_number_is_whole() -> None:
    name = "\u202eevil\n" + "W" * 200
    number = ContactNumber(LONDON, "+442079460018", "work")
    told = labels(
        TrayChoices(
            favourites=[Contact(1, name, numbers=(number,)), Contact(2, name, numbers=(number, number))],
            recents=[replace(CALL, contact_name=name)],
        )
    )
    cut = "evil " + "W" * (LONGEST_NAME - 6) + "…"
    assert told[3:5] == [f"Call {cut} · {LONDON}", cut]
    assert told[6] == f"Call {cut} · {LONDON}"


def test_the_menu_stays_short_whatever_there_is() -> None:
    many = [replace(ASHA, id=n, numbers=ASHA.numbers * 20) for n in range(1, 40)]
    recents = [replace(CALL, e164=f"+1555010{n:04}") for n in range(200)]
    found = entries(
        TrayChoices(many, recents, ACCOUNT, offers_clipboard=True, health=Health("Broken", "Mend", "mend")), LONDON
    )
    assert len(found) == 25
    assert max(len(entry.entries) for entry in found) == 8


def test_a_favourite_with_several_numbers_opens_them() -> None:
    _, _, heading, asha, ben, *_ = entries(TrayChoices(favourites=[ASHA, BEN, Contact(3, "Nobody")]))
    assert (heading.label, heading.gesture) == ("Favourites", None)
    assert (asha.label, asha.gesture) == ("Asha Rao", None)
    assert asha.entries == (
        Entry("Call mobile · +91 98402 22222", Gesture.CALL, DialRequest("+919840222222", Source.TRAY, "Asha Rao")),
        Entry("Call work · +91 44 2811 2222", Gesture.CALL, DialRequest("+914428112222", Source.TRAY, "Asha Rao")),
    )
    assert (ben.label, ben.entries) == (f"Call Ben Carter · {LONDON}", ())


def test_a_number_that_cannot_be_read_is_only_told() -> None:
    odd = ContactNumber("12ab", "", "other")
    found = entries(TrayChoices(favourites=[Contact(1, "Odd", numbers=(odd,)), replace(ASHA, numbers=(odd, WORK))]))
    assert found[3] == Entry("Cannot be called: Odd · 12ab")
    assert found[4].entries == (
        Entry("Call work · +44 20 7946 0018", Gesture.CALL, DialRequest("+442079460018", Source.TRAY, "Asha Rao")),
        Entry("Cannot be called: other · 12ab"),
    )


def test_a_favourite_is_called_its_own_way_and_the_preferred_number_stands_first() -> None:
    mobile = ContactNumber("+91 98402 22222", "+919840222222", "mobile", preferred=True)
    asha = replace(ASHA, numbers=(WORK, mobile), route=Route.MOBILE, caller_id="+1 555 0100")
    (first, second) = entries(TrayChoices(favourites=[asha]))[3].entries
    for entry, e164 in ((first, mobile.e164), (second, WORK.e164)):
        assert entry.value == DialRequest(e164, Source.TRAY, "Asha Rao", Route.MOBILE, "+1 555 0100")


def test_recent_numbers_stand_once_the_newest_first() -> None:
    calls: list[Call] = [
        CALL,
        replace(CALL, id="2"),
        replace(CALL, e164="+15550100", shown_number="+1 555-0100", contact_name=""),
    ]
    assert labels(TrayChoices(recents=calls))[2:5] == ["Recent", f"Call Ben Carter · {LONDON}", "Call +1 555-0100"]


def test_privacy_masks_every_number_and_calls_the_whole_one() -> None:
    choices = TrayChoices(
        [ASHA, BEN], [CALL], ACCOUNT, offers_clipboard=True, health=Health("+442079460018 is barred", "Mend", "m")
    )
    found = entries(choices, LONDON, masked=True)
    told = [entry.label for entry in found] + [line.label for entry in found for line in entry.entries]
    assert [label for label in told if "0018" in label or "2222" in label] == []
    assert len([label for label in told if "••" in label]) == 6
    assert found[2].value == DialRequest("+442079460018", Source.TRAY)


@pytest.mark.parametrize(
    ("health", "wanted"),
    [
        (Health(), None),
        (Health("", "Fix sign-in", "sign-in"), None),
        (Health("The network is away."), Entry("The network is away")),
        (
            Health("The sign-in does not work", "Fix sign-in", "sign-in"),
            Entry("The sign-in does not work: Fix sign-in", Gesture.MEND, "sign-in"),
        ),
        (Health("\u202e\n" + "x" * 300), Entry("x" * (LONGEST_WORDS - 1) + "…")),
    ],
)
def test_trouble_is_a_line_and_its_mend_can_be_chosen(health: Health, wanted: Entry | None) -> None:
    third = entries(TrayChoices(health=health))[2]
    assert third == (wanted or Entry("Pause notifications", Gesture.PAUSE, True, checked=False))


def test_the_pause_asks_for_the_other_way() -> None:
    *_, pause, _, _ = entries(TrayChoices(paused=True))
    assert (pause.value, pause.checked) == (False, True)


@pytest.mark.parametrize("route", list(Route))
def test_the_route_that_rings_is_ticked(route: Route) -> None:
    found = entries(TrayChoices(account=replace(ACCOUNT, route=route)))
    ticked = [entry.value for entry in found if entry.gesture is Gesture.ROUTE and entry.checked]
    assert ticked == [route]

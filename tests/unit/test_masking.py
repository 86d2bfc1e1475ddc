"""Hiding numbers: nothing of one is left but its last digits, in whatever shape it stands, and nothing else is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.masking import logged_text, masked_number, masked_text

FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)
KINDS = sorted(v for v in vars(phonenumbers.PhoneNumberType).values() if isinstance(v, int))
EXAMPLES = [
    example
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in KINDS
    if (example := phonenumbers.example_number_for_type(region, kind)) is not None
]
SHORTEST = 5
"""Digits: what is shorter looks like any code; a handful of islands have such numbers, as dialled there."""

WRITTEN = sorted(
    written
    for written in {phonenumbers.format_number(example, form) for example in EXAMPLES for form in FORMATS}
    if sum(c.isdigit() for c in written) >= SHORTEST
)
SHAPES: list[Callable[[str], str]] = [
    lambda n: n,
    lambda n: f"calling {n} now",
    lambda n: f"({n})",
    lambda n: f"to={n},",
    lambda n: repr({"to": n}),
    lambda n: repr({"to": n.replace(" ", "\xa0").replace("-", "\u2011")}),
    lambda n: json.dumps({"to": n}),
    lambda n: json.dumps({"to": n.replace(" ", "\xa0")}),
    lambda n: f"POST https://localhost/call?to={quote(n)}&x=y",
    lambda n: f"tel:{quote(n, safe='')}",
    lambda n: n.replace(" ", "\u202f").replace("-", "."),
    lambda n: f"\u202a{n}\u202c",
    lambda n: f"{n} ext. 12345",
    lambda n: f"{n},,98765#",
    lambda n: f"{n};ext=101",
    lambda n: "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in n),
]


def digits_of(text: str) -> str:
    return "".join(str(int(c)) for c in text if c.isdecimal())


def without_escapes(text: str) -> str:
    """Leave out the digits of what only stands for a character."""
    for escape in ("%20", "%28", "%29", "%2B", "%2F", "%3A", "%3D", "%7E", "%E2%80%91", "\\xa0", "\\u2011", "\\u00a0"):
        text = text.replace(escape, "")
    return text


@pytest.mark.parametrize("keep", [4, 2])
def test_of_no_number_in_any_shape_more_than_its_last_digits_is_left(keep: int) -> None:
    assert len(WRITTEN) > 1500
    left = {
        (shape(number), logged): digits_of(without_escapes(logged))
        for number in WRITTEN
        for shape in SHAPES
        if (logged := logged_text(shape(number), keep))
    }
    assert [how for how, digits in left.items() if len(digits) > keep] == []


@given(st.sampled_from(WRITTEN), st.sampled_from(SHAPES), st.sampled_from(SHAPES))
def test_two_numbers_in_one_line_are_both_hidden(
    number: str, one: Callable[[str], str], other: Callable[[str], str]
) -> None:
    left = logged_text(f"{one(number)} and {other(number)}")
    # Each for itself: what is left of one and what is left of the other are no number together.
    assert [part for part in left.split(" and ") if digits_of(number) in digits_of(part)] == []
    assert left.count(" and ") == 1


@given(st.text(alphabet="0123456789 -+().,;x#/abT:_%\n…", max_size=60))
def test_a_text_that_was_hidden_holds_no_number_that_would_be_hidden(text: str) -> None:
    once = logged_text(text, 2)
    assert not any(len(run) > 6 for run in "".join(c if c.isdigit() else " " for c in once).split())
    assert logged_text(once, 2) == once


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("calling +91 98402 22222 now", "calling …2222 now"),
        ("to=919840222222,", "to=…2222,"),
        ("(020) 7946-0001", "…0001"),
        ("+1 202-555-0143 and +44.7700.900123", "…0143 and …0123"),
        ("https://localhost/?to=%2B919840222222&x=1", "https://localhost/?to=%2B…2222&x=1"),
        ("%2B91%2098402%2022222", "%2B…2222"),
        ("'+91\\xa098402\\xa022222'", "'…2222'"),
        ("tel:+91-98402-22222;ext=1234", "tel:…2222;ext=…"),
        ("+91 98402 22222,,1234#", "…2222,,…"),
        ("123456", "…3456"),
        ("22158", "…2158"),
        ("T919840222222X", "T…2222X"),
        ("101_1111112", "101_…1112"),
        ("101_123", "101_123"),
    ],
)
def test_a_line_of_the_log_keeps_the_last_four_digits(text: str, logged: str) -> None:
    assert logged_text(text) == logged


@pytest.mark.parametrize(
    "text",
    [
        "",
        "code 404 in 200 after 1234 ms",
        "2026-11-25T05:16:28 INFO c2c_desktop: up",
        "at 2026-11-25 05:16:28,123 and 2026-11-25T05:16:28+05:30",
        "request s96C6XK1BUHX0oVZfOo5NhoJfZZJd0y1nmrNN6dhdkW and Qx12345Zk",
        "call 0f8fad5b-d9cb-469f-a165-70867728950e",
        "http://127.0.0.1:54321/v2 and https://10.20.30.40:8443/v2 and 127.0.0.1:5432",
        "settings.json.damaged-20261125-051628",
        "<object at 0x7f1234567890>",
        "…2222",
    ],
)
def test_what_is_no_number_stays_readable_in_the_log(text: str) -> None:
    assert logged_text(text) == text


def test_what_was_hidden_in_the_log_is_hidden_further_for_a_bundle() -> None:
    assert logged_text("calling …2222 as 101_…1112 at 2026-11-25T05:16:28", 2) == (
        "calling …22 as 101_…12 at 2026-11-25T05:16:28"
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+91 98402 22222", "+91 ••••• •••22"),
        ("+44 20 7946 0018", "+44 •• •••• ••18"),
        ("+1 202-555-0143", "+1 •••-•••-••43"),
        ("+919840222222", "+••••••••••22"),
        ("020 7946 0018", "••• •••• ••18"),
        ("0800 FLOWERS", "•••• •••••RS"),
        ("101", "•01"),
        ("12", "12"),
        ("+7", "+7"),
        ("", ""),
    ],
)
def test_a_number_on_the_screen_keeps_its_country_code_its_groups_and_two_digits(number: str, shown: str) -> None:
    assert masked_number(number) == shown


@given(st.sampled_from(WRITTEN) | st.text(max_size=40))
def test_a_masked_number_is_as_long_and_differs_only_where_something_is_hidden(number: str) -> None:
    shown = masked_number(number)
    assert len(shown) == len(number)
    assert all(new in (old, "•") for old, new in zip(number, shown, strict=True))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Your call to +91 98402 22222 is still going on.", "Your call to +91 ••••• •••22 is still going on."),
        ("“9840222222,,12#” was deleted.", "“••••••••22,,…” was deleted."),
        ("calling …2222", "calling ••22"),
        ("12000 contacts, 123456 rows at 09:00–20:00", "12000 contacts, 123456 rows at 09:00–20:00"),
        ("Asha Rao · 101_1111112", "Asha Rao · 101_1111112"),
        ("settings.json.damaged-20261125-051628", "settings.json.damaged-20261125-051628"),
    ],
)
def test_words_on_the_screen_keep_all_but_their_numbers(words: str, shown: str) -> None:
    assert masked_text(words) == shown

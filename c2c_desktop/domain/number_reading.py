"""One text to the one number in it: a link or a line, its parts side by side, or a number among its words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError
from c2c_desktop.domain.extensions import matches_extension, names_extension
from c2c_desktop.domain.number_facts import described, extension, is_in_use, is_short_code
from c2c_desktop.domain.number_parsing import parsed_number
from c2c_desktop.domain.number_text import (
    Line,
    Written,
    apart,
    holds_a_number,
    line_of,
    needs_search,
    no_number,
    not_one_number,
    side_by_side,
    written,
)
from c2c_desktop.domain.number_typing import grouped_while_typing
from c2c_desktop.domain.phone_number import MOST_CHOICES, LineKind, PhoneNumber, SeveralNumbersError
from c2c_desktop.domain.plain_text import clean_text

_LONGEST_SHORT_CODE = 6
"""Digits; small countries have whole numbers as short as that, which are in use."""

_EMERGENCY_ANYWHERE = frozenset({"112", "911", "999", "000", "110", "119"})


@lru_cache(maxsize=64)
def read_number(text: str, region: str, extensions: str) -> PhoneNumber:
    """Do what `parse_number` says; what was typed or shown a moment ago need not be read anew at the click."""
    line = apart(line_of(text), region)
    parts = side_by_side(line)
    if len(parts) > 1:
        read = [number for part in parts if (number := _part(part, line, region)) is not None]
        if len(read) > 1:
            return _the_one_of(read if len(read) == len(parts) else _all_of(parts, read, line, text, region), text)
    try:
        return _read(line, text, region, extensions)
    except RefusedNumberError:
        raise
    except NumberError:
        found = _searched(line, text, region)
        if not found:
            raise
    return _the_one_of(found, text)


def _part(part: str, line: Line, region: str) -> PhoneNumber | None:
    """Read a part of `line`; None where it is no number, or none in use and not written with its country code."""
    number = _any_part(part, line, region)
    return number if number and (number.in_use or part.lstrip("( ").startswith("+")) else None


def _any_part(part: str, line: Line, region: str) -> PhoneNumber | None:
    try:
        return _read(replace(line, text=part), part, region, "")
    except NumberError:
        return None


def _all_of(parts: list[str], read: list[PhoneNumber], line: Line, text: str, region: str) -> list[PhoneNumber]:
    """Find also those that were cut, at a group beginning with 0. Raises `NumberError` rather than leave one out."""
    known, found = {number.e164 for number in read}, _searched(line, text, region)
    whole = {number.e164 for number in found if number.in_use or number.e164 in known}
    digits = [re.sub(r"[^0-9]", "", part).lstrip("0") for part in parts]
    if not known < whole or not all(any(part in e164 for e164 in whole) for part in digits):
        raise not_one_number(text)
    return found


def _searched(line: Line, text: str, region: str) -> list[PhoneNumber]:
    """Return the numbers among the words of `line`, or in a row. Raises `NumberError` where they may be several."""
    if not needs_search(line):
        return []
    from c2c_desktop.domain.number_search import UncertainError, among_words  # noqa: PLC0415

    try:
        return among_words(line.text, region, lambda part: _any_part(part, line, region))
    except UncertainError as error:
        raise not_one_number(text) from error


def _the_one_of(numbers: list[PhoneNumber], text: str) -> PhoneNumber:
    """Return the number that was written more than once. Raises `SeveralNumbersError` where it is not one."""
    if len({number.e164 for number in numbers}) > 1:
        raise _several(numbers, text)
    number = next((number for number in numbers if number.post_dial), numbers[0])
    return replace(number, reading=f"{clean_text(text, 60)} → {number.shown} ({number.why})")


def _several(numbers: list[PhoneNumber], text: str) -> SeveralNumbersError:
    distinct: dict[str, PhoneNumber] = {}
    for number in numbers:
        distinct.setdefault(number.e164, number)
    return SeveralNumbersError(
        "Several numbers there",
        f"“{clean_text(text, 60)}” holds more than one number. Choose one.",
        tuple(distinct.values())[:MOST_CHOICES],
    )


def _read(line: Line, text: str, region: str, extensions: str) -> PhoneNumber:
    """Read the whole of `line` as one number."""
    asked = written(line, text, region)
    digits = asked.digits
    if not digits.strip("+"):
        raise no_number(text) if text.strip() else NumberError("No number there", "Type a number first.")
    if _is_extension(asked, region, extensions):
        return extension(digits, text)
    _refuse_short_and_emergency(digits if digits.startswith("+") else asked.without_zero or digits, region)
    parsed, why = parsed_number(asked, region, text)
    number = described(parsed, text, why=why, post_dial=asked.post_dial, home=region)
    if asked.is_vanity and not _is_spelt_out(number):
        raise no_number(text)
    if not number.in_use and not digits.startswith("+") and is_short_code(parsed, region):
        raise _short_code(digits)
    is_grouped_as_usual = asked.text in {number.shown, number.shown_nationally}
    if not number.in_use and not is_grouped_as_usual and holds_a_number(asked.text, line.context, region):
        raise not_one_number(text)
    return number


def _is_extension(asked: Written, region: str, extensions: str) -> bool:
    """Whether the text is nothing but an extension; an emergency number only where the pattern writes it out.

    Never where the same digits are a number of some country: what is sent is the same.
    """
    digits = asked.digits
    if not extensions or asked.post_dial or not matches_extension(digits, extensions) or is_in_use(f"+{digits}", ""):
        return False
    if asked.text != digits:  # grouped while typed, or two extensions side by side
        groups = asked.text.split()
        if asked.text != grouped_while_typing(digits, region) or any(matches_extension(g, extensions) for g in groups):
            return False
    return not _is_emergency(digits, region) or names_extension(digits, extensions)


def _is_emergency(digits: str, region: str) -> bool:
    import phonenumbers  # noqa: PLC0415

    return digits in _EMERGENCY_ANYWHERE or phonenumbers.is_emergency_number(digits, region)


def _is_spelt_out(number: PhoneNumber) -> bool:
    """Whether numbers like this are written in letters; elsewhere a word beside digits is a name."""
    kinds = {LineKind.TOLL_FREE, LineKind.SHARED_COST, LineKind.PREMIUM}
    return number.in_use and (number.kind in kinds or number.e164.startswith("+1"))


def _refuse_short_and_emergency(digits: str, region: str) -> None:
    if digits.startswith("+"):
        return
    if _is_emergency(digits, region):
        raise EmergencyNumberError(
            "Emergency numbers cannot be called here",
            f"Dial {digits} on a phone: this service calls you back first, and loses time you may not have.",
        )
    if len(digits) <= _LONGEST_SHORT_CODE and not is_in_use(digits, region):
        raise _short_code(digits)


def _short_code(digits: str) -> RefusedNumberError:
    return RefusedNumberError(
        "That number is too short",
        f"{digits} is a short code or an unfinished number. Short codes cannot be called through this service.",
    )

"""Numbers side by side, and numbers among words.

Loaded only for a text that is not plainly one number. Nothing here reads a number: `read` does, and returns None
for a part that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from c2c_desktop.domain.number_text import SHORTEST_OF_SEVERAL, count_digits, holds_a_number
from c2c_desktop.domain.phone_number import PhoneNumber

Read = Callable[[str], PhoneNumber | None]

_MOST_GROUPS = 12
"""Groups of digits that are tried in every way; a longer row of them is no list of numbers."""

_RUN = re.compile(r"\+?\(?[0-9](?:(?:[0-9 ()./\-~=*#^]|\|(?! ))*[0-9])?")
"""Goes on over a line break, which a long number can have been wrapped at."""
_PAUSED = re.compile(r",{2,}[0-9*#,]+")
_ORDER_WORDS = (
    "order|invoice|inv|ref|reference|po|ticket|case|id|iban|vat|gst|gstin|account|acct|acc|isbn|issn|ean|imei|serial|"
    "sn|sku|tracking|awb|pin|zip|postcode|bestellung|rechnung|auftrag|konto|kontonummer|kundennummer|rechnungsnummer|"
    "bestellnummer|auftragsnummer|facture|commande|pedido|factura|fattura|ordine|usd|eur|inr|gbp|rs"
)
_NUMBERED_WORDS = f"{_ORDER_WORDS}|customer|client|card|kunde"
_NUMBER_SIGN = r"[\s.:\-]*(?:(?:no|nr|num|number|id)\b|\#)[\s.:\#\-]*"
_NOT_NUMBERS = re.compile(
    rf"""
    (?!(?:tel|callto|sips?):)\b[a-z][a-z0-9+.\-]*://\S+ | \bwww\.\S+ | \S+@\S+      # addresses
    | \b[A-Z]{{2}}[0-9]{{2}}(?:[ ]?[A-Z0-9]{{4}}){{2,7}}(?:[ ]?[A-Z0-9]{{1,3}})?\b  # bank accounts
    | (?<![\w./\-])(?:(?:19|20)\d\d([\-/.])[01]?\d\1[0-3]?\d|[0-3]?\d([\-/.])[0-3]?\d\2(?:19|20)\d\d)(?![\w/\-])
    | \b[0-9]{{1,2}}(?::[0-9a-f]{{2}})+\b                                          # times, hardware addresses
    | (?<![\w.])[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}(?![\w.]*[0-9])                  # internet addresses
    | [$€£¥₹₩₽₺]\s*[0-9][0-9.,]* | [0-9][0-9., ]*(?:[$€£¥₹₩₽₺%]|(?:usd|eur|inr|gbp|rs)\b)  # money
    | \S*\ufffd\S* | [0-9 ]*[·•?]\s*[·•?][·•? 0-9]*                                  # lost and hidden digits
    | (?:^|\|)\s*[0-9]{{1,2}}[.)]\s                                                # places in a list
    | \b(?:(?:{_ORDER_WORDS})\b[\s.:\-]*|(?:{_NUMBERED_WORDS})\b{_NUMBER_SIGN})\(?[0-9][0-9 ()./\-]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MIXED = re.compile(
    r"(?<!\w)(?!(?:x|ext|extn)[0-9]+(?!\w))(?![0-9]+(?:x|ext)[0-9]+(?!\w))"
    r"\w*(?:[A-Za-zÀ-ɏͰ-ӿ][0-9]|[0-9][A-Za-zÀ-ɏͰ-ӿ])\w*"
)
"""Letters and digits in one word, like an order number."""


def among_words(line: str, region: str, read: Read) -> list[PhoneNumber]:
    """Return the numbers in `line`, in its order; none where it is not certain which digits belong to one."""
    from phonenumbers import PhoneNumberMatcher  # noqa: PLC0415

    for pattern in (_NOT_NUMBERS, _MIXED):
        line = pattern.sub(lambda found: "_" * len(found[0]), line)
    matches = [(match.start, match.end) for match in PhoneNumberMatcher(line, region)]
    found: list[PhoneNumber | None] = []
    is_certain = False
    for run in _RUN.finditer(line):
        inside = [span for span in matches if run.start() <= span[0] < run.end()]
        if inside:
            if count_digits(_outside(line, run.span(), inside)):
                return []
            found += [read(_with_pauses(line, span)) for span in inside]
            is_certain = True
        elif len(row := in_a_row(run[0], read)) > 1:
            found += row
            is_certain = True
        elif run[0].startswith("+"):
            number = read(run[0])
            if number is None:
                return []
            found.append(number)
            is_certain = True
        elif holds_a_number(run[0], "", region):
            return []
        elif count_digits(run[0]) > SHORTEST_OF_SEVERAL and (number := read(run[0])) and number.in_use:
            found.append(number)
    numbers = [number for number in found if number is not None]
    return numbers if is_certain or len({number.e164 for number in numbers}) > 1 else []


def _outside(line: str, run: tuple[int, int], spans: list[tuple[int, int]]) -> str:
    """Return the characters of `run` that belong to none of `spans`."""
    return "".join(line[at] for at in range(*run) if not any(start <= at < end for start, end in spans))


def _with_pauses(line: str, span: tuple[int, int]) -> str:
    paused = _PAUSED.match(line, span[1])
    return line[span[0] : paused.end() if paused else span[1]]


def in_a_row(run: str, read: Read) -> list[PhoneNumber]:
    """Return the numbers in use that the groups of digits in `run` make up, where that is possible in one way only."""
    groups = [found.span() for found in re.finditer(r"\S+", run)]
    if len(groups) < 2 or len(groups) > _MOST_GROUPS:  # noqa: PLR2004 - a row has two at least
        return []
    ways: list[list[list[PhoneNumber]]] = [[] for _ in groups] + [[[]]]
    for first in reversed(range(len(groups))):
        for last in range(first, len(groups)):
            piece = run[groups[first][0] : groups[last][1]]
            if ways[last + 1] and count_digits(piece) >= SHORTEST_OF_SEVERAL:
                number = read(piece)
                if number is not None and number.in_use:
                    ways[first] += [[number, *rest] for rest in ways[last + 1]]
    return ways[0][0] if len(ways[0]) == 1 else []

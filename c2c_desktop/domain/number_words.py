"""What stands among words with digits in it: things that are no phone number, and numbers glued to a word.

Loaded only for a text that is not plainly one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from c2c_desktop.domain.number_text import SHORTEST_OF_SEVERAL, count_digits

_ORDER_WORDS = (
    "order|invoice|inv|ref|reference|po|ticket|case|id|iban|vat|gst|gstin|account|acct|acc|isbn|issn|ean|imei|serial|"
    "sn|sku|tracking|awb|pin|pnr|zip|postcode|bestellung|rechnung|auftrag|konto|kontonummer|kundennummer|"
    "rechnungsnummer|bestellnummer|auftragsnummer|steuernummer|ustid|ust-idnr|uid|facture|commande|siret|siren|tva|"
    "iva|btw|kvk|cvr|nif|cif|cnpj|cpf|abn|pedido|factura|fattura|ordine|usd|eur|inr|gbp|rs"
)
_NUMBERED_WORDS = f"{_ORDER_WORDS}|customer|client|card|company|registration|reg|licence|license|tax|steuer|kunde"
_NUMBER_SIGN = r"[\s.:\-]*(?:(?:no|nr|num|number|id)\b|\#)[\s.:\#\-]*"
_NOT_NUMBERS = re.compile(
    rf"""
    (?!(?:tel|callto|sips?):)\b[a-z][a-z0-9+.\-]*://\S+ | \bwww\.\S+ | \S+@\S+      # addresses
    | (?-i:\b[A-Z]{{2}}[0-9]{{2}}                                                   # bank accounts
        (?:[ ]?[A-Z0-9]{{4}}){{3,7}}(?:[ ]?[A-Z0-9]{{1,3}})?\b)
    | \bNO[0-9]{{2}}[ ]?[0-9]{{4}}[ ]?[0-9]{{4}}[ ]?[0-9]{{3}}\b
    | \b[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b                       # identifiers
    | (?<![\w./\-])(?:(?:19|20)\d\d([\-/.])[01]?\d\1[0-3]?\d|[0-3]?\d([\-/.])[0-3]?\d\2(?:19|20)\d\d)(?![\w/\-])
    | \b[0-9]{{1,2}}(?::[0-9a-f]{{2}})+\b                                          # times, hardware addresses
    | (?<![\w.])[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}(?![\w.]*[0-9])                  # internet addresses
    | [$€£¥₹₩₽₺]\s*[0-9][0-9.,]*                                                    # money
    | [0-9][0-9., ]*(?:[$€£¥₹₩₽₺%](?![0-9])|(?:usd|eur|inr|gbp|rs)\b)
    | \S*\ufffd\S* | [0-9 ]*[·•?]\s*[·•?][·•? 0-9]*                                  # lost and hidden digits
    | (?:^|\|)\s*[0-9]{{1,2}}[.)]\s                                                # places in a list
    | \b(?:(?:{_ORDER_WORDS})\b[\s.:\-]*|(?:{_NUMBERED_WORDS})\b{_NUMBER_SIGN})\(?[0-9][0-9 ()./\-]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETTER = "A-Za-zÀ-ɏͰ-ӿ"
_MIXED = re.compile(
    r"(?<!\w)(?!(?:x|ext|extn)[0-9]+(?!\w))(?![0-9]+(?:x|ext|extn)[0-9]+(?!\w))"
    rf"\w*(?:[{_LETTER}][0-9]|[0-9][{_LETTER}])\w*"
)
"""Letters and digits in one word: an order number, or a number glued to what it is called."""
_EXPLAINED = re.compile(
    rf"(?<![^\W_])(?:(?:{_ORDER_WORDS})|(?:{_NUMBERED_WORDS}){_NUMBER_SIGN})[\s.:\-]*(?:(?<![a-z])[a-z]{{1,4}})?$",
    re.IGNORECASE,
)
"""A word that says what the digits after it are, with the letters an order number may begin with."""
_LOST = re.compile(r"\S*\ufffd\S*")
_GROUPS_BEFORE = re.compile(r"[+(]*(?:[0-9][0-9 ()./\-]*)?$")
_GROUPS_BEHIND = re.compile(r"[ ()./\-]*[0-9][0-9 ()./\-]*")
_LOOKALIKES = str.maketrans("OoОоΟοlI", "00000011")
_SPELT = re.compile(
    r"(?<![\w+])[+(]?[0-9][0-9().\- ]*?(?:(?<=[0-9)])-?[A-Za-z]{3,}|(?<=[0-9)]) [A-Z]{3,})"
    r"(?:-[A-Za-z]+)*(?:-?[0-9]{1,4})?(?!\w)"
)
"""Keypad letters joined to digits, or in capitals behind them."""


@dataclass(frozen=True, slots=True)
class Glued:
    """Digits that belong to a word, with the groups beside it they may go on with."""

    start: int
    end: int
    text: str
    is_mistyped: bool
    """Whether letters stand for the digits they look like."""


def without_other_things(line: str) -> str:
    """Return `line` with what is no phone number blanked, place for place; mixed words stay."""
    return _NOT_NUMBERS.sub(_blank, line)


def without_mixed_words(line: str) -> str:
    """Return `line` with the words blanked that hold letters and digits, place for place."""
    return _MIXED.sub(_blank, line)


def spelt(line: str) -> list[tuple[int, int]]:
    """Return where there may be numbers with keypad letters."""
    return [found.span() for found in _SPELT.finditer(line)]


def has_lost_digits(line: str) -> bool:
    """Whether a character was lost beside so many digits that they may be a number."""
    return any(count_digits(word) > SHORTEST_OF_SEVERAL for word in _LOST.findall(line))


def glued(line: str) -> Iterator[Glued]:
    """Yield the digits in mixed words that may be a number; not where a word says what else they are."""
    for word in _MIXED.finditer(line):
        before = _GROUPS_BEFORE.search(line, 0, word.start())
        start = before.start() if before else word.start()
        behind = _GROUPS_BEHIND.match(line, word.end())
        end = behind.end() if behind else word.end()
        mistyped = word[0].translate(_LOOKALIKES)
        if mistyped.isdecimal():
            for first, last in ((word.start(), word.end()), (start, word.end()), (word.start(), end)):
                text = line[first : word.start()] + mistyped + line[word.end() : last]
                yield Glued(first, last, text, is_mistyped=True)
            continue
        spans = {(found.start(), found.end()) for found in re.finditer(r"[0-9]+", word[0])}
        spans = {(word.start() + first, word.start() + last) for first, last in spans}
        spans |= {(start, last) for first, last in spans if first == word.start()}
        spans |= {(first, end) for first, last in spans if last == word.end()}
        for first, last in sorted(spans):
            if not _EXPLAINED.search(line, 0, first):
                yield Glued(first, last, line[first:last].strip(), is_mistyped=False)


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found[0])

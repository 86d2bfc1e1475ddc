"""Names and numbers as they are searched: words without case, accents and signs; keypad digits; bare digits."""

from __future__ import annotations

import re
import unicodedata

from c2c_desktop.domain.plain_text import fold

INSIDE = 3
"""Characters from which a part is found inside words and numbers, not at their beginnings alone."""

_REMEMBERED = 0x3000
"""Characters below it are remembered: the alphabets; the many of China, Japan and Korea are looked up each time."""

_ONE_DIGIT_CODES = "17"
_TWO_DIGIT_CODES = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""ITU-T E.164; every other country's calling code has three digits."""


class _Kept(dict[int, str]):
    """What stays of each character: letters of every script with their signs, digits as 0 to 9, nothing of joiners."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if kind == "Nd":
            kept = str(unicodedata.decimal(character))
        else:
            kept = character if kind[0] in "LNM" or kind == "Co" else "" if kind == "Cf" else " "
        if code < _REMEMBERED:
            self[code] = kept
        return kept


_KEPT = _Kept()
_DIGITS_ALONE = {code: None for code in range(128) if not chr(code).isdigit()}
_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


def words_of(text: str) -> list[str]:
    """Return the words of `text` as they are compared: folded; whatever is no letter, digit or sign separates them."""
    return fold(text).translate(_KEPT).split()


def keypad_digits(word: str) -> str:
    """Return the keys of a telephone that write a word of `words_of`: "raj" is 725; "" where a letter is on none."""
    return word.translate(_KEYS) if word.isascii() else ""


def digits_of(text: str) -> str:
    """Return the decimal digits of `text`, of whatever script, as 0 to 9."""
    if text.isascii():
        return text.translate(_DIGITS_ALONE)
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def calling_code_of(digits: str) -> str:
    """Return the country's calling code at the beginning of `digits`, or what is there of it."""
    if digits[:1] in _ONE_DIGIT_CODES:
        return digits[:1]
    return digits[:2] if _TWO_DIGIT_CODES.match(digits) else digits[:3]


def number_starts(number: str) -> tuple[str, ...]:
    """Return the two digits a number begins with, for E.164 also those after its calling code."""
    digits = digits_of(number)
    return tuple(dict.fromkeys(start for at in _beginnings(number, digits) if (start := digits[at : at + INSIDE - 1])))


def needle_at(needle: str, number: str) -> int:
    """Return which digit of `number` `needle` begins at, -1 where it is not: fewer than `INSIDE` where one begins."""
    digits = digits_of(number)
    if len(needle) >= INSIDE:
        return digits.find(needle)
    return next((at for at in _beginnings(number, digits) if digits.startswith(needle, at)), -1)


def _beginnings(number: str, digits: str) -> tuple[int, ...]:
    """Return where somebody would begin to type `number`: at its country or after it; after zeros in front."""
    if number.startswith("+"):
        return 0, len(calling_code_of(digits))
    return (len(digits) - len(digits.lstrip("0")),)

"""From text as people and programs write it to the characters to dial.

Facts about numbers come from libphonenumber, imported late for the reason given in `number`.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.plain_text import clean_text

MAX_TEXT = 400
"""A text with more characters is no number."""

VANITY_DIGITS = 3
"""Digits a text must hold before its letters are read as keys of a keypad."""

_SCHEME = re.compile(r"^\s*(tel|callto|sip|sips):/{0,3}", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:tel|phone|mobile|mob|cell|call|fax|ph|t|m|p)\b\s*[.:]*\s*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:;\s*ext\s*=|\bext(?:ension)?\b\.?|\bx(?=\s*\d))\s*[:.]?\s*([0-9 ]{1,12})\s*$", re.IGNORECASE
)
_PAUSE = re.compile(r"(?<![A-Za-z])[,;wWpP]+\s*([0-9*#,;wWpP ]+)$")
_OPTIONAL_ZERO = re.compile(r"\(\s*0\s*\)")
_ZERO_IS_DIALLED = re.compile(r"[^+0-9]*(?:\+|00)\s*(?:39|378)")
"""Italy, the Vatican and San Marino: the zero is dialled from abroad too."""
_LINE_BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_BETWEEN_NUMBERS = re.compile(r"[|/&,;]+|\s+(?=\(?0)")
_SHORTEST_OF_SEVERAL = 6
_LETTERS = re.compile(r"[A-Za-z]")
_VANITY = re.compile(r"([+(]?[0-9][0-9().\-–—/ ]*)[A-Za-z]+(?:[ -]?[A-Za-z]+)*(?:[ -]?[0-9]{1,4})?")
_KEYPAD = {
    letter: str(digit)
    for digit, letters in enumerate(["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"], start=2)
    for letter in letters
}


def vanity_digits(text: str) -> str:
    """Return `text` with the letters of a keypad as their digits."""
    return "".join(_KEYPAD.get(c.lower(), c) for c in text)


def dialable(text: str, region: str) -> tuple[str, str]:
    """Split `text` into the characters to dial (digits, maybe a leading plus) and the post-dial digits.

    Raises `NumberError` where the text is no single number.
    """
    if len(text.strip()) > MAX_TEXT:
        raise NumberError("That is too much text", "Select the number alone.")
    line, context = _one_line(text), ""
    scheme = _SCHEME.match(line)
    if scheme is not None:
        line, context = _without_uri_dress(scheme[1].lower(), line[scheme.end() :])
    line = _LABEL.sub("", line)
    _refuse_several(line, text, region)
    line, post_dial = _without_post_dial(line)
    if not _ZERO_IS_DIALLED.match(line):
        line = _OPTIONAL_ZERO.sub("", line)
    if any(c in "*#" for c in line):
        raise RefusedNumberError("That is a service code", "Codes with * or # cannot be dialled through click-to-call.")
    if _LETTERS.search(line):
        line = _vanity_or_raise(line, text, region)
    kept = re.sub(r"\++", "+", "".join(c for c in line if c in "+0123456789"))
    if "+" in kept[1:]:
        raise _several(text)
    return (context + kept if kept and not kept.startswith("+") else kept), post_dial


def _one_line(text: str) -> str:
    """Return `text` with its line breaks as bars and every script's decimal digits as ASCII."""
    line = clean_text(_LINE_BREAK.sub("|", text.strip()), MAX_TEXT)
    if any(unicodedata.category(c) == "No" for c in line):  # a footnote mark or a fraction is no digit to dial
        raise NumberError("That is not a phone number", f"“{clean_text(text, 60)}” cannot be read as a phone number.")
    return "".join(str(int(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", line))


def _without_uri_dress(scheme: str, body: str) -> tuple[str, str]:
    """Return the number part of a link and its phone-context where that is a prefix."""
    body = _one_line(unquote(body)).partition("?")[0]
    if scheme.startswith("sip"):
        body = body.partition("@")[0]
    number, *parameters = body.split(";")
    context = ""
    for parameter in parameters:
        name, _, value = (part.strip() for part in parameter.partition("="))
        if name.lower() == "phone-context" and re.fullmatch(r"\+[0-9().\- ]*[0-9][().\- ]*", value):
            context = "+" + re.sub(r"[^0-9]", "", value)
        if name.lower() == "ext":
            number += f" ext {value}"
    return number, context


def _without_post_dial(line: str) -> tuple[str, str]:
    """Split off an extension or what follows a pause."""
    for pattern in (_EXTENSION, _PAUSE):
        found = pattern.search(line)
        if found and any(c.isdigit() for c in line[: found.start()]):
            return line[: found.start()], re.sub(r"[^0-9*#]", "", found.group(1))
    return line, ""


def _refuse_several(line: str, text: str, region: str) -> None:
    """Raise where two parts of `line` are numbers in use by themselves: run together they would be a third one."""
    parts = [part for part in _BETWEEN_NUMBERS.split(line) if not _LETTERS.search(part)]
    long_enough = [part for part in parts if sum(c.isdigit() for c in part) >= _SHORTEST_OF_SEVERAL]
    if sum(is_in_use(part, region) for part in long_enough) > 1:
        raise _several(text)


def _several(text: str) -> NumberError:
    return NumberError("Several numbers there", f"“{clean_text(text, 60)}” holds more than one number. Choose one.")


def is_in_use(text: str, region: str) -> bool:
    """Whether `text` is a number of an assigned range, written as it is dialled in `region`."""
    import phonenumbers  # noqa: PLC0415

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, region)))
    except phonenumbers.NumberParseException:
        return False


def _vanity_or_raise(line: str, text: str, region: str) -> str:
    """Read keypad letters as digits where they complete a number; a word beside a whole number doesn't."""
    head = line.strip()
    found = _VANITY.fullmatch(head)
    if found and sum(c.isdigit() for c in head) >= VANITY_DIGITS and not is_in_use(found[1], region):
        return vanity_digits(head)
    raise NumberError("No number there", f"“{clean_text(text, 60)}” is not a phone number.")

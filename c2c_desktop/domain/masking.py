"""Hiding phone numbers: one that is known to be one, and those that stand somewhere in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

SHOWN_DIGITS = 2
"""Digits that stay of a number on the screen and in a diagnostics bundle."""

LOGGED_DIGITS = 4
"""Digits that stay of a number in the log."""

SHORTEST_NUMBER = 5
"""Digits from which a run of them in a text is taken for a number; small countries have numbers as short."""

SURE_NUMBER = 7
"""Digits from which it is one wherever it stands, even inside a word."""

DOT = "•"
"""Stands for a hidden digit."""

_CODE = re.compile(r"\+\d{1,3}(?=\D)")
_USER_ID = r"(?<![0-9A-Za-z])(?P<extension>[0-9]{1,10})_(?P<app>[0-9]{3,15})(?![0-9A-Za-z])"
_BETWEEN = (
    r"(?:%20|%28|%29|%2[BbDdEeFf]|%C2%A0|%E2%80%[0-9A-F]{2}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
    r"|[^\S\n]|[-+().\[\]/\u00b7\u2010-\u2015\u2212\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
)
"""What groups the digits of a number: as people write it, in an address, in a `repr`, in JSON."""

_AFTER = r"(?:\s?(?:;ext=|ext(?:ension|n)?\.?|x|#)\s?:?\s?[\d*#,;]*\d[\d*#,;]*|[,;pPwW]+[\d*#][\d*#,;pPwW]*)*"
"""Extensions, and what is pressed after the call is answered: a conference code can be a secret of its own."""

_NOT_MASKED = "|".join(
    (
        r"(?<!\d)20\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d:[0-5]\d(?:[.,]\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?(?!\d)",
        r"(?<=damaged-)20\d{6}-\d{6}(?!\d)",  # the same, in the name of a file that was set aside
        r"(?<=http://)\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?!\d)",
        r"(?<=https://)\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?!\d)",
        r"(?<![\d.])127\.0\.0\.1(?::\d{1,5})?(?![\d.])",
        r"(?<![0-9A-Za-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z])",  # the id of a call
        r"(?<![0-9A-Za-z])0x[0-9a-fA-F]{6,16}(?![0-9A-Za-z])",  # an address in memory
        rf"…\d{{1,{LOGGED_DIGITS}}}(?!\d)",
    )
)
_IN_TEXT = re.compile(
    rf"(?P<kept>{_NOT_MASKED})|{_USER_ID}|(?P<number>\+?\(?\+?\d(?:{_BETWEEN}{{0,6}}\d)*)(?P<after>{_AFTER})"
)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}$")
_GROUPING = re.compile(_BETWEEN)


def masked_number(text: str) -> str:
    """Return a phone number with all but its country code and its last two digits hidden, grouped as it was.

    As long as `text`, character for character. Letters are hidden too: they can stand for digits.
    """
    code = _CODE.match(text)
    start = code.end() if code is not None else 0
    hidden = [at for at, c in enumerate(text) if c.isalnum() and at >= start][:-SHOWN_DIGITS]
    shown = list(text)
    for at in hidden:
        shown[at] = DOT
    return "".join(shown)


def masked_text(text: str) -> str:
    """Return `text`, meant for the screen, with the numbers in it hidden as by `masked_number`."""
    return _with_numbers_hidden(text, SURE_NUMBER, lambda number, _: masked_number(number), lambda app: app)


def logged_text(text: str, keep: int = LOGGED_DIGITS) -> str:
    """Return `text`, meant for a file, with all but the last `keep` digits of the numbers and user IDs in it hidden.

    Moments, the ids of calls and requests, and addresses on the network stay readable.
    """

    def hide(_: str, digits: str) -> str:
        return f"…{digits[-keep:]}"

    return _with_numbers_hidden(text, SHORTEST_NUMBER, hide, lambda app: f"…{app[-keep:]}" if len(app) > keep else app)


def _with_numbers_hidden(text: str, least: int, hide: Callable[[str, str], str], hide_app: Callable[[str], str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match["kept"] is not None:
            return _hidden_again(match[0], hide)
        if match["app"] is not None:
            return f"{match['extension']}_{hide_app(match['app'])}"
        number, after = match["number"], match["after"]
        digits = _GROUPING.sub("", number)
        if len(digits) < least or (len(digits) < SURE_NUMBER and _is_in_a_word(match)):
            return match[0]
        return hide(number, digits) + re.sub(r"[\d*#]+", "…", after)

    return _IN_TEXT.sub(replaced, text)


def _hidden_again(text: str, hide: Callable[[str, str], str]) -> str:
    """Return what is left of a number that was hidden before, hidden as far as now asked; anything else as it is."""
    return hide(text[1:], text[1:]) if text.startswith("…") else text


def _is_in_a_word(match: re.Match[str]) -> bool:
    """Whether a letter stands right before or after the number: then it belongs to a name, like a request ID."""
    text, start, end = match.string, match.start("number"), match.end("number")
    before = start > 0 and text[start - 1].isalpha() and not _ESCAPED.search(text, max(start - 3, 0), start)
    return before or (end < len(text) and text[end].isalpha())

"""The short numbers of the own telephone system: the pattern that names them, like `1xx, 2001`."""

from __future__ import annotations

import re
import unicodedata

from c2c_desktop.domain.errors import UserFacingError

LONGEST_EXTENSION = 7
"""Digits; anything longer is a number of the public network."""

MOST_ITEMS = 50
"""Items of one pattern."""

_ITEM = re.compile(r"[1-9x][0-9x]*")


def checked_extensions(text: str) -> str:
    """Return the pattern `text` in its normal form: `1xx, 2001`; "" for none.

    Raises `UserFacingError` saying what is wrong with it.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    items = list(dict.fromkeys(item for item in re.split(r"[\s,;]+", plain) if item))
    for item in items:
        shown = item if len(item) <= LONGEST_EXTENSION * 2 else item[: LONGEST_EXTENSION * 2] + "…"
        if item.startswith("0"):
            # The service takes numbers as JSON integers: a leading zero would not reach it.
            raise UserFacingError("Extensions cannot begin with 0", f"Take “{shown}” out: the 0 would be lost.")
        if not _ITEM.fullmatch(item) or not item.isascii():
            raise UserFacingError(
                "That is no list of extensions", f"Write digits, and x for any digit, like 1xx, 2001; not “{shown}”."
            )
        if len(item) > LONGEST_EXTENSION:
            raise UserFacingError("That extension is too long", f"“{shown}” has more than {LONGEST_EXTENSION} digits.")
    if len(items) > MOST_ITEMS:
        raise UserFacingError("Those are too many extensions", f"At most {MOST_ITEMS}; x stands for any digit.")
    return ", ".join(items)


def matches_extension(digits: str, pattern: str) -> bool:
    """Whether `digits` is an extension by `pattern`, of whatever origin: a broken item matches nothing."""
    return 0 < len(digits) <= LONGEST_EXTENSION and any(_matches(digits, item) for item in _items(pattern))


def names_extension(digits: str, pattern: str) -> bool:
    """Whether `pattern` writes out `digits` itself, without an x for any of them."""
    return matches_extension(digits, pattern) and digits in _items(pattern)


def _items(pattern: str) -> list[str]:
    return [item for item in re.split(r"[\s,;]+", pattern.lower()) if _ITEM.fullmatch(item)]


def _matches(digits: str, item: str) -> bool:
    return (
        len(digits) == len(item)
        and digits.isascii()
        and digits.isdecimal()
        and not digits.startswith("0")
        and all(wanted in ("x", digit) for digit, wanted in zip(digits, item, strict=True))
    )

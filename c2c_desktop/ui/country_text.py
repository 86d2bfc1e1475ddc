"""Countries and prefixes as people write them, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text, fold

_BETWEEN = re.compile(r"[,;\n]+")
_PREFIX = re.compile(r"\+?[1-9][0-9]{0,14}")


def country_text(codes: Iterable[str]) -> str:
    """Return countries by name; one whose name has a comma, and a code nobody knows, by code."""
    names = [COUNTRY_NAMES.get(code, code) for code in codes]
    pairs = zip(codes, names, strict=True)
    return ", ".join(sorted(code if "," in name else name for code, name in pairs))


def countries_from(text: str) -> frozenset[str]:
    """Return the ISO 3166 codes of the names and codes in `text`. Raises `UserFacingError` for any other word."""
    by_name = {fold(name): code for code, name in COUNTRY_NAMES.items()}
    found: set[str] = set()
    for word in _words(text):
        code = word.upper() if word.upper() in COUNTRY_NAMES else by_name.get(fold(word))
        if code is None:
            raise UserFacingError(
                "That is no country", f"“{clean_text(word, 40)}” is neither a country’s name nor a code like IN."
            )
        found.add(code)
    return frozenset(found)


def prefixes_from(text: str) -> tuple[str, ...]:
    """Return the prefixes in `text` with their plus. Raises `UserFacingError` for what is none."""
    found: dict[str, None] = {}
    for word in _words(text):
        digits = re.sub(r"[\s().-]", "", word)
        if not (digits.isascii() and _PREFIX.fullmatch(digits)):
            raise UserFacingError(
                "That is no beginning of a number",
                f"Write “{clean_text(word, 40)}” with its country code, like +4420.",
            )
        found[f"+{digits.removeprefix('+')}"] = None
    return tuple(found)


def _words(text: str) -> list[str]:
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]

"""Text that came from outside, made safe to show."""

from __future__ import annotations

import unicodedata


def clean_text(text: str, limit: int = 300) -> str:
    """Return `text` on one line without control, bidi and unassigned characters, at most `limit` long."""
    if len(text) <= limit and text.isprintable() and " ".join(text.split()) == text:
        return text  # as most of a million texts are; what is not printable is looked at letter by letter
    # Joiners are kept: they carry meaning in Indic scripts.
    kept: list[str] = []
    for character in text[: limit * 8]:
        if character.isspace():
            kept.append(" ")
        elif character in "\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn"}:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def fold(text: str) -> str:
    """Return `text` without case and accents, for matching only. Signs of Indic scripts stay, as letters."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare.translate(_UNACCENTED))


_UNACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "ı": "i"})

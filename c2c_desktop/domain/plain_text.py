"""Text that came from outside, made safe to show."""

from __future__ import annotations

import unicodedata

_BIDI_AND_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u2028\u2029\ufeff")


def clean_text(text: str, limit: int = 300) -> str:
    """Return `text` on one line without control, bidi and unassigned characters, at most `limit` long."""
    kept: list[str] = []
    for character in text[: limit * 8]:
        if character.isspace():
            kept.append(" ")
        elif character in _BIDI_AND_INVISIBLE or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"}:
            if character in "\u200c\u200d":  # joiners carry meaning in Indic scripts
                kept.append(character)
        else:
            kept.append(character)
    line = " ".join("".join(kept).split(" ")).strip()
    line = " ".join(line.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def fold(text: str) -> str:
    """Return `text` without case and accents, for matching only."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare.translate(_UNACCENTED))


_UNACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i"})

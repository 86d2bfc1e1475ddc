"""What kind of number a label speaks of, in the languages address books are exported in."""

from __future__ import annotations

import re

from c2c_desktop.domain.plain_text import fold

NUMBER_KINDS = ("mobile", "work", "home", "main", "fax", "pager", "other")
"""What `RecordNumber.kind` is after an import, or "" where nothing is said."""

_BETWEEN_WORDS = re.compile(r"[\s!-/:-@\[-`{-~–—·]+")  # not \W, which cuts Indic words at their vowel signs
_STEMS = {
    "fax": ("fax", "telecopie"),
    "pager": ("pager", "beeper", "funkruf", "personensuch", "semafoon", "cercapersone"),
    "mobile": (
        "mobil", "mobiel", "mob", "cell", "cellul", "celul", "handy", "portable", "movil", "telemovel", "iphone",
        "gsm", "whatsapp", "msisdn", "autotelefon", "car", "auto", "radio", "मोबाइल", "மொபைல்",
    ),
    "work": (
        "work", "business", "office", "company", "direct", "desk", "geschaft", "buro", "dienst", "firma", "arbeit",
        "bureau", "professionnel", "travail", "trabajo", "oficina", "lavoro", "ufficio", "trabalho", "comercial",
        "escritorio", "empresa", "zakelijk", "werk", "societe", "कार्यालय", "அலுவலகம்",
    ),
    "home": (
        "home", "house", "residen", "private", "privat", "prive", "personal", "personnel", "personale", "particular",
        "domicile", "domicilio", "casa", "abitazione", "thuis", "घर", "வீடு",
    ),
    "main": ("main", "primary", "principal", "haupt", "zentrale", "switchboard", "hoofd", "primaire", "standard"),
}  # fmt: skip
_SHORT = 3
"""Stems up to this length are whole words: "car" is not in "Carla", nor "mob" in "mobbing"."""
_WHOLE = frozenset({"auto", "home", "main", "work", "werk", "casa"})


def label_words(label: str) -> list[str]:
    """Return the folded words of a label or a column's header."""
    return [word for word in _BETWEEN_WORDS.split(fold(label)) if word]


def number_kind(label: str) -> str:
    """Return one of `NUMBER_KINDS`: "other" for a label that tells nothing, "" for none."""
    words = label_words(label)
    return (kind_among(words) or "other") if words else ""


def stored_kind(label: str) -> str:
    """Return the kind a contact's number has here, of one of `NUMBER_KINDS` or of any label a file gave it."""
    return label if label in NUMBER_KINDS else number_kind(label) or "other"


def kind_among(words: list[str]) -> str:
    """Return the first kind, in the order of weight, that one of the folded `words` tells; "" for none."""
    for kind, stems in _STEMS.items():
        if any(_tells(word, stem) for stem in stems for word in words):
            return kind
    return ""


def _tells(word: str, stem: str) -> bool:
    if stem == "fax":
        return stem in word  # Faxnummer, Telefax
    return word == stem if len(stem) <= _SHORT or stem in _WHOLE else word.startswith(stem)

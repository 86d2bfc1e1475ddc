"""How many contacts, as it is read everywhere."""

from __future__ import annotations


def contacts_words(number: int) -> str:
    """Return "0 contacts", "1 contact", "12,400 contacts"."""
    return f"{number:,} contact{'' if number == 1 else 's'}"

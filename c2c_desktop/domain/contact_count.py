"""How many contacts and numbers, as it is read everywhere."""

from __future__ import annotations


def contacts_words(number: int) -> str:
    """Return "0 contacts", "1 contact", "12,400 contacts"."""
    return f"{number:,} contact{'' if number == 1 else 's'}"


def unread_words(number: int) -> str:
    """Return "1 number cannot be read", "3 numbers cannot be read"."""
    return f"{number:,} number{'' if number == 1 else 's'} cannot be read"


def changed_words(added: int, changed: int) -> str:
    """Return "2 contacts added", "2 contacts added, 3 updated", "3 contacts updated"."""
    if not added:
        return f"{contacts_words(changed)} updated"
    return f"{contacts_words(added)} added{f', {changed:,} updated' if changed else ''}"

"""How a shared directory stands, in words."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.ui.when import moment_words

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_LONG_WAIT = 120
"""Minutes from which on hours are told."""


def place_words(directory: SharedDirectory) -> str:
    """Return where it comes from: a server's name, or a file's."""
    if directory.kind is DirectoryKind.FILE:
        return clean_text(PurePath(directory.address).name or directory.address, 80)
    try:
        host = urlsplit(directory.address).hostname
    except ValueError:
        host = ""
    return clean_text(host or directory.address, 80)


def held_words(number: int) -> str:
    """Return how many contacts a directory holds: "1,240 contacts", "1 contact" or "no contacts"."""
    return contacts_words(number) if number else "no contacts"


def ago_words(at: float, now: float) -> str:
    """Return "3 min ago", "2 h ago", or the moment where it is longer ago than a day; UTC seconds."""
    seconds = now - at
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min ago"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)} h ago"
    return moment_words(at)


def facts_words(state: DirectoryState, now: float, *, is_updating: bool) -> str:
    """Return where a directory comes from, how many contacts it has, and what the last success brought."""
    parts = [place_words(state.directory)]
    if state.updated_at is not None:
        parts.append(held_words(state.contacts))
    if state.updated_at is None:
        parts.append("reading it for the first time…" if is_updating else "" if state.failures else "not read yet")
    elif not state.failures:
        changed = f"{state.changed:,} changed" if state.changed else "up to date"
        unread = f", {state.skipped:,} could not be read" if state.skipped else ""
        parts.append(f"{changed}{unread}, {ago_words(state.updated_at, now)}")
    return " · ".join(filter(None, parts))


def trouble_words(state: DirectoryState, seconds_to_next: float) -> str:
    """Return why it is not up to date, since when, and when it is tried again; "" where it is."""
    if not state.failures:
        return ""
    since = f"Not updated since {moment_words(state.updated_at)}" if state.updated_at is not None else "Not read yet"
    minutes = round(seconds_to_next / _MINUTE)
    again = f"in {minutes} min" if minutes < _LONG_WAIT else f"in {round(minutes / _MINUTE)} h"
    again = again if minutes else "in a moment"
    return f"{since}; trying again {again}: {clean_text(state.problem, 400)}"

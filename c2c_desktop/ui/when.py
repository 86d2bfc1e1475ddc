"""Moments in words, as short as they can be without being mistaken."""

from __future__ import annotations

import datetime


def moment_words(at: float) -> str:
    """Return "15:42", "yesterday 15:42" or "23 Nov 15:42" for UTC seconds `at`, in this computer's zone."""
    moment = datetime.datetime.fromtimestamp(at).astimezone()
    days = (datetime.datetime.now().astimezone().date() - moment.date()).days
    if days == 0:
        return moment.strftime("%H:%M")
    if days == 1:
        return moment.strftime("yesterday %H:%M")
    return moment.strftime("%d %b %H:%M").lstrip("0")

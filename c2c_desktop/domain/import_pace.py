"""How far an import is, in words: how many, how fast, how long it still takes."""

from __future__ import annotations

import math

from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.contact_import import ImportProgress, Stage

READING_SHARE = 0.5
"""Of the whole, until the file is read: saving takes about as long again."""

_TOLD_FROM = 2.0
"""Seconds after which the pace says something about the rest."""

_FEW, _MINUTE, _HOUR, _DAY = 5, 60, 3600, 86_400


class ImportPace:
    """Hears of the progress of one import. Main thread."""

    def __init__(self) -> None:
        self._progress = ImportProgress(Stage.READING, 0.0, 0, 0.0)
        self._saving_since: float | None = None

    def hear(self, progress: ImportProgress) -> None:
        """Take what is told; a part beyond its bounds counts as the bound."""
        if progress.stage is Stage.SAVING and self._saving_since is None:
            self._saving_since = progress.seconds
        self._progress = progress

    @property
    def whole(self) -> float:
        """How much of the whole is done, from 0 to 1."""
        if self._progress.stage is Stage.READING:
            return READING_SHARE * self._part
        return READING_SHARE + (1 - READING_SHARE) * self._part

    @property
    def stage_words(self) -> str:
        """What is being done, to how many contacts."""
        contacts = self._progress.contacts
        if self._progress.stage is Stage.SAVING:
            return f"Saving {contacts_words(contacts)}"
        return f"{contacts_words(contacts)} read" if contacts else "Reading the file"

    @property
    def rate_words(self) -> str:
        """How many contacts a second are read; "" where nothing can be said of it."""
        progress = self._progress
        if progress.stage is Stage.SAVING or progress.seconds < 1 or not progress.contacts:
            return ""
        return f"{max(round(progress.contacts / progress.seconds), 1):,} a second"

    @property
    def remaining_words(self) -> str:
        """How long it still takes, roughly; "" before anything can be said of it."""
        progress = self._progress
        if progress.seconds < _TOLD_FROM or not self.whole:
            return ""
        if self._saving_since is None:
            return duration_words(progress.seconds * (1 - self.whole) / self.whole)
        spent = progress.seconds - self._saving_since
        if spent >= _TOLD_FROM and self._part:
            return duration_words(spent * (1 - self._part) / self._part)
        # Saving has just begun: it takes as long as reading did, in the proportion of their shares.
        expected = self._saving_since * (1 - READING_SHARE) / READING_SHARE
        return duration_words(expected * (1 - self._part))

    @property
    def _part(self) -> float:
        return min(max(self._progress.part, 0.0), 1.0)


def duration_words(seconds: float) -> str:
    """Return how long that still is, rounded up so that it seldom changes and is seldom too little."""
    if seconds < _FEW:
        return "A few seconds left"
    if seconds <= _MINUTE - 10:
        return f"About {math.ceil(seconds / 10) * 10} seconds left"
    if seconds <= _HOUR:
        return _about(math.ceil(seconds / _MINUTE), "minute")
    return _about(math.ceil(seconds / _HOUR), "hour") if seconds <= _DAY else "More than a day left"


def _about(number: int, what: str) -> str:
    return f"About {number} {what}{'' if number == 1 else 's'} left"

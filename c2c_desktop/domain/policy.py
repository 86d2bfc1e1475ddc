"""The guard's rules as data: what a person or an administrator can set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind

TRUST: Mapping[Source, Verdict] = {
    Source.PAD: Verdict.ALLOW,
    Source.CONTACT: Verdict.ALLOW,
    Source.HISTORY: Verdict.ALLOW,
    Source.TRAY: Verdict.ALLOW,
    Source.POPUP: Verdict.ALLOW,
    Source.HOTKEY: Verdict.ASK,
    Source.LINK: Verdict.ASK,
    Source.COMMAND_LINE: Verdict.ASK,
}
"""How far each source is trusted unless somebody says otherwise."""

RISKS: Mapping[LineKind, Verdict] = {
    LineKind.PREMIUM: Verdict.ASK,
    LineKind.SHARED_COST: Verdict.ASK,
    LineKind.SATELLITE: Verdict.ASK,
}
"""What kinds of line ask, whatever the source."""

MOST_UNDO_SECONDS = 5
MOST_DUPLICATE_SECONDS = 600
MOST_A_MINUTE = 600
"""The highest rate of a source that can be set; the lowest is 1."""

OUTSIDE = frozenset({Source.LINK, Source.HOTKEY})
"""Sources anybody can set off who reaches another program: those a locked screen stops."""


@dataclass(frozen=True, slots=True)
class CallingHours:
    """When calls may be placed without asking, by the clock of whoever is called. Minutes since midnight.

    From `start` up to, but not including, `end`; over midnight where `end` is the smaller one. Where both are the
    same, no hour is a calling hour.
    """

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether `minute` is inside."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    @property
    def words(self) -> str:
        """The hours as in 09:00–20:00."""
        return f"{clock_words(self.start)}–{clock_words(self.end)}"


def clock_words(minute: int) -> str:
    """Return minutes since midnight as "09:05"."""
    return f"{minute // 60:02}:{minute % 60:02}"


@dataclass(frozen=True, slots=True)
class GuardPolicy:
    """Every rule of the guard. Countries are ISO 3166 codes, prefixes E.164 with their plus."""

    sources: Mapping[Source, Verdict] = field(default_factory=lambda: dict(TRUST))
    kinds: Mapping[LineKind, Verdict] = field(default_factory=lambda: dict(RISKS))
    unknown_country: Verdict = Verdict.ASK
    allowed_countries: frozenset[str] = frozenset()
    """Empty: all that are not blocked."""
    blocked_countries: frozenset[str] = frozenset()
    allowed_prefixes: tuple[str, ...] = ()
    """A number under one of these is allowed whatever the countries say."""
    blocked_prefixes: tuple[str, ...] = ()
    do_not_call_file: str = ""
    calling_hours: CallingHours | None = None
    duplicate_seconds: int = 30
    rates: Mapping[Source, int] = field(default_factory=lambda: {Source.LINK: 10, Source.HOTKEY: 20})
    """Calls a minute a source may ask for; a source that is not named has no limit."""
    refuse_while_locked: bool = True
    """Whether links and the hotkey are refused while the screen is locked."""
    trusted_for_contacts: frozenset[Source] = frozenset()
    """Sources that ask, except for a number of a known contact."""
    undo_seconds: int = 0
    """How long a call waits, cancellable, before it is sent: 0 to 5."""

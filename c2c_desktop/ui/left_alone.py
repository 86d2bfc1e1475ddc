"""What was asked for while something else waited for an answer: counted or named, never queued."""

from __future__ import annotations

from c2c_desktop.domain.call import FOREIGN, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.plain_text import clean_text

_NAMED_LIMIT = 40
"""Characters of whom a hand in this program wanted to call."""


class LeftAlone:
    """Knows the requests that came meanwhile and were not followed."""

    def __init__(self) -> None:
        self._links = 0
        self._others = 0
        self._own = ""

    def add(self, request: DialRequest) -> None:
        """Count one of another program, or name the one of a hand in this program."""
        if request.source is Source.LINK:
            self._links += 1
        elif request.source in FOREIGN:
            self._others += 1
        else:
            self._own = clean_text(request.contact_name or request.text, _NAMED_LIMIT)

    def forget(self) -> None:
        """Begin anew."""
        self._links = self._others = 0
        self._own = ""

    @property
    def words(self) -> str:
        """What came, "" where nothing did."""
        own = f"Your call to {self._own} was not placed: answer this first." if self._own else ""
        count = self._links + self._others
        what = "request" if self._others else "link"
        others = f"{count:,} more {what}s came meanwhile and were left alone." if count else ""
        if count == 1:
            others = f"1 more {what} came meanwhile and was left alone."
        return " ".join(filter(None, (own, others)))

"""What was asked for while something else waited for an answer: counted, never queued."""

from __future__ import annotations

from c2c_desktop.domain.call import Source


class LeftAlone:
    """Counts requests of other programs that came meanwhile and were not followed."""

    def __init__(self) -> None:
        self._links = 0
        self._others = 0

    def add(self, source: Source) -> None:
        """Count one."""
        if source is Source.LINK:
            self._links += 1
        else:
            self._others += 1

    def forget(self) -> None:
        """Begin anew."""
        self._links = self._others = 0

    @property
    def words(self) -> str:
        """One sentence, "" where nothing came."""
        count = self._links + self._others
        if not count:
            return ""
        what = "request" if self._others else "link"
        if count == 1:
            return f"1 more {what} came meanwhile and was left alone."
        return f"{count:,} more {what}s came meanwhile and were left alone."

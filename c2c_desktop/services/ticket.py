"""Whether a call is sent or cancelled: one of the two, once, whoever comes first."""

from __future__ import annotations

import threading


class Ticket:
    """Settles, once and across threads, whether a call is sent or cancelled."""

    def __init__(self, since: float) -> None:
        self.since = since
        """When the call was asked for, in monotonic seconds."""
        self._lock = threading.Lock()
        self._taken_by: str = ""

    def _take(self, who: str) -> bool:
        with self._lock:
            if self._taken_by:
                return False
            self._taken_by = who
            return True

    def claim(self) -> bool:
        """Whether the request may be sent now; afterwards it cannot be cancelled."""
        return self._take("sender")

    def cancel(self) -> bool:
        """Whether the request is now certain never to be sent."""
        return self._take("canceller")

    @property
    def cancelled(self) -> bool:
        """Whether no byte will ever leave."""
        return self._taken_by == "canceller"

    @property
    def claimed(self) -> bool:
        """Whether a byte may have left."""
        return self._taken_by == "sender"

"""A connection of one thread that another one may want closed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class HeldConnection:
    """Is closed when nobody works with it, and not before.

    The sqlite3 module reads freed memory where a connection is closed under a thread that works with it: the process
    ends by a signal. And to close it waits for what runs, for as long as that takes.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        """To be worked with between `take` and `give_back`, by the thread it belongs to."""
        self._lock = threading.RLock()
        self._taken = 0
        self._is_unwanted = False
        self._is_closed = False

    def take(self) -> bool:
        """Begin to work with it; False where it is closed. Can be taken again before it is given back."""
        self._lock.acquire()
        if self._is_closed:
            self._lock.release()
            return False
        self._taken += 1
        return True

    def give_back(self) -> None:
        """End what `take` began."""
        self._taken -= 1
        self._lock.release()
        if self._is_unwanted:
            self._close_if_free()

    def close(self) -> None:
        """Close it now, or once its thread has given it back; that is not waited for. Any thread."""
        self._is_unwanted = True
        self._close_if_free()

    def _close_if_free(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                if not self._taken:
                    self._is_closed = True
                    self.connection.close()
            finally:
                self._lock.release()

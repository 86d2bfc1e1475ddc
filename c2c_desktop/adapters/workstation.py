"""What the guard asks about the world around: the screen, and the do-not-call list."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.adapters.do_not_call_file import DoNotCallFile


class Workstation:
    """Implements the `Surroundings` port. Main thread."""

    def __init__(self, do_not_call: DoNotCallFile) -> None:
        self._do_not_call = do_not_call
        self._screen_is_locked: Callable[[], bool] = lambda: False

    def watch_screen(self, is_locked: Callable[[], bool]) -> None:
        """Ask `is_locked` from now on; until then nothing tells of the screen."""
        self._screen_is_locked = is_locked

    def refresh(self) -> None:
        """Begin to read the do-not-call list where it is another one. Cheap."""
        self._do_not_call.refresh()

    def screen_is_locked(self) -> bool:
        """Whether the screen is locked."""
        return self._screen_is_locked()

    def is_do_not_call(self, e164: str) -> bool:
        """Whether the list, as it stands now, holds that number."""
        self._do_not_call.refresh()
        return self._do_not_call.holds(e164)

    def do_not_call_trouble(self) -> str:
        """Why the list cannot tell, as of the last look at it."""
        return self._do_not_call.trouble

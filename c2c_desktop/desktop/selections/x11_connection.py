"""A connection of our own to the X server, read when its socket has something.

Requests that ask the server wait for it, as Qt's do; nothing here waits for another program. Loads python-xlib, about
20 ms: import it after the first paint.
"""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayError

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
"""Events read before the event loop has its turn, however many another program sends."""

_GONE = (ConnectionClosedError, OSError)


class X11Connection(QObject):
    """One connection. Main thread."""

    received = Signal(object)
    """An event, as python-xlib has it."""
    lost = Signal()
    """The server went away, or threw us out."""

    def __init__(self, parent: QObject, display_name: str | None = None) -> None:
        """`display_name`: another server than that of DISPLAY."""
        super().__init__(parent)
        self._display_name = display_name
        self._display: Any = None
        self._notifier: QSocketNotifier | None = None
        # A reply that is waited for brings events with it, and no socket tells of those again.
        self._left = QTimer(self)
        self._left.setSingleShot(True)
        self._left.setInterval(0)
        self._left.timeout.connect(self._read)

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._display is not None

    @property
    def display(self) -> Any:
        """python-xlib's `Display`. Only while open, and only inside `asking`."""
        return self._display

    def open(self) -> bool:
        """Connect; False where there is no server, or none that lets us in."""
        if self._display is not None:
            return True
        # python-xlib prints what it thinks of the cookie file, and leaves a refused socket to the collector.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            self._display = _connected(self._display_name)
        if self._display is None:
            return False
        self._display.set_error_handler(_note_error)
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Send what the block asks for; where the server is gone, the block ends early and `lost` is emitted."""
        try:
            yield
            self._display.flush()
        except _GONE:
            self._lose()
        else:
            self._left.start()

    def close(self) -> None:
        """Leave the server: it takes back every grab and window of ours."""
        self._left.stop()
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
            notifier.deleteLater()
        display, self._display = self._display, None
        if display is not None:
            try:
                display.close()
            except _GONE:
                _log.info("the X server was gone already")

    def _read(self) -> None:
        try:
            for _ in range(MOST_AT_ONCE):
                if self._display is None or not self._display.pending_events():
                    return
                self.received.emit(self._display.next_event())
        except _GONE:
            self._lose()
        else:
            self._left.start()

    def _lose(self) -> None:
        self.close()
        self.lost.emit()


def _connected(display_name: str | None) -> Any:
    name = os.environ.get("DISPLAY", "") if display_name is None else display_name
    if name.startswith(":"):
        name = f"unix/{name}"  # or else python-xlib tries TCP where the socket is gone
    try:
        return Display(name)
    except (*_GONE, DisplayError) as error:
        _log.info("no X server: %s", type(error).__name__)
        return None


def _note_error(error: object, _request: object) -> None:
    """Take an error nobody waits for: a window that closed meanwhile, a key another program has."""
    _log.debug("X11: %s", type(error).__name__)

"""The text that is marked on the screen, read at the moment a person asks to call it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from c2c_desktop.desktop.system.session_kind import SessionKind, session_kind

if TYPE_CHECKING:
    from c2c_desktop.desktop.selections.x11_connection import X11Connection
    from c2c_desktop.desktop.selections.x11_text import X11Text

LIMIT = 10_000
"""Characters; of a longer text, the beginning."""

Done = Callable[[str], None]


class Selection(QObject):
    """Reads what is marked in whatever program, and where nothing is, what was copied. Main thread.

    Nothing is kept. The text is as its program gave it, not cleaned: it is for `parse_number` and nothing else.

    Under X11 nothing is waited for. Elsewhere Qt reads what was copied, and that waits: on Wayland at most a second
    for a program that does not answer, and only while a window of ours is in front does the desktop tell at all; on
    Windows and macOS the system holds the text, unless its program promised it and hangs (not run by the tests).
    """

    def __init__(self, parent: QObject | None = None, session: SessionKind | None = None) -> None:
        """`session`: another kind than the one the program runs in."""
        super().__init__(parent)
        self._session = session
        self._text: X11Text | None = None
        self._x11: X11Connection | None = None
        self._waiting: list[Done] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_by_qt)

    def read(self, done: Done) -> None:
        """Read once; `done` gets the text later, "" where there is none or its program gives none within 500 ms."""
        session = self._session or session_kind(QGuiApplication.platformName(), os.environ)
        if session is SessionKind.X11:
            self._read_x11(done)
        else:
            self._waiting.append(done)
            self._soon.start()

    def close(self) -> None:
        """Forget what is being read, and leave the X server."""
        self._soon.stop()
        self._waiting.clear()
        if self._text is not None:
            self._text.drop()
        if self._x11 is not None:
            self._x11.close()
            self._x11.deleteLater()
        self._text = self._x11 = None

    def _read_x11(self, done: Done) -> None:
        from c2c_desktop.desktop.selections.x11_connection import X11Connection  # noqa: PLC0415
        from c2c_desktop.desktop.selections.x11_text import CLIPBOARD, PRIMARY, X11Text  # noqa: PLC0415

        if self._text is None:
            self._x11 = X11Connection(self)
            self._text = X11Text(self._x11)
        self._text.read((PRIMARY, CLIPBOARD), LIMIT, done)

    def _read_by_qt(self) -> None:
        waiting, self._waiting = self._waiting, []
        text = _read_clipboard()
        for done in waiting:
            done(text)


def _read_clipboard() -> str:
    clipboard = QGuiApplication.clipboard()
    if clipboard.supportsSelection() and (text := clipboard.text(QClipboard.Mode.Selection)).strip():
        return text[:LIMIT]
    return clipboard.text()[:LIMIT]

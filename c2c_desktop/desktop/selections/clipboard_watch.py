"""Copied numbers that offer themselves: only where a person switched that on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from c2c_desktop.desktop.system.session_kind import SessionKind, session_kind

if TYPE_CHECKING:
    from c2c_desktop.desktop.selections.x11_clipboard import X11Clipboard

LIMIT = 80
"""Characters; what is longer is no number."""

LEAST_DIGITS = 3
SECRET_FORMATS = (
    "x-kde-passwordManagerHint",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
)
"""How password managers mark what nobody shall look at."""


class ClipboardWatch(QObject):
    """Follows what is copied, from the moment it is switched on. Main thread.

    It keeps no text, reads none that a password manager marks, and leaves alone what this program copied itself. Under
    X11 nothing is waited for; elsewhere Qt reads, as `Selection` says.
    """

    offered = Signal(str)
    """A text of at most `LIMIT` characters with some digits, for `parse_number`; "" when that is copied no more."""

    def __init__(self, parent: QObject | None = None, session: SessionKind | None = None) -> None:
        """`session`: another kind than the one the program runs in."""
        super().__init__(parent)
        self._session = session
        self._is_on = False
        self._is_offering = False
        self._x11: X11Clipboard | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is followed."""
        return self._is_on

    def turn(self, *, on: bool) -> None:
        """Begin with what is copied next, or stop at once. Loads what it needs: call it after the first paint."""
        if on == self._is_on:
            return
        self._is_on = on
        if (self._session or session_kind(QGuiApplication.platformName(), os.environ)) is SessionKind.X11:
            self._turn_x11(on=on)
        elif on:
            QGuiApplication.clipboard().dataChanged.connect(self._read)
        else:
            QGuiApplication.clipboard().dataChanged.disconnect(self._read)
        if not on:
            self._offer("")

    def _turn_x11(self, *, on: bool) -> None:
        from c2c_desktop.desktop.selections.x11_clipboard import X11Clipboard  # noqa: PLC0415

        if on:
            self._x11 = X11Clipboard(self, LIMIT + 1, SECRET_FORMATS[0])
            self._x11.copied.connect(self._offer)
            self._x11.open()
        elif self._x11 is not None:
            self._x11.close()
            self._x11.deleteLater()
            self._x11 = None

    def _read(self) -> None:
        clipboard = QGuiApplication.clipboard()
        data: Any = None if clipboard.ownsClipboard() else clipboard.mimeData()
        is_free = data is not None and data.hasText() and not any(data.hasFormat(name) for name in SECRET_FORMATS)
        self._offer(data.text() if is_free else "")

    def _offer(self, text: str) -> None:
        offer = text.strip() if can_hold_number(text) else ""
        if offer or self._is_offering:
            self._is_offering = bool(offer)
            self.offered.emit(offer)


def can_hold_number(text: str) -> bool:
    """Whether a copied text is short enough for a number and has digits."""
    return len(text.strip()) <= LIMIT and sum(character.isdecimal() for character in text) >= LEAST_DIGITS

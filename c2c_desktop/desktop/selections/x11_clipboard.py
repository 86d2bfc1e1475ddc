"""Tells of every copy under X11, by XFixes, without asking again and again.

Loads python-xlib: import it after the first paint.
"""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QObject, Signal
from Xlib import X
from Xlib.ext import res, xfixes

from c2c_desktop.desktop.selections.x11_connection import X11Connection
from c2c_desktop.desktop.selections.x11_text import CLIPBOARD, X11Text

_EVERY_CHANGE = (
    xfixes.XFixesSetSelectionOwnerNotifyMask
    | xfixes.XFixesSelectionWindowDestroyNotifyMask
    | xfixes.XFixesSelectionClientCloseNotifyMask
)


class X11Clipboard(QObject):
    """Follows the CLIPBOARD selection on a connection of its own. Main thread."""

    copied = Signal(str)
    """The newest copied text, or its beginning; "" for our own, a secret one, none, or one nobody hands over."""

    def __init__(self, parent: QObject, limit: int, secret: str) -> None:
        """`limit`: characters. `secret`: the target that marks what nobody shall read."""
        super().__init__(parent)
        self._limit = limit
        self._secret = secret
        self._x11 = X11Connection(self)
        self._text = X11Text(self._x11)
        self._x11.received.connect(self._take)
        self._x11.lost.connect(lambda: self.copied.emit(""))

    def open(self) -> bool:
        """Follow from now on; False where there is no X server, or one that does not tell."""
        if not self._x11.open():
            return False
        with self._x11.asking():
            display = self._x11.display
            if display.has_extension(xfixes.extname):
                display.xfixes_query_version()
                root, clipboard = display.screen().root, display.get_atom(CLIPBOARD)
                display.xfixes_select_selection_input(root, clipboard, _EVERY_CHANGE)
                return True
        return False

    def close(self) -> None:
        """Stop at once."""
        self._text.drop()
        self._x11.close()

    def _take(self, event: Any) -> None:
        if not isinstance(event, xfixes.SelectionNotify):
            return
        self._text.drop()  # whatever was copied before
        if event.owner.id == X.NONE or self._is_ours(event.owner):
            self.copied.emit("")
        else:
            self._text.read((CLIPBOARD,), self._limit, self.copied.emit, secret=self._secret)

    def _is_ours(self, owner: Any) -> bool:
        """Whether this process holds it, on whichever connection."""
        process = 0
        with self._x11.asking():
            if self._x11.display.has_extension(res.extname):
                wanted = [{"client": owner.id, "mask": res.LocalClientPIDMask}]
                found = self._x11.display.res_query_client_ids(wanted).ids
                process = next((value for entry in found for value in entry.value), 0)
        return process == os.getpid()

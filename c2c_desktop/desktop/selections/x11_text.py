"""Text other programs hold ready under X11: what is marked, what was copied.

Loads python-xlib: import it after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer
from Xlib import X

from c2c_desktop.desktop.selections.x11_connection import X11Connection

ANSWER_MS = 500
"""How long a program may take to hand its text over, all questions together."""

PRIMARY, CLIPBOARD = "PRIMARY", "CLIPBOARD"
_LONGEST_CHARACTER = 4
"""Bytes in UTF-8."""
_MOST_TARGETS = 256
_BYTES, _ATOMS = 8, 32
"""Bits of a unit."""


class X11Text:
    """Reads texts over a connection whose events it is given. Main thread; never waits for another program."""

    def __init__(self, x11: X11Connection, answer_ms: int = ANSWER_MS) -> None:
        self._x11 = x11
        self._answer_ms = answer_ms
        self._reads: list[_Read] = []
        x11.received.connect(self._take)
        x11.lost.connect(self.forget)

    @property
    def reading(self) -> int:
        """How many texts are being waited for."""
        return len(self._reads)

    def read(self, selections: Sequence[str], limit: int, done: Callable[[str], None], *, secret: str = "") -> None:
        """Read the first of `selections` that anybody holds with any text, at most `limit` characters.

        `done` gets it once, later: "" where there is none, it is no text, or so large that it comes in pieces, where
        the program that has it does not answer in time, and where it marks it with the target `secret`.
        """
        read = _Read(self._x11, selections, limit, secret, self._answer_ms)
        self._reads.append(read)
        read.begin(lambda text: self._end(read, text, done))

    def forget(self) -> None:
        """End all reads: each gets ""."""
        for read in list(self._reads):
            read.end("")

    def drop(self) -> None:
        """End all reads and tell nobody."""
        reads, self._reads = self._reads, []
        for read in reads:
            read.end("")

    def _end(self, read: _Read, text: str, done: Callable[[str], None]) -> None:
        if read in self._reads:
            self._reads.remove(read)
            done(text)

    def _take(self, event: Any) -> None:
        if event.type == X.SelectionNotify:
            for read in list(self._reads):
                read.take(event)


class _Read(QObject):
    """One text. Its window is its own: an answer that comes too late has nowhere to go."""

    def __init__(self, x11: X11Connection, selections: Sequence[str], limit: int, secret: str, answer_ms: int) -> None:
        super().__init__(x11)
        self._x11 = x11
        self._left = list(selections)
        self._limit = limit
        self._secret = secret
        self._window: Any = None
        self._selection = ""
        self._target = 0
        self._done: Callable[[str], None] | None = None
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(lambda: self.end(""))
        self._answer_ms = answer_ms

    def begin(self, done: Callable[[str], None]) -> None:
        self._done = done
        self._deadline.start(self._answer_ms if self._x11.open() else 0)
        if self._x11.is_open:
            with self._x11.asking():
                self._window = self._x11.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
                self._ask_next()

    def take(self, event: Any) -> None:
        if self._done is None or self._window is None or event.requestor.id != self._window.id:
            return
        if event.target != self._target:
            return
        with self._x11.asking():
            if event.property == X.NONE:
                self._ask_next()  # whoever has it has no text
            elif self._target == self._atom("TARGETS"):
                self._take_targets()
            else:
                self._take_text()

    def end(self, text: str) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        self._deadline.stop()
        window, self._window = self._window, None
        if window is not None and self._x11.is_open:
            with self._x11.asking():
                window.destroy()
        self.deleteLater()
        done(text)

    def _ask_next(self) -> None:
        while self._left:
            selection = self._left.pop(0)
            if self._x11.display.get_selection_owner(self._atom(selection)) != X.NONE:
                self._selection = selection
                self._ask("TARGETS" if self._secret else "UTF8_STRING")
                return
        self._deadline.start(0)  # later, as every other outcome

    def _ask(self, target: str) -> None:
        self._target = self._atom(target)
        self._window.convert_selection(self._atom(self._selection), self._target, self._atom("C2C_TEXT"), X.CurrentTime)

    def _take_targets(self) -> None:
        value = self._property(_MOST_TARGETS)
        targets = list(value.value) if value is not None and value.format == _ATOMS else []
        if self._atom("UTF8_STRING") in targets and self._atom(self._secret) not in targets:
            self._ask("UTF8_STRING")
        else:
            self.end("")

    def _take_text(self) -> None:
        value = self._property(self._limit)
        if value is None or value.format != _BYTES or value.property_type != self._atom("UTF8_STRING"):
            self.end("")  # comes in pieces, or is no text at all
            return
        text = bytes(value.value)[: self._limit * _LONGEST_CHARACTER].decode("utf-8", "replace")[: self._limit]
        if text.strip("\0 \t\r\n"):
            self.end(text.replace("\0", ""))
        else:
            self._ask_next()

    def _property(self, words: int) -> Any:
        """Return at most so many units of four bytes of the answer, and take it off the window."""
        name = self._atom("C2C_TEXT")
        value = self._window.get_property(name, X.AnyPropertyType, 0, words)
        self._window.delete_property(name)
        return value

    def _atom(self, name: str) -> int:
        return int(self._x11.display.get_atom(name))

"""The program itself with a contact list somebody types and scrolls in; prints what it took as JSON, then ends.

Started with what to do, `type` or `open`, and a data folder. Each key is posted as the window system does it. Taken is
the time until the window is painted with the answer to the text as it then stands, and the event loop went round.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from c2c_desktop import run
from c2c_desktop.app import Application
from tests.bench.typed_texts import typed_texts

PAUSE_MS = 10
"""Between a painted answer and the next key: nobody types faster."""

UNPAINTED_MS = 10_000
"""After which nothing more is expected: then something is wrong here."""

Taken = tuple[float, float]
"""Milliseconds by the clock, and of processors this process kept busy meanwhile, which others' work changes less."""

SCROLLS = 300
MOST_ROWS_AWAITED_MS = 60_000
_MODIFIERS = Qt.KeyboardModifier.NoModifier


class Painted(QObject):
    """Tells when the list was painted as it was waited for."""

    def __init__(self, program: Application) -> None:
        super().__init__(program)
        self._pane = program.contacts
        self._is_there: Callable[[], bool] | None = None
        self._loop = QEventLoop(self)
        self._patience = QTimer(self)
        self._patience.setInterval(UNPAINTED_MS)
        self._patience.timeout.connect(self._loop.quit)
        stack = self._pane.view.parentWidget()
        assert isinstance(stack, QStackedWidget)
        for part in (self._pane.view.viewport(), stack.widget(1)):
            assert part is not None
            part.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's
        """Look at what is about to be painted."""
        if event.type() is QEvent.Type.Paint and self._is_there is not None and self._is_there():
            self._is_there = None
            QTimer.singleShot(0, self._loop.quit)
        return False

    def after(self, act: Callable[[], object], is_there: Callable[[], bool]) -> Taken:
        """Do `act` and return the time until a painting began while `is_there`, and ended. Raises `TimeoutError`."""
        began, busy = time.perf_counter_ns(), time.process_time_ns()
        act()
        self._is_there = is_there
        self._patience.start()
        self._loop.exec()
        self._patience.stop()
        if self._is_there is not None:
            raise TimeoutError
        return (time.perf_counter_ns() - began) / 1e6, (time.process_time_ns() - busy) / 1e6


class Typist:
    """Types and scrolls in one window."""

    def __init__(self, program: Application) -> None:
        self._program = program
        self._pane = program.contacts
        self._view = program.contacts.view
        self._painted = Painted(program)

    def type(self) -> list[tuple[str, Taken]]:
        """Type all texts; return what stood in the field after each key, and how long that took.

        A blank at the end asks nothing and paints nothing: it is typed, but not among the answers.
        """
        taken: list[tuple[str, Taken]] = []
        for text in typed_texts():
            for key, stands in keys_of(text):
                if stands.endswith(" "):
                    self._post(key)
                else:
                    taken.append((stands, self._painted.after(partial(self._post, key), self._is_answered)))
                rest(PAUSE_MS)
            self._program.window.search.clear()
            rest(PAUSE_MS)
        return taken

    def scroll(self) -> list[Taken]:
        """Go to places all over the list of everybody; return the time until their rows were painted."""
        number = self._program.core.contact_store.count()
        until(lambda: self._view.rows.rowCount() >= number)
        bar, chance = self._view.verticalScrollBar(), random.Random(7)
        taken: list[Taken] = []
        for _ in range(SCROLLS):
            place = chance.randint(bar.minimum(), bar.maximum())
            if place != bar.value():
                taken.append(self._painted.after(partial(bar.setValue, place), self._are_rows_there))
                rest(PAUSE_MS)
        return taken

    def _post(self, key: str) -> None:
        field = self._program.window.search
        code = Qt.Key.Key_Backspace if key == "\b" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.postEvent(field, QKeyEvent(kind, code, _MODIFIERS, key))

    def _is_answered(self) -> bool:
        return not self._view.is_outdated

    def _are_rows_there(self) -> bool:
        first, last = self._view.rowAt(0), self._view.rowAt(self._view.viewport().height() - 1)
        rows = self._view.rows
        numbers = range(first, (last if last >= 0 else rows.rowCount() - 1) + 1)
        shown = [rows.row(rows.index(number, 0)) for number in numbers]
        return all(row is not None and (row.is_heading or row.payload is not None) for row in shown)


def keys_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield each key and what stands in the field after it; every third text has a slip that is taken back."""
    slip = len(text) // 2 if len(text) % 3 == 0 else -1
    for end in range(1, len(text) + 1):
        if end == slip:
            yield "q", f"{text[: end - 1]}q"
            yield "\b", text[: end - 1]
        yield text[end - 1], text[:end]


def rest(milliseconds: int) -> None:
    """Let the program go on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool]) -> None:
    """Let the program go on until `condition` holds."""
    end = time.monotonic() + MOST_ROWS_AWAITED_MS / 1000
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        rest(PAUSE_MS)


def anonymous_megabytes() -> float:
    """Return the memory of this process that no file stands behind."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024


def main() -> int:
    """Run the program as it is run, under observation."""
    task, folder = sys.argv[1:]
    told: dict[str, Any] = {}

    class Observed(Application):
        def start(self) -> None:
            self.painted_list = Painted(self)
            self.window.painted.connect(self.painted_first)
            super().start()
            if task == "open":
                self.painted_list.after(lambda: None, self._has_rows)
                told["rows"] = time.monotonic()
            QTimer.singleShot(0, self, self.work)

        def painted_first(self) -> None:
            told["first"] = time.monotonic()

        def _has_rows(self) -> bool:
            return not self.contacts.view.is_outdated and bool(self.contacts.view.rows.rowCount())

        def work(self) -> None:
            if task == "type":
                until(self.lanes.is_idle)
                rest(1500)
                typist = Typist(self)
                told["settled"] = anonymous_megabytes()
                told["typed"] = typist.type()
                until(self.lanes.is_idle)
                told["scrolled"] = typist.scroll()
                told["used"] = anonymous_megabytes()
            print(json.dumps(told), flush=True)
            self.quit()

    run.Application = Observed  # type: ignore[attr-defined]  # a bench listens in
    from c2c_desktop.cli import main as start

    return start(["--data-dir", folder])


if __name__ == "__main__":
    raise SystemExit(main())

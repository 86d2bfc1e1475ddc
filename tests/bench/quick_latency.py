"""Quick dial: from being asked for to its first paint, and from a key to its painted results, with 10,000 contacts.

The reference is an empty window's show to paint, in turn within the same run.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.number import load_facts
from c2c_desktop.ui.quick_dial import QuickDial
from tests.bench.report import Figure, compared

RUNS = 60
CONTACTS = 10_000
TYPED = ("ar", "sen", "meera n", "98402", "+91 98402 22222")
FIRST = "Aarav Anika Arjun Asha Chetan Deepa Farah Gita Ishaan Kavya Leena Meera Nikhil Priya Ravi Sara Tara Uma Zoya"
LAST = "Bose Das Gupta Iyer Joshi Kapoor Khan Menon Nair Patel Rao Roy Sen Shah Singh Varma"
WITHIN_MS = 100


class Empty(QWidget):
    """A window with nothing in it, which tells when it is painted."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self._painted = painted
        self.resize(520, 240)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._painted)


def measure() -> list[Figure]:
    """Return the figures of quick dial."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    load_facts()
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        program = Application(application, Options(data_dir=Path(folder), sandbox=False, minimised=True))
        program.start()
        _rest(program)
        core = program.core
        quick = QuickDial(
            core.directory, core.journal, core.accounts, program.theme, program.icons, program.numbers, program
        )
        shown, empty = _shows(program, quick)
        keys = _keys(program, quick)
        quick.deleteLater()
        program.stop()
    return [
        compared("quick dial asked for to first paint / empty window", shown, empty, "ms", f"<= {WITHIN_MS} ms"),
        compared("quick dial asked for to first paint, 99 of 100", [_p99(shown)], empty, "ms", f"<= {WITHIN_MS} ms"),
        compared("key to painted results, 10,000 contacts / empty window", keys, empty, "ms", f"<= {WITHIN_MS} ms"),
        compared("key to painted results, 99 of 100", [_p99(keys)], empty, "ms", f"<= {WITHIN_MS} ms"),
    ]


def _fill(folder: Path) -> None:
    names = itertools.cycle(f"{first} {last}" for first in FIRST.split() for last in LAST.split())
    store = SqliteContactStore(folder / "contacts.sqlite3")
    store.save_all(
        [
            Contact(
                0,
                name,
                f"Company {number % 700}",
                (ContactNumber(f"+91 9840{number % 10} {number:05}", f"+919840{number % 10}{number:05}"),),
                favourite=number < 5,
            )
            for number, name in zip(range(CONTACTS), names, strict=False)
        ]
    )
    store.close()


def _shows(program: Application, quick: QuickDial) -> tuple[list[float], list[float]]:
    """Open it and an empty window in turn; return the milliseconds of each."""
    shown: list[float] = []
    empty: list[float] = []
    for _ in range(RUNS + 1):
        loop = QEventLoop()
        quick.painted.connect(loop.quit)
        began = time.monotonic_ns()
        quick.open_with()
        loop.exec()
        shown.append((time.monotonic_ns() - began) / 1e6)
        quick.painted.disconnect(loop.quit)
        _rest(program)
        quick.hide()
        _rest(program)
        began = time.monotonic_ns()
        window = Empty(loop.quit)
        window.show()
        loop.exec()
        empty.append((time.monotonic_ns() - began) / 1e6)
        window.close()
        window.deleteLater()
        _rest(program)
    return shown[1:], empty[1:]  # the first makes what stays


def _keys(program: Application, quick: QuickDial) -> list[float]:
    """Type each text, and return for each key the milliseconds until its results were painted."""
    taken: list[float] = []
    for _ in range(4):
        for text in TYPED:
            quick.open_with()
            _rest(program)
            for character in text:
                loop = QEventLoop()
                quick.results.changed.connect(loop.quit)
                began = time.monotonic_ns()
                QTest.keyClick(quick.field, ord(character))
                while not quick.results.is_settled:
                    loop.exec()
                quick.results.changed.disconnect(loop.quit)
                quick.repaint()
                quick.view.viewport().repaint()
                taken.append((time.monotonic_ns() - began) / 1e6)
                _rest(program)
            quick.hide()
            _rest(program)
    return taken


def _rest(program: Application) -> None:
    QTest.qWait(20)
    while not program.lanes.is_idle():
        QTest.qWait(5)


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


if __name__ == "__main__":
    from tests.bench import report

    report.write(measure())

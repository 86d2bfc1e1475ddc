"""The window as a process of its own: signs in, calls, fails inside and saves diagnostics, as a person would.

The secret comes by standard input. At the end it says so and goes on until it is killed.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.core_dumps import forbid_core_dumps
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.secret import Secret
from c2c_desktop.sandbox.answers import USER_ID
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from tests.ui.rig import dialog, is_ready

PATIENCE = 20.0
_LOOK_MS = 10
_OPEN = frozenset({CallState.DRAFT, CallState.PLACING})
Wait = tuple[Callable[[], object], str]
"""What must come true before the next step, and its name."""


def sign_in(program: Application, secret: str) -> Iterator[Wait]:
    program.dialogs.sign_in()
    asked = dialog()
    assert isinstance(asked, SignInDialog)
    asked.user_id.setText(USER_ID)
    QTest.keyClicks(asked.secret, secret)
    asked.primary.click()
    yield lambda: dialog() is None, "signed in"


def call(program: Application, number: str) -> Iterator[Wait]:
    edit = program.pad.field.edit
    edit.clear()
    QTest.keyClicks(edit, number)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    yield lambda: _is_over(program, number), f"a call to {number}"


def _is_over(program: Application, number: str) -> bool:
    newest = program.core.journal.recent()[:1]
    return any(found.e164 == number and found.state not in _OPEN for found in newest)


def fail_inside(program: Application, secret: str) -> Iterator[Wait]:
    def fail() -> None:
        held = Secret(secret)
        raise RuntimeError(f"nobody expected this while {held!r} and {held} were held")

    QTimer.singleShot(0, program, fail)
    yield lambda: "went wrong inside" in program.window.toast.label.text(), "a failure inside"


def save_diagnostics(program: Application) -> Iterator[Wait]:
    program.dialogs.settings()
    opened = dialog()
    assert opened is not None
    next(b for b in opened.findChildren(QPushButton) if b.text().startswith("Save diagnostics")).click()
    yield lambda: list(Path.home().glob("c2c-desktop-diagnostics-*.zip")), "the bundle"
    yield program.lanes.is_idle, "what is said of it"
    opened.reject()


def everything(program: Application, secret: str, numbers: list[str]) -> Iterator[Wait]:
    yield lambda: is_ready(program), "the window"
    yield from sign_in(program, secret)
    for number in numbers:
        yield from call(program, number)
    yield from fail_inside(program, secret)
    yield from save_diagnostics(program)
    print("done", flush=True)


class Hand(QObject):
    """Takes one step after the other, each in an event of its own: what fails inside must not come back here."""

    def __init__(self, steps: Iterator[Wait], program: Application) -> None:
        super().__init__(program)
        self._steps = steps
        self._waits_for, self._what = next(steps)
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        try:
            if self._waits_for():
                self._waits_for, self._what = next(self._steps)
                self._since = time.monotonic()
            assert time.monotonic() - self._since < PATIENCE, f"{self._what}: not within {PATIENCE:g} s"
        except StopIteration:
            self._timer.stop()
        except Exception:  # noqa: BLE001  # this hand's, not the program's
            traceback.print_exc()
            self._timer.stop()
            QApplication.exit(1)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--api-url", required=True)
    parser.add_argument("numbers", nargs="+")
    options = parser.parse_args()
    forbid_core_dumps()
    secret = sys.stdin.readline().strip()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    program = Application(application, Options(data_dir=options.data_dir, api_url=options.api_url))
    sys.excepthook = program.hook
    hand = Hand(everything(program, secret, options.numbers), program)
    program.start()
    status = application.exec()
    hand.deleteLater()
    return status


if __name__ == "__main__":
    raise SystemExit(main())

"""The demonstration without a screen: one call by the real button, its timeline, and a picture."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.services.announcer import announce

if TYPE_CHECKING:
    from c2c_desktop.app import Application

LIMIT_MS = 60_000
LOOK_MS = 50


class Demo(QObject):
    """Drives the program as a hand would. Main thread."""

    def __init__(self, program: Application, picture: Path) -> None:
        super().__init__(program)
        self._program = program
        self._picture = picture
        self._began = time.monotonic()
        self._has_picture = False
        self.status = 1
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._press_when_ready)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)

    def start(self) -> None:
        """Wait for the contacts, then begin."""
        self._program.desk.call_changed.connect(self._tell)
        self._timer.start()
        self._limit.start(LIMIT_MS)

    def _press_when_ready(self) -> None:
        view = self._program.contacts.view
        if view.rows.rowCount() < 2:  # noqa: PLR2004  # a heading and a contact
            return
        self._timer.stop()
        index = view.rows.index(1, 0)
        click = view.visualRect(index).topLeft() + QPoint(80, 16)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, click)
        button = self._program.pad.call_button
        print(f"Pressing “{button.accessibleName()}” in the window", flush=True)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _tell(self, call: Call) -> None:
        words = announce(call, has_feed=self._program.desk.follows_calls)
        print(f"{time.monotonic() - self._began:6.2f} s  {call.state.value:<17} {words.sentence}", flush=True)
        if call.state is CallState.CONNECTED:
            QTimer.singleShot(200, self._take_picture)
        elif call.is_final:
            self.status = 0 if call.state is CallState.ENDED and self._has_picture else 1
            QTimer.singleShot(0, self._end)

    def _take_picture(self) -> None:
        self._picture.parent.mkdir(parents=True, exist_ok=True)
        self._has_picture = self._program.window.grab().save(str(self._picture))
        print(f"Screenshot: {self._picture}" if self._has_picture else "The picture could not be written.", flush=True)

    def _give_up(self) -> None:
        print("The call did not end in time.", flush=True)
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._limit.stop()
        self._program.quit()

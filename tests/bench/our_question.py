"""The program itself, which tells the monotonic clock whenever a question before a call is painted.

`once ARGUMENT…`: it ends then. `always ARGUMENT…`: it cancels the question; its first line tells that its door is open.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from c2c_desktop import cli

_load_window = cli._load_window
ONCE = sys.argv[1] == "once"


def load_observed() -> Any:
    """Load the window's program as `cli` does, and listen in."""
    run_window = _load_window()
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QDialog

    from c2c_desktop import app, run

    class Painted(QObject):
        def __init__(self, dialog: QDialog, tell: Callable[[], None]) -> None:
            super().__init__(dialog)
            self._tell = tell
            dialog.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, self._tell)
            return False

    class Observed(app.Application):
        def start(self) -> None:
            show, open_door = self.desk._show, self.door.open

            def show_observed(dialog: QDialog) -> None:
                Painted(dialog, lambda: self.tell(dialog))
                show(dialog)

            def open_observed() -> None:
                open_door()
                if not ONCE:
                    print("open", flush=True)

            self.desk._show = show_observed  # type: ignore[method-assign]
            self.door.open = open_observed  # type: ignore[method-assign]
            super().start()

        def tell(self, dialog: QDialog) -> None:
            print(time.monotonic(), time.process_time(), flush=True)
            if ONCE:
                self.quit()
            else:
                dialog.reject()

    run.Application = Observed  # type: ignore[attr-defined]
    return run_window


if __name__ == "__main__":
    cli._load_window = load_observed
    raise SystemExit(cli.main(sys.argv[2:]))

"""The program itself, loaded and started as by a user; at its first paint tells what `bare_window` does, and ends."""

from __future__ import annotations

import sys
import time
from typing import Any

from c2c_desktop import cli

_load_window = cli._load_window


def load_observed() -> Any:
    """Load the window's program as `cli` does, and listen in."""
    run_window = _load_window()
    from c2c_desktop import app, run

    class Observed(app.Application):
        def start(self) -> None:
            self.window.painted.connect(self.tell)  # before what the program itself does then
            super().start()

        def tell(self) -> None:
            from PySide6.QtCore import QTimer

            print(time.monotonic(), time.process_time(), flush=True)
            QTimer.singleShot(int(sys.argv[1]), self, self.quit)

    run.Application = Observed  # type: ignore[attr-defined]
    return run_window


if __name__ == "__main__":
    cli._load_window = load_observed
    raise SystemExit(cli.main(["--data-dir", sys.argv[2]]))

"""The program itself, started as a user does; prints the monotonic clock at its first paint, then quits."""

from __future__ import annotations

import sys
import time


def main() -> int:
    """Run with milliseconds to stay and the data folder as arguments."""
    from c2c_desktop import app

    class Observed(app.Application):
        def start(self) -> None:
            self.window.painted.connect(self.tell)  # before what the program itself does then
            super().start()

        def tell(self) -> None:
            from PySide6.QtCore import QTimer

            print(time.monotonic(), flush=True)
            QTimer.singleShot(int(sys.argv[1]), self, self.quit)

    app.Application = Observed  # type: ignore[misc]  # a bench listens in
    from c2c_desktop.cli import main as run

    return run(["--data-dir", sys.argv[2]])


if __name__ == "__main__":
    raise SystemExit(main())

"""A window with its presence and nothing else, as a process of its own. It does what it is told, a line at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from c2c_desktop.desktop.presence import Presence
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.services.accounts import Accounts
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore

INHERITED = "import os; print(os.environ.get('XDG_ACTIVATION_TOKEN', ''))"


class Window(QMainWindow):
    """Notes the token that stands in the environment while it is brought up, where Qt reads it."""

    token = ""

    def activateWindow(self) -> None:  # noqa: N802
        Window.token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        super().activateWindow()


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


class Hand:
    """Does what it is told with the window."""

    def __init__(self, application: QApplication, window: Window, place: str) -> None:
        self._window = window
        self._accounts = Accounts(MemorySettingsStore(), MemorySecretStore(), ManualRunner(), FakeClock())
        self._accounts.change(window_geometry=place)
        tray = Tray(lambda _: QIcon(), window)
        self._presence = Presence(window, tray, self._accounts, lambda words: tell(said=words))
        self._presence.restore_place()
        self._words: dict[str, Callable[[str], object]] = {
            "bring-up": self._bring_up,
            "minimise": lambda _: window.showMinimized(),
            "maximise": lambda _: window.showMaximized(),
            "hide": lambda _: window.hide(),
            "move": lambda to: window.move(*map(int, to.split())),
            "resize": lambda to: window.resize(*map(int, to.split())),
            "keep-place": self._keep_place,
            "where": self._where,
            "end": lambda _: application.exit(0),
        }

    def obey(self) -> None:
        """Read what came, and do it."""
        for line in os.read(sys.stdin.fileno(), 1 << 16).decode().splitlines() or ["end"]:
            word, _, rest = line.partition(" ")
            self._words[word](rest)

    def _bring_up(self, token: str) -> None:
        self._presence.bring_up(token)
        inherited = subprocess.run([sys.executable, "-c", INHERITED], stdout=subprocess.PIPE, text=True, check=True)
        tell(token=Window.token, inherited=inherited.stdout.strip())

    def _keep_place(self, _: str) -> None:
        self._presence.keep_place()
        tell(place=self._accounts.settings.window_geometry)

    def _where(self, _: str) -> None:
        frame, areas = self._window.frameGeometry(), [s.availableGeometry() for s in QGuiApplication.screens()]
        tell(frame=frame.getRect(), inside=any(area.contains(frame) for area in areas))


def main(place: str) -> int:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    window = Window()
    window.setWindowTitle("C2C Desktop")
    window.setMinimumSize(340, 520)
    window.resize(860, 716)
    hand = Hand(application, window, place)
    window.show()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(hand.obey)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else ""))

"""The program on its sandbox at a test's pace. It tells of its calls and its window: a JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.secret import Secret
from c2c_desktop.runtime.unix_signals import UnixSignals

_WINDOW_EVENTS = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange}


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


class Teller(QObject):
    """Tells what happens inside."""

    def __init__(self, program: Application) -> None:
        super().__init__(program)
        self._program = program
        self._window = ""
        program.desk.call_changed.connect(self.tell_call)
        program.window.toast.label.installEventFilter(self)
        program.window.installEventFilter(self)
        program.contacts.count_changed.connect(self.tell_favourites)
        QGuiApplication.clipboard().dataChanged.connect(self.tell_clipboard)

    def tell_call(self, call: Call) -> None:
        tell(call=call.id, state=call.state.value, e164=call.e164, request_id=call.request_id)

    def tell_favourites(self) -> None:
        """Tell of them when the tray has them: it asked before."""
        self._program.core.directory.favourites(lambda contacts: tell(favourites=len(contacts)))

    def tell_clipboard(self) -> None:
        tell(clipboard=QGuiApplication.clipboard().text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        window = self._program.window
        if watched is window and event.type() in _WINDOW_EVENTS:
            state = "minimised" if window.isMinimized() else "shown" if window.isVisible() else "hidden"
            if state != self._window:
                self._window = state
                tell(window=state)
        elif watched is window.toast.label and event.type() == QEvent.Type.Paint:
            tell(said=window.toast.label.text())
        return False


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pace", choices=["instant", "quick", "lifelike"], default="quick")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--minimized", action="store_true")
    parser.add_argument("--api-url", help="a service of the test's own instead of the sandbox")
    parser.add_argument("--signed-out", action="store_true", help="do not sign in to that service")
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("C2C Desktop")
    application.setDesktopFileName("c2c-desktop")
    application.setQuitOnLastWindowClosed(False)
    program = Application(
        application,
        Options(
            sandbox=arguments.api_url is None,
            api_url=arguments.api_url,
            data_dir=arguments.data_dir,
            minimised=arguments.minimized,
            instant=arguments.pace == "instant",
            quick=arguments.pace == "quick",
        ),
    )
    sys.excepthook = program.hook
    signals = UnixSignals(program)
    signals.quit_asked.connect(program.quit)
    Teller(program)
    if arguments.api_url is not None and not arguments.signed_out:
        program.core.accounts.sign_in(
            Account("101_1111112"),
            Secret("of-a-test"),
            keep=False,
            done=lambda: tell(signed_in=True),
            failed=lambda error: tell(failed=str(error)),
        )
    program.start()
    status = application.exec()
    program.stop()
    signals.close()
    return status


if __name__ == "__main__":
    raise SystemExit(main())

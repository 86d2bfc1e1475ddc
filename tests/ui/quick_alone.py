"""Quick dial as a process of its own beside a window, told what to do by lines on its input; prints what it asks for.

`open` and `choices` open it, `minimise` and `dialog` do that to the window beside it. With `other` it is another
program: one window with a line to type into.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow

from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import Lane
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_dial import QuickDial
from c2c_desktop.ui.theme import Theme
from tests.fakes import (
    FakeClock,
    ManualRunner,
    MemoryCallStore,
    MemoryContactStore,
    MemorySecretStore,
    MemorySettingsStore,
)
from tests.ui.quick_rig import PEOPLE, SELECTED, numbers_in

OTHER = "Another program"


class AtOnce(ManualRunner):
    """Does what it is asked before it returns."""

    def run(self, lane: Lane, job, done, failed, deadline=None) -> None:  # type: ignore[no-untyped-def]
        super().run(lane, job, done, failed, deadline)
        self.finish()


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def window_titled(title: str) -> QMainWindow:
    window = QMainWindow()
    window.setWindowTitle(title)
    line = QLineEdit()
    line.textChanged.connect(lambda text: tell(line=text))
    window.setCentralWidget(line)
    window.resize(300, 120)
    window.show()
    return window


def main() -> int:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    if sys.argv[1:] == ["other"]:
        application.focusWindowChanged.connect(lambda window: tell(active=window is not None))
        other = window_titled(OTHER)
        assert other.isVisible()
        return application.exec()
    theme, icons, runner, numbers = Theme(application), Icons(), AtOnce(), ShownNumbers()
    window = window_titled("Beside")
    directory = Directory(MemoryContactStore(list(PEOPLE)), runner, lambda error: tell(error=str(error)))
    accounts = Accounts(MemorySettingsStore(), MemorySecretStore(), runner, FakeClock())
    quick = QuickDial(directory, Journal(MemoryCallStore(), runner), accounts, theme, icons, numbers, application)

    def asked(request: DialRequest) -> None:
        tell(asked=[request.text, request.source.value])

    application.focusWindowChanged.connect(
        lambda has_it: tell(active=has_it is not None and has_it == quick.windowHandle())
    )
    quick.call_asked.connect(asked)
    quick.closed.connect(lambda: tell(closed=True))
    quick.painted.connect(lambda: tell(window=int(quick.winId())))
    quick.route_chosen.connect(lambda route: tell(route=route.value))
    quick.field.textChanged.connect(lambda text: tell(text=text))
    hotkey = Hotkey(application)
    hotkey.bind("Super+F11")

    def open_with(*given: Any) -> None:
        quick.open_with(*given)
        hotkey.bring_forward(int(quick.winId()))  # as the program does: X11 keeps back who saw no key

    dialog = QDialog(window)
    dialog.setWindowTitle("A question")

    def obey() -> None:
        word = sys.stdin.readline().strip()
        if word == "open":
            open_with()
        elif word == "choices":
            open_with(SELECTED, numbers_in(SELECTED), Source.HOTKEY)
        elif word == "minimise":
            window.showMinimized()
        elif word == "dialog":
            dialog.open()
        else:
            application.exit(0)

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    orders.activated.connect(obey)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())

"""The tray alone, as a process of its own: contents from memory, steered by a test, and it tells each signal."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication

from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.desktop.tray_icon.tray_contents import TrayContents
from c2c_desktop.desktop.tray_icon.tray_look import tray_icon
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import Settings, ThemeChoice
from c2c_desktop.runtime.unix_signals import UnixSignals
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.fakes import (
    FakeClock,
    ManualRunner,
    MemoryCallStore,
    MemoryContactStore,
    MemorySecretStore,
    MemorySettingsStore,
)

ASHA = Contact(
    1,
    "Asha Rao",
    numbers=(
        ContactNumber("+91 98402 22222", "+919840222222", "mobile"),
        ContactNumber("+91 44 2811 2222", "+914428112222", "work"),
    ),
    favourite=True,
)
BEN = Contact(2, "Ben Carter", numbers=(ContactNumber("+44 20 7946 0018", "+442079460018", "work"),), favourite=True)
CALL = Call("call-1", "+442079460018", "+44 20 7946 0018", "Ben Carter", Source.TRAY, Route.SOFTPHONE, "101_1111112", 1)


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


class LoneTray(QObject):
    """Takes a line of JSON for each thing a test wants: settings, health, the state of a call, masked numbers."""

    ended = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.runner = ManualRunner()
        self.numbers = ShownNumbers()
        self.accounts = Accounts(MemorySettingsStore(settings), MemorySecretStore(), self.runner, FakeClock())
        directory = Directory(MemoryContactStore([ASHA, BEN]), self.runner, tell_failure)
        journal = Journal(MemoryCallStore(), self.runner)
        icons = Icons()
        self.tray = Tray(lambda state: tray_icon(state, icons.pixmap), self, self.numbers)
        self.contents = TrayContents(self.tray, self.accounts, directory, journal, self.numbers)
        self.accounts.listen(lambda _: self.contents.refresh())
        self._wire()
        self.contents.refresh_favourites()
        self.runner.finish()
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _wire(self) -> None:
        tray = self.tray
        tray.toggled.connect(lambda: tell(asked="window"))
        tray.quick_asked.connect(lambda: tell(asked="quick dial"))
        tray.settings_asked.connect(lambda: tell(asked="settings"))
        tray.quit_asked.connect(lambda: tell(asked="quit"))
        tray.mend_asked.connect(lambda name: tell(mend=name))
        tray.pause_chosen.connect(lambda on: tell(pause=on))
        tray.route_chosen.connect(lambda route: tell(route=route.value))
        tray.call_asked.connect(tell_call)
        tray.availability_changed.connect(lambda there: tell(there=there))

    def _read(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            self.ended.emit()
            return
        for name, value in json.loads(line).items():
            getattr(self, f"do_{name}")(value)
        tell(done=line.strip())

    def do_settings(self, changes: dict[str, Any]) -> None:
        self.accounts.change(**changes)

    def do_health(self, health: list[str]) -> None:
        words, mend_label, mend_name, offline = health
        self.contents.show_health(words, mend_label, mend_name, offline=bool(offline))

    def do_call(self, state: str) -> None:
        self.contents.tell(replace(CALL, state=CallState(state)), has_feed=True)

    def do_mask(self, on: bool) -> None:
        self.numbers.mask(on=on)


def tell_call(request: DialRequest) -> None:
    tell(call=request.text, source=request.source.value, name=request.contact_name)


def tell_failure(error: Exception) -> None:
    tell(failed=str(error))


def main() -> int:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("C2C Desktop")
    application.setDesktopFileName("c2c-desktop")
    application.setQuitOnLastWindowClosed(False)
    account = Account("101_1111112")
    wanted = json.loads(sys.argv[1])
    Theme(application, ThemeChoice(wanted.pop("theme", "system")))  # the application keeps it; it colours the menu
    lone = LoneTray(Settings(accounts=(account,), active_user_id=account.user_id, **wanted))
    signals = UnixSignals(lone)
    signals.quit_asked.connect(application.quit)
    lone.ended.connect(application.quit)
    lone.tray.enable(on=True)
    tell(started=True)
    status = application.exec()
    lone.tray.enable(on=False)
    signals.close()
    return status


if __name__ == "__main__":
    raise SystemExit(main())

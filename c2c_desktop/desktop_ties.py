"""What ties the program to the desktop around its window, and how all that stands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from c2c_desktop.composition import Core
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, UserFacingError
from c2c_desktop.domain.health import HealthName
from c2c_desktop.services.health import Health
from c2c_desktop.services.health_items import (
    hotkey_health,
    keyring_health,
    links_health,
    service_health,
    tray_health,
)
from c2c_desktop.services.ports import Lane, Runner
from c2c_desktop.services.shown_numbers import ShownNumbers

if TYPE_CHECKING:
    from c2c_desktop.desktop.bus.bus_calls import BusCalls
    from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
    from c2c_desktop.desktop.integration import Integration
    from c2c_desktop.desktop.selections.clipboard_watch import ClipboardWatch
    from c2c_desktop.desktop.system.network_watch import NetworkWatch
    from c2c_desktop.desktop.system.screen_lock import ScreenLock
    from c2c_desktop.desktop.system.session_end import SessionEnd
    from c2c_desktop.desktop.system.sleep_watch import SleepWatch


_DESKTOP_PAGE = 3
"""Of the settings: see `SettingsDialog.choose_page`."""


class DesktopTies(QObject):
    """Hotkey, clipboard, links, network, sleep, log-out, screen lock. All of it begins after the first paint.

    Main thread. A sandbox takes no links: it changes nothing outside.
    """

    copied = Signal(str)
    """A text that was copied and may hold a number, where that is wanted; "" when it is copied no more."""
    session_ending = Signal()
    failed = Signal(object)
    """What went wrong: a `UserFacingError`, or a bug."""
    settings_asked = Signal(int)
    """A page of the settings."""
    sign_in_asked = Signal()

    def __init__(self, core: Core, runner: Runner, health: Health, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._core, self._runner, self._health, self._tray = core, runner, health, tray
        self.hotkey: Hotkey | None = None
        self.integration: Integration | None = None
        self.network: NetworkWatch | None = None
        self._sleep: SleepWatch | None = None
        self._session_end: SessionEnd | None = None
        self._clipboard: ClipboardWatch | None = None
        self._screen_lock: ScreenLock | None = None
        self._calls_door: BusCalls | None = None
        self._opened_links = False
        tray.availability_changed.connect(self._report_tray)

    def open(self, application: QApplication) -> None:
        """Begin with everything."""
        from c2c_desktop.desktop.hotkeys.hotkey import Hotkey  # noqa: PLC0415
        from c2c_desktop.desktop.system.network_watch import NetworkWatch  # noqa: PLC0415
        from c2c_desktop.desktop.system.session_end import SessionEnd  # noqa: PLC0415
        from c2c_desktop.desktop.system.sleep_watch import SleepWatch  # noqa: PLC0415

        self._core.workstation.refresh()
        if sys.platform.startswith("linux"):
            from c2c_desktop.desktop.system.screen_lock import ScreenLock  # noqa: PLC0415

            self._screen_lock = ScreenLock(self)
            self._screen_lock.open()
            self._core.workstation.watch_screen(self._screen_lock.is_locked)
        self.network = NetworkWatch(self._core.api_url, self)
        self.network.online_changed.connect(self._take_network)
        self.network.open()
        self._sleep = SleepWatch(self)
        self._sleep.woke_up.connect(self._wake)
        self._sleep.open()
        self._session_end = SessionEnd(application, self)
        self._session_end.ending.connect(self.session_ending)
        self.hotkey = Hotkey(self)
        self.hotkey.state_changed.connect(lambda _: self._report_hotkey())
        if not self._core.options.sandbox:
            from c2c_desktop.desktop.integration import Integration  # noqa: PLC0415

            self.integration = Integration(self._runner, self._core.options.data_dir, self)
            self.integration.links_changed.connect(self._report_links)
            self.integration.failed.connect(self.failed)
            self.integration.look()
        self.take_settings()
        self._core.dialer.listen_to_keyring(self._take_keyring)

    def open_calls_door(self, numbers: ShownNumbers, ask: Callable[[str], str]) -> None:
        """Let other programs ask for calls over the session bus, and tell them of calls. See `BusCalls`."""
        if sys.platform.startswith("linux"):
            from c2c_desktop.desktop.bus.bus_calls import BusCalls  # noqa: PLC0415

            self._calls_door = BusCalls(self._core.journal, numbers, ask, self)
            self._calls_door.open()

    def take_settings(self) -> None:
        """Follow what was set: keys, clipboard, tray."""
        settings = self._core.accounts.settings
        if self.hotkey is None:
            return  # not open yet
        self.hotkey.bind(settings.hotkey)
        if settings.offer_clipboard and self._clipboard is None:
            from c2c_desktop.desktop.selections.clipboard_watch import ClipboardWatch  # noqa: PLC0415

            self._clipboard = ClipboardWatch(self)
            self._clipboard.offered.connect(self.copied)
        if self._clipboard is not None:
            self._clipboard.turn(on=settings.offer_clipboard)
        self._report_tray()

    def rest_keys(self, *, resting: bool) -> None:
        """Let the keys go while others are chosen, and take those that are set afterwards."""
        if self.hotkey is not None:
            self.hotkey.bind("" if resting else self._core.accounts.settings.hotkey)

    def mend(self, name: HealthName) -> None:
        """Do what a button of the health line says."""
        if name is HealthName.ACCOUNT:
            self.sign_in_asked.emit()
        elif name is HealthName.KEYRING:
            self._ask_keyring()
        elif name is HealthName.SERVICE:
            self._runner.run(Lane.NETWORK, self._core.gateway.check, self._report_service, self.failed.emit)
        elif name is HealthName.LINKS and self.integration is not None:
            self.integration.open_links(on=True)
        else:
            self.settings_asked.emit(_DESKTOP_PAGE)

    def take_call(self, call: Call) -> None:
        """A call found the service there, or did not."""
        if call.state is CallState.INITIATED:
            self._report_service("")
        elif call.state is CallState.NOT_SENT and call.next_step is NextStep.RETRY:
            self._report_service("The service could not be reached")

    def close(self) -> None:
        """Leave the desktop as it was."""
        if self._calls_door is not None:
            self._calls_door.close()
        if self._screen_lock is not None:
            self._screen_lock.close()
        if self._clipboard is not None:
            self._clipboard.turn(on=False)
        if self.hotkey is not None:
            self.hotkey.release()
        for watch in (self._sleep, self.network):
            if watch is not None:
                watch.close()

    def _take_network(self, online: bool) -> None:  # noqa: FBT001  # a signal's value
        self._health.report(service_health(online=online))
        self._drop_connections()

    def _wake(self) -> None:
        """Connections died in the sleep, and others may have called meanwhile."""
        self._drop_connections()
        self._core.journal.follow_behind()
        if self.network is not None:
            self.network.look_again()

    def _drop_connections(self) -> None:
        self._runner.run(Lane.NETWORK, self._core.gateway.close, lambda _: None, self.failed.emit)

    def _ask_keyring(self) -> None:
        account = self._core.accounts.active
        if account is not None:
            self._core.accounts.with_secret(account.user_id, lambda _: self._take_keyring(None), self._take_keyring)

    def _take_keyring(self, told: UserFacingError | None) -> None:
        if isinstance(told, SecretUnavailableError):
            self._health.report(keyring_health(told.title))
        elif told is None:
            self._health.report(keyring_health(""))

    def _report_service(self, trouble: str) -> None:
        online = self.network is None or self.network.is_online
        self._health.report(service_health(online=online, trouble=trouble, reached=not trouble))

    def _report_tray(self) -> None:
        wanted = self._core.accounts.settings.show_tray
        self._health.report(tray_health(wanted=wanted, shown=self._tray.is_shown))

    def _report_hotkey(self) -> None:
        from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind  # noqa: PLC0415

        if self.hotkey is not None:
            state = self.hotkey.state
            ours, taken = state.kind is HotkeyKind.BOUND, state.kind is HotkeyKind.CONFLICT
            self._health.report(hotkey_health(state.words, ours=ours, taken=taken))

    def _report_links(self) -> None:
        if self.integration is None:
            return
        ours = self.integration.opens_links
        words = "Phone links open with C2C Desktop" if ours else self.integration.words
        self._opened_links = self.integration.keeps_links and (self._opened_links or ours)
        self._health.report(links_health(words, ours=ours, were_ours=self._opened_links and not ours))

"""Composition root of the window: builds everything once, hands it down, shuts it down in reverse."""

from __future__ import annotations

import logging
import time
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from c2c_desktop import composition
from c2c_desktop.adapters.log_file import start_log
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.composition import CALLS_FILE, Options, open_core
from c2c_desktop.copied_number import CopiedNumber
from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.presence import Presence
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.desktop.tray_icon.tray_contents import TrayContents
from c2c_desktop.desktop.tray_icon.tray_look import tray_icon
from c2c_desktop.desktop_ties import DesktopTies
from c2c_desktop.display import Display
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.settings import Settings
from c2c_desktop.door_keeper import DoorKeeper
from c2c_desktop.gestures import Gestures
from c2c_desktop.quick_entry import QuickEntry
from c2c_desktop.runtime.journal_follower import JournalFollower
from c2c_desktop.runtime.lanes import Lanes
from c2c_desktop.runtime.link_events import LinkEvents
from c2c_desktop.services.door_line import Wish
from c2c_desktop.services.health import Health
from c2c_desktop.services.ports import Lane
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.call_banner import CallBanner
from c2c_desktop.ui.call_desk import CallDesk
from c2c_desktop.ui.contact_pane import ContactPane
from c2c_desktop.ui.dial_pad import DialPad
from c2c_desktop.ui.dialogs import Dialogs
from c2c_desktop.ui.focus_ring import FocusRing
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.main_window import MainWindow
from c2c_desktop.ui.recents_pane import RecentsPane
from c2c_desktop.ui.status_line import StatusLine
from c2c_desktop.ui.theme import Theme
from c2c_desktop.wires import wire_outside, wire_window

if TYPE_CHECKING:
    from c2c_desktop.contact_ties import ContactTies
    from c2c_desktop.ui.reminder_card import ReminderCard

_log = logging.getLogger(__name__)
BREATH_SECONDS = 0.0005
"""Long enough for another thread to have its turn, so short that a million contacts take half a minute more."""
_INSIDE = "Something went wrong inside. The program goes on; the log says more."


class Application(QObject):
    """The running program: its parts and the wires between them. Main thread."""

    def __init__(self, application: QApplication, options: Options) -> None:
        super().__init__()
        self._application = application
        self.lanes = Lanes(self)
        self.core = open_core(options, self.lanes, self.fail, breathe=_breathe)
        accounts, directory, journal = self.core.accounts, self.core.directory, self.core.journal
        self.theme = Theme(application, accounts.settings.theme)
        self.icons = Icons()
        self._ring: FocusRing | None = None
        self.links = LinkEvents(self)
        self.links.hear(application)
        self.numbers = ShownNumbers(masked=accounts.settings.mask_numbers)
        self.contacts = ContactPane(directory, self.theme, self.icons, self.numbers)
        self.recents = RecentsPane(journal, self.theme, self.icons, self.numbers)
        self.pad = DialPad(directory, self.theme, self.icons, self.numbers)
        self.banner = CallBanner(self.theme, self.icons, self.core.clock, self.numbers)
        self.status = StatusLine(self.theme, sandbox=options.sandbox)
        self.window = MainWindow(
            self.contacts, self.recents, self.pad, self.banner, self.status, self.theme, self.icons
        )
        self.window.search.offer_tags(directory.tags)
        self.window.toast.show_words_as(self.numbers.text)
        self.dialogs = Dialogs(
            accounts, directory, self.core.data_dir, self.theme, self.icons, self.window, self.numbers
        )
        self.desk = CallDesk(self.core.dialer, journal, accounts, directory, self.core.clock, lambda: self.window, self)
        self.tray = Tray(self._tray_icon, self, self.numbers)
        self._tray_contents = TrayContents(self.tray, accounts, directory, journal, self.numbers)
        self.presence = Presence(self.window, self.tray, accounts, self.say)
        self.notifier = Notifier(
            self.tray,
            lambda: accounts.settings.muted,
            self,
            self.numbers,
            lambda: accounts.settings.notifications_paused,
        )
        self.health = Health()
        self.status.follow(self.health)
        self.quick = QuickEntry(self.core, self.theme, self.icons, self.numbers, self)
        self.copied = CopiedNumber(self.core, self.window, self.theme, self.icons, self.numbers)
        self.ties = DesktopTies(self.core, self.lanes, self.health, self.tray, self)
        self.gestures = Gestures(self.core, self.lanes, self.window, self.desk, self.dialogs, self.presence)
        self.display = Display(
            self.window,
            accounts,
            self.desk,
            self._tray_contents,
            self.notifier,
            self.presence,
            self.health,
            self._new_reminder,
        )
        self.door = DoorKeeper(self.core, self.lanes, self.desk.ask_for, self.say, self)
        self._network = NetworkOptions.of(accounts.settings)
        self._follower = JournalFollower(journal, self.core.data_dir / CALLS_FILE, self)
        self._log_handler: logging.Handler | None = None
        self.contact_ties: ContactTies | None = None
        wire_window(self)
        wire_outside(self)
        self.pad.use_account(accounts.active)

    def start(self) -> None:
        """Show the window; everything that can wait comes after its first paint."""
        self.presence.restore_place()
        if self.core.options.minimised or self.core.accounts.settings.start_minimised:
            QTimer.singleShot(0, self, self._warm_up)
            return
        self.window.painted.connect(self._warm_up)
        self.window.show()
        self.window.search.setFocus()

    def quit(self) -> None:
        """End the program. Qt's own `quit` would ask the window first, which only hides when it is closed."""
        self._application.exit(0)

    def stop(self) -> None:
        """Put everything away, in reverse, within two seconds; what is seen goes before anything is waited for."""
        self.door.close()
        self.core.accounts.stop_listening()
        self.desk.close()
        if not self.core.options.sandbox:
            self.presence.keep_place()
        for shown in self._application.topLevelWidgets():
            shown.hide()
        self.quick.close()
        if self.contact_ties is not None:
            self.contact_ties.close()
        self.notifier.close()
        self.ties.close()
        self.health.stop_listening()
        self.tray.enable(on=False)
        self._follower.stop()
        self.core.contact_export.close()
        self.lanes.close(0.5)
        self.core.close()
        self.window.may_close = True
        self.window.close()
        self._application.removeEventFilter(self.links)
        if self._ring is not None:
            self._ring.stop()
            self._ring = None
        if self._log_handler is not None:
            logging.getLogger().removeHandler(self._log_handler)
            self._log_handler.close()

    def _warm_up(self) -> None:
        self._ring = FocusRing(self._application, self)
        self._log_handler = start_log(self.core.data_dir)
        self.core.journal.load_behind(self._loaded, self.fail)
        if self.core.sandbox is not None:
            from c2c_desktop.adapters.sample_contacts import add_sample_contacts  # noqa: PLC0415  # nobody else's

            region, store = self.core.accounts.region, self.core.contact_store
            self.lanes.run(
                Lane.DATABASE,
                lambda: add_sample_contacts(store, region),
                lambda _: self._refresh_contacts(),
                self.fail,
            )
        else:
            self._refresh_contacts()
        self.lanes.run(Lane.DATABASE, composition.load_number_facts, lambda _: self.door.open(), self.fail)
        self.window.setWindowIcon(self.icons.app_icon())
        self.notifier.open()
        self.tray.enable(on=self.core.accounts.settings.show_tray)
        self.ties.open(self._application)
        self.dialogs.tie(self.ties.integration, self.ties.hotkey)
        if self.ties.hotkey is not None:
            self.quick.follow(self.ties.hotkey)
        self.presence.stay_reachable()
        self.display.show_health()
        self._tie_contacts()
        if self.core.accounts.active is None and self.presence.is_seen:
            self.dialogs.sign_in()

    def _tie_contacts(self) -> None:
        from c2c_desktop.contact_ties import ContactTies  # noqa: PLC0415  # not on the way to the first paint

        self.contact_ties = ContactTies(
            self.core,
            self.lanes,
            self.window,
            self.dialogs,
            self.theme,
            self.numbers,
            self._tray_contents.refresh_favourites,
        )
        self.contact_ties.failed.connect(self.fail)
        self.contact_ties.imports.said.connect(self.say)

    def grant(self, wish: Wish, token: str) -> None:
        """Do what another start of the program wished for. `token`: the right to come to the front."""
        if wish is Wish.SHOW:
            self.presence.bring_up(token)
        elif wish is Wish.QUICK:
            self.quick.open()
        elif wish is Wish.SELECTION:
            self.quick.take_selection()
        elif wish is Wish.SETTINGS:
            self.presence.bring_up(token)
            self.dialogs.settings()

    def keep_all(self) -> None:
        """The session ends: what is open is stored now."""
        if not self.core.options.sandbox:
            self.presence.keep_place()
        self.core.journal.flush()

    def show_journal(self) -> None:
        """Show the calls as they stand now."""
        self.recents.refresh()
        self._tray_contents.refresh()

    def _loaded(self, settled: int) -> None:
        self.show_journal()
        self._follower.start()
        self.ties.open_calls_door(self.numbers, self.door.ask_about)
        accounts, aside = self.core.accounts, self.core.call_store.set_aside
        settings_words = accounts.recovered or accounts.settings_trouble
        if settings_words:
            self.say(settings_words)
        elif aside is not None:
            self.say(f"A damaged file was set aside as {aside.name}. You can go on working.")
        elif settled:
            self.say("The program stopped during a call. Look at it in Recents before you call again.")

    def say(self, words: str) -> None:
        """Say one sentence over the window's foot, and where no window is seen by a notification."""
        self.window.toast.say(words)
        if not self.presence.is_seen:
            self.notifier.say(words)

    def _new_reminder(self) -> ReminderCard:
        from c2c_desktop.ui.reminder_card import ReminderCard  # noqa: PLC0415  # few calls need one

        return ReminderCard(self.theme, self.icons)

    def _refresh_contacts(self) -> None:
        self.contacts.refresh()
        self._tray_contents.refresh_favourites()

    def _tray_icon(self, state: str) -> QIcon:
        return tray_icon(state, self.icons.pixmap)

    def take_settings(self, settings: Settings) -> None:
        """Follow what was set, wherever it was set."""
        self.theme.choose(settings.theme)
        if settings.mask_numbers != self.numbers.masked:
            self.numbers.mask(on=settings.mask_numbers)
            self.window.toast.show_words_as(self.numbers.text)
        self.pad.use_account(settings.active_account)
        if settings.show_tray != self.tray.is_enabled:
            self.tray.enable(on=settings.show_tray)
        network = NetworkOptions.of(settings)
        if network != self._network:
            self._network = network
            gateway = self.core.gateway
            self.lanes.run(Lane.NETWORK, lambda: gateway.configure(network), lambda _: None, self.fail)
        self.display.show_health()
        self.ties.take_settings()
        self._tray_contents.refresh()

    def fail(self, error: Exception) -> None:
        """Say what went wrong; a bug goes to the log."""
        if isinstance(error, UserFacingError):
            self.say(f"{error.title}. {error.message}".strip())
            return
        _log.error("something went wrong inside", exc_info=error)
        self.say(_INSIDE)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Stand in for `sys.excepthook` while the window runs: log, say, go on."""
        _log.error("uncaught", exc_info=(kind, error, trace))
        self.say(_INSIDE)


def _breathe() -> None:
    """Stand back. Export lane."""
    time.sleep(BREATH_SECONDS)

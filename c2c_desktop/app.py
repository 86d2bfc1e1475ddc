"""Composition root of the window: builds everything once, hands it down, shuts it down in reverse."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from c2c_desktop import composition
from c2c_desktop.adapters.log_file import start_log
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.composition import CALLS_FILE, Options, open_core
from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.presence import Presence
from c2c_desktop.desktop.tray import Tray
from c2c_desktop.desktop.tray_contents import TrayContents
from c2c_desktop.display import Display
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.settings import Settings
from c2c_desktop.gestures import Gestures
from c2c_desktop.link_entry import LinkEntry
from c2c_desktop.runtime.journal_follower import JournalFollower
from c2c_desktop.runtime.lanes import Lanes
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

if TYPE_CHECKING:
    from c2c_desktop.desktop.screen_lock import ScreenLock
    from c2c_desktop.ui.reminder_card import ReminderCard

_log = logging.getLogger(__name__)
_INSIDE = "Something went wrong inside. The program goes on; the log says more."
_TRAY_READY_COLOUR = "#7D8A99"
"""Readable on light and dark panels alike: the panel's colour is not told."""


class Application(QObject):
    """The running program: its parts and the wires between them. Main thread."""

    def __init__(self, application: QApplication, options: Options) -> None:
        super().__init__()
        self._application = application
        self.lanes = Lanes(self)
        self.core = open_core(options, self.lanes, self._fail)
        accounts, directory, journal = self.core.accounts, self.core.directory, self.core.journal
        self.theme = Theme(application, accounts.settings.theme)
        self.icons = Icons()
        self._ring = FocusRing(self)
        application.installEventFilter(self._ring)
        self.numbers = ShownNumbers(masked=accounts.settings.mask_numbers)
        self.contacts = ContactPane(directory, self.theme, self.icons, self.numbers)
        self.recents = RecentsPane(journal, self.theme, self.icons, self.numbers)
        self.pad = DialPad(directory, self.theme, self.icons, self.numbers)
        self.banner = CallBanner(self.theme, self.icons, self.core.clock, self.numbers)
        self.status = StatusLine(self.theme, sandbox=options.sandbox)
        self.window = MainWindow(
            self.contacts, self.recents, self.pad, self.banner, self.status, self.theme, self.icons
        )
        self.window.toast.show_words_as(self.numbers.text)
        self.dialogs = Dialogs(accounts, directory, self.core.data_dir, self.theme, self.icons, self.window)
        self.desk = CallDesk(self.core.dialer, journal, accounts, directory, self.core.clock, lambda: self.window, self)
        self.tray = Tray(self._tray_icon, self, self.numbers)
        self._tray_contents = TrayContents(self.tray, accounts, directory, journal, self.numbers)
        self.presence = Presence(self.window, self.tray, accounts, self._say)
        self.notifier = Notifier(self.tray, lambda: accounts.settings.muted, self, self.numbers)
        self.gestures = Gestures(self.core, self.lanes, self.window, self.desk, self.dialogs, self.presence)
        self.display = Display(
            self.window,
            accounts,
            self.desk,
            self._tray_contents,
            self.notifier,
            self.presence,
            self._new_reminder,
        )
        self.links = LinkEntry(self.core, self.desk.ask_for, self._say, self)
        self._network = NetworkOptions.of(accounts.settings)
        self._follower = JournalFollower(journal, self.core.data_dir / CALLS_FILE, self)
        self._log_handler: logging.Handler | None = None
        self._screen_lock: ScreenLock | None = None
        self._wire()
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
        """Put everything away, in reverse, within two seconds."""
        self.links.close()
        self.core.accounts.stop_listening()
        self.desk.close()
        if not self.core.options.sandbox:
            self.presence.keep_place()
        self.notifier.close()
        if self._screen_lock is not None:
            self._screen_lock.close()
        self.tray.enable(on=False)
        self._follower.stop()
        self.lanes.close(0.5)
        self.core.close()
        self.window.may_close = True
        self.window.close()
        self._application.removeEventFilter(self._ring)
        if self._log_handler is not None:
            logging.getLogger().removeHandler(self._log_handler)
            self._log_handler.close()

    def _warm_up(self) -> None:
        self._log_handler = start_log(self.core.data_dir)
        self.core.journal.load_behind(self._loaded, self._fail)
        if self.core.sandbox is not None:
            account = self.core.accounts.active
            region, store = account.region if account else "IN", self.core.contact_store
            self.lanes.run(
                Lane.DATABASE,
                lambda: composition.add_sample_contacts(store, region),
                lambda _: self._refresh_contacts(),
                self._fail,
            )
        else:
            self._refresh_contacts()
        self.lanes.run(Lane.DATABASE, composition.load_number_facts, lambda _: self.links.open(), self._fail)
        self.window.setWindowIcon(self.icons.app_icon())
        self.notifier.open()
        self._watch_surroundings()
        self.tray.enable(on=self.core.accounts.settings.show_tray)
        self.presence.stay_reachable()
        self.display.show_health()
        if self.core.accounts.active is None and self.presence.is_seen:
            self.dialogs.sign_in()

    def _watch_surroundings(self) -> None:
        self.core.workstation.refresh()
        if sys.platform.startswith("linux"):
            from c2c_desktop.desktop.screen_lock import ScreenLock  # noqa: PLC0415

            self._screen_lock = ScreenLock(self)
            self._screen_lock.open()
            self.core.workstation.watch_screen(self._screen_lock.is_locked)

    def _wire(self) -> None:
        desk, pad, contacts, gestures = self.desk, self.pad, self.contacts, self.gestures
        pad.call_asked.connect(desk.ask_for)
        pad.intent.connect(desk.prepare)
        pad.route_chosen.connect(gestures.choose_route)
        pad.options_asked.connect(self.dialogs.options)
        pad.recall_asked.connect(gestures.recall)
        contacts.chosen.connect(gestures.load_contact)
        contacts.call_asked.connect(gestures.call_contact)
        contacts.edit_asked.connect(self.dialogs.contact)
        contacts.deleted.connect(gestures.offer_undo)
        contacts.view.row_pointed.connect(desk.prepare)
        contacts.dial_text_asked.connect(gestures.dial_searched)
        self.recents.call_asked.connect(desk.call_again)
        self.recents.view.row_pointed.connect(desk.prepare)
        self.recents.chosen.connect(lambda call: gestures.load_number(call.e164, call.contact_name, Source.HISTORY))
        self.recents.add_asked.connect(self.dialogs.contact)
        self.banner.acted.connect(desk.act)
        desk.call_changed.connect(self.display.show_call)
        desk.chosen.connect(gestures.take_choice)
        desk.refused.connect(self.display.show_refusal)
        desk.sign_in_asked.connect(gestures.bring_up_sign_in)
        desk.settings_asked.connect(gestures.bring_up_settings)
        desk.said.connect(self._say)
        gestures.failed.connect(self._fail)
        self.dialogs.failed.connect(self._fail)
        self.dialogs.said.connect(self._say)
        self.dialogs.diagnostics_asked.connect(gestures.save_diagnostics)
        self.dialogs.signed_in.connect(gestures.take_sign_in)
        self.dialogs.signed_in.connect(self.links.resume)
        self.window.closing.connect(self.presence.put_away)
        self.window.settings_asked.connect(self.dialogs.settings)
        self.window.quit_asked.connect(self.quit)
        self.window.add_asked.connect(lambda: self.dialogs.contact(Contact(0, "")))
        self.status.mend.clicked.connect(self.dialogs.sign_in)
        self.presence.quit_asked.connect(self.quit)
        self.tray.toggled.connect(self.presence.toggle)
        self.tray.call_asked.connect(desk.ask_for)
        self.tray.opening.connect(desk.prepare)
        self.tray.route_chosen.connect(gestures.choose_route)
        self.tray.settings_asked.connect(gestures.bring_up_settings)
        self.tray.quit_asked.connect(self.quit)
        self.notifier.acted.connect(gestures.act_on_notification)
        self.notifier.body_clicked.connect(self.presence.bring_up)
        self.notifier.untold.connect(self.display.tell_in_window)
        self.theme.theme_changed.connect(self.tray.retint)
        self.core.accounts.listen(self._take_settings)
        self.core.journal.watch_others(self._show_journal)

    def _show_journal(self) -> None:
        self.recents.refresh()
        self._tray_contents.refresh()

    def _loaded(self, settled: int) -> None:
        self._show_journal()
        self._follower.start()
        accounts, aside = self.core.accounts, self.core.call_store.set_aside
        settings_words = accounts.recovered or accounts.settings_trouble
        if settings_words:
            self._say(settings_words)
        elif aside is not None:
            self._say(f"A damaged file was set aside as {aside.name}. You can go on working.")
        elif settled:
            self._say("The program stopped during a call. Look at it in Recents before you call again.")

    def _say(self, words: str) -> None:
        self.window.toast.say(words)

    def _new_reminder(self) -> ReminderCard:
        from c2c_desktop.ui.reminder_card import ReminderCard  # noqa: PLC0415  # few calls need one

        return ReminderCard(self.theme, self.icons)

    def _refresh_contacts(self) -> None:
        self.contacts.refresh()
        self._tray_contents.refresh_favourites()

    def _tray_icon(self, state: str) -> QIcon:
        tokens = self.theme.tokens
        colour = {"tray-trouble": tokens["warn"], "tray-calling": tokens["accent"]}.get(state, _TRAY_READY_COLOUR)
        return self.icons.icon(state, colour, 22)

    def _take_settings(self, settings: Settings) -> None:
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
            self.lanes.run(Lane.NETWORK, lambda: gateway.configure(network), lambda _: None, self._fail)
        self.display.show_health()
        self._tray_contents.refresh()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self._say(f"{error.title}. {error.message}".strip())
            return
        _log.error("something went wrong inside", exc_info=error)
        self._say(_INSIDE)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Stand in for `sys.excepthook` while the window runs: log, say, go on."""
        _log.error("uncaught", exc_info=(kind, error, trace))
        self._say(_INSIDE)

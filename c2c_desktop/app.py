"""Composition root of the window: builds everything once, hands it down, shuts it down in reverse."""

from __future__ import annotations

import logging
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
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.health import HealthName
from c2c_desktop.domain.settings import Settings
from c2c_desktop.door_keeper import DoorKeeper
from c2c_desktop.gestures import Gestures
from c2c_desktop.quick_entry import QuickEntry
from c2c_desktop.runtime.journal_follower import JournalFollower
from c2c_desktop.runtime.lanes import Lanes
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

if TYPE_CHECKING:
    from c2c_desktop.ui.reminder_card import ReminderCard

_log = logging.getLogger(__name__)
_INSIDE = "Something went wrong inside. The program goes on; the log says more."


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
        self.dialogs = Dialogs(
            accounts, directory, self.core.data_dir, self.theme, self.icons, self.window, self.numbers
        )
        self.desk = CallDesk(self.core.dialer, journal, accounts, directory, self.core.clock, lambda: self.window, self)
        self.tray = Tray(self._tray_icon, self, self.numbers)
        self._tray_contents = TrayContents(self.tray, accounts, directory, journal, self.numbers)
        self.presence = Presence(self.window, self.tray, accounts, self._say)
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
        self.door = DoorKeeper(self.core, self.lanes, self.desk.ask_for, self._say, self)
        self._network = NetworkOptions.of(accounts.settings)
        self._follower = JournalFollower(journal, self.core.data_dir / CALLS_FILE, self)
        self._log_handler: logging.Handler | None = None
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
        self.door.close()
        self.core.accounts.stop_listening()
        self.desk.close()
        if not self.core.options.sandbox:
            self.presence.keep_place()
        self.quick.close()
        self.notifier.close()
        self.ties.close()
        self.health.stop_listening()
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
        self.lanes.run(Lane.DATABASE, composition.load_number_facts, lambda _: self.door.open(), self._fail)
        self.window.setWindowIcon(self.icons.app_icon())
        self.notifier.open()
        self.tray.enable(on=self.core.accounts.settings.show_tray)
        self.ties.open(self._application)
        self.dialogs.tie(self.ties.integration, self.ties.hotkey)
        if self.ties.hotkey is not None:
            self.quick.follow(self.ties.hotkey)
        self.presence.stay_reachable()
        self.display.show_health()
        if self.core.accounts.active is None and self.presence.is_seen:
            self.dialogs.sign_in()

    def _wire(self) -> None:
        self._wire_window()
        self._wire_outside()

    def _wire_window(self) -> None:
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
        self.recents.note_asked.connect(self.dialogs.note)
        desk.note_asked.connect(self.dialogs.note)
        self.dialogs.noted.connect(gestures.keep_note)
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
        self.dialogs.signed_in.connect(self.door.resume)
        self.window.closing.connect(self.presence.put_away)
        self.window.settings_asked.connect(self.dialogs.settings)
        self.window.quit_asked.connect(self.quit)
        self.window.add_asked.connect(lambda: self.dialogs.contact(Contact(0, "")))

    def _wire_outside(self) -> None:
        desk, gestures = self.desk, self.gestures
        self.status.mend_asked.connect(self.ties.mend)
        self.presence.quit_asked.connect(self.quit)
        self.tray.toggled.connect(self.presence.toggle)
        self.tray.call_asked.connect(desk.ask_for)
        self.tray.opening.connect(desk.prepare)
        self.tray.route_chosen.connect(gestures.choose_route)
        self.tray.settings_asked.connect(gestures.bring_up_settings)
        self.tray.quit_asked.connect(self.quit)
        self.door.wished.connect(self._grant)
        self.door.redundant.connect(self.quit)
        notifier = self.notifier
        notifier.acted.connect(lambda step, key: gestures.act_on_notification(step, key, notifier.activation_token))
        notifier.body_clicked.connect(lambda: self.presence.bring_up(notifier.activation_token))
        self.notifier.untold.connect(self.display.tell_in_window)
        self.theme.theme_changed.connect(self.tray.retint)
        self.core.accounts.listen(self._take_settings)
        self.core.journal.watch_others(self._show_journal)
        self.tray.quick_asked.connect(self.quick.open)
        self.tray.pause_chosen.connect(gestures.pause_notifications)
        self.tray.mend_asked.connect(lambda name: self.ties.mend(HealthName(name)))
        self.quick.call_asked.connect(desk.ask_for)
        self.quick.prepare_asked.connect(desk.prepare)
        self.quick.route_chosen.connect(gestures.choose_route)
        self.quick.sign_in_asked.connect(gestures.bring_up_sign_in)
        self.ties.copied.connect(self.copied.offer)
        self.copied.chosen.connect(gestures.load_number)
        self.ties.failed.connect(self._fail)
        self.ties.session_ending.connect(self._keep_all)
        self.ties.settings_asked.connect(gestures.bring_up_settings)
        self.ties.sign_in_asked.connect(gestures.bring_up_sign_in)
        self.dialogs.capturing.connect(lambda on: self.ties.rest_keys(resting=on))
        desk.call_changed.connect(self.ties.take_call)

    def _grant(self, wish: Wish, token: str) -> None:
        if wish is Wish.SHOW:
            self.presence.bring_up(token)
        elif wish is Wish.QUICK:
            self.quick.open()
        elif wish is Wish.SELECTION:
            self.quick.take_selection()
        elif wish is Wish.SETTINGS:
            self.presence.bring_up(token)
            self.dialogs.settings()

    def _keep_all(self) -> None:
        """The session ends: what is open is stored now."""
        if not self.core.options.sandbox:
            self.presence.keep_place()
        self.core.journal.flush()

    def _show_journal(self) -> None:
        self.recents.refresh()
        self._tray_contents.refresh()

    def _loaded(self, settled: int) -> None:
        self._show_journal()
        self._follower.start()
        self.ties.open_calls_door(self.numbers, self._ask_for_another)
        accounts, aside = self.core.accounts, self.core.call_store.set_aside
        settings_words = accounts.recovered or accounts.settings_trouble
        if settings_words:
            self._say(settings_words)
        elif aside is not None:
            self._say(f"A damaged file was set aside as {aside.name}. You can go on working.")
        elif settled:
            self._say("The program stopped during a call. Look at it in Recents before you call again.")

    def _ask_for_another(self, text: str) -> str:
        """Ask about a number another program handed over; return why not, "" where it does."""
        if self.core.accounts.active is None:
            return "Nobody is signed in."
        self.desk.ask_for(DialRequest(text, Source.LINK))
        return ""

    def _say(self, words: str) -> None:
        self.window.toast.say(words)

    def _new_reminder(self) -> ReminderCard:
        from c2c_desktop.ui.reminder_card import ReminderCard  # noqa: PLC0415  # few calls need one

        return ReminderCard(self.theme, self.icons)

    def _refresh_contacts(self) -> None:
        self.contacts.refresh()
        self._tray_contents.refresh_favourites()

    def _tray_icon(self, state: str) -> QIcon:
        return tray_icon(state, self.icons.pixmap)

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
        self.ties.take_settings()
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

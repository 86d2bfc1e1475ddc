"""Composition root of the window: builds everything once, hands it down, shuts it down in reverse."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from c2c_desktop import composition
from c2c_desktop.adapters.log_file import start_log
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.composition import Options, open_core, options_from
from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.presence import Presence
from c2c_desktop.desktop.tray import Tray
from c2c_desktop.desktop.tray_contents import TrayContents
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import Settings
from c2c_desktop.runtime.collector import Collector
from c2c_desktop.runtime.lanes import Lanes
from c2c_desktop.services.announcer import Tone
from c2c_desktop.services.ports import Lane
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

_log = logging.getLogger(__name__)
_INSIDE = "Something went wrong inside. The program goes on; the log says more."
SWITCH_SECONDS = 0.0005
"""How long one thread keeps the interpreter from another: a call's request must not wait while the window paints."""

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
        self.contacts = ContactPane(directory, self.theme, self.icons)
        self.recents = RecentsPane(journal, self.theme, self.icons)
        self.pad = DialPad(directory, self.theme, self.icons)
        self.banner = CallBanner(self.theme, self.icons, self.core.clock)
        self.status = StatusLine(self.theme, sandbox=options.sandbox)
        self.window = MainWindow(
            self.contacts, self.recents, self.pad, self.banner, self.status, self.theme, self.icons
        )
        self.dialogs = Dialogs(accounts, directory, self.core.data_dir, self.theme, self.icons, self.window)
        self.desk = CallDesk(self.core.dialer, journal, lambda: self.window, self)
        self.tray = Tray(self._tray_icon, self)
        self._tray_contents = TrayContents(self.tray, accounts, directory, journal)
        self.presence = Presence(self.window, self.tray, accounts, self._say)
        self.notifier = Notifier(self.tray, lambda: accounts.settings.muted, self)
        self._network = NetworkOptions.of(accounts.settings)
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
        self.core.accounts.stop_listening()
        if not self.core.options.sandbox:
            self.presence.keep_place()
        self.notifier.close()
        self.tray.enable(on=False)
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
        self.lanes.run(Lane.DATABASE, composition.load_number_facts, lambda _: None, self._fail)
        self.window.setWindowIcon(self.icons.app_icon())
        self.notifier.open()
        self.tray.enable(on=self.core.accounts.settings.show_tray)
        self.presence.stay_reachable()
        self._show_health()
        if self.core.accounts.active is None and self.presence.is_seen:
            self.dialogs.sign_in()

    def _wire(self) -> None:
        desk, pad, contacts = self.desk, self.pad, self.contacts
        pad.call_asked.connect(desk.ask_for)
        pad.intent.connect(desk.prepare)
        pad.route_chosen.connect(self._choose_route)
        pad.options_asked.connect(self.dialogs.options)
        pad.recall_asked.connect(self._recall)
        contacts.chosen.connect(self._load_contact)
        contacts.call_asked.connect(self._call_contact)
        contacts.edit_asked.connect(self.dialogs.contact)
        contacts.deleted.connect(self._offer_undo)
        contacts.view.row_pointed.connect(desk.prepare)
        contacts.dial_text_asked.connect(self._dial_searched)
        self.recents.call_asked.connect(desk.call_again)
        self.recents.view.row_pointed.connect(desk.prepare)
        self.recents.chosen.connect(lambda call: self._load_number(call.e164, call.contact_name, Source.HISTORY))
        self.recents.add_asked.connect(self.dialogs.contact)
        self.banner.acted.connect(desk.act)
        desk.call_changed.connect(self._show_call)
        desk.refused.connect(self._show_refusal)
        desk.sign_in_asked.connect(self._bring_up_sign_in)
        desk.settings_asked.connect(self._bring_up_settings)
        desk.said.connect(self._say)
        self.dialogs.failed.connect(self._fail)
        self.dialogs.signed_in.connect(self._take_sign_in)
        self.window.closing.connect(self.presence.put_away)
        self.window.settings_asked.connect(self.dialogs.settings)
        self.window.quit_asked.connect(self.quit)
        self.window.add_asked.connect(lambda: self.dialogs.contact(Contact(0, "")))
        self.status.mend.clicked.connect(self.dialogs.sign_in)
        self.presence.quit_asked.connect(self.quit)
        self.tray.toggled.connect(self.presence.toggle)
        self.tray.call_asked.connect(desk.ask_for)
        self.tray.opening.connect(desk.prepare)
        self.tray.route_chosen.connect(self._choose_route)
        self.tray.settings_asked.connect(self._bring_up_settings)
        self.tray.quit_asked.connect(self.quit)
        self.notifier.acted.connect(self._act_on_notification)
        self.notifier.body_clicked.connect(self.presence.bring_up)
        self.notifier.untold.connect(self._tell_in_window)
        self.theme.theme_changed.connect(self.tray.retint)
        self.core.accounts.listen(self._take_settings)

    # What the person does

    def _load_contact(self, contact: Contact, number: ContactNumber) -> None:
        self._load_number(number.e164 or number.shown, contact.name, Source.CONTACT)

    def _load_number(self, number: str, name: str = "", source: Source = Source.PAD) -> None:
        self.pad.load(number, name, source)
        self.desk.prepare()

    def _dial_searched(self, text: str) -> None:
        self._load_number(text)
        self.window.show_dial_pad()

    def _call_contact(self, contact: Contact, number: ContactNumber) -> None:
        self.desk.ask_for(DialRequest(number.e164 or number.shown, Source.CONTACT, contact.name))

    def _recall(self) -> None:
        recent = self.core.journal.recent()
        if recent:
            self._load_number(recent[0].e164, recent[0].contact_name, Source.HISTORY)

    def _choose_route(self, route: Route) -> None:
        account = self.core.accounts.active
        if account is None:
            return
        try:
            self.core.accounts.update_account(replace(account, route=route))
        except UserFacingError as error:
            self.pad.show_route(account.route)
            self._fail(error)

    def _offer_undo(self, contact: Contact) -> None:
        self.window.toast.say(f"{contact.label} was deleted.", "Undo", lambda: self.core.directory.restore(contact))

    def _take_sign_in(self) -> None:
        """What was refused for the sign-in can be called again now."""
        call = self.banner.call
        if call is not None and call.next_step is NextStep.FIX_SIGN_IN:
            self.banner.show_call(replace(call, next_step=NextStep.CALL_AGAIN), has_feed=self.desk.follows_calls)

    def _bring_up_sign_in(self) -> None:
        self.presence.bring_up()
        self.dialogs.sign_in()

    def _bring_up_settings(self) -> None:
        self.presence.bring_up()
        self.dialogs.settings()

    def _act_on_notification(self, step: NextStep, call_id: str) -> None:
        call = self.core.journal.get(call_id)
        if call is not None:
            if step is not NextStep.COPY_REQUEST_ID:
                self.presence.bring_up()
            self.desk.act(step, call)

    # What is shown

    def _show_call(self, call: Call) -> None:
        newest = self.banner.call
        if newest is None or call.is_placing or call.id == newest.id or call.started_at >= newest.started_at:
            self.banner.show_call(call, has_feed=self.desk.follows_calls)
            self._tray_contents.tell(call, has_feed=self.desk.follows_calls)
        if call.next_step is NextStep.FIX_SIGN_IN or call.state is CallState.INITIATED:
            self._show_health(refused=call.next_step is NextStep.FIX_SIGN_IN)
        self.notifier.tell(call, has_feed=self.desk.follows_calls)
        if not call.is_placing:
            self._tray_contents.refresh()

    def _show_refusal(self, error: UserFacingError) -> None:
        self.pad.say(error.title, Tone.BAD)
        self._say(f"{error.title}. {error.message}".strip())

    def _say(self, words: str) -> None:
        self.window.toast.say(words)

    def _tell_in_window(self, words: str) -> None:
        """Nobody outside could show it: the banner has said it to whoever looks, the rest are told when they do."""
        if not self.presence.is_seen:
            self._say(words)
            self._application.alert(self.window)

    def _loaded(self, settled: int) -> None:
        self.recents.refresh()
        self._tray_contents.refresh()
        aside = self.core.call_store.set_aside or self.core.settings_file.set_aside
        if aside is not None:
            self._say(f"A damaged file was set aside as {aside.name}. You can go on working.")
        elif settled:
            self._say("The program stopped during a call. Look at it in Recents before you call again.")

    def _show_health(self, *, refused: bool = False) -> None:
        """Say how calls stand. `refused`: the service did not take the sign-in, or it could not be read."""
        account = self.core.accounts.active
        if account is None:
            self.status.show_state("Not signed in", "Sign in")
        elif refused:
            self.status.show_state("The sign-in does not work", "Fix sign-in")
        else:
            self.status.show_state(f"Ready · {account.masked_user_id}")

    def _refresh_contacts(self) -> None:
        self.contacts.refresh()
        self._tray_contents.refresh_favourites()

    def _tray_icon(self, state: str) -> QIcon:
        tokens = self.theme.tokens
        colour = {"tray-trouble": tokens["warn"], "tray-calling": tokens["accent"]}.get(state, _TRAY_READY_COLOUR)
        return self.icons.icon(state, colour, 22)

    def _take_settings(self, settings: Settings) -> None:
        self.theme.choose(settings.theme)
        self.pad.use_account(settings.active_account)
        if settings.show_tray != self.tray.is_enabled:
            self.tray.enable(on=settings.show_tray)
        network = NetworkOptions.of(settings)
        if network != self._network:
            self._network = network
            gateway = self.core.gateway
            self.lanes.run(Lane.NETWORK, lambda: gateway.configure(network), lambda _: None, self._fail)
        self._show_health()
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


def run_window(arguments: argparse.Namespace) -> int:
    """Run the window until it is quit; return the exit status."""
    options = options_from(
        sandbox=arguments.sandbox,
        data_dir=arguments.data_dir,
        api_url=arguments.api_url,
        minimised=arguments.minimized,
        quick=bool(arguments.demo),
    )
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    collector = Collector(application)
    application.setApplicationName("C2C Desktop")
    application.setDesktopFileName("c2c-desktop")
    application.setQuitOnLastWindowClosed(False)
    signals = None
    if os.name == "posix":
        from c2c_desktop.runtime.unix_signals import UnixSignals  # noqa: PLC0415

        signals = UnixSignals(application)
    program = Application(application, options)
    sys.excepthook = program.hook
    if signals is not None:
        signals.quit_asked.connect(program.quit)
    demo = None
    if arguments.demo:
        from c2c_desktop.demo import Demo  # noqa: PLC0415

        demo = Demo(program, Path(arguments.demo))
        demo.start()
    program.start()
    status = application.exec()
    program.stop()
    collector.stop()
    if signals is not None:
        signals.close()
    sys.excepthook = sys.__excepthook__
    return demo.status if demo is not None else status

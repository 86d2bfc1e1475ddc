"""What a person does in the window, the tray or a notification, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from c2c_desktop.composition import Core
from c2c_desktop.desktop.presence import Presence
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_dialing import UnreadableNumberError, contact_request
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.services.late_press import is_still_meant
from c2c_desktop.services.ports import Lane, Runner
from c2c_desktop.ui.call_desk import CallDesk
from c2c_desktop.ui.dialogs import Dialogs
from c2c_desktop.ui.main_window import MainWindow

_PRESSED_OUTSIDE = "It was pressed in a notification."


class Gestures(QObject):
    """Takes gestures that concern several parts of the program. Main thread."""

    failed = Signal(object)
    """What went wrong: a `UserFacingError`, or a bug."""

    def __init__(
        self, core: Core, runner: Runner, window: MainWindow, desk: CallDesk, dialogs: Dialogs, presence: Presence
    ) -> None:
        super().__init__(window)
        self._core = core
        self._runner = runner
        self._window = window
        self._desk = desk
        self._dialogs = dialogs
        self._presence = presence

    def load_contact(self, contact: Contact, number: ContactNumber) -> None:
        """Put a contact's number in the pad; nothing is called."""
        self._window.pad.load_contact(contact, number)
        self._desk.prepare()

    def load_number(self, number: str, name: str = "", source: Source = Source.PAD) -> None:
        """Put a number in the pad; nothing is called."""
        self._window.pad.load(number, name, source)
        self._desk.prepare()

    def take_choice(self, request: DialRequest) -> None:
        """One of several numbers in the pad was chosen: the others go."""
        if request.source is Source.PAD:
            self._window.pad.load(request.text)

    def dial_searched(self, text: str) -> None:
        """Take the number somebody searched for to the pad, where the next Enter calls it."""
        self.load_number(text)
        self._window.focus_pad()

    def call_contact(self, contact: Contact, number: ContactNumber) -> None:
        """Call a contact's number, or say why it cannot be called."""
        try:
            self._desk.ask_for(contact_request(contact, number, Source.CONTACT))
        except UnreadableNumberError as error:
            self.failed.emit(error)

    def edit_contact(self, contact: Contact) -> None:
        """Edit a contact in front of everything."""
        self._presence.bring_up()
        self._dialogs.contact(contact)

    def recall(self) -> None:
        """Put the number called last in the pad."""
        recent = self._core.journal.recent()
        if recent:
            self.load_number(recent[0].e164, recent[0].contact_name, Source.HISTORY)

    def choose_route(self, route: Route) -> None:
        """Ring that phone first from now on."""
        account = self._core.accounts.active
        if account is None:
            return
        try:
            self._core.accounts.update_account(replace(account, route=route))
        except UserFacingError as error:
            self._window.pad.show_route(account.route)
            self.failed.emit(error)

    def offer_undo(self, contact: Contact) -> None:
        """A contact was deleted: offer it back."""
        restore = self._core.directory.restore
        self._window.toast.say(f"{contact.label} was deleted.", "Undo", lambda: restore(contact))

    def take_sign_in(self) -> None:
        """What was refused for the sign-in can be called again now."""
        banner = self._window.banner
        call = banner.call
        if call is not None and call.next_step is NextStep.FIX_SIGN_IN:
            banner.show_call(replace(call, next_step=NextStep.CALL_AGAIN), has_feed=self._desk.follows_calls)

    def bring_up_sign_in(self) -> None:
        """Ask for the sign-in in front of everything."""
        self._presence.bring_up()
        self._dialogs.sign_in()

    def bring_up_settings(self, page: int = 0) -> None:
        """Show a page of the settings in front of everything."""
        self._presence.bring_up()
        self._dialogs.settings(page)

    def act_on_notification(self, step: NextStep, call_id: str, token: str = "") -> None:
        """Do what a notification's button says, if it is still meant; `token`: see `Presence.bring_up`."""
        journal = self._core.journal
        call = journal.get(call_id)
        if call is None:
            return
        if step is not NextStep.COPY_REQUEST_ID:
            self._presence.bring_up(token)
        if is_still_meant(step, call, journal.recent()):
            # Of a call to retry nothing was sent.
            self._desk.act(step, call, "" if step is NextStep.RETRY else _PRESSED_OUTSIDE)
        else:
            self._window.toast.say("That button is out of date. Look at Recents.")

    def pause_notifications(self, on: bool) -> None:  # noqa: FBT001  # a signal's value
        """Tell of nothing outside the window, or again."""
        try:
            self._core.accounts.change(notifications_paused=on)
        except UserFacingError as error:
            self.failed.emit(error)

    def keep_note(self, call: Call, note: str) -> None:
        """Keep what was written about a call."""
        self._core.journal.set_note(call.id, note, self.failed.emit)

    def save_diagnostics(self) -> None:
        """Save one file that can be sent to whoever helps, and say where it is."""
        from c2c_desktop.checkup import write_diagnostics  # noqa: PLC0415  # few runs need it

        def failed(error: Exception) -> None:
            if isinstance(error, UserFacingError):
                self._dialogs.tell(f"{error.title}. {error.message}")
            else:
                self.failed.emit(error)

        # Not on the network's lane: it looks at a service that may be silent, and calls go first.
        self._runner.run(
            Lane.SECRETS,
            lambda: write_diagnostics(self._core),
            lambda bundle: self._dialogs.tell(f"Saved as {bundle.path}. It holds no secret, no name, no whole number."),
            failed,
        )

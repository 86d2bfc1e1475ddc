"""From a gesture to the dialer: whose number it is, which of several, whether to ask, how long to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from c2c_desktop.domain.call import FOREIGN, Call, CallState, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest, Proposal, UnansweredError, Verdict
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError
from c2c_desktop.domain.route import Route
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import Clock
from c2c_desktop.ui.left_alone import LeftAlone

if TYPE_CHECKING:
    from c2c_desktop.ui.ask_dialog import AskDialog
    from c2c_desktop.ui.choice_dialog import ChoiceDialog
    from c2c_desktop.ui.countdown import Countdown

LOOKUP_MS = 250
"""How long a call waits for the name of whom it is for; without an answer the number is nobody's."""


class CallDesk(QObject):
    """Every gesture that asks for a call ends here, one at a time. Main thread."""

    call_changed = Signal(object)
    refused = Signal(object)
    """A `UserFacingError`: nothing was sent."""
    sign_in_asked = Signal()
    settings_asked = Signal()
    note_asked = Signal(object)
    """The `Call` whose note is to be written."""
    said = Signal(str)
    chosen = Signal(object)
    """One of several numbers was chosen: the `DialRequest` that is followed now."""

    def __init__(
        self,
        dialer: Dialer,
        journal: Journal,
        accounts: Accounts,
        directory: Directory,
        clock: Clock,
        window: Callable[[], QWidget],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._dialer = dialer
        self._journal = journal
        self._accounts = accounts
        self._directory = directory
        self._clock = clock
        self._window = window
        self._asking: AskDialog | ChoiceDialog | None = None
        self._looked_up: Proposal | None = None
        self._countdown: Countdown | None = None
        self._left_alone = LeftAlone()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LOOKUP_MS)
        self._patience.timeout.connect(lambda: self._found(self._looked_up, None))
        journal.listen(self.call_changed.emit)

    @property
    def follows_calls(self) -> bool:
        """Whether a feed tells what happens on the legs."""
        return self._dialer.follows_calls

    def prepare(self) -> None:
        """Somebody seems about to call."""
        self._dialer.prepare()

    def close(self) -> None:
        """The program ends: what was not sent never is."""
        self._patience.stop()
        self._looked_up = None
        if self._countdown is not None:
            self._countdown.stop()

    def ask_for(self, request: DialRequest) -> None:
        """Place the call, ask first, hold it back for some seconds, or say why not."""
        if self._asking is not None:
            self._leave_alone(request)
            return
        if self._looked_up is not None:
            if request.source in FOREIGN or self._looked_up.request.source not in FOREIGN:
                self._leave_alone(request)
                return
            self._leave_alone(self._looked_up.request)  # a hand in the window comes before what a program asks
            self._looked_up = None
        try:
            proposal = self._dialer.consider(request)
        except SeveralNumbersError as error:
            self._choose(request, error.choices)
            return
        except UserFacingError as error:
            self._refuse(request, error)
            return
        waiting = self._countdown.call if self._countdown is not None else None
        if waiting is not None:
            if waiting.e164 != proposal.number.e164:
                self.said.emit("A call is about to be placed. Cancel it first.")
        elif proposal.decision.verdict is Verdict.REFUSE or _is_named(request):
            self._go_on(proposal)
        else:
            self._look_up(proposal)

    def call_again(self, call: Call, route: Route | None = None, must_ask: str = "") -> None:
        """Ask for the same call again. `must_ask`: see `DialRequest`."""
        self.ask_for(
            DialRequest(
                text=f"{call.e164},{call.post_dial}" if call.post_dial else call.e164,
                source=Source.HISTORY,
                contact_name=call.contact_name,
                route=route,
                caller_id=call.caller_id,
                extra_params=call.extra_params,
                must_ask=must_ask,
            )
        )

    def act(self, step: NextStep, call: Call, must_ask: str = "") -> None:
        """Do what a button of the banner or a notification says. `must_ask`: why it must not call at once."""
        if step is NextStep.CANCEL:
            held = self._countdown is not None and self._countdown.cancel(call.id)
            if not held and not self._dialer.cancel(call.id):
                self.said.emit("Too late to cancel: the request is on its way.")
        elif step in {NextStep.RETRY, NextStep.CALL_AGAIN}:
            self.call_again(call, call.route, must_ask)
        elif step is NextStep.USE_SOFTPHONE:
            self.call_again(call, Route.SOFTPHONE, must_ask)
        elif step is NextStep.ADD_NOTE:
            self.note_asked.emit(self._journal.get(call.id) or call)
        elif step is NextStep.COPY_REQUEST_ID:
            QGuiApplication.clipboard().setText(call.request_id)
            self.said.emit("Request ID copied.")
        elif step is NextStep.FIX_SIGN_IN:
            self.sign_in_asked.emit()
        elif step is NextStep.OPEN_SETTINGS:
            self.settings_asked.emit()

    def _leave_alone(self, request: DialRequest) -> None:
        self._left_alone.add(request)
        if self._asking is not None:
            self._asking.show_left_alone(self._left_alone.words)
        if self._asking is not None and request.source not in FOREIGN:
            self._asking.armed.hold()  # that press was for the other number
            self._asking.raise_()
            self._asking.activateWindow()

    def _refuse(self, request: DialRequest, error: UserFacingError) -> None:
        if request.source in FOREIGN:  # not about what stands in the pad
            self.said.emit(f"{error.title}. {error.message}".strip())
        else:
            self.refused.emit(error)
        if error.next_step is NextStep.FIX_SIGN_IN:
            self.sign_in_asked.emit()

    def _show(self, dialog: QDialog) -> None:
        """Bring it in front, also where the window is not."""
        window = self._window()
        if window.isMinimized():
            window.showNormal()  # what belongs to a minimised window is not shown
        dialog.open()
        dialog.raise_()
        dialog.activateWindow()

    # Whose number it is

    def _look_up(self, proposal: Proposal) -> None:
        self._looked_up = proposal
        self._patience.start()
        self._directory.find_number(proposal.number.e164, lambda contact: self._found(proposal, contact))

    def _found(self, proposal: Proposal | None, contact: Contact | None) -> None:
        if proposal is None or proposal is not self._looked_up:
            return
        self._looked_up = None
        self._patience.stop()
        name = contact.label if contact is not None else ""
        if name != proposal.request.contact_name:
            request = replace(proposal.request, contact_name=name)
            decision = self._dialer.weigh(request, proposal.number)
            proposal = replace(proposal, request=request, decision=decision)
        self._go_on(proposal)

    # Which of several

    def _choose(self, request: DialRequest, choices: tuple[PhoneNumber, ...]) -> None:
        from c2c_desktop.ui.choice_dialog import ChoiceDialog  # noqa: PLC0415  # not on the way to the first paint

        choice = self._asking = ChoiceDialog(choices, self._directory, self._window())
        choice.show_left_alone(self._left_alone.words)
        choice.finished.connect(lambda _: self._take_choice(choice, request))
        self._show(choice)

    def _take_choice(self, choice: ChoiceDialog, request: DialRequest) -> None:
        self._asking = None
        choice.deleteLater()
        number = choice.number
        if number is None:
            self._left_alone.forget()
            return
        text = f"{number.e164},{number.post_dial}" if number.post_dial else number.e164
        chosen = replace(request, text=text, origin=request.origin or request.text)
        self.chosen.emit(chosen)
        self.ask_for(chosen)

    # Whether to ask

    def _go_on(self, proposal: Proposal) -> None:
        if proposal.decision.verdict is Verdict.ASK:
            self._ask(proposal)
            return
        if self._left_alone.words:
            self.said.emit(self._left_alone.words)
            self._left_alone.forget()
        seconds = self._accounts.settings.guard.undo_seconds
        if seconds and proposal.decision.verdict is Verdict.ALLOW:
            self._hold_back(proposal, seconds)
        else:
            self._place(proposal)

    def _place(self, proposal: Proposal, *, confirmed: bool = False) -> None:
        try:
            self._dialer.place(proposal, confirmed=confirmed)
        except UnansweredError as error:
            self._ask(replace(proposal, decision=error.decision))
        except UserFacingError as error:
            self._refuse(proposal.request, error)

    def _ask(self, proposal: Proposal) -> None:
        from c2c_desktop.ui.ask_dialog import AskDialog  # noqa: PLC0415  # not on the way to the first paint

        e164 = proposal.number.e164
        last = next((call for call in self._journal.recent() if call.e164 == e164), None)
        question = self._asking = AskDialog(proposal, last, self._accounts, self._window())
        question.show_left_alone(self._left_alone.words)
        question.finished.connect(lambda result: self._answered(question, proposal, result))
        self._dialer.prepare()
        self._show(question)

    def _answered(self, question: AskDialog, proposal: Proposal, result: int) -> None:
        self._asking = None
        self._left_alone.forget()
        question.deleteLater()
        if result != int(QDialog.DialogCode.Accepted):
            return
        self._place(proposal, confirmed=True)
        if question.trusts_contacts:
            self._trust(proposal.request.source)

    def _trust(self, source: Source) -> None:
        guard = self._accounts.settings.guard
        try:
            self._accounts.change(guard=replace(guard, trusted_for_contacts=guard.trusted_for_contacts | {source}))
        except UserFacingError as error:
            self.said.emit(f"{error.title}. {error.message}".strip())

    # How long to wait

    def _hold_back(self, proposal: Proposal, seconds: int) -> None:
        if self._countdown is None:
            from c2c_desktop.ui.countdown import Countdown  # noqa: PLC0415  # not on the way to the first paint

            self._countdown = Countdown(self._clock, self)
            self._countdown.over.connect(self._take_held)
            self._countdown.cancelled.connect(self._drop_held)
        self._dialer.prepare()
        self.call_changed.emit(self._countdown.start(proposal, seconds, self._window()))

    def _take_held(self, proposal: Proposal, held: Call) -> None:
        """Much can have happened meanwhile: another question stands there, or the guard has a new reason."""
        if self._asking is not None:
            self._drop_held(held)
            self.said.emit(f"The call to {held.callee} was not sent: a question is open.")
            return
        self._place(proposal)
        if self._journal.get(held.id) is None:
            self.call_changed.emit(held.moved(CallState.CANCELLED))

    def _drop_held(self, held: Call) -> None:
        self._journal.note(held.moved(CallState.CANCELLED, started_at=self._clock.now(), ended_at=self._clock.now()))


def _is_named(request: DialRequest) -> bool:
    """Whether it is known whose number it is."""
    return request.source not in FOREIGN and bool(request.contact_name)

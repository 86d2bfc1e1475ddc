"""From a gesture in the window or the tray to the dialer, asking where the guard asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import DialRequest, Proposal, Verdict
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.route import Route
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.journal import Journal

if TYPE_CHECKING:
    from c2c_desktop.ui.ask_dialog import AskDialog


class CallDesk(QObject):
    """Every gesture that asks for a call ends here. Main thread."""

    call_changed = Signal(object)
    refused = Signal(object)
    """A `UserFacingError`: nothing was sent."""
    sign_in_asked = Signal()
    settings_asked = Signal()
    said = Signal(str)

    def __init__(self, dialer: Dialer, journal: Journal, window: Callable[[], QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._dialer = dialer
        self._journal = journal
        self._window = window
        self._question: AskDialog | None = None
        journal.listen(self.call_changed.emit)

    @property
    def follows_calls(self) -> bool:
        """Whether a feed tells what happens on the legs."""
        return self._dialer.follows_calls

    def prepare(self) -> None:
        """Somebody seems about to call."""
        self._dialer.prepare()

    def ask_for(self, request: DialRequest) -> None:
        """Place the call, ask first, or say why not."""
        if self._question is not None:
            self._question.raise_()
            return
        try:
            proposal = self._dialer.consider(request)
            if proposal.decision.verdict is Verdict.ALLOW:
                self._dialer.place(proposal)
                return
        except UserFacingError as error:
            self.refused.emit(error)
            if error.next_step is NextStep.FIX_SIGN_IN:
                self.sign_in_asked.emit()
            return
        self._ask(proposal)

    def call_again(self, call: Call, route: Route | None = None) -> None:
        """Ask for the same call again."""
        self.ask_for(
            DialRequest(
                text=call.e164,
                source=Source.HISTORY,
                contact_name=call.contact_name,
                route=route,
                caller_id=call.caller_id,
                extra_params=call.extra_params,
            )
        )

    def act(self, step: NextStep, call: Call) -> None:
        """Do what a button of the banner or a notification says."""
        if step is NextStep.CANCEL:
            if not self._dialer.cancel(call.id):
                self.said.emit("Too late to cancel: the request is on its way.")
        elif step in {NextStep.RETRY, NextStep.CALL_AGAIN}:
            self.call_again(call, call.route)
        elif step is NextStep.USE_SOFTPHONE:
            self.call_again(call, Route.SOFTPHONE)
        elif step is NextStep.COPY_REQUEST_ID:
            QGuiApplication.clipboard().setText(call.request_id)
            self.said.emit("Request ID copied.")
        elif step is NextStep.FIX_SIGN_IN:
            self.sign_in_asked.emit()
        elif step is NextStep.OPEN_SETTINGS:
            self.settings_asked.emit()

    def _ask(self, proposal: Proposal) -> None:
        from c2c_desktop.ui.ask_dialog import AskDialog  # noqa: PLC0415  # not on the way to the first paint

        e164 = proposal.number.e164
        last = next((call for call in self._journal.recent() if call.e164 == e164), None)
        question = AskDialog(proposal, last, self._window())
        self._question = question
        question.finished.connect(lambda result: self._answered(question, proposal, result))
        self._dialer.prepare()
        question.open()

    def _answered(self, question: AskDialog, proposal: Proposal, result: int) -> None:
        self._question = None
        question.deleteLater()
        if result == int(QDialog.DialogCode.Accepted):
            self._dialer.place(proposal, confirmed=True)

"""The one way to a call: number, guard, journal, gateway, journal, and what happens on the legs."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.caller_id import DIGITS, checked_caller_id
from c2c_desktop.domain.dialing import CallOrder, Decision, DialRequest, Placement, Proposal, UnansweredError, Verdict
from c2c_desktop.domain.errors import NextStep, RefusedNumberError, StorageError, UserFacingError
from c2c_desktop.domain.legs import LegEvent, call_after
from c2c_desktop.domain.number import PhoneNumber, calling_code, parse_for
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.guard_circumstances import Circumstances
from c2c_desktop.services.guard_rules import duplicate
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import CallFeed, Clock, Gateway, Lane, Runner, Surroundings
from c2c_desktop.services.ticket import Ticket
from c2c_desktop.services.watch import Watch

STALE_SECONDS = 30.0
"""A call that waited longer, behind a hanging one or while the computer slept, is not what is meant any more."""

_log = logging.getLogger(__name__)


class Dialer:
    """Places calls. Main thread; the request itself runs on the network lane."""

    def __init__(
        self,
        gateway: Gateway,
        journal: Journal,
        accounts: Accounts,
        runner: Runner,
        clock: Clock,
        feed: CallFeed | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        self._gateway = gateway
        self._journal = journal
        self._accounts = accounts
        self._runner = runner
        self._clock = clock
        self._feed = feed
        self._watch = Watch(journal, accounts, clock, surroundings)
        self._tickets: dict[str, Ticket] = {}
        self._is_warming = False
        self._has_asked_keyring = False
        self._keyring_listener: Callable[[UserFacingError | None], None] = lambda _: None

    def listen_to_keyring(self, listener: Callable[[UserFacingError | None], None]) -> None:
        """Call `listener` each time the secret was asked for ahead of a call: None where it came, else why not."""
        self._keyring_listener = listener

    @property
    def follows_calls(self) -> bool:
        """Whether a feed tells what happens after a call is initiated."""
        return self._feed is not None

    def consider(self, request: DialRequest, account: Account | None = None) -> Proposal:
        """Read the number and weigh the request; nothing is sent or stored.

        Counts for the rate of its source. Raises `NumberError`, or `UserFacingError` where nobody is signed in
        and for a caller ID that cannot be sent as it is shown.
        """
        asked = 0 if request.origin else self._watch.count(request.source)  # a choice was counted with its text
        account = account or self._accounts.active
        number = parse_for(account, request.text, request.region)
        if account is None:
            raise UserFacingError("Sign in first", "Calls are placed with your TeleCMI account.", NextStep.FIX_SIGN_IN)
        caller_id = account.caller_id if request.caller_id is None else request.caller_id
        return Proposal(
            call_id=os.urandom(16).hex(),
            request=request,
            number=number,
            account=account,
            route=request.route or account.route,
            caller_id=checked_caller_id(caller_id),
            extra_params=dict(account.extra_params if request.extra_params is None else request.extra_params),
            decision=self._watch.decide(request, number, asked),
            known_calls=frozenset(call.id for call in self._journal.recent()),
        )

    def weigh(self, request: DialRequest, number: PhoneNumber) -> Decision:
        """What the guard says of calling `number` now, however often its source asked."""
        return self._watch.decide(request, number)

    def prepare(self) -> None:
        """Have the connection and the secret ready: somebody seems about to call.

        Called at every keystroke. One connection attempt at a time, or a dead network would pile up attempts that
        a call must wait behind; a keyring that refused is not asked again before a call needs it.
        """
        account = self._accounts.active
        if account is None:
            return
        if not self._has_asked_keyring:
            self._has_asked_keyring = True
            self._accounts.with_secret(account.user_id, self._take_secret, self._take_no_secret)
        if not self._is_warming:
            self._is_warming = True
            self._runner.run(Lane.NETWORK, self._gateway.warm, self._take_warmth, self._take_cold)

    def _take_secret(self, _: Secret) -> None:
        self._has_asked_keyring = False
        self._keyring_listener(None)

    def _take_no_secret(self, error: UserFacingError) -> None:
        _not_ready(error)
        self._keyring_listener(error)

    def _take_warmth(self, _: None) -> None:
        self._is_warming = False

    def _take_cold(self, error: Exception) -> None:
        self._is_warming = False
        _not_ready(error)

    def place(self, proposal: Proposal, *, confirmed: bool = False) -> Call:
        """Place the proposed call and return it as PLACING; what follows is told by the journal.

        `confirmed`: the person was shown the proposal's reasons and said yes, which covers these and no others. A
        proposal is good for one call: placing it again returns the call it became. Raises `ValueError` for an
        unconfirmed question, `UnansweredError` for one that has come up since, and `RefusedNumberError` where the
        guard refuses, confirmed or not.
        """
        existing = self._journal.get(proposal.call_id)
        if existing is not None:
            return existing
        shown, now = proposal.decision, self.weigh(proposal.request, proposal.number)
        for decision in (shown, now):  # what has come to be since: a locked screen, a new rule
            if decision.verdict is Verdict.REFUSE:
                raise RefusedNumberError("That call is not allowed", decision.reason)
        if shown.verdict is Verdict.ASK and not confirmed:
            raise ValueError("the guard asks before this call")
        if now.verdict is Verdict.ASK and not set(now.grounds) <= set(shown.grounds):
            raise UnansweredError(now)
        call = draft(proposal, self._clock.now()).moved(CallState.PLACING)
        order = _order(proposal)
        self._has_asked_keyring = False
        ticket = Ticket(self._clock.monotonic())
        self._tickets[call.id] = ticket
        self._journal.note(call, persist=False)
        self._accounts.with_secret(
            proposal.account.user_id,
            lambda secret: self._send(proposal, call, order, secret, ticket),
            lambda error: self._not_sent(call, error),
        )
        return self._journal.get(call.id) or call

    def cancel(self, call_id: str, message: str = "") -> bool:
        """Cancel a call that has not been sent; False where it is too late. `message`: why, if not asked for."""
        ticket, call = self._tickets.get(call_id), self._journal.get(call_id)
        if ticket is None or call is None or not ticket.cancel():
            return False
        self._settle(call, Placement(CallState.CANCELLED, message=message))
        return True

    def give_up(self) -> None:
        """Cancel every call that still can be: the program ends."""
        for call_id in list(self._tickets):
            self.cancel(call_id, "The program was closed before this call was sent.")

    def _send(self, proposal: Proposal, call: Call, order: CallOrder, secret: Secret, ticket: Ticket) -> None:
        def job() -> Placement:
            if ticket.cancelled:
                return Placement(CallState.CANCELLED)
            if self._clock.monotonic() - ticket.since > STALE_SECONDS:
                return Placement(CallState.NOT_SENT, message="It had to wait too long.", next_step=NextStep.RETRY)
            objection = self._journal.begin(
                call, proposal.known_calls, lambda unknown: self._objection(proposal, unknown)
            )
            if objection:
                return Placement(CallState.CANCELLED, message=objection)
            try:
                return self._gateway.place(order, secret, ticket.claim)
            finally:
                if ticket.cancelled:
                    # The cancel may have been stored before the intent: the disk's last word is that nothing was sent.
                    self._journal.begin(call.moved(CallState.CANCELLED, ended_at=self._clock.now()))

        def failed(error: Exception) -> None:
            if ticket.claimed:
                _log.error("a call failed inside after it was sent", exc_info=error)
                self._settle(call, Placement(CallState.UNCERTAIN, message="Something went wrong inside."))
            elif isinstance(error, UserFacingError):
                self._not_sent(call, error)
            else:
                _log.error("a call failed inside before it was sent", exc_info=error)
                self._settle(call, Placement(CallState.NOT_SENT, message="Something went wrong inside."))

        self._runner.run(Lane.NETWORK, job, lambda placement: self._settle(call, placement), failed)

    def _objection(self, proposal: Proposal, unknown: list[Call]) -> str:
        """Why calls of other processes, not known when the call was weighed, stop it; "" where they don't.

        Network lane. Not even a confirmed call goes on: nobody was shown these.
        """
        found = duplicate(
            Circumstances(
                proposal.request, proposal.number, self._clock.now(), unknown, policy=self._accounts.settings.guard
            )
        )
        if found is None:
            return ""
        where = "in another window or on the command line"
        return f"{found.reason.removesuffix('.')}, {where}. Look at Recents before you call again."

    def _not_sent(self, call: Call, error: UserFacingError) -> None:
        message = f"{error.title}. {error.message}".strip()
        persist = not isinstance(error, StorageError)
        self._settle(call, Placement(CallState.NOT_SENT, message=message, next_step=error.next_step), persist=persist)

    def _settle(self, call: Call, placement: Placement, *, persist: bool = True) -> None:
        self._tickets.pop(call.id, None)
        known = self._journal.get(call.id)
        if known is not None and not known.is_placing:
            return  # cancelled meanwhile
        settled = call.moved(
            placement.state,
            code=placement.code,
            message=placement.message,
            request_id=placement.request_id,
            next_step=placement.next_step,
        )
        if settled.is_final:
            settled = replace(settled, ended_at=self._clock.now())
        self._journal.note(settled, persist=persist)
        if settled.state is CallState.CANCELLED and settled.message:
            self._journal.follow_behind()  # what stopped it is known before the person asks again
        if settled.state is CallState.INITIATED and settled.request_id and self._feed is not None:
            self._feed.follow(settled.request_id, lambda event: self._runner.post(self._hearing(call.id, event)))

    def _hearing(self, call_id: str, event: LegEvent) -> Callable[[], None]:
        def hear() -> None:
            call = self._journal.get(call_id)
            if call is not None and call.request_id == event.request_id:
                after = call_after(call, event if event.at else replace(event, at=self._clock.now()))
                if after is not call:
                    self._journal.note(after)

        return hear


def draft(proposal: Proposal, started_at: float) -> Call:
    """Return the call a proposal becomes, before anything is sent. `started_at`: UTC seconds."""
    return Call(
        id=proposal.call_id,
        e164=proposal.number.e164,
        shown_number=proposal.number.shown,
        contact_name=proposal.request.contact_name,
        source=proposal.request.source,
        route=proposal.route,
        user_id=proposal.account.user_id,
        started_at=started_at,
        caller_id=proposal.caller_id,
        extra_params=proposal.extra_params,
        post_dial=proposal.number.post_dial,
    )


def _order(proposal: Proposal) -> CallOrder:
    account, number = proposal.account, proposal.number
    caller_id = "".join(c for c in proposal.caller_id if c in DIGITS)
    return CallOrder(
        user_id=account.user_id,
        to=int(number.national_digits if account.national_digits and _is_home(number, account) else number.digits),
        route=proposal.route,
        caller_id=int(caller_id) if caller_id else None,
        extra_params=proposal.extra_params,
    )


def _is_home(number: PhoneNumber, account: Account) -> bool:
    """Whether national digits, as a JSON number, mean `number` at the account's home.

    Those of another country would be somebody else's; a leading zero, as in Italy, would be lost.
    """
    code, national = calling_code(account.region), number.national_digits
    return number.digits == f"{code}{national}" and not national.startswith("0")


def _not_ready(error: Exception) -> None:
    _log.info("not ready ahead of a call: %s", type(error).__name__)

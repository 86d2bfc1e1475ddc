"""`c2c-desktop dial`: one call from a terminal or a script."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import replace

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import SessionSecretStore
from c2c_desktop.commands.facts import call_facts, unsent_facts
from c2c_desktop.commands.terminal import has_terminal, read_secret, reraise, tell
from c2c_desktop.composition import Core, open_core, options_from
from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import Decision, DialRequest, Proposal, Verdict
from c2c_desktop.domain.errors import (
    RefusedNumberError,
    SecretUnavailableError,
    StorageError,
    UserFacingError,
)
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_for
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.announcer import announce, press_words
from c2c_desktop.services.guard import source_reason

EXIT_STATUS = {
    CallState.CANCELLED: 3,
    CallState.REFUSED: 4,
    CallState.NOT_SENT: 5,
    CallState.UNCERTAIN: 6,
}
"""Any other state means the service accepted the call: 0."""

NO_NUMBER = 2
NOT_CONFIRMED = 3
NOT_SENT = 5
INTERRUPTED = 130
QUIET_SECONDS = 60.0
"""How long `--wait` waits for the next event."""


def run_dial(options: argparse.Namespace) -> int:
    """Place one call as the options say; return the exit status."""
    try:
        request = _request(options)
        secret, account = _credentials(options)
        runner = InlineRunner()
        with closing(
            open_core(
                options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
                runner,
                reraise,
                secrets=SessionSecretStore({account.user_id: secret}) if account and secret else None,
                account=account,
            )
        ) as core:
            number = parse_for(account or core.accounts.active, request.text, request.region)
            if options.dry_run:
                return _dry_run(options, core, request, number)
            try:
                return _dial(options, core, runner, request, account)
            except (UserFacingError, KeyboardInterrupt) as error:
                return _say_unsent(options, error, number.e164)
    except (UserFacingError, KeyboardInterrupt) as error:
        return _say_unsent(options, error)


def _request(options: argparse.Namespace) -> DialRequest:
    return DialRequest(
        text=options.number,
        source=Source.COMMAND_LINE,
        route=Route(options.route) if options.route else None,
        caller_id=options.caller_id,
        extra_params=_params(options.param),
        region=options.region,
    )


def _params(pairs: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UserFacingError("That is no parameter", f"Write --param KEY=VALUE, not “{pair}”.")
        params[key.strip()] = value
    if any("\ud800" <= character <= "\udfff" for pair in pairs for character in pair):
        raise UserFacingError("That is no parameter", "It holds bytes that are no text.")
    return params or None


def _credentials(options: argparse.Namespace) -> tuple[Secret | None, Account | None]:
    if (options.user_id is not None) != options.secret_stdin:
        raise UserFacingError("Half a sign-in", "--user-id and --secret-stdin go together.")
    if options.user_id is None:
        return None, None
    account = Account(checked_user_id(options.user_id), region=options.region or "IN")
    return None if options.dry_run else read_secret(), account


def _dry_run(options: argparse.Namespace, core: Core, request: DialRequest, number: PhoneNumber) -> int:
    core.peek()
    decision = core.dialer.weigh(request, number)
    if options.yes and core.accounts.rules_trouble:
        decision = Decision(Verdict.REFUSE, decision.reasons)
    elif options.yes:
        decision = _answered(decision)
    if options.json:
        facts = {
            "e164": number.e164,
            "country": number.country,
            "kind": number.kind.value,
            "decision": decision.verdict.value,
            "reason": decision.reason,
            "reading": number.reading,
            "region": number.region,
            "post_dial": number.post_dial,
        }
        tell(json.dumps(facts))
    else:
        tell(number.reading)
        _remind(number.post_dial)
        tell(f"{number.country}, {number.kind.value}. Would {decision.verdict.value}. {decision.reason}".strip())
    return 0


def _dial(
    options: argparse.Namespace, core: Core, runner: InlineRunner, request: DialRequest, account: Account | None
) -> int:
    if account is None and core.accounts.active is None:
        raise SecretUnavailableError("You are not signed in", "Use: c2c-desktop account set --user-id ID")
    core.journal.load()
    if core.accounts.recovered:
        print(core.accounts.recovered, file=sys.stderr)
    proposal = core.dialer.consider(request, account)
    if proposal.decision.verdict is Verdict.REFUSE:
        raise RefusedNumberError("That call is not allowed", proposal.decision.reason)
    if options.yes and core.accounts.rules_trouble:  # nobody knows what a yes would pass over
        raise RefusedNumberError("Rules cannot be read, so --yes does not count", core.accounts.rules_trouble)
    for reason in _answered(proposal.decision).reasons:
        print(reason, file=sys.stderr)
    if proposal.decision.verdict is Verdict.ASK and not options.yes:
        _confirm(proposal)
    if options.wait and not options.json:
        core.journal.listen(lambda call: tell(timeline_line(call, core)))
    try:
        call = core.dialer.place(proposal, confirmed=True)
        if options.wait:
            call = _wait(core, runner, call)
        status = EXIT_STATUS.get(call.state, 0)
    except KeyboardInterrupt:
        call = _interrupted(core, proposal)
        status = INTERRUPTED
    _say_call(options, call)
    return status


class NotConfirmedError(UserFacingError):
    """The person said no, or nobody could be asked."""

    def __init__(self, message: str) -> None:
        super().__init__("Not confirmed", message)


def _answered(decision: Decision) -> Decision:
    """The decision without the question a confirmation answers: that the number comes from the command line."""
    reasons = tuple(reason for reason in decision.reasons if reason != source_reason(Source.COMMAND_LINE))
    return replace(decision, verdict=decision.verdict if reasons else Verdict.ALLOW, reasons=reasons)


def _confirm(proposal: Proposal) -> None:
    """Ask on the terminal. Raises `NotConfirmedError` unless the answer is yes."""
    if not has_terminal():
        raise NotConfirmedError("There is no terminal to ask on; use --yes to call without asking.")
    number = proposal.number
    if number.post_dial:
        print(press_words(number.post_dial), file=sys.stderr)
    print(f"Call {number.shown} ({number.country}, {number.kind.value})? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise NotConfirmedError("Nothing was sent.")


def _wait(core: Core, runner: InlineRunner, call: Call) -> Call:
    while True:
        known = core.journal.get(call.id) or call
        if known.is_final or not core.dialer.follows_calls or not known.request_id:
            return known
        if not runner.work(QUIET_SECONDS):
            return known


def _interrupted(core: Core, proposal: Proposal) -> Call:
    """Settle a call that was interrupted: cancelled where it is certain that nothing left."""
    call = core.journal.get(proposal.call_id)
    if call is None:
        raise KeyboardInterrupt  # before there was a call
    if call.is_placing and not core.dialer.cancel(call.id):
        call = call.moved(CallState.UNCERTAIN, message="Interrupted while the call was being placed")
        core.journal.note(replace(call, ended_at=core.clock.now()))
    return core.journal.get(call.id) or call


def timeline_line(call: Call, core: Core) -> str:
    """Return one line of a call's timeline: state, then what it means."""
    words = announce(call, has_feed=core.dialer.follows_calls)
    return f"{call.state.value:<17} {words.sentence}"


def _say_unsent(options: argparse.Namespace, error: UserFacingError | KeyboardInterrupt, e164: str = "") -> int:
    status = _status(error)
    message = f"{error.title}. {error.message}" if isinstance(error, UserFacingError) else "Interrupted."
    if options.json:
        state = CallState.NOT_SENT if status == NOT_SENT else CallState.CANCELLED
        facts = unsent_facts(state, message, e164=e164, dry_run=options.dry_run)
        if isinstance(error, SeveralNumbersError):
            facts["choices"] = [
                {"e164": number.e164, "shown": number.shown, "country": number.country, "kind": number.kind.value}
                for number in error.choices
            ]
        tell(json.dumps(facts))
    else:
        print(f"c2c-desktop: {message}", file=sys.stderr)
        for number in error.choices if isinstance(error, SeveralNumbersError) else ():
            about = f"{number.shown}, {number.country}, {number.kind.value}"
            print(f"  c2c-desktop dial {number.e164}    ({about})", file=sys.stderr)
    return status


def _status(error: UserFacingError | KeyboardInterrupt) -> int:
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, (NotConfirmedError, RefusedNumberError)):
        return NOT_CONFIRMED
    return NOT_SENT if isinstance(error, (SecretUnavailableError, StorageError)) else NO_NUMBER


def _remind(post_dial: str) -> None:
    if post_dial:
        tell(press_words(post_dial))


def _say_call(options: argparse.Namespace, call: Call) -> None:
    if options.json:
        tell(json.dumps(call_facts(call)))
        return
    if options.wait:
        return
    words = announce(call, has_feed=False)
    tell(f"{call.state.value}: {words.sentence}")
    _remind(call.post_dial)
    if call.request_id:
        tell(f"Request ID: {call.request_id}")

"""`c2c-desktop dial`: one call from a terminal or a script."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from typing import Any

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import SessionSecretStore
from c2c_desktop.commands.terminal import read_secret, reraise
from c2c_desktop.composition import Core, open_core, options_from
from c2c_desktop.domain.account import Account, checked_user_id
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import Decision, DialRequest, Proposal, Verdict
from c2c_desktop.domain.errors import NumberError, RefusedNumberError, UserFacingError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.announcer import announce

EXIT_STATUS = {
    CallState.REFUSED: 4,
    CallState.NOT_SENT: 5,
    CallState.UNCERTAIN: 6,
    CallState.CANCELLED: 3,
}
"""Any other state means the service accepted the call: 0."""

NO_NUMBER = 2
NOT_CONFIRMED = 3
QUIET_SECONDS = 60.0
"""How long `--wait` waits for the next event."""


def run_dial(options: argparse.Namespace) -> int:
    """Place one call as the options say; return the exit status."""
    secret, account = _credentials(options)
    runner = InlineRunner()
    core = open_core(
        options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
        runner,
        reraise,
        secrets=SessionSecretStore({account.user_id: secret}) if account and secret else None,
        account=account,
    )
    try:
        return _dial(options, core, runner, account)
    finally:
        core.close()


def _credentials(options: argparse.Namespace) -> tuple[Secret | None, Account | None]:
    if bool(options.user_id) != options.secret_stdin:
        raise UserFacingError("Half a sign-in", "--user-id and --secret-stdin go together.")
    if not options.user_id:
        return None, None
    return read_secret(prompt=False), Account(checked_user_id(options.user_id), region=options.region or "IN")


def _dial(options: argparse.Namespace, core: Core, runner: InlineRunner, account: Account | None) -> int:
    request = DialRequest(
        text=options.number,
        source=Source.COMMAND_LINE,
        route=Route(options.route) if options.route else None,
        caller_id=options.caller_id,
        extra_params=_params(options.param),
        region=options.region.upper() if options.region else None,
    )
    if options.dry_run:
        return _dry_run(options, core, request, account)
    core.journal.load()
    try:
        proposal = core.dialer.consider(request, account)
    except NumberError as error:
        status = NOT_CONFIRMED if isinstance(error, RefusedNumberError) else NO_NUMBER
        return _say_refusal(options, "", str(error), status)
    if not options.yes and not _confirmed(proposal):
        return _say_refusal(options, proposal.number.e164, "Not confirmed: nothing was sent.", NOT_CONFIRMED)
    told: list[Call] = []
    core.journal.listen(told.append)
    if options.wait and not options.json:
        core.journal.listen(lambda call: print(timeline_line(call, core), flush=True))
    call = core.dialer.place(proposal, confirmed=True)
    if options.wait:
        call = _wait(core, runner, call)
    _say_call(options, call)
    return EXIT_STATUS.get(call.state, 0)


def _params(pairs: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UserFacingError("That is no parameter", f"Write --param KEY=VALUE, not “{pair}”.")
        params[key.strip()] = value
    return params or None


def _dry_run(options: argparse.Namespace, core: Core, request: DialRequest, account: Account | None) -> int:
    account = account or core.accounts.active
    try:
        number = parse_number(request.text, request.region or (account.region if account else "IN"))
    except NumberError as error:
        refused = isinstance(error, RefusedNumberError)
        facts = {"e164": "", "country": "", "kind": "", "decision": Verdict.REFUSE.value, "reason": str(error)}
        print(json.dumps(facts, ensure_ascii=False) if options.json else str(error))
        return NOT_CONFIRMED if refused else NO_NUMBER
    core.journal.load()
    decision: Decision = core.dialer.weigh(request, number)
    facts = {
        "e164": number.e164,
        "country": number.country,
        "kind": number.kind.value,
        "decision": decision.verdict.value,
        "reason": decision.reason,
    }
    if options.json:
        print(json.dumps(facts | {"reading": number.reading, "region": number.region}, ensure_ascii=False))
    else:
        print(number.reading)
        print(f"{number.country}, {number.kind.value}. Would {decision.verdict.value}. {decision.reason}".strip())
    return 0


def _confirmed(proposal: Proposal) -> bool:
    if not sys.stdin.isatty():
        print("c2c-desktop: no terminal to ask on; use --yes to call without asking.", file=sys.stderr)
        return False
    number = proposal.number
    for reason in proposal.decision.reasons:
        print(reason, file=sys.stderr)
    print(f"Call {number.shown} ({number.country}, {number.kind.value})? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _wait(core: Core, runner: InlineRunner, call: Call) -> Call:
    while True:
        known = core.journal.get(call.id) or call
        if known.is_final or not core.dialer.follows_calls or not known.request_id:
            return known
        if not runner.work(QUIET_SECONDS):
            return known


def timeline_line(call: Call, core: Core) -> str:
    """Return one line of a call's timeline: state, then what it means."""
    words = announce(call, has_feed=core.dialer.follows_calls)
    return f"{call.state.value:<17} {words.title}. {words.detail}"


def _say_refusal(options: argparse.Namespace, e164: str, message: str, status: int) -> int:
    if options.json:
        facts = {"state": CallState.CANCELLED.value, "e164": e164, "request_id": "", "code": None, "message": message}
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(f"c2c-desktop: {message}", file=sys.stderr)
    return status


def _say_call(options: argparse.Namespace, call: Call) -> None:
    if options.json:
        print(json.dumps(call_facts(call), ensure_ascii=False))
        return
    if options.wait:
        return
    words = announce(call, has_feed=False)
    print(f"{call.state.value}: {words.title}. {words.detail}")
    if call.request_id:
        print(f"Request ID: {call.request_id}")


def call_facts(call: Call) -> dict[str, Any]:
    """Return what scripts are told of a call."""
    return {
        "state": call.state.value,
        "outcome": call.outcome.value if call.outcome else None,
        "e164": call.e164,
        "request_id": call.request_id,
        "code": call.code,
        "message": call.message or announce(replace(call), has_feed=False).title,
        "name": call.contact_name,
        "source": call.source.value,
        "route": call.route.value,
        "caller_id": call.caller_id,
        "started_at": call.started_at,
        "ended_at": call.ended_at,
        "talk_seconds": call.talk_seconds,
    }

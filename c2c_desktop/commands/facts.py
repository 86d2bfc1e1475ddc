"""What scripts are told of a call: the objects that `--json` prints."""

from __future__ import annotations

from typing import Any

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.services.announcer import announce


def call_facts(call: Call) -> dict[str, Any]:
    """Describe a call of the journal. Times are UTC seconds since the epoch."""
    return {
        "state": call.state.value,
        "outcome": call.outcome.value if call.outcome else None,
        "e164": call.e164,
        "request_id": call.request_id,
        "code": call.code,
        "message": call.message or announce(call, has_feed=False).title,
        "name": call.contact_name,
        "source": call.source.value,
        "route": call.route.value,
        "caller_id": call.caller_id,
        "post_dial": call.post_dial,
        "started_at": call.started_at,
        "ended_at": call.ended_at,
        "talk_seconds": call.talk_seconds,
        "note": call.note,
    }


def unsent_facts(state: CallState, message: str, *, e164: str = "", dry_run: bool = False) -> dict[str, Any]:
    """Describe a call that was not even tried."""
    if dry_run:
        return {"e164": e164, "country": "", "kind": "", "decision": Verdict.REFUSE.value, "reason": message}
    return {"state": state.value, "e164": e164, "request_id": "", "code": None, "message": message}

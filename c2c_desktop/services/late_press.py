"""Whether a button that was offered some time ago still means what it says."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.services.announcer import announce

_CALLING = frozenset({NextStep.RETRY, NextStep.CALL_AGAIN, NextStep.USE_SOFTPHONE})


def is_still_meant(step: NextStep, call: Call, recent: Iterable[Call]) -> bool:
    """Whether `step` may be done for `call` as it stands now. `recent`: the calls, the one known last first.

    One that calls may not where the call offers it no more, or the same number was called again meanwhile: a Retry
    that was followed already must not call a second time. What calls nobody always may.
    """
    if step not in _CALLING:
        return True
    newest = next((other for other in recent if other.e164 == call.e164), call)
    return newest.id == call.id and step in announce(call, has_feed=True).actions

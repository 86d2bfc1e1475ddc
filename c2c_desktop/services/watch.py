"""Puts together what the guard looks at: journal, rules, the world around, and how often each source asked."""

from __future__ import annotations

import datetime
from collections import deque

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import Decision, DialRequest
from c2c_desktop.domain.number import PhoneNumber, local_times_there
from c2c_desktop.domain.policy import MOST_A_MINUTE
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.ages import Ages
from c2c_desktop.services.guard import Circumstances, DoNotCall, decide
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import Clock, Surroundings

MINUTE = 60.0
"""Seconds over which requests are counted."""


class Watch:
    """Asks the guard with everything it needs to know. Main thread."""

    def __init__(
        self, journal: Journal, accounts: Accounts, clock: Clock, surroundings: Surroundings | None = None
    ) -> None:
        self._ages = Ages(journal, clock)
        self._accounts = accounts
        self._clock = clock
        self._surroundings = surroundings
        self._asked: dict[Source, deque[float]] = {}

    def count(self, source: Source) -> int:
        """Count a request; return how many there were of that source within the last minute.

        Calls of other processes count too: each `dial` on the command line is one of its own.
        """
        now = self._clock.monotonic()
        times = self._asked.setdefault(source, deque(maxlen=MOST_A_MINUTE + 1))
        times.append(now)
        while now - times[0] >= MINUTE:
            times.popleft()
        if source not in self._accounts.settings.guard.rates:
            return len(times)  # nobody looks at it, and the click need not wait
        placed = sum(call.source is source and self._is_fresh(call) for call in self._ages.recent())
        return max(len(times), placed + 1)

    def _is_fresh(self, call: Call) -> bool:
        return 0 <= self._clock.now() - call.started_at < MINUTE

    def decide(self, request: DialRequest, number: PhoneNumber, asked: int = 0) -> Decision:
        """What the guard says now. `asked`: what `count` returned, 0 for a request that was counted before."""
        policy = self._accounts.bring_up_to_date().guard
        around = self._surroundings
        now = self._clock.now()
        return decide(
            Circumstances(
                request,
                number,
                now,
                recent=self._ages.recent(),
                policy=policy,
                locks=self._accounts.locks,
                rules_trouble=self._accounts.rules_trouble,
                do_not_call=DoNotCall(around.is_do_not_call(number.e164), around.do_not_call_trouble())
                if around is not None
                else DoNotCall(),
                screen_locked=around is not None and around.screen_is_locked(),
                minutes_there=_minutes_there(number, now) if policy.calling_hours is not None else frozenset(),
                asked=asked,
            )
        )


def _minutes_there(number: PhoneNumber, now: float) -> frozenset[int]:
    moment = datetime.datetime.fromtimestamp(now, datetime.UTC)
    return frozenset(there.hour * 60 + there.minute for there in local_times_there(number, moment))

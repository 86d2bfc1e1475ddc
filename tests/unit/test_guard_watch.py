"""What the dialer brings to the guard: how often a source asked, the world around, and the rules of the moment."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.policy import MOST_A_MINUTE, CallingHours, GuardPolicy
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.dialer import Dialer
from tests.fakes import ACCOUNT, INDIAN, FakeClock, MemorySettingsStore
from tests.unit.builders import LONDON, Rig

LINK = DialRequest(INDIAN, Source.LINK)
NOON_IN_INDIA = datetime.datetime(2027, 1, 15, 6, 30, tzinfo=datetime.UTC).timestamp()


def rig_with(clock: FakeClock | None = None, **rules: object) -> Rig:
    policy = replace(GuardPolicy(), **rules)  # type: ignore[arg-type]  # the test names rules
    store = MemorySettingsStore(Settings(accounts=(ACCOUNT,), guard=policy))
    return Rig(settings=store, clock=clock or FakeClock())


def verdict(rig: Rig, request: DialRequest = LINK) -> Verdict:
    return rig.dialer.consider(request).decision.verdict


def test_the_eleventh_link_within_a_minute_is_refused_and_later_ones_are_not() -> None:
    rig = rig_with()
    for _ in range(10):
        assert verdict(rig) is Verdict.ASK
        rig.clock.pass_by(5)
    assert verdict(rig) is Verdict.REFUSE
    rig.clock.pass_by(15)
    assert verdict(rig) is Verdict.ASK


def test_links_that_go_on_asking_stay_refused_while_they_flood() -> None:
    rig = rig_with(rates={Source.LINK: MOST_A_MINUTE})
    verdicts = [verdict(rig) for _ in range(MOST_A_MINUTE + 50)]
    assert verdicts.count(Verdict.REFUSE) == 50
    assert verdicts[-1] is Verdict.REFUSE


def test_each_source_is_counted_for_itself() -> None:
    rig = rig_with(rates={Source.LINK: 1, Source.HOTKEY: 1})
    assert verdict(rig) is Verdict.ASK
    assert verdict(rig, DialRequest(INDIAN, Source.HOTKEY)) is Verdict.ASK
    assert verdict(rig) is Verdict.REFUSE


def test_a_link_with_no_number_in_it_counts_too() -> None:
    rig = rig_with(rates={Source.LINK: 1})
    with pytest.raises(NumberError):
        rig.dialer.consider(DialRequest("asha", Source.LINK))
    assert verdict(rig) is Verdict.REFUSE


def test_weighing_a_request_again_does_not_count() -> None:
    rig = rig_with(rates={Source.LINK: 1})
    proposal = rig.dialer.consider(LINK)
    for _ in range(5):
        assert rig.dialer.weigh(proposal.request, proposal.number).verdict is Verdict.ASK
    rig.clock.pass_by(60)
    assert verdict(rig) is Verdict.ASK


def test_a_screen_that_was_locked_meanwhile_refuses_a_link_but_not_the_pad() -> None:
    rig = rig_with()
    assert verdict(rig) is Verdict.ASK
    rig.around.locked = True
    assert verdict(rig) is Verdict.REFUSE
    assert verdict(rig, DialRequest(INDIAN, Source.PAD)) is Verdict.ALLOW


def test_the_do_not_call_list_is_asked_for_the_number_as_it_would_be_dialled() -> None:
    rig = rig_with()
    rig.around.do_not_call = {INDIAN}
    assert verdict(rig, DialRequest("98402 22222", Source.PAD)) is Verdict.REFUSE
    assert verdict(rig, DialRequest(LONDON, Source.PAD)) is Verdict.ALLOW


def test_a_do_not_call_list_in_trouble_asks() -> None:
    rig = rig_with()
    rig.around.trouble = "The do-not-call list is still being read."
    assert rig.propose().decision.reason == "The do-not-call list is still being read."


def test_without_a_world_around_nothing_is_locked_or_listed() -> None:
    rig = rig_with()
    alone = Dialer(rig.gateway, rig.journal, rig.accounts, rig.runner, rig.clock)
    assert alone.consider(LINK).decision.verdict is Verdict.ASK


@pytest.mark.parametrize(("hour", "expected"), [(0, Verdict.ALLOW), (9, Verdict.ASK), (-4, Verdict.ASK)])
def test_calling_hours_go_by_the_clock_of_whoever_is_called(hour: int, expected: Verdict) -> None:
    clock = FakeClock(NOON_IN_INDIA + hour * 3600)
    rig = rig_with(clock, calling_hours=CallingHours(9 * 60, 20 * 60))
    assert rig.propose().decision.verdict is expected


def test_a_number_whose_range_spans_time_zones_must_be_inside_in_each() -> None:
    clock = FakeClock(datetime.datetime(2027, 1, 15, 14, 30, tzinfo=datetime.UTC).timestamp())  # 09:30 New York
    rig = rig_with(clock, calling_hours=CallingHours(9 * 60, 20 * 60))
    assert rig.propose("+1 212 555 0123").decision.verdict is Verdict.ALLOW
    assert "It may be" in rig.propose("+1 800 555 0123").decision.reason


def test_rules_an_administrator_changed_hold_from_the_next_call_on() -> None:
    rig = rig_with()
    assert rig.propose().decision.verdict is Verdict.ALLOW
    told: list[Settings] = []
    rig.accounts.listen(told.append)
    changed = replace(rig.settings.settings, guard=GuardPolicy(blocked_countries=frozenset({"IN"})))
    rig.settings.settings, rig.settings.stale = changed, True
    rig.settings.locks = {"guard.blocked_countries": "Set by your administrator: Example Ltd."}
    decision = rig.propose().decision
    assert decision.verdict is Verdict.REFUSE
    assert decision.reason.endswith("Set by your administrator: Example Ltd.")
    assert told == [changed]
    rig.propose()
    assert told == [changed]


def test_rules_of_an_administrator_that_cannot_be_read_ask() -> None:
    rig = rig_with()
    rig.settings.rules_trouble = "Your administrator’s rules cannot be read: the file is damaged."
    assert rig.propose().decision.reason == rig.settings.rules_trouble


def test_each_process_of_the_command_line_counts_the_calls_of_those_before_it() -> None:
    first = rig_with(rates={Source.COMMAND_LINE: 1})
    request = DialRequest(INDIAN, Source.COMMAND_LINE)
    first.dialer.place(first.dialer.consider(request), confirmed=True)
    first.runner.finish()
    second = rig_with(first.clock, rates={Source.COMMAND_LINE: 1})
    second.journal.adopt(list(first.store.calls.values()))
    other = DialRequest(LONDON, Source.COMMAND_LINE)
    assert verdict(second, other) is Verdict.REFUSE
    second.clock.pass_by(60)
    assert verdict(second, other) is Verdict.ASK

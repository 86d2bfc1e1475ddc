"""Each fault lands in its one state, within its deadline, with at most one request, and the secret goes nowhere."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.errors import NextStep
from tests.faults.cases import CASES, CONNECTING, NOT_SENT, UNCERTAIN
from tests.faults.grounds import Grounds
from tests.faults.scene import Case, try_case


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fault_lands_in_its_one_state(grounds: Grounds, case: Case, warm: bool) -> None:
    seen = try_case(case, grounds, warm=warm)
    assert seen.wrong == ()
    if seen.placement.state is NOT_SENT:
        assert seen.placement.next_step is NextStep.RETRY
    if seen.placement.state is UNCERTAIN:
        assert seen.placement.next_step is NextStep.NONE


def test_every_fault_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > len(CONNECTING)

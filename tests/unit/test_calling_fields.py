"""Route and caller ID of a file: what this program writes, and nothing else."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.calling_fields import caller_id_cell, caller_id_in_cell, caller_id_named, route_named
from c2c_desktop.domain.contact_record import NUMBER_LENGTH
from c2c_desktop.domain.route import Route


@pytest.mark.parametrize("text", ["", "both", "softphone,mobile", "Route.MOBILE", "none", "webrtc", "\u202emobile"])
def test_an_unknown_route_is_none(text: str) -> None:
    assert route_named(text) == ""


@pytest.mark.parametrize("route", Route)
def test_a_route_is_known_by_its_value(route: Route) -> None:
    assert route_named(f" {route.value.upper()} ") == route.value


@pytest.mark.parametrize(
    "text", ["Asha", "+44 20 7946 0018 x9", "0044 20", "+1; +2", "9" * 16, "+", "1" + " " * NUMBER_LENGTH + "2", "=1+1"]
)
def test_what_cannot_be_sent_is_no_caller_id(text: str) -> None:
    assert caller_id_named(text) is None
    assert caller_id_in_cell(text) is None


def test_a_caller_id_comes_back() -> None:
    for caller_id in (None, "", "+44 20 7946 0018", "912241000000"):
        assert caller_id_in_cell(caller_id_cell(caller_id)) == caller_id
    assert caller_id_named("") == ""
    assert caller_id_in_cell("None") == ""
    assert caller_id_named("\u0661\u0662") == "12"

"""The route: two toggles that can never both be on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.route import Route


def test_there_is_no_route_with_both_devices_on() -> None:
    assert {(route.webrtc, route.followme) for route in Route} == {(True, False), (False, True), (False, False)}


@pytest.mark.parametrize("both", ["both", "softphone,mobile", (True, True)])
def test_both_devices_cannot_be_built(both: object) -> None:
    with pytest.raises(ValueError, match="not a valid Route"):
        Route(both)


@given(st.sampled_from(Route), st.lists(st.tuples(st.booleans(), st.booleans())))
def test_no_sequence_of_toggles_turns_both_on_and_the_last_one_holds(
    route: Route, toggles: list[tuple[bool, bool]]
) -> None:
    for is_softphone, on in toggles:
        route = route.with_softphone(on=on) if is_softphone else route.with_mobile(on=on)
        assert not (route.webrtc and route.followme)
        assert (route.webrtc if is_softphone else route.followme) is on


@pytest.mark.parametrize(
    ("route", "softphone_off", "mobile_off"),
    [
        (Route.SOFTPHONE, Route.NEITHER, Route.SOFTPHONE),
        (Route.MOBILE, Route.MOBILE, Route.NEITHER),
        (Route.NEITHER, Route.NEITHER, Route.NEITHER),
    ],
)
def test_turning_a_device_off_leaves_the_other_as_it_was(route: Route, softphone_off: Route, mobile_off: Route) -> None:
    assert route.with_softphone(on=False) is softphone_off
    assert route.with_mobile(on=False) is mobile_off


def test_each_route_names_its_device() -> None:
    assert [route.device for route in Route] == ["Your softphone", "Your mobile", "Your phone"]
    assert [route.via for route in Route] == ["via your softphone", "via your mobile", "via neither phone"]

"""The call banner: its words, steps and buttons for every state, and when it goes away."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.services.announcer import ACTION_LABELS, announce
from c2c_desktop.ui.call_banner import ARMED_MS, GONE_AFTER_MS, CallBanner
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.fakes import FakeClock
from tests.ui.rig import buttons, click, fire, make_call, running_timers

S = CallState
STAYING = [S.REFUSED, S.NOT_SENT, S.UNCERTAIN]
PASSING = [S.CANCELLED, S.AGENT_MISSED, S.AGENT_REJECTED, S.CUSTOMER_MISSED, S.ENDED]


class Shown:
    """A banner on its own, and what was pressed on it."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons) -> None:
        self.clock = FakeClock()
        self.banner = CallBanner(theme, icons, self.clock)
        qtbot.addWidget(self.banner)
        self.banner.resize(860, 80)
        self.banner.fit(860)
        self.pressed: list[NextStep] = []
        self.banner.acted.connect(lambda step, _: self.pressed.append(step))

    def show(self, state: CallState, **facts: object) -> None:
        self.banner.show_call(make_call(state, **facts), has_feed=True)
        QCoreApplication.processEvents()  # new buttons are placed

    def words(self) -> list[str]:
        return [self.banner.title.text(), self.banner.detail.text()]


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, icons: Icons) -> Shown:
    return Shown(qtbot, theme, icons)


def wait_until_armed(qtbot: QtBot) -> None:
    since = time.monotonic()
    qtbot.waitUntil(lambda: time.monotonic() - since > ARMED_MS / 1000)


@pytest.mark.parametrize("state", STAYING)
def test_a_call_that_failed_stays_in_sight(shown: Shown, state: CallState) -> None:
    shown.show(state)
    assert running_timers(shown.banner) == []
    assert shown.banner.isVisible()


@pytest.mark.parametrize("state", PASSING)
def test_a_call_that_is_over_is_gone_after_eight_seconds(shown: Shown, state: CallState) -> None:
    shown.show(state)
    assert shown.banner.isVisible()
    fire(shown.banner, GONE_AFTER_MS)
    assert GONE_AFTER_MS == 8000
    assert not shown.banner.isVisible()


@pytest.mark.parametrize("state", [s for s in S if s not in {*STAYING, *PASSING}])
def test_a_call_that_goes_on_stays_in_sight(shown: Shown, state: CallState) -> None:
    shown.show(S.ENDED)
    shown.show(state)
    assert GONE_AFTER_MS not in running_timers(shown.banner)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (S.NOT_SENT, NextStep.RETRY),
        (S.UNCERTAIN, NextStep.CALL_AGAIN),
        (S.REFUSED, NextStep.USE_SOFTPHONE),
    ],
)
def test_a_late_click_meant_for_cancel_does_not_call(
    qtbot: QtBot, shown: Shown, state: CallState, step: NextStep
) -> None:
    shown.show(S.PLACING)
    shown.show(state, next_step=step)
    click(buttons(shown.banner)[ACTION_LABELS[step]])
    assert shown.pressed == []
    wait_until_armed(qtbot)
    click(buttons(shown.banner)[ACTION_LABELS[step]])
    assert shown.pressed == [step]


def test_cancel_can_be_pressed_at_once(shown: Shown) -> None:
    shown.show(S.PLACING)
    click(buttons(shown.banner)["Cancel"])
    assert shown.pressed == [NextStep.CANCEL]


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("width", [860, 360])
def test_the_banner_says_what_the_announcer_says(shown: Shown, state: CallState, width: int) -> None:
    call = make_call(state, next_step=NextStep.USE_SOFTPHONE if state is S.REFUSED else NextStep.NONE)
    shown.banner.fit(width)
    shown.banner.show_call(call, has_feed=True)
    expected = announce(call, has_feed=True, now=shown.clock.now())
    assert shown.words() == [expected.title, expected.detail]
    assert list(buttons(shown.banner)) == [ACTION_LABELS[a] for a in expected.actions]
    first, second = expected.steps
    assert shown.banner.steps.accessibleName() == f"Your softphone: {first.value}, Asha Rao: {second.value}"
    assert shown.banner.accessibleName() == f"{expected.title}. {expected.detail}"
    assert shown.banner.title.property("tone") in {"", "warn", "bad"}
    assert not shown.banner.grab().isNull()
    harmless = [a for a in expected.actions if a in {NextStep.CANCEL, NextStep.COPY_REQUEST_ID}]
    for action in harmless:
        click(buttons(shown.banner)[ACTION_LABELS[action]])
    assert shown.pressed == harmless


def test_without_a_feed_an_initiated_call_is_over(shown: Shown) -> None:
    shown.banner.show_call(make_call(S.INITIATED), has_feed=False)
    assert running_timers(shown.banner) == [GONE_AFTER_MS]


def test_an_emphasis_goes_with_its_moment(shown: Shown) -> None:
    shown.show(S.UNCERTAIN)
    assert shown.banner.title.property("tone") == "warn"
    shown.show(S.NOT_SENT)
    assert shown.banner.title.property("tone") == "bad"
    shown.show(S.PLACING)
    assert shown.banner.title.property("tone") == ""


def test_the_length_of_a_talk_counts_while_it_lasts(qtbot: QtBot, shown: Shown) -> None:
    connected = make_call(S.CONNECTED, connected_at=shown.clock.now() - 42)
    shown.banner.show_call(connected, has_feed=True)
    assert shown.words()[0] == "Connected to Asha Rao · 0:42"
    shown.clock.pass_by(20)
    qtbot.waitUntil(lambda: shown.words()[0] == "Connected to Asha Rao · 1:02")
    assert running_timers(shown.banner) == [1000]
    shown.banner.show_call(replace(connected, state=S.ENDED), has_feed=True)
    assert running_timers(shown.banner) == [GONE_AFTER_MS]


def test_the_steps_carry_names_where_there_is_room(shown: Shown) -> None:
    shown.show(S.AGENT_RINGING)
    wide = shown.banner.steps.sizeHint()
    beside = buttons(shown.banner)["Copy request ID"].mapTo(shown.banner, QPoint()).x()
    shown.banner.fit(360)
    shown.banner.resize(360, shown.banner.sizeHint().height())
    below = buttons(shown.banner)["Copy request ID"].mapTo(shown.banner, QPoint())
    assert shown.banner.steps.sizeHint().width() < wide.width()
    assert beside > 600
    assert below.y() > shown.banner.steps.mapTo(shown.banner, QPoint()).y()


def test_words_from_the_service_are_shown_letter_by_letter(shown: Shown) -> None:
    shown.show(S.REFUSED, message="<b>No</b> <img src=x>")
    assert shown.banner.detail.text() == "<b>No</b> <img src=x>"
    assert shown.banner.detail.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(("route", "device"), [(Route.MOBILE, "Your mobile"), (Route.NEITHER, "Your phone")])
def test_the_first_step_is_the_phone_that_rings(shown: Shown, route: Route, device: str) -> None:
    shown.show(S.AGENT_RINGING, route=route)
    assert shown.banner.steps.accessibleName().startswith(f"{device}: ")


def test_the_same_buttons_stay_where_they_are(shown: Shown) -> None:
    shown.show(S.AGENT_RINGING)
    before = buttons(shown.banner)["Copy request ID"]
    shown.show(S.AGENT_ANSWERED)
    assert buttons(shown.banner)["Copy request ID"] is before


def test_in_a_narrow_window_the_last_button_gives_way_and_comes_back_with_the_room(qtbot: QtBot, shown: Shown) -> None:
    shown.show(S.ENDED)
    every = ["Call again…", "Add note…", "Copy request ID"]
    assert list(buttons(shown.banner)) == every
    shown.banner.setMinimumWidth(300)  # as the window's own, whatever its parts would like
    shown.banner.fit(330)
    shown.banner.resize(330, 120)
    assert list(buttons(shown.banner)) == every[:2]
    qtbot.waitUntil(lambda: shown.banner.minimumSizeHint().width() <= 330)
    shown.show(S.CUSTOMER_MISSED)
    assert list(buttons(shown.banner)) == every[:2]
    shown.banner.fit(860)
    shown.banner.resize(860, 80)
    qtbot.waitUntil(lambda: list(buttons(shown.banner)) == every)

"""What a notification offers, what becomes of it while they are paused, and buttons that are pressed late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.settings import NotificationKind
from c2c_desktop.services.announcer import announce
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import FakeDaemon
from tests.desktop.test_notifier import CALL, CONNECTED, NOT_SENT, RINGING, Build, Told, builder

ENDED = replace(CONNECTED, state=CallState.ENDED, outcome=CallState.CONNECTED, talk_seconds=42.0)
PLACING = replace(CALL, state=CallState.PLACING)
REFUSED = replace(CALL, state=CallState.REFUSED, message="Too many calls.")
UNCERTAIN = replace(CALL, state=CallState.UNCERTAIN)
TROUBLE = {"The call was not sent": NOT_SENT, "The service refused": REFUSED, "No answer from the": UNCERTAIN}


@pytest.fixture
def build(qapp: object) -> Iterator[Build]:  # noqa: ARG001  # notifiers live in an application
    with builder() as make:
        yield make


class Pause:
    """Whether notifications are paused, as the setting says."""

    def __init__(self) -> None:
        self.on = True

    def __call__(self) -> bool:
        return self.on


def only_the_last_is_shown(qtbot: QtBot, notifier: Notifier, pause: Pause, daemon: FakeDaemon) -> bool:
    """Go on telling, and look what the daemon has been asked to show until then."""
    pause.on = False
    notifier.tell(replace(NOT_SENT, id="last", e164="+442079460018", message="The last."), has_feed=True)
    qtbot.waitUntil(lambda: any(notice.body == "The last." for notice in daemon.notices))
    return len(daemon.notices) == 1


@pytest.mark.parametrize("begin", TROUBLE)
def test_paused_notifications_leave_trouble_to_the_window(own_bus: Bus, build: Build, qtbot: QtBot, begin: str) -> None:
    notifier = build(paused=(pause := Pause()))
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(PLACING, has_feed=True)
        notifier.tell(TROUBLE[begin], has_feed=True)
        assert [words.startswith(begin) for words in told.untold] == [True]
        assert only_the_last_is_shown(qtbot, notifier, pause, daemon)


def test_paused_notifications_show_nothing_and_tell_the_window_of_no_usual_moment(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build(paused=(pause := Pause()))
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        for call in (PLACING, RINGING, CONNECTED, ENDED):
            notifier.tell(call, has_feed=True)
        assert only_the_last_is_shown(qtbot, notifier, pause, daemon)
    assert told.untold == []


def test_muted_trouble_is_told_nowhere_when_paused_either(build: Build) -> None:
    notifier = build(*NotificationKind, paused=lambda: True)
    told = Told(notifier)
    for call in TROUBLE.values():
        notifier.tell(call, has_feed=False)
    assert told.untold == []


def test_pausing_keeps_what_is_on_the_screen_up_to_date_until_the_calls_end(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    pause = Pause()
    pause.on = False
    notifier = build(paused=pause)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(RINGING, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        pause.on = True
        notifier.tell(CONNECTED, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
        notifier.tell(ENDED, has_feed=True)
        qtbot.waitUntil(lambda: daemon.closed == [1])
        pause.on = False
        notifier.tell(replace(ENDED, id="call-2"), has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 3)
    assert [(n.replaces, n.title.partition(" to ")[0]) for n in daemon.notices[:2]] == [
        (0, "Your softphone is ringing"),
        (1, "Connected"),
    ]


@pytest.mark.usefixtures("own_bus")
def test_words_that_come_back_after_pausing_go_to_the_window_and_not_to_the_tray(build: Build, qtbot: QtBot) -> None:
    pause = Pause()
    pause.on = False
    notifier = build(paused=pause)
    told = Told(notifier)
    notifier.tell(NOT_SENT, has_feed=False)  # no daemon takes them
    pause.on = True
    qtbot.waitUntil(lambda: told.untold == ["The call was not sent. Nothing rings."])


def test_a_call_that_ended_offers_what_makes_sense_and_never_more_than_three(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build()
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(CONNECTED, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        notifier.tell(ENDED, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
        daemon.press(1, "add_note")
        qtbot.waitUntil(lambda: told.acted == [(NextStep.ADD_NOTE, "call-1")])
    assert [notice.actions[2::2] for notice in daemon.notices] == [
        ("add_note", "copy_request_id"),
        ("call_again", "add_note", "copy_request_id"),
    ]
    assert daemon.notices[1].actions[3::2] == ("Call again…", "Add note…", "Copy request ID")


@pytest.mark.parametrize("state", list(CallState))
@pytest.mark.parametrize("step", list(NextStep))
def test_no_notification_has_more_than_three_buttons_or_one_that_cannot_wait(
    build: Build, state: CallState, step: NextStep
) -> None:
    notifier = build()
    call = replace(CALL, state=state, next_step=step, request_id="r-1")
    offered = [name for name, _ in notifier._actions(call, announce(call, has_feed=True))]
    assert len(offered) <= 3
    assert not {"cancel", "open_settings", "none"} & set(offered)
    assert ("retry" in offered) == (state is CallState.NOT_SENT)


def test_a_retry_takes_the_notification_it_came_from_away_and_a_late_press_does_nothing(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build()
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(NOT_SENT, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        daemon.press(1, "default")
        qtbot.waitUntil(lambda: told.clicks == [True])
        notifier.tell(replace(PLACING, id="call-2"), has_feed=True)
        daemon.press(1, "retry")
        qtbot.waitUntil(lambda: daemon.closed == [1])
        daemon.press(1, "retry")
        notifier.tell(replace(RINGING, id="call-2"), has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
        daemon.press(daemon.notices[1].id, "default")
        qtbot.waitUntil(lambda: told.clicks == [True, True])
    assert told.acted == []
    assert daemon.notices[1].replaces == 0


def test_an_earlier_call_that_ends_after_a_newer_one_began_offers_no_call(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build()
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(CONNECTED, has_feed=True)
        notifier.tell(replace(PLACING, id="call-2"), has_feed=True)
        notifier.tell(ENDED, has_feed=True)
        qtbot.waitUntil(lambda: daemon.notices != [] and daemon.notices[-1].title.endswith("0:42"))
    assert daemon.notices[-1].actions[2::2] == ("add_note", "copy_request_id")


@pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CANCELLED])
def test_a_call_that_was_never_placed_takes_nothing_away(
    own_bus: Bus, build: Build, qtbot: QtBot, state: CallState
) -> None:
    notifier = build()
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(NOT_SENT, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        notifier.tell(replace(CALL, id="call-2", state=state), has_feed=True)
        notifier.tell(replace(PLACING, id="call-3", e164="+442079460018"), has_feed=True)
        daemon.press(1, "retry")
        qtbot.waitUntil(lambda: told.acted == [(NextStep.RETRY, "call-1")])
    assert daemon.closed == []


def test_the_token_of_a_click_is_there_while_it_is_told_and_once(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    notifier = build()
    tokens: list[str] = []
    assert notifier.activation_token == ""
    notifier.body_clicked.connect(lambda: tokens.append(notifier.activation_token))
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(RINGING, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        daemon.press(1, "default")
        qtbot.waitUntil(lambda: tokens == [""])
        daemon.give_token(1, "token-1")
        daemon.press(1, "default")
        qtbot.waitUntil(lambda: tokens == ["", "token-1"])
    assert notifier.activation_token == ""

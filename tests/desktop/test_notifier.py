"""Which way the words of a call go: bus, tray, or window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind
from c2c_desktop.services.shown_numbers import ShownNumbers
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import FakeDaemon
from tests.fakes import ACCOUNT, INDIAN

CALL = Call(
    id="call-1",
    e164=INDIAN,
    shown_number="+91 98402 22222",
    contact_name="Asha <b>Rao</b>",
    source=Source.PAD,
    route=Route.SOFTPHONE,
    user_id=ACCOUNT.user_id,
    started_at=1.0,
)
NOT_SENT = replace(CALL, state=CallState.NOT_SENT, message="Nothing rings.")
RINGING = replace(CALL, state=CallState.AGENT_RINGING, request_id="r-1")
CONNECTED = replace(CALL, state=CallState.CONNECTED, request_id="r-1", connected_at=2.0)

Build = Callable[..., Notifier]


class Told:
    """What the notifier told the program."""

    def __init__(self, notifier: Notifier) -> None:
        self.acted: list[tuple[NextStep, str]] = []
        self.clicks: list[bool] = []
        self.untold: list[str] = []
        notifier.acted.connect(lambda step, call_id: self.acted.append((step, call_id)))
        notifier.body_clicked.connect(lambda: self.clicks.append(True))
        notifier.untold.connect(self.untold.append)


@contextmanager
def builder() -> Iterator[Build]:
    """Builds notifiers without a tray; they are gone at the end."""
    notifiers: list[Notifier] = []

    def make(
        *muted: NotificationKind, numbers: ShownNumbers | None = None, paused: Callable[[], bool] = lambda: False
    ) -> Notifier:
        tray = Tray(lambda _: pytest.fail("there is no tray here, so nobody asks for an icon"))
        notifier = Notifier(tray, lambda: frozenset(muted), None, numbers, paused)
        notifiers.append(notifier)
        return notifier

    yield make
    for notifier in notifiers:
        notifier.close()
        notifier.deleteLater()


@pytest.fixture
def build(qapp: object) -> Iterator[Build]:  # noqa: ARG001  # notifiers live in an application
    with builder() as make:
        yield make


def test_without_bus_and_tray_the_window_gets_the_words(build: Build) -> None:
    notifier = build()
    told = Told(notifier)
    notifier.tell(NOT_SENT, has_feed=False)
    assert told.untold == ["The call was not sent. Nothing rings."]


@pytest.mark.usefixtures("own_bus")
def test_without_a_daemon_and_tray_the_window_gets_the_words(build: Build, qtbot: QtBot) -> None:
    notifier = build()
    told = Told(notifier)
    notifier.tell(NOT_SENT, has_feed=False)
    qtbot.waitUntil(lambda: told.untold == ["The call was not sent. Nothing rings."])


def test_a_bus_that_ends_leaves_the_window(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    notifier = build()
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(RINGING, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        daemon.press(1, "default")
        qtbot.waitUntil(lambda: told.clicks == [True])
        own_bus.stop()
    notifier.tell(CONNECTED, has_feed=True)
    notifier.tell(NOT_SENT, has_feed=True)
    assert [words.partition(".")[0] for words in told.untold] == [
        "Connected to Asha <b>Rao</b>",
        "The call was not sent",
    ]


def test_a_muted_moment_is_told_nowhere(build: Build) -> None:
    notifier = build(NotificationKind.NOT_SENT)
    told = Told(notifier)
    notifier.tell(NOT_SENT, has_feed=False)
    assert told.untold == []


def test_a_muted_moment_brings_a_notification_that_is_shown_up_to_date(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build(NotificationKind.CONNECTED)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(RINGING, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        notifier.tell(CONNECTED, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
    assert [(n.replaces, n.title) for n in daemon.notices] == [
        (0, "Your softphone is ringing"),
        (1, "Connected to Asha <b>Rao</b>"),
    ]


def test_names_are_text_in_the_body(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    notifier = build()
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(RINGING, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
    assert daemon.notices[0].body == "Pick up to reach Asha &lt;b&gt;Rao&lt;/b&gt;."


def test_buttons_name_their_step_and_call_and_the_body_only_shows_the_window(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build()
    told = Told(notifier)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(NOT_SENT, has_feed=False)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        assert daemon.notices[0].actions == ("default", "Open", "retry", "Retry")
        daemon.press(1, "cancel")
        daemon.press(1, "default")
        daemon.press(1, "retry")
        qtbot.waitUntil(lambda: told.acted == [(NextStep.RETRY, "call-1")])
    assert told.clicks == [True]


def test_a_step_that_needs_the_window_has_no_button(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    notifier = build()
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(replace(NOT_SENT, next_step=NextStep.OPEN_SETTINGS), has_feed=False)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
    assert daemon.notices[0].actions == ("default", "Open", "retry", "Retry")


def test_privacy_masks_numbers_in_notifications_and_names_stay(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    notifier = build(numbers=ShownNumbers(masked=True))
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(CONNECTED, has_feed=True)
        other = replace(NOT_SENT, id="2", e164="+442079460018", message="919840222222 is barred")
        notifier.tell(other, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
    assert [(n.title, n.body) for n in daemon.notices] == [
        ("Connected to Asha <b>Rao</b>", "+91 ••••• •••22 · via your softphone"),
        ("The call was not sent", "••••••••••22 is barred"),
    ]


def test_a_notification_that_is_shown_follows_a_switch_of_privacy(own_bus: Bus, build: Build, qtbot: QtBot) -> None:
    numbers = ShownNumbers()
    notifier = build(numbers=numbers)
    numbers.mask(on=True)
    numbers.mask(on=False)
    with FakeDaemon(own_bus) as daemon:
        notifier.tell(CONNECTED, has_feed=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        numbers.mask(on=True)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
    assert [(n.replaces, n.body.partition(" ·")[0]) for n in daemon.notices] == [
        (0, "+91 98402 22222"),
        (1, "+91 ••••• •••22"),
    ]


def test_without_bus_and_tray_the_window_gets_masked_words(build: Build) -> None:
    notifier = build(numbers=ShownNumbers(masked=True))
    told = Told(notifier)
    notifier.tell(replace(CONNECTED, contact_name=""), has_feed=True)
    assert told.untold == ["Connected to +91 ••••• •••22. On your softphone."]


REFUSED = "No number there. There is no phone number in “tel:+91 98402 2222”."


def test_a_sentence_about_no_call_is_told_and_the_next_takes_its_place(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    notifier = build()
    with FakeDaemon(own_bus) as daemon:
        notifier.say(REFUSED)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        notifier.say("Nothing more")
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
    first, second = daemon.notices
    assert f"{first.title}. {first.body}" == REFUSED
    assert (second.replaces, second.title, second.body) == (first.id, "Nothing more", "")
    assert first.actions == ("default", "Open")


def test_privacy_masks_a_sentence_and_takes_one_away_that_was_told_before(
    own_bus: Bus, build: Build, qtbot: QtBot
) -> None:
    numbers = ShownNumbers()
    notifier = build(numbers=numbers)
    with FakeDaemon(own_bus) as daemon:
        notifier.say(REFUSED)
        qtbot.waitUntil(lambda: len(daemon.notices) == 1)
        numbers.mask(on=True)
        qtbot.waitUntil(lambda: daemon.closed == [daemon.notices[0].id])
        notifier.say(REFUSED)
        qtbot.waitUntil(lambda: len(daemon.notices) == 2)
    assert "98402" in daemon.notices[0].body
    assert "98402" not in daemon.notices[1].body


def test_a_sentence_nobody_can_show_goes_to_the_window_word_for_word(build: Build) -> None:
    notifier = build()
    told = Told(notifier)
    notifier.say(REFUSED)
    assert told.untold == [REFUSED]
    paused = build(paused=lambda: True)
    told = Told(paused)
    paused.say(REFUSED)
    assert told.untold == [REFUSED]

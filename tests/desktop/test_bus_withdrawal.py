"""Notifications that are taken away again, and the token that comes with a press."""

from __future__ import annotations

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.bus.bus_notifications import BusNotifications
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import NAME, PATH, FakeDaemon
from tests.desktop.notifications_rig import RETRY, Heard, settle, wait_for


def test_a_notification_is_taken_away_and_its_buttons_do_nothing_from_then_on(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        notifications.withdraw("call")
        daemon.press(1, "retry")  # pressed a moment ago, and on its way
        daemon.press(1, "default")
        settle(qtbot, notifications, daemon)
        daemon.press(1, "retry")
        settle(qtbot, notifications, daemon)
        notifications.withdraw("call")
        notifications.update("call", "Retried", "", ())
        settle(qtbot, notifications, daemon)
    assert daemon.closed == [1]
    assert "call" not in [key for key, _ in heard.acted]
    assert "Retried" not in [notice.title for notice in daemon.notices]


def test_what_the_daemon_has_not_shown_yet_is_taken_away_once_it_is(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        wait_for(qtbot, daemon, 1)
        notifications.withdraw("call")
        notifications.withdraw("call")
        notifications.update("call", "Quiet", "", ())
        daemon.answers = True
        daemon.reply(daemon.notices[0].call, "u", (7,))
        qtbot.waitUntil(lambda: daemon.closed == [7])
        settle(qtbot, notifications, daemon)
    assert [notice.title for notice in daemon.notices] == ["Not sent", "after 1"]
    assert heard.failed == []


def test_what_was_not_sent_yet_is_never_shown(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        notifications.withdraw("call")
        notifications.withdraw("nobody")
        settle(qtbot, notifications, daemon)
        assert notifications.notify("call", "Connected", "", ())
        settle(qtbot, notifications, daemon)
    assert [n.title for n in daemon.notices if not n.title.startswith("after")] == ["Connected"]
    assert (daemon.closed, heard.failed) == ([], [])


def test_new_words_after_all_bring_back_what_was_to_be_taken_away(
    own_bus: Bus, notifications: BusNotifications, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Ringing", "", ())
        wait_for(qtbot, daemon, 1)
        notifications.withdraw("call")
        notifications.notify("call", "Connected", "", ())
        daemon.answers = True
        daemon.reply(daemon.notices[0].call, "u", (5,))
        wait_for(qtbot, daemon, 2)
        settle(qtbot, notifications, daemon)
    assert [(n.replaces, n.title) for n in daemon.notices[:2]] == [(0, "Ringing"), (5, "Connected")]
    assert daemon.closed == []


def test_a_daemon_that_hangs_gives_nothing_back_of_what_was_taken_away(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        wait_for(qtbot, daemon, 1)
        notifications.withdraw("call")
        notifications.notify("other", "Connected", "", ())
        qtbot.waitUntil(lambda: heard.failed == [("other", "Connected", "")], timeout=10_000)
        daemon.die()
        notifications.notify("third", "Ended", "", ())
        qtbot.waitUntil(lambda: ("third", "Ended", "") in heard.failed)
    assert "call" not in [key for key, *_ in heard.failed]


def test_the_token_of_a_press_is_there_once(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        daemon.give_token(1, "token-1")
        daemon.press(1, "retry")
        qtbot.waitUntil(lambda: ("call", "retry") in heard.acted)
        assert [notifications.take_activation_token() for _ in range(2)] == ["token-1", ""]


def test_the_token_is_there_when_the_press_is_told(own_bus: Bus, notifications: BusNotifications, qtbot: QtBot) -> None:
    tokens: list[str] = []
    notifications.acted.connect(lambda *_: tokens.append(notifications.take_activation_token()))
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        daemon.press(1, "default")
        daemon.give_token(1, "token-2")
        daemon.press(1, "default")
        daemon.press(1, "default")
        qtbot.waitUntil(lambda: len(tokens) == 4)
    assert tokens == ["", "", "token-2", ""]


@pytest.mark.parametrize("odd", ["x" * 2000, "to\nken", "to\x1bken", ""])
def test_what_is_no_token_is_none(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot, odd: str
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        daemon.give_token(1, odd)
        daemon.press(1, "retry")
        qtbot.waitUntil(lambda: ("call", "retry") in heard.acted)
        assert notifications.take_activation_token() == ""


def test_a_token_of_another_press_or_of_a_stranger_is_not_taken(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon, own_bus.connect() as stranger:
        for key in ("one", "two"):
            notifications.notify(key, key, "", RETRY)
            settle(qtbot, notifications, daemon)
        ids = {notice.title: notice.id for notice in daemon.notices}
        daemon.give_token(ids["one"], "of one")
        daemon.give_token(99, "of nobody")
        stranger.send(new_signal(DBusAddress(PATH, interface=NAME), "ActivationToken", "us", (ids["two"], "foreign")))
        stranger.send_and_get_reply(message_bus.GetId(), timeout=5)  # the bus has passed it on
        daemon.press(ids["two"], "retry")
        qtbot.waitUntil(lambda: ("two", "retry") in heard.acted)
        assert notifications.take_activation_token() == ""
        daemon.give_token(ids["one"], "of one")
        settle(qtbot, notifications, daemon)
    notifications.close()
    assert notifications.take_activation_token() == ""

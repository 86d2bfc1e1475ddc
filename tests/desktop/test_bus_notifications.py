"""What the notifications do with daemons and buses that misbehave."""

from __future__ import annotations

import gc
import warnings
from pathlib import Path

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.bus.bus_notifications import BusNotifications
from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer
from tests.desktop.fake_daemon import NAME, PATH, FakeDaemon
from tests.desktop.notifications_rig import RETRY, Heard, settle, wait_for
from tests.desktop.odd_bus import Greeting, deaf_bus, turn_away, welcome

ADDRESSES_WITHOUT_A_BUS = ["", "nonsense", "unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=1", "disabled:"]


@pytest.mark.parametrize("address", ADDRESSES_WITHOUT_A_BUS)
@pytest.mark.usefixtures("qapp")
def test_without_a_session_bus_nothing_is_taken(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not BusNotifications().notify("call", "Ringing", "", ())
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert not BusNotifications().notify("call", "Ringing", "", ())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("greeting", [welcome, turn_away])
def test_a_bus_that_does_not_go_on_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, greeting: Greeting
) -> None:
    with deaf_bus(tmp_path, greeting) as address, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # jeepney leaves the socket to the garbage collector
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert not BusNotifications().notify("call", "Ringing", "", ())
        gc.collect()


def test_without_a_daemon_the_words_come_back(notifications: BusNotifications, heard: Heard, qtbot: QtBot) -> None:
    assert notifications.notify("call", "Not sent", "Nothing rings.", RETRY)
    qtbot.waitUntil(lambda: heard.failed == [("call", "Not sent", "Nothing rings.")])


def test_a_daemon_that_refuses_gives_the_words_back(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, refuses=True):
        notifications.notify("call", "Not sent", "Nothing rings.", RETRY)
        qtbot.waitUntil(lambda: heard.failed == [("call", "Not sent", "Nothing rings.")])


@pytest.mark.parametrize("odd", [("s", ("seven",)), ("", ()), ("i", (-1,)), ("uu", (1, 2))])
def test_an_answer_that_is_no_id_counts_as_none(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot, odd: Answer
) -> None:
    with FakeDaemon(own_bus, odd_id=odd):
        notifications.notify("call", "Not sent", "", RETRY)
        qtbot.waitUntil(lambda: heard.failed == [("call", "Not sent", "")])


def test_a_daemon_that_dies_before_it_answers_gives_the_newest_words_back(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Ringing", "", ())
        wait_for(qtbot, daemon, 1)
        notifications.notify("call", "Connected", "", ())
        daemon.die()
        qtbot.waitUntil(lambda: heard.failed == [("call", "Connected", "")])


def test_a_daemon_that_hangs_gives_the_words_back_once_and_takes_no_more(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Ringing", "", ())
        qtbot.waitUntil(lambda: heard.failed == [("call", "Ringing", "")], timeout=10_000)
        assert not notifications.notify("call", "Connected", "", ())
        daemon.answers = True
        daemon.reply(daemon.notices[0].call, "u", (7,))
        wait_for(qtbot, daemon, 2)
        assert (daemon.notices[1].replaces, daemon.notices[1].title) == (7, "Connected")
        settle(qtbot, notifications, daemon)
        assert notifications.notify("call", "Ended", "", ())
    assert heard.failed == [("call", "Ringing", "")]


def test_a_daemon_that_dies_while_it_hangs_does_not_have_its_words_told_twice(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False):
        notifications.notify("call", "Ringing", "", ())
        qtbot.waitUntil(lambda: heard.failed == [("call", "Ringing", "")], timeout=10_000)
    notifications.notify("other", "Not sent", "", ())
    qtbot.waitUntil(lambda: ("other", "Not sent", "") in heard.failed)
    assert heard.failed == [("call", "Ringing", ""), ("other", "Not sent", "")]


def test_a_quiet_update_that_nobody_takes_stays_quiet(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Ringing", "", ())
        settle(qtbot, notifications, daemon)
        daemon.refuses = True
        notifications.update("call", "You picked up", "", ())
        wait_for(qtbot, daemon, 3)
        notifications.notify("other", "Not sent", "", ())
        qtbot.waitUntil(lambda: heard.failed == [("other", "Not sent", "")])


def test_a_quiet_update_of_words_not_yet_sent_does_not_silence_them(
    notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    notifications.notify("call", "Ringing", "", ())
    notifications.update("call", "You picked up", "", ())
    qtbot.waitUntil(lambda: heard.failed == [("call", "You picked up", "")])


def test_a_quiet_update_shows_nothing_new(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.update("call", "You picked up", "", ())
        notifications.notify("call", "Connected", "", ())
        settle(qtbot, notifications, daemon)
        daemon.close_notice(1)
        settle(qtbot, notifications, daemon)
        notifications.update("call", "Ended", "", ())
        settle(qtbot, notifications, daemon)
    assert [n.title for n in daemon.notices if not n.title.startswith("after")] == ["Connected"]
    assert heard.failed == []


def test_the_bus_ends_while_words_are_under_way(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Ringing", "Pick up.", ())
        wait_for(qtbot, daemon, 1)
        own_bus.stop()
        qtbot.waitUntil(lambda: heard.failed == [("call", "Ringing", "Pick up.")])
    assert not notifications.notify("call", "Connected", "", ())


def test_the_bus_ends_and_the_next_words_find_it_out(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Ringing", "", ())
        settle(qtbot, notifications, daemon)
        own_bus.stop()
        assert notifications.notify("call", "Connected", "", ())
        assert heard.failed == [("call", "Connected", "")]
        assert not notifications.notify("call", "Ended", "", ())


def test_actions_that_were_never_offered_and_ids_nobody_has_do_nothing(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Uncertain", "", ())
        wait_for(qtbot, daemon, 1)
        daemon.press(1, "retry")
        daemon.press(99, "default")
        daemon.press(0, "default")
        daemon.emit(PATH, NAME, "ActionInvoked", "s", ("default",))
        daemon.emit(PATH, NAME, "ActionInvoked", "uas", (1, ["default"]))
        daemon.emit(PATH, NAME, "ActivationToken", "us", (1, "default"))
        daemon.emit(PATH, NAME, "NotificationClosed", "us", (1, "default"))
        settle(qtbot, notifications, daemon)
    assert heard.acted == [("after 1", "default")]


def test_a_stranger_on_the_bus_cannot_press_a_button(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon, own_bus.connect() as stranger:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        stranger.send(new_signal(DBusAddress(PATH, interface=NAME), "ActionInvoked", "us", (1, "retry")))
        stranger.send_and_get_reply(message_bus.GetId(), timeout=5)  # the bus has passed it on
        settle(qtbot, notifications, daemon)
    assert ("call", "retry") not in heard.acted


def test_a_button_of_a_notification_that_was_closed_does_nothing(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        settle(qtbot, notifications, daemon)
        daemon.close_notice(1)
        daemon.press(1, "retry")
        settle(qtbot, notifications, daemon)
    assert ("call", "retry") not in heard.acted


def test_a_new_daemon_that_counts_from_one_again_does_not_press_an_old_button(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus) as first:
        notifications.notify("old call", "Not sent", "", RETRY)
        settle(qtbot, notifications, first)
    with FakeDaemon(own_bus) as second:
        notifications.notify("new call", "Not sent", "", RETRY)
        wait_for(qtbot, second, 1)
        second.press(1, "retry")
        qtbot.waitUntil(lambda: bool(heard.acted[1:]))
        settle(qtbot, notifications, second)
    assert [key for key, action in heard.acted if action == "retry"] == ["new call"]


def test_offered_actions_act_and_the_body_too(
    own_bus: Bus, notifications: BusNotifications, heard: Heard, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, first_id=41) as daemon:
        notifications.notify("call", "Not sent", "", RETRY)
        wait_for(qtbot, daemon, 1)
        daemon.press(41, "retry")
        daemon.press(41, "default")
        qtbot.waitUntil(lambda: heard.acted == [("call", "retry"), ("call", "default")])
    notice = daemon.notices[0]
    assert notice.actions == ("default", "Open", "retry", "Retry")
    assert notice.hints["urgency"] == ("y", 1)


def test_what_changes_while_the_daemon_is_busy_is_shown_once_in_its_newest_form(
    own_bus: Bus, notifications: BusNotifications, qtbot: QtBot
) -> None:
    with FakeDaemon(own_bus, answers=False) as daemon:
        notifications.notify("call", "Ringing", "", ())
        wait_for(qtbot, daemon, 1)
        notifications.notify("call", "You picked up", "", ())
        notifications.notify("call", "Connected", "", ())
        daemon.answers = True
        daemon.reply(daemon.notices[0].call, "u", (5,))
        wait_for(qtbot, daemon, 2)
    assert [(n.replaces, n.title) for n in daemon.notices] == [(0, "Ringing"), (5, "Connected")]


@pytest.mark.parametrize(
    ("capabilities", "shown"),
    [
        (("as", (["body"],)), "<b>Lefèvre</b> & Fils"),
        (("as", (["body", "body-markup"],)), "&lt;b&gt;Lefèvre&lt;/b&gt; &amp; Fils"),
        (("s", ("nonsense",)), "&lt;b&gt;Lefèvre&lt;/b&gt; &amp; Fils"),
        (None, "&lt;b&gt;Lefèvre&lt;/b&gt; &amp; Fils"),
    ],
)
def test_markup_in_a_name_is_text_to_every_daemon_from_the_first_notification_on(
    own_bus: Bus, notifications: BusNotifications, qtbot: QtBot, capabilities: Answer | None, shown: str
) -> None:
    with FakeDaemon(own_bus, capabilities=capabilities) as daemon:
        notifications.notify("call", "Connected", "<b>Lefèvre</b> & Fils", ())
        wait_for(qtbot, daemon, 1)
    assert daemon.notices[0].body == shown

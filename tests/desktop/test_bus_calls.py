"""What other programs are told over the session bus, by real messages on a real bus."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MatchRule, MessageFlag, message_bus, new_method_call
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from c2c_desktop import __version__
from c2c_desktop.desktop.bus.bus_calls import NAME, NEWEST, PATH, TOO_MANY
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.services.door_line import LINK_LIMIT, TEXT_LIMIT
from c2c_desktop.services.link_gate import MOST_LINKS
from tests.desktop.bus_calls_rig import CALLS, INTROSPECTABLE, PEER, PROPERTIES, Door
from tests.desktop.bus_client import PATIENCE_MS, Client, error_name, tool
from tests.desktop.bus_rig import Bus, private_bus
from tests.unit.builders import make_call

LONDON = "+44 20 7946 0018"
GDBUS = ("gdbus", "call", "--session", "--dest", NAME, "--object-path", PATH, "--method")


@pytest.fixture
def door(own_bus: Bus, qtbot: QtBot) -> Iterator[Door]:  # noqa: ARG001  # what it stands on
    door = Door(qtbot)
    yield door
    door.close()


@pytest.fixture
def client(own_bus: Bus, qtbot: QtBot, door: Door) -> Iterator[Client]:
    """Another program, at an open door."""
    door.open()
    with closing(Client(own_bus, qtbot)) as client:
        yield client


def ask(client: Client, text: str) -> tuple[bool, str]:
    taken, why = client.call(CALLS, "AskToCall", "s", (text,)).body
    return taken, why


def told(client: Client) -> list[dict[str, Any]]:
    """The values of the calls that are told."""
    (calls,) = client.call(CALLS, "Calls").body
    return [{key: value for key, (_, value) in call.items()} for call in calls]


def listen(client: Client) -> None:
    rule = MatchRule(type="signal", sender=NAME, interface=NAME, path=PATH)
    assert error_name(client.ask(message_bus.AddMatch(rule))) == ""


def changes(client: Client) -> list[dict[str, Any]]:
    return [{key: value for key, (_, value) in m.body[0].items()} for m in client.signals("CallChanged")]


# What is no call for us


@pytest.mark.parametrize(
    ("at", "member", "signature", "body", "error"),
    [
        (CALLS, "Place", "s", (LONDON,), "UnknownMethod"),
        (CALLS, "asktocall", "s", (LONDON,), "UnknownMethod"),
        (CALLS, "Ping", "", (), "UnknownMethod"),
        (CALLS, "CallChanged", "a{sv}", ({},), "UnknownMethod"),
        (CALLS, "M" * 255, "", (), "UnknownMethod"),
        (CALLS, "AskToCall", "", (), "InvalidArgs"),
        (CALLS, "AskToCall", "ss", (LONDON, "yes"), "InvalidArgs"),
        (CALLS, "AskToCall", "sb", (LONDON, True), "InvalidArgs"),
        (CALLS, "AskToCall", "v", (("s", LONDON),), "InvalidArgs"),
        (CALLS, "AskToCall", "as", ([LONDON],), "InvalidArgs"),
        (CALLS, "AskToCall", "o", ("/tel",), "InvalidArgs"),
        (CALLS, "AskToCall", "x", (442079460018,), "InvalidArgs"),
        (CALLS, "Calls", "u", (5,), "InvalidArgs"),
        (PROPERTIES, "Get", "s", ("Version",), "InvalidArgs"),
        (PROPERTIES, "Get", "ss", (NAME, "Secret"), "UnknownProperty"),
        (PROPERTIES, "Get", "ss", ("org.example.Other", "Version"), "UnknownInterface"),
        (PROPERTIES, "GetAll", "s", ("org.example.Other",), "UnknownInterface"),
        (PROPERTIES, "Set", "ssv", (NAME, "Version", ("s", "9")), "PropertyReadOnly"),
        (PROPERTIES, "Set", "ssv", (NAME, "Secret", ("s", "9")), "UnknownProperty"),
        (CALLS.with_interface("org.example.Other"), "Calls", "", (), "UnknownInterface"),
        (DBusAddress("/org/c2cdesktop/Calls2", NAME, NAME), "Calls", "", (), "UnknownObject"),
        (DBusAddress(f"{PATH}/1", NAME, NAME), "Calls", "", (), "UnknownObject"),
        (DBusAddress("/org/c2cdesktop/Calls", NAME, PEER.interface), "Ping", "", (), "UnknownObject"),
        (DBusAddress("/", NAME, NAME), "Calls", "", (), "UnknownInterface"),
    ],
)
def test_what_is_not_served_is_answered_with_an_error_and_asks_for_nothing(
    client: Client, door: Door, at: DBusAddress, member: str, signature: str, body: tuple[object, ...], error: str
) -> None:
    reply = client.call(at, member, signature, body)
    assert error_name(reply) == error
    (words,) = reply.body
    assert words.endswith(".")
    assert len(words) < 200
    assert door.asked == []


def test_a_call_without_an_interface_is_answered_too(client: Client, door: Door) -> None:
    assert client.call(DBusAddress(PATH, NAME), "AskToCall", "s", (LONDON,)).body == (True, "")
    assert error_name(client.call(DBusAddress(PATH, NAME), "Place", "s", (LONDON,))) == "UnknownMethod"
    assert door.asked == [LONDON]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The text is empty."),
        (" \t\n\u202e", "The text is empty."),
        ("9" * (TEXT_LIMIT + 1), f"more than {TEXT_LIMIT} characters"),
        ("x" * 60_000, f"more than {TEXT_LIMIT} characters"),
        ("tel:" + "9" * LINK_LIMIT, f"more than {LINK_LIMIT} characters"),
        ("tel:+4420\x077946", "characters that no link has"),
        (" SIP:+4420\n7946", "characters that no link has"),
    ],
)
def test_text_that_is_too_long_empty_or_no_link_is_not_taken(client: Client, door: Door, text: str, why: str) -> None:
    taken, told_why = ask(client, text)
    assert not taken
    assert why in told_why
    assert door.asked == []


@pytest.mark.parametrize("size", [64 * 1024, 1 << 20, 20 << 20])
def test_a_message_that_is_far_too_long_gets_an_error_and_the_next_an_answer(
    client: Client, door: Door, size: int
) -> None:
    assert error_name(client.call(CALLS, "AskToCall", "s", ("9" * size,))) == "InvalidArgs"
    assert ask(client, LONDON) == (True, "")
    assert door.asked == [LONDON]


def test_what_nobody_can_read_is_passed_over(client: Client, door: Door) -> None:
    call = new_method_call(CALLS, "AskToCall", "s", (LONDON,))
    odd = bytearray(call.serialise(serial=90))
    odd[1] = 77  # no type of message there is
    client.send_bytes(bytes(odd))
    assert ask(client, "98402 22222") == (True, "")
    assert door.asked == ["98402 22222"]


def test_a_call_that_pretends_to_be_an_answer_is_a_call(client: Client, door: Door) -> None:
    for serial in range(1, 6):
        call = new_method_call(CALLS, "AskToCall", "s", (LONDON,))
        call.header.fields[HeaderFields.reply_serial] = serial
        client.send(call)
    assert ask(client, LONDON) == (True, "")
    assert len(door.asked) in {1, 6}  # some buses pass no such call on


def test_a_call_that_wants_no_answer_gets_none_and_is_done(client: Client, door: Door) -> None:
    for member in ("AskToCall", "Place"):
        call = new_method_call(CALLS, member, "s", (LONDON,))
        call.header.flags = MessageFlag.no_reply_expected
        serial = client.send(call)
        assert client.call(PEER, "Ping").body == ()
        assert client.answer_to(serial) is None
    assert door.asked == [LONDON]


def test_a_flood_of_questions_lets_a_few_through_and_answers_every_one(
    client: Client, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        serials = [client.send(new_method_call(CALLS, "AskToCall", "s", (LONDON,))) for _ in range(100)]
        last = client.call(CALLS, "AskToCall", "s", ("98402 22222",))
    assert last.body == (False, TOO_MANY)
    answers = [client.answer_to(serial) for serial in serials]
    assert [a.body for a in answers if a is not None] == [(True, "")] * MOST_LINKS + [(False, TOO_MANY)] * 80
    assert door.asked == [LONDON] * MOST_LINKS
    assert len([r for r in caplog.records if "too many calls" in r.getMessage()]) == 1


def test_a_flood_of_any_kind_leaves_the_event_loop_alive(client: Client, door: Door, qtbot: QtBot) -> None:
    for number in range(NEWEST):
        door.rig.journal.note(make_call(CallState.INITIATED, id=f"c-{number}"))
    beats: list[int] = []
    heart = QTimer(door.calls)
    heart.timeout.connect(lambda: beats.append(1))
    serials = [client.send(new_method_call(CALLS, "Calls")) for _ in range(100)]
    heart.start(0)
    qtbot.waitUntil(lambda: client.answer_to(serials[-1]) is not None, timeout=60_000)
    heart.stop()
    assert len(beats) > 10, "all were answered in a few turns"


# Where the bus fails us


def test_without_a_bus_the_door_stays_closed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    door = Door(qtbot)
    door.calls.open()
    assert not door.calls.is_open
    door.rig.journal.note(make_call(CallState.INITIATED))
    door.close()


def test_where_another_instance_keeps_the_name_the_door_stays_closed_and_says_so(
    own_bus: Bus, qtbot: QtBot, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.open()
    keeper = own_bus.owner(NAME)
    second = Door(qtbot)
    with caplog.at_level(logging.INFO):
        second.calls.open()
        qtbot.waitUntil(lambda: "stays closed" in caplog.text, timeout=PATIENCE_MS)
    assert not second.calls.is_open
    door.close()
    with closing(Client(own_bus, qtbot)) as client:  # it does not wait in line
        assert error_name(client.call(CALLS, "Calls")) == "ServiceUnknown"
    assert keeper.startswith(":")
    second.close()


def test_a_bus_that_goes_away_and_comes_back_finds_the_door_again(
    own_bus: Bus, qtbot: QtBot, door: Door, tmp_path: Path
) -> None:
    door.open()
    own_bus.stop()
    qtbot.waitUntil(lambda: not door.calls.is_open, timeout=PATIENCE_MS)
    door.rig.journal.note(make_call(CallState.INITIATED))
    (tmp_path / "bus").unlink(missing_ok=True)
    with private_bus(tmp_path) as again:
        qtbot.waitUntil(lambda: door.calls.is_open, timeout=PATIENCE_MS)
        with closing(Client(again, qtbot)) as client:
            listen(client)
            assert [call["id"] for call in told(client)] == ["c-1"]
            door.rig.journal.note(make_call(CallState.ENDED))
            qtbot.waitUntil(lambda: [c["state"] for c in changes(client)] == ["ENDED"], timeout=PATIENCE_MS)
        door.calls.close()


def test_a_bus_that_goes_for_good_is_looked_for_until_the_door_is_closed(own_bus: Bus, qtbot: QtBot) -> None:
    door = Door(qtbot)
    door.open()
    own_bus.stop()
    qtbot.waitUntil(lambda: not door.calls.is_open, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: door.calls._again.interval() > 100, timeout=PATIENCE_MS)
    door.close()
    assert not door.calls._again.isActive()


# Asking for a call


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (LONDON, LONDON),
        ("  98402\u200b 22222\n", "98402 22222"),
        ("tel:+44-20-7946-0018", "tel:+44-20-7946-0018"),
        (" callto://+442079460018 ", "callto://+442079460018"),
        ("https://telecmi.invalid/x", "https://telecmi.invalid/x"),  # a text without a number: the desk says so
    ],
)
def test_a_link_or_a_number_is_asked_about(client: Client, door: Door, text: str, asked: str) -> None:
    assert ask(client, text) == (True, "")
    assert door.asked == [asked]


def test_why_it_cannot_be_asked_is_answered_in_plain_words(client: Client, door: Door) -> None:
    door.why = "You are not\x07 signed in."
    assert ask(client, LONDON) == (False, "You are not signed in.")


# The calls


def test_without_calls_there_are_none(client: Client) -> None:
    assert told(client) == []


def test_only_what_is_known_of_a_call_is_told_and_in_the_types_promised(client: Client, door: Door) -> None:
    door.rig.journal.note(make_call(CallState.PLACING, source=Source.LINK, contact_name=""))
    ended = make_call(CallState.ENDED, id="c-2", contact_name="Asha Rao", outcome=CallState.CONNECTED)
    door.rig.journal.note(replace(ended, ended_at=1_800_000_060.5, talk_seconds=42.0, note="for me alone"))
    (calls,) = client.call(CALLS, "Calls").body
    started, number = ("d", 1_800_000_000.0), ("s", "+919840222222")
    assert calls[1] == {
        "id": ("s", "c-1"),
        "state": ("s", "PLACING"),
        "number": number,
        "source": ("s", "link"),
        "started_at": started,
    }
    assert calls[0] == {
        "id": ("s", "c-2"),
        "state": ("s", "ENDED"),
        "outcome": ("s", "CONNECTED"),
        "number": number,
        "name": ("s", "Asha Rao"),
        "source": ("s", "pad"),
        "started_at": started,
        "ended_at": ("d", 1_800_000_060.5),
        "talk_seconds": ("d", 42.0),
    }


def test_the_newest_fifty_are_told_newest_first(client: Client, door: Door) -> None:
    for number in range(NEWEST + 7):
        door.rig.journal.note(make_call(CallState.INITIATED, id=f"c-{number}"))
    assert [call["id"] for call in told(client)] == [f"c-{number}" for number in range(NEWEST + 6, 6, -1)]


def test_text_no_bus_carries_is_cleaned(client: Client, door: Door) -> None:
    door.rig.journal.note(make_call(CallState.INITIATED, contact_name="Asha\x00 \ud800Rao\u202e"))
    assert [call["name"] for call in told(client)] == ["Asha Rao"]


def test_privacy_mode_masks_numbers_and_names_that_are_numbers(client: Client, door: Door, qtbot: QtBot) -> None:
    listen(client)
    door.numbers.mask(on=True)
    door.rig.journal.note(make_call(CallState.INITIATED, contact_name="+91 98402 22222"))
    qtbot.waitUntil(lambda: len(changes(client)) == 1, timeout=PATIENCE_MS)
    for call in (*told(client), *changes(client)):
        assert call["number"] == "+••••••••••22"
        assert "98402" not in call["name"]
    door.numbers.mask(on=False)
    assert [call["number"] for call in told(client)] == ["+919840222222"]


# What changes


def test_each_change_of_a_call_is_told_once(client: Client, door: Door, qtbot: QtBot) -> None:
    listen(client)
    call = make_call(CallState.PLACING)
    for state in (CallState.INITIATED, CallState.AGENT_RINGING):
        door.rig.journal.note(call)
        door.rig.journal.note(call)
        call = call.moved(state)
    door.rig.journal.set_note(call.id, "nobody’s business")
    door.rig.journal.note(call)
    states = ["PLACING", "INITIATED", "AGENT_RINGING"]
    qtbot.waitUntil(lambda: [c["state"] for c in changes(client)] == states, timeout=PATIENCE_MS)


def test_calls_of_other_processes_are_told_when_they_become_known_and_earlier_ones_are_not(
    own_bus: Bus, door: Door, qtbot: QtBot
) -> None:
    rig = door.rig
    rig.store.save(make_call(CallState.ENDED, id="earlier"))
    rig.journal.load()
    door.open()

    def write(*calls: Call) -> None:
        for call in calls:
            rig.store.save(call)
        rig.journal.follow_behind()
        rig.runner.finish()

    with closing(Client(own_bus, qtbot)) as client:
        listen(client)
        write(make_call(CallState.INITIATED, id="theirs"), make_call(CallState.INITIATED, id="another"))
        write(make_call(CallState.ENDED, id="theirs"))
        rig.journal.set_note("earlier", "called back")
        write()
        expected = [("theirs", "INITIATED"), ("another", "INITIATED"), ("theirs", "ENDED")]
        qtbot.waitUntil(lambda: [(c["id"], c["state"]) for c in changes(client)] == expected, timeout=PATIENCE_MS)


def test_a_journal_of_thousands_is_followed_without_telling_anything_twice(
    client: Client, door: Door, qtbot: QtBot
) -> None:
    listen(client)
    for number in range(600):
        door.rig.journal.note(make_call(CallState.INITIATED, id=f"c-{number}"))
    door.rig.runner.jobs.clear()
    assert len(door.calls._told) == 500
    for watcher in door.rig.journal._watchers:
        watcher()
    assert client.call(PEER, "Ping").body == ()
    qtbot.waitUntil(lambda: len(changes(client)) == 600, timeout=PATIENCE_MS)


# The standard interfaces, and the desktop's own tools


def test_the_standard_interfaces_answer(client: Client) -> None:
    assert client.call(PROPERTIES, "Get", "ss", (NAME, "Version")).body == (("s", __version__),)
    assert client.call(PROPERTIES, "Get", "ss", ("", "Version")).body == (("s", __version__),)
    assert client.call(PROPERTIES, "GetAll", "s", (NAME,)).body == ({"Version": ("s", __version__)},)
    assert client.call(PEER, "Ping").body == ()
    (machine,) = client.call(PEER, "GetMachineId").body
    assert isinstance(machine, str)
    (xml,) = client.call(INTROSPECTABLE, "Introspect").body
    assert re.findall(r'<interface name="([^"]*)"', xml)[-1] == NAME


@pytest.mark.parametrize(("path", "child"), [("/", "org"), ("/org", "c2cdesktop"), ("/org/c2cdesktop", "Calls1")])
def test_the_way_to_the_object_is_found_from_the_top(client: Client, path: str, child: str) -> None:
    (xml,) = client.call(DBusAddress(path, NAME, INTROSPECTABLE.interface), "Introspect").body
    assert re.findall(r'<node name="([^"]*)"/>', xml) == [child]
    assert client.call(DBusAddress(path, NAME, PEER.interface), "Ping").body == ()


def test_gdbus_introspects_and_calls(own_bus: Bus, door: Door, qtbot: QtBot) -> None:
    door.open()
    door.rig.journal.note(make_call(CallState.INITIATED))
    words = ("gdbus", "introspect", "--session", "--dest", NAME, "--object-path", "/", "--recurse")
    status, out, errors = tool(own_bus, qtbot, *words)
    assert (status, errors) == (0, "")
    assert re.search(r"AskToCall\(in\s+s number,\s+out b taken,\s+out s why\)", out)
    assert re.search(r"CallChanged\(a\{sv\} call\)", out)
    assert f"readonly s Version = '{__version__}'" in out
    status, out, errors = tool(own_bus, qtbot, *GDBUS, f"{NAME}.AskToCall", LONDON)
    assert (status, out, errors) == (0, "(true, '')\n", "")
    status, out, errors = tool(own_bus, qtbot, *GDBUS, f"{NAME}.Calls")
    assert (status, errors) == (0, "")
    assert "'state': <'INITIATED'>" in out
    assert tool(own_bus, qtbot, *GDBUS, f"{NAME}.Place", LONDON)[0] == 1
    assert door.asked == [LONDON]


def test_dbus_send_calls(own_bus: Bus, door: Door, qtbot: QtBot) -> None:
    door.open()
    words = ("dbus-send", "--session", "--print-reply=literal", f"--dest={NAME}", PATH)
    status, out, errors = tool(own_bus, qtbot, *words, f"{NAME}.AskToCall", f"string:{LONDON}")
    assert (status, out.split(), errors) == (0, ["boolean", "true"], "")
    status, out, errors = tool(own_bus, qtbot, *words, f"{NAME}.AskToCall", "int32:5")
    assert status == 1
    assert "Error org.freedesktop.DBus.Error.InvalidArgs: AskToCall takes “s”." in errors
    assert door.asked == [LONDON]

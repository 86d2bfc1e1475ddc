"""Every feed tells each call's follower the events of that call, earlier ones included."""

from __future__ import annotations

import json
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from c2c_desktop.adapters import event_feed
from c2c_desktop.adapters.event_feed import EventStreamFeed
from c2c_desktop.domain.legs import LegEvent
from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.contract.sandbox_client import ask, events, port_of, request_fields
from tests.contract.waiting import PATIENCE, until
from tests.fakes import FakeFeed
from tests.faults.servers import Handler, MisbehavingServer, Visit, in_turn, is_silent

LIFE = 7
"""Events of a call that goes well."""


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace=Pace.INSTANT) as server:
        yield server


@pytest.fixture
def quick_reconnects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_feed, "RECONNECT_SECONDS", 0.01)


def call(server: SandboxServer) -> str:
    return str(ask(server, request_fields()).fields["request_id"])


class Ear:
    """Hears a call."""

    def __init__(self) -> None:
        self.heard: list[LegEvent] = []

    def __call__(self, event: LegEvent) -> None:
        self.heard.append(event)

    def heard_all(self, count: int = LIFE) -> bool:
        return len(self.heard) >= count


def opened(api_url: str) -> tuple[EventStreamFeed, Ear]:
    return EventStreamFeed(api_url), Ear()


def test_a_fake_feed_tells_followers_their_own_call() -> None:
    feed, ears = FakeFeed(), {"r-1": Ear(), "r-2": Ear()}
    for request_id, ear in ears.items():
        feed.follow(request_id, ear)
    event = LegEvent("r-2", "a", record=False, status="started", at=1.0)
    feed.tell(event)
    assert (ears["r-1"].heard, ears["r-2"].heard) == ([], [event])
    feed.close()
    assert feed.closed


def test_followers_hear_their_own_call_in_order(server: SandboxServer) -> None:
    feed = EventStreamFeed(server.api_url)
    ears = {call(server): Ear() for _ in range(3)}
    for request_id, ear in ears.items():
        feed.follow(request_id, ear)
    until(lambda: all(ear.heard_all() for ear in ears.values()))
    feed.close()
    for request_id, ear in ears.items():
        assert {event.request_id for event in ear.heard} == {request_id}
        assert [(e.leg, e.record, e.status) for e in ear.heard] == [
            ("a", False, "started"),
            ("a", False, "answered"),
            ("b", False, "started"),
            ("b", False, "answered"),
            ("a", False, "hangup"),
            ("b", True, "answered"),
            ("a", True, "answered"),
        ]
        assert ear.heard[5].talk_seconds == 12
        assert ear.heard[4].reason == "recv_bye"


def test_what_happened_before_the_feed_was_opened_is_told(server: SandboxServer) -> None:
    request_id = call(server)
    events(server, LIFE)
    feed, ear = opened(server.api_url)
    feed.follow(request_id, ear)
    until(ear.heard_all)
    feed.close()


def test_what_happened_while_another_call_was_followed_is_told_later(server: SandboxServer) -> None:
    feed, ear = opened(server.api_url)
    first = call(server)
    feed.follow(first, ear)
    second = call(server)
    third = call(server)
    last = Ear()
    feed.follow(third, last)
    until(last.heard_all)
    late = Ear()
    feed.follow(second, late)
    until(late.heard_all)
    feed.close()
    assert len(late.heard) == LIFE


def test_each_event_is_told_once(server: SandboxServer) -> None:
    feed, ear = opened(server.api_url)
    request_id = call(server)
    feed.follow(request_id, ear)
    until(ear.heard_all)
    other, probe = call(server), Ear()
    feed.follow(other, probe)
    until(probe.heard_all)
    feed.close()
    assert len(ear.heard) == LIFE


def line(seq: object, **fields: object) -> bytes:
    event = {"seq": seq, "request_id": "r-1", "leg": "a", "type": "event", "status": "started", "time": 1000}
    return json.dumps({**event, **fields}).encode() + b"\n"


def streams(*lines: bytes, after: Callable[[Visit], None] = lambda _: None) -> Handler:
    def handle(visit: Visit) -> None:
        visit.read_request()
        visit.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"".join(lines))
        after(visit)

    return handle


@pytest.mark.usefixtures("quick_reconnects")
def test_a_stream_that_ends_is_opened_again_and_repeats_nothing() -> None:
    first = [line(1), line(2, status="answered")]
    again = [*first, line(3, leg="b")]
    with MisbehavingServer(in_turn(streams(*first), streams(*again, after=Visit.be_silent))) as server:
        feed, ear = opened(server.api_url)
        feed.follow("r-1", ear)
        until(lambda: ear.heard_all(3))
        feed.close()
    assert [(e.leg, e.status) for e in ear.heard] == [("a", "started"), ("a", "answered"), ("b", "started")]


@pytest.mark.usefixtures("quick_reconnects")
def test_a_service_that_starts_again_is_heard_again() -> None:
    first = SandboxServer(pace=Pace.INSTANT)
    first.start()
    feed, ear = opened(first.api_url)
    feed.follow(call(first), ear)
    until(ear.heard_all)
    first.stop()
    with SandboxServer(pace=Pace.INSTANT, port=port_of(first)) as second:
        again = Ear()
        feed.follow(call(second), again)
        until(again.heard_all)
    feed.close()


@pytest.mark.usefixtures("quick_reconnects")
@pytest.mark.parametrize(
    "nonsense",
    [
        b"{\n",
        b"[]\n",
        b"7\n",
        b"{}\n",
        line("1"),
        line(None),
        line(1, leg="c"),
        line(1, request_id=7),
        b"\xff\n",
        b"[" * 30_000 + b"\n",
    ],
)
def test_a_line_that_makes_no_sense_stops_nothing(nonsense: bytes) -> None:
    nonsensical, sound = (streams(b"\n", *lines, line(5), after=Visit.be_silent) for lines in ([nonsense], []))
    with MisbehavingServer(in_turn(nonsensical, sound)) as server:
        feed, ear = opened(server.api_url)
        feed.follow("r-1", ear)
        until(lambda: ear.heard_all(1))
        feed.close()
    assert len(ear.heard) == 1


def refuses(visit: Visit) -> None:
    visit.read_request()
    visit.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.mark.usefixtures("quick_reconnects")
def test_a_service_without_a_stream_is_left_alone_until_the_next_call() -> None:
    with MisbehavingServer(refuses) as server:
        feed, ear = opened(server.api_url)
        feed.follow("r-1", ear)
        until(lambda: not feed_threads())
        assert server.connections == event_feed.RECONNECTS
        feed.follow("r-2", ear)
        until(lambda: server.connections > event_feed.RECONNECTS)
        feed.close()
    assert not ear.heard


def feed_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "feed"]


@pytest.mark.usefixtures("quick_reconnects")
def test_a_service_that_is_not_there_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    feed, ear = opened(f"http://127.0.0.1:{port}/v2")
    with caplog.at_level(logging.INFO):
        feed.follow("r-1", ear)
        until(lambda: not feed_threads())
    assert "the event stream ended: ConnectionRefusedError" in caplog.text
    feed.close()


def test_closing_a_feed_nobody_used_is_no_error() -> None:
    EventStreamFeed("http://127.0.0.1:1/v2").close()


def test_a_closed_feed_opens_no_stream(server: SandboxServer) -> None:
    feed, ear = opened(server.api_url)
    feed.close()
    feed.follow(call(server), ear)
    assert not feed_threads()


def silent_stream(visit: Visit) -> None:
    streams(line(1), after=Visit.be_silent)(visit)


@pytest.mark.parametrize("handler", [is_silent, silent_stream], ids=["before the answer", "in the stream"])
def test_closing_takes_less_than_a_second_though_the_service_is_silent(handler: Handler) -> None:
    reached: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def handle(visit: Visit) -> None:
        reached.put(True)
        handler(visit)

    with MisbehavingServer(handle) as server:
        feed, ear = opened(server.api_url)
        feed.follow("r-1", ear)
        assert reached.get(timeout=PATIENCE)
        if handler is silent_stream:
            until(lambda: ear.heard_all(1))
        began = time.monotonic()
        feed.close()
        assert time.monotonic() - began < 1.0
        until(lambda: not feed_threads(), 2.0)

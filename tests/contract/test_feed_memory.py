"""A feed that runs for weeks holds the events of its newest calls only."""

from __future__ import annotations

from c2c_desktop.adapters.event_feed import CALLS_KEPT, EventStreamFeed
from tests.contract.waiting import until
from tests.faults.servers import MisbehavingServer, Visit


def test_a_feed_forgets_the_calls_it_followed_first() -> None:
    feed = EventStreamFeed("http://127.0.0.1:1/v2")
    for number in range(CALLS_KEPT + 10):
        feed.follow(f"r-{number}", lambda _: None)
    feed.close()
    assert len(feed._followed) == CALLS_KEPT
    assert "r-9" not in feed._followed
    assert f"r-{CALLS_KEPT + 9}" in feed._followed


def test_a_feed_forgets_the_events_nobody_asked_for() -> None:
    def tells(visit: Visit) -> None:
        visit.read_request()
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n")
        for number in range(CALLS_KEPT + 10):
            event = (
                f'{{"seq": {number + 1}, "type": "event", "leg": "a", "status": "started", "request_id": "r-{number}"}}'
            )
            visit.send(f"{event}\n".encode())
        visit.be_silent()

    with MisbehavingServer(tells) as server:
        feed = EventStreamFeed(server.api_url)
        feed.follow("ours", lambda _: None)
        until(lambda: f"r-{CALLS_KEPT + 9}" in feed._kept)
        feed.close()
    assert len(feed._kept) == CALLS_KEPT

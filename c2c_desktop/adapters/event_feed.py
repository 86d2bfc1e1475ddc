"""Live legs from the loopback service: one stream of webhook-shaped events, a JSON object a line."""

from __future__ import annotations

import http.client
import json
import logging
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from c2c_desktop.domain.legs import LegEvent, leg_event

_log = logging.getLogger(__name__)
LINE_LIMIT = 64 * 1024
HEARTBEAT_SECONDS = 5.0
"""Silence after which the stream counts as dead; the service sends a blank line every second."""

RECONNECTS = 5


class EventStreamFeed:
    """Implements the `CallFeed` port. `heard` runs on the feed's own daemon thread.

    The stream is opened by the first `follow` and replays what it missed. A service without it is left
    alone after a few attempts.
    """

    def __init__(self, api_url: str) -> None:
        self._origin = urlsplit(api_url)
        self._lock = threading.RLock()
        self._followed: dict[str, Callable[[LegEvent], None]] = {}
        self._kept: dict[str, list[LegEvent]] = {}
        self._thread: threading.Thread | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._closed = threading.Event()
        self._last_seq = 0

    def follow(self, request_id: str, heard: Callable[[LegEvent], None]) -> None:
        """Tell `heard` all events of that call."""
        with self._lock:
            self._followed[request_id] = heard
            earlier = self._kept.pop(request_id, [])
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._listen, name="feed", daemon=True)
                self._thread.start()
            for event in earlier:
                heard(event)

    def close(self) -> None:
        """End the stream."""
        self._closed.set()
        connection = self._connection
        if connection is not None and connection.sock is not None:
            _shut(connection)
        if self._thread is not None:
            self._thread.join(1.0)

    def _listen(self) -> None:
        for _ in range(RECONNECTS):
            try:
                self._read_stream()
            except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
                _log.info("the event stream ended: %s", type(error).__name__)
            if self._closed.wait(0.5):
                return

    def _read_stream(self) -> None:
        connection = http.client.HTTPConnection(
            self._origin.hostname or "", self._origin.port, timeout=HEARTBEAT_SECONDS
        )
        self._connection = connection
        try:
            connection.request("GET", "/sandbox/events")
            response = connection.getresponse()
            if response.status != http.client.OK:
                return
            while not self._closed.is_set():
                line = response.readline(LINE_LIMIT)
                if not line:
                    return
                if line.strip():
                    self._take(json.loads(line))
        finally:
            connection.close()

    def _take(self, payload: object) -> None:
        if not isinstance(payload, dict):
            return
        seq = payload.get("seq")
        if not isinstance(seq, int) or seq <= self._last_seq:
            return
        self._last_seq = seq
        event = leg_event(payload)
        if event is None:
            return
        with self._lock:
            heard = self._followed.get(event.request_id)
            if heard is None:
                self._kept.setdefault(event.request_id, []).append(event)
            else:
                heard(event)


def _shut(connection: http.client.HTTPConnection) -> None:
    import socket  # noqa: PLC0415

    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        _log.debug("the event stream was closed already")

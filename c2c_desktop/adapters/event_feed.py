"""Live legs from the loopback service: one stream of webhook-shaped events, a JSON object a line."""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from c2c_desktop.domain.legs import LegEvent, leg_event

_log = logging.getLogger(__name__)
LINE_LIMIT = 64 * 1024
HEARTBEAT_SECONDS = 5.0
"""Silence after which the stream counts as dead; the service sends a blank line every second."""

RECONNECTS = 5
"""Attempts in a row that bring nothing, after which the stream is left alone until the next `follow`."""

RECONNECT_SECONDS = 0.5

CALLS_KEPT = 100
"""Calls whose events are told or kept; what happens to older ones is not looked at any more."""


class EventStreamFeed:
    """Implements the `CallFeed` port. `heard` runs on the feed's own daemon thread.

    The stream is opened by the first `follow`; each time it is opened it replays what was missed.
    """

    def __init__(self, api_url: str) -> None:
        self._origin = urlsplit(api_url)
        self._lock = threading.RLock()
        self._followed: dict[str, Callable[[LegEvent], None]] = {}
        self._kept: dict[str, list[LegEvent]] = {}
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None
        self._closed = threading.Event()
        self._last_seq = 0

    def follow(self, request_id: str, heard: Callable[[LegEvent], None]) -> None:
        """Tell `heard` all events of that call."""
        with self._lock:
            self._followed[request_id] = heard
            _forget_oldest(self._followed)
            earlier = self._kept.pop(request_id, [])
            if (self._thread is None or not self._thread.is_alive()) and not self._closed.is_set():
                self._thread = threading.Thread(target=self._listen, name="feed", daemon=True)
                self._thread.start()
            for event in earlier:
                heard(event)

    def close(self) -> None:
        """End the stream."""
        self._closed.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it ended already
                self._socket.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(1.0)

    def _listen(self) -> None:
        in_vain = 0
        while in_vain < RECONNECTS:
            known = self._last_seq
            try:
                self._read_stream()
            except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
                _log.info("the event stream ended: %s", type(error).__name__)
            in_vain = in_vain + 1 if self._last_seq == known else 0
            if self._closed.wait(RECONNECT_SECONDS):
                return

    def _read_stream(self) -> None:
        connection = http.client.HTTPConnection(
            self._origin.hostname or "", self._origin.port, timeout=HEARTBEAT_SECONDS
        )
        with contextlib.closing(connection):
            connection.connect()
            self._socket = connection.sock
            if self._closed.is_set():
                return
            connection.request("GET", "/sandbox/events")
            with connection.getresponse() as response:
                while response.status == http.client.OK and not self._closed.is_set():
                    line = response.readline(LINE_LIMIT)
                    if not line:
                        return
                    if line.strip():
                        self._take(json.loads(line))

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
                _forget_oldest(self._kept)
            else:
                heard(event)


def _forget_oldest(calls: dict[str, Any]) -> None:
    if len(calls) > CALLS_KEPT:
        del calls[next(iter(calls))]

"""A loopback service in a process of its own. Its answer's request ID is the monotonic nanosecond a request came.

With `faults` it hangs, drops and crawls in turn instead of answering.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import socket
import sys
import threading
import time

_faults = itertools.cycle(["drop", "crawl", "drop", "crawl", "hang"])


def serve(connection: socket.socket, *, faulty: bool) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    waiting, came = b"", 0
    with connection, contextlib.suppress(OSError):
        while more := connection.recv(65536):
            came = came if waiting else time.monotonic_ns()
            waiting += more
            head, split, body = waiting.partition(b"\r\n\r\n")
            length = next((int(h[15:]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0)
            if not split or len(body) < length:
                continue
            waiting = b""
            if faulty and not misbehave(connection):
                return
            answer = json.dumps({"code": 200, "msg": "Call initiated", "request_id": str(came)}).encode()
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (len(answer), answer)
            )


def misbehave(connection: socket.socket) -> bool:
    fault = next(_faults)
    if fault == "hang":
        connection.recv(1)
        return False
    if fault == "crawl":
        for byte in b"HTTP/1.1 200 OK\r\nContent-":
            connection.sendall(bytes([byte]))
            time.sleep(0.02)
    return False


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), kwargs={"faulty": "faults" in sys.argv}, daemon=True).start()


if __name__ == "__main__":
    main()

"""Seeing what a program lets out: its requests, what it says on the bus, its arguments and its environment."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Self

from jeepney import HeaderFields, Message
from jeepney.bus_messages import Monitoring
from jeepney.io.blocking import open_dbus_connection

from tests.e2e.rig import PATIENCE

Sample = tuple[int, bytes, bytes]
"""Process, arguments and environment."""


class RecordingService:
    """Stands before the sandbox, keeps every request byte for byte, and hands it on with the sandbox's own secret."""

    def __init__(self, beyond: str, secret: str, secret_beyond: str) -> None:
        self._beyond = int(beyond.removeprefix("http://127.0.0.1:").partition("/")[0])
        self._secret, self._secret_beyond = secret.encode(), secret_beyond.encode()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v2"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for connection in (self._listener, *list(self._open)):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for connection in (self._listener, *self._open):
            connection.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="recording service")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._beyond))
                self._open |= {near, far}
                self._start(self._ask, near, far)
                self._start(self._answer, far, near)

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError), near.makefile("rb") as requests:
            while head := self._head(requests.readline, requests.read):
                self.heads.append(head[0])
                self.bodies.append(head[1])
                body = head[1].replace(self._secret, self._secret_beyond)
                told, real = f"{len(head[1])}".encode(), f"{len(body)}".encode()
                lines = head[0].split(b"\r\n")
                changed = [x.replace(told, real) if x.lower().startswith(b"content-length:") else x for x in lines]
                far.sendall(b"\r\n".join(changed) + b"\r\n\r\n" + body)
        with contextlib.suppress(OSError):
            far.shutdown(socket.SHUT_WR)

    @staticmethod
    def _head(line: object, read: object) -> tuple[bytes, bytes] | None:
        lines: list[bytes] = []
        while (row := line()) not in (b"\r\n", b""):  # type: ignore[operator]
            lines.append(row.rstrip(b"\r\n"))
        if not lines:
            return None
        length = next((int(row.split(b":")[1]) for row in lines if row.lower().startswith(b"content-length:")), 0)
        return b"\r\n".join(lines), read(length)  # type: ignore[operator]

    @staticmethod
    def _answer(far: socket.socket, near: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while more := far.recv(8192):
                near.sendall(more)
        with contextlib.suppress(OSError):
            near.shutdown(socket.SHUT_RDWR)


class BusRecorder:
    """Keeps every message on a bus, as it was sent."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(Monitoring().BecomeMonitor([]), timeout=PATIENCE)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="bus recorder")
        self.messages: list[Message] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(PATIENCE)
        self._connection.close()

    def called(self, member: str) -> list[Message]:
        """Every call or signal of that name."""
        return [m for m in self.messages if m.header.fields.get(HeaderFields.member) == member]

    def _listen(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                self.messages.append(self._connection.receive(timeout=0.05))


class ProcessWitness:
    """Reads arguments and environment of every process below this one, again and again, while it runs."""

    def __init__(self) -> None:
        self.samples: set[Sample] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look_on, name="process witness")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(PATIENCE)

    def wait_for(self, process: subprocess.Popen[bytes]) -> None:
        """Return once that process was seen as what it was started for: before, it is a copy of this one."""
        assert isinstance(process.args, list)
        words = b"".join(str(word).encode() + b"\0" for word in process.args)
        end = time.monotonic() + PATIENCE
        while not any(sample[:2] == (process.pid, words) for sample in list(self.samples)):
            assert time.monotonic() < end, f"{process.args} was never seen"
            self._stopping.wait(0.01)

    def pause(self) -> None:
        """Wait a little, as between two looks."""
        self._stopping.wait(0.03)

    def _look_on(self) -> None:
        while not self._stopping.wait(0.03):
            self.samples |= set(_below(os.getpid()))


def _below(ancestor: int) -> list[Sample]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_bytes().rpartition(b")")[2].split()[1])
    below, found = {ancestor}, {ancestor}
    while found:
        found = {process for process, parent in parents.items() if parent in below} - below
        below |= found
    samples = []
    for process in below - {ancestor}:
        with contextlib.suppress(OSError):
            folder = Path(f"/proc/{process}")
            samples.append((process, (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()))
    return samples

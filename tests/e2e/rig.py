"""The command line as people and scripts meet it: a process of its own, in a home of its own."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call
from c2c_desktop.sandbox.answers import SECRET, USER_ID

HAPPY = "+91 98402 22222"
HAPPY_E164 = "+919840222222"
PATIENCE = 20.0
"""Seconds a process may take on a busy machine."""

ONE_CALL = ("--user-id", USER_ID, "--secret-stdin")


@dataclass(frozen=True)
class Outcome:
    """How a run ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class CommandLine:
    """Runs the program against one service, with its data in one folder."""

    def __init__(self, home: Path, api_url: str) -> None:
        self.home = home
        self.data = home / "data"
        self.api_url = api_url
        for name in ("tmp", "run"):
            (home / name).mkdir(mode=0o700, parents=True)
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "LC_ALL": "C.UTF-8",
        }
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)

    def command(self, *arguments: str) -> list[str]:
        """The words of a run with this data and service."""
        return [*PROGRAM, "--data-dir", str(self.data), "--api-url", self.api_url, *arguments]

    def run(self, *arguments: str, stdin: str = "", **environment: str) -> Outcome:
        """Run to the end, with this data and service."""
        return self._run(self.command(*arguments), stdin, environment)

    def bare(self, *arguments: str, stdin: str = "", **environment: str) -> Outcome:
        """Run to the end with these arguments alone."""
        return self._run([*PROGRAM, *arguments], stdin, environment)

    def dial(self, number: str, *options: str) -> Outcome:
        """Dial with the sandbox's credentials for this one call."""
        return self.run("dial", *ONE_CALL, *options, "--", number, stdin=f"{SECRET}\n")

    def _run(self, command: list[str], stdin: str, environment: dict[str, str]) -> Outcome:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment | environment,
            cwd=self.home,
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def running(self, *arguments: str, stdin: str = "") -> Iterator[subprocess.Popen[str]]:
        """Start a run; what is left of it at the end is killed."""
        with subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.environment,
            cwd=self.home,
        ) as process:
            try:
                if stdin and process.stdin is not None:
                    process.stdin.write(stdin)
                    process.stdin.flush()
                yield process
            finally:
                process.kill()

    def calls(self) -> list[Call]:
        """The calls on disk, newest first."""
        store = SqliteCallStore(self.data / "calls.sqlite3")
        try:
            return store.recent(sys.maxsize)
        finally:
            store.close()

    def keep(self, call: Call) -> None:
        """Put a call on disk, as the window does."""
        store = SqliteCallStore(self.data / "calls.sqlite3")
        store.save(call)
        store.close()

    def multiply_calls(self, count: int) -> None:
        """Add `count` older copies of the newest call, a minute apart."""
        with closing(sqlite3.connect(self.data / "calls.sqlite3")) as connection:
            cursor = connection.execute("SELECT * FROM call ORDER BY started_at DESC LIMIT 1")
            names = [column[0] for column in cursor.description]
            newest = dict(zip(names, cursor.fetchone(), strict=True))
            copies = [
                newest | {"row": -number, "id": f"copy-{number}", "started_at": newest["started_at"] - 60 * number}
                for number in range(1, count + 1)
            ]
            columns, values = ", ".join(names), ", ".join(f":{name}" for name in names)
            connection.executemany(f"INSERT INTO call (rowid, {columns}) VALUES (:row, {values})", copies)
            connection.commit()


PROGRAM = (sys.executable, "-m", "c2c_desktop")


class Terminal:
    """A person at a terminal: sees what the program shows and presses keys. Standard output goes to a file."""

    def __init__(self, line: CommandLine, *arguments: str) -> None:
        self._line = line
        self._output = line.home / "stdout"
        self._words = ["setsid", "--ctty", *line.command(*arguments)]
        self.shown = ""

    def __enter__(self) -> Self:
        self._screen, keyboard = os.openpty()
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                self._words,
                stdin=keyboard,
                stdout=output,
                stderr=keyboard,
                env=self._line.environment,
                cwd=self._line.home,
            )
        os.close(keyboard)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._screen)

    def wait_for(self, text: str) -> None:
        """Read the screen until it shows `text`."""
        while text not in self.shown:
            assert self._read(), f"the program ended without showing {text!r}: {self.shown}"

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._screen, keys.encode())

    def end(self) -> Outcome:
        """Wait for the end of the run."""
        while self._read():
            pass
        status = self._process.wait(PATIENCE)
        return Outcome(status, self._output.read_text(encoding="utf-8"), self.shown)

    def _read(self) -> bool:
        assert select.select([self._screen], [], [], PATIENCE)[0], f"nothing more than {self.shown!r}"
        try:
            more = os.read(self._screen, 4096)
        except OSError:  # nobody holds the other side any more
            return False
        self.shown += more.decode()
        return bool(more)


class HoldingService:
    """Takes one request and gives no answer before `release`."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.body: dict[str, Any] = {}
        self._released = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connection: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="holding")

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v2"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._listener.close()

    def wait(self) -> None:
        """Return once the request is here."""
        assert self.asked.wait(PATIENCE), "no request came"

    def release(self) -> None:
        """Answer that the call is initiated."""
        self._released.set()

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        self._connection = connection
        with connection, connection.makefile("rb") as lines:
            length = 0
            while (line := lines.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.body = json.loads(lines.read(length))
            self.asked.set()
            self._released.wait(PATIENCE)
            answer = json.dumps({"code": 200, "msg": "Call initiated", "request_id": "held"}).encode()
            with contextlib.suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))


def interrupt(process: subprocess.Popen[str]) -> Outcome:
    """Press Ctrl+C on a run and wait for its end."""
    process.send_signal(signal.SIGINT)
    return ended(process)


def ended(process: subprocess.Popen[str]) -> Outcome:
    """Wait for the end of a run."""
    out, err = process.communicate(timeout=PATIENCE)
    return Outcome(process.returncode, out, err)

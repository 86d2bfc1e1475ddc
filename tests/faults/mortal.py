"""One call by the program's own parts, in a process that is killed on the way.

Thin wrappers around the real store, gateway and network stream pass everything on, and send SIGKILL to their own
process at one named point.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.database import BUSY_SECONDS, Database
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import SessionSecretStore
from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import CallOrder, DialRequest, Placement
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.ports import Runner, no_objection
from tests.fakes import INDIAN, MemorySettingsStore

ACCOUNT = Account("101_1111112")


class Death:
    """Waits at one point, once."""

    def __init__(self, point: str) -> None:
        self._point = point

    def at(self, point: str) -> None:
        """Die here, if this is the point."""
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalDatabase(Database):
    """May die between the last statement of a transaction and its commit."""

    def __init__(self, inner: Database, death: Death) -> None:
        self._inner = inner
        self._death = death
        self._points = iter(["inside the intent's transaction", "inside the outcome's transaction"])

    @contextmanager
    def transaction(self, patience: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
        with self._inner.transaction(patience) as connection:
            yield connection
            self._death.at(next(self._points))

    def read(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        return self._inner.read(sql, values)

    def close(self) -> None:
        self._inner.close()


class MortalStore(SqliteCallStore):
    """May die around what is written."""

    def __init__(self, path: Path, death: Death) -> None:
        super().__init__(path)
        self._death = death
        self._database = MortalDatabase(self._database, death)

    def begin(
        self, call: Call, known: Container[str] = (), objection: Callable[[list[Call]], str] = no_objection
    ) -> str:
        def ask(unknown: list[Call]) -> str:
            self._death.at("while the disk is asked for objections")
            return objection(unknown)

        self._death.at("before the intent")
        words = super().begin(call, known, ask)
        self._death.at("after the intent")
        return words

    def save(self, call: Call) -> None:
        self._death.at("before the outcome")
        super().save(call)
        self._death.at("after the outcome")


class MortalSecrets(SessionSecretStore):
    """May die while the keyring is asked."""

    def __init__(self, death: Death) -> None:
        super().__init__({ACCOUNT.user_id: Secret("canary-5ecret")})
        self._death = death

    def get(self, user_id: str) -> Secret | None:
        self._death.at("while the secret is read")
        return super().get(user_id)


class MortalStream(httpcore.NetworkStream):
    """May die around each byte."""

    def __init__(self, inner: httpcore.NetworkStream, death: Death) -> None:
        self._inner = inner
        self._death = death
        self._is_body = False

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not self._is_body:
            self._death.at("before the first byte")
            self._inner.write(buffer[:1], timeout)
            self._death.at("after the first byte")
            self._inner.write(buffer[1:], timeout)
            self._death.at("after the head")
            self._is_body = True
            return
        half = len(buffer) // 2
        self._inner.write(buffer[:half], timeout)
        self._death.at("in the middle of the body")
        self._inner.write(buffer[half:], timeout)
        self._death.at("after the body")

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        some = self._inner.read(min(max_bytes, 1), timeout)
        self._death.at("at the first byte of the answer")
        return some

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class MortalBackend(httpcore.NetworkBackend):
    """May die around connecting."""

    def __init__(self, death: Death) -> None:
        self._inner = httpcore.SyncBackend()
        self._death = death

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._death.at("before connecting")
        stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        self._death.at("after connecting")
        return MortalStream(stream, self._death)


class MortalGateway(TelecmiGateway):
    """May die around the claim and the answer."""

    def __init__(self, api_url: str, death: Death) -> None:
        super().__init__(api_url, NetworkOptions(5.0, 5.0))
        self._death = death
        _, backend = self._open()
        backend._inner = MortalBackend(death)  # type: ignore[assignment]  # what it passes everything on to

    def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
        def take() -> bool:
            self._death.at("before the claim")
            taken = claim()
            self._death.at("when the claim is taken")
            return taken

        placement = super().place(order, secret, take)
        self._death.at("after the answer")
        return placement


POINTS = (
    "before considering",
    "after considering",
    "while the secret is read",
    "before the intent",
    "while the disk is asked for objections",
    "inside the intent's transaction",
    "after the intent",
    "before connecting",
    "after connecting",
    "before the claim",
    "when the claim is taken",
    "before the first byte",
    "after the first byte",
    "after the head",
    "in the middle of the body",
    "after the body",
    "at the first byte of the answer",
    "after the answer",
    "before the outcome",
    "inside the outcome's transaction",
    "after the outcome",
    "when the outcome is told",
)
"""In the order a call comes by them."""


def call_until(point: str, path: Path, api_url: str, runner: Runner) -> None:
    """Place one call as the program does; the process does not live beyond `point`."""
    death = Death(point)
    clock = SystemClock()
    journal = Journal(MortalStore(path, death), runner)
    settings = MemorySettingsStore(Settings(accounts=(ACCOUNT,), active_user_id=ACCOUNT.user_id))
    accounts = Accounts(settings, MortalSecrets(death), runner, clock)
    dialer = Dialer(MortalGateway(api_url, death), journal, accounts, runner, clock)
    journal.listen(lambda call: None if call.is_placing else death.at("when the outcome is told"))
    death.at("before considering")
    proposal = dialer.consider(DialRequest(INDIAN, Source.PAD))
    death.at("after considering")
    dialer.place(proposal)


def main(point: str, path: str, api_url: str, lanes: str = "") -> None:
    """Run on the command line's runner, or on the window's."""
    if not lanes:
        call_until(point, Path(path), api_url, InlineRunner())
        return
    from PySide6.QtCore import QCoreApplication

    from c2c_desktop.runtime.lanes import Lanes

    application = QCoreApplication([])
    call_until(point, Path(path), api_url, Lanes(application))
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])

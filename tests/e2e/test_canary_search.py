"""The search for the secret finds it wherever it is planted: a search that cannot fail proves nothing."""

from __future__ import annotations

import base64
import gzip
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import cast

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from c2c_desktop.sandbox.answers import SECRET
from c2c_desktop.sandbox.server import SandboxServer
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import FakeDaemon
from tests.e2e.canary_search import Needles
from tests.e2e.canary_witness import BusRecorder, ProcessWitness, RecordingService
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import PATIENCE


def utf16(secret: str) -> bytes:
    return f"app_secret={secret}".encode("utf-16")


SHAPES: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda s: b"\xff\0{" + s.encode() + b"}",
    "a half of it": lambda s: s[len(s) // 2 :].encode(),
    "utf-16": utf16,
    "base64": lambda s: base64.b64encode(s.encode()),
    "base64 after one": lambda s: base64.b64encode(b"x" + s.encode()),
    "base64 after two": lambda s: base64.urlsafe_b64encode(b"xy" + s.encode() + b"zz"),
    "hex": lambda s: s.encode().hex().upper().encode(),
    "percent": lambda s: "".join(f"%{byte:02X}" for byte in s.encode()).encode(),
    "reversed": lambda s: s[::-1].encode(),
    "gzip": lambda s: gzip.compress(b"a log\n" * 50 + s.encode()),
    "gzip in gzip": lambda s: gzip.compress(gzip.compress(s.encode())),
}


@pytest.fixture
def secret() -> str:
    return f"canary-{token_hex(24)}"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_secret_in_a_file_is_found_in_every_shape(tmp_path: Path, secret: str, shape: str) -> None:
    (tmp_path / "deep" / "down").mkdir(parents=True)
    (tmp_path / "innocent").write_text("nothing here")
    (tmp_path / "deep" / "down" / "file").write_bytes(SHAPES[shape](secret))
    files, found = Needles(secret).in_files(tmp_path)
    assert (files, list(found)) == (2, ["deep/down/file"])


def test_a_secret_in_the_name_of_a_file_is_found(tmp_path: Path, secret: str) -> None:
    (tmp_path / secret).touch()
    assert list(Needles(secret).in_files(tmp_path)[1]) == [secret]


def test_a_secret_in_a_member_of_a_zip_is_found(tmp_path: Path, secret: str) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("log.txt", "a line\n" * 100 + secret)
    assert list(Needles(secret).in_files(tmp_path)[1]) == ["bundle.zip"]


def test_a_secret_left_in_a_page_of_a_database_is_found(tmp_path: Path, secret: str) -> None:
    with closing(sqlite3.connect(tmp_path / "data")) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE call (message TEXT)")
        connection.execute("INSERT INTO call VALUES (?)", (f"{secret} was refused",))
        connection.commit()
        connection.execute("DELETE FROM call")
        connection.commit()
    assert list(Needles(secret).in_files(tmp_path)[1]) == ["data"]


@pytest.mark.parametrize("place", ["arguments", "environment"])
def test_a_secret_in_the_arguments_or_the_environment_of_a_process_is_found(secret: str, place: str) -> None:
    words = [sys.executable, "-c", "import sys; sys.stdin.read()", "canary"]
    environment = {**os.environ, **({"C2C_SECRET": secret} if place == "environment" else {})}
    with ProcessWitness() as witness:
        command = [*words, *([secret] if place == "arguments" else [])]
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
            witness.wait_for(process)
    needles = Needles(secret)
    guilty = {pid for pid, *parts in witness.samples if needles.ways_in(b"\n".join(parts))}
    assert guilty == {process.pid}


def test_a_secret_on_the_bus_and_in_an_address_is_found(tmp_path: Path, secret: str) -> None:
    needles = Needles(secret)
    with SandboxServer() as sandbox, RecordingService(sandbox.api_url, secret, SECRET) as service:
        done = subprocess.run(
            [sys.executable, "-c", f"import urllib.request as r; r.urlopen('{service.api_url}?secret={secret}')"],
            check=False, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [bool(needles.ways_in(head)) for head in service.heads] == [True]
    with (
        KeyringBus(tmp_path / "bus") as bus,
        BusRecorder(bus.address) as recorder,
        FakeDaemon(cast("Bus", bus)),
        closing(open_dbus_connection(bus.address)) as connection,
    ):
        to = DBusAddress("/", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
        values: tuple[object, ...] = ("", 0, "", "title", f"the secret is {secret}", [], {}, -1)
        connection.send_and_get_reply(new_method_call(to, "Notify", "susssasa{sv}i", values), timeout=PATIENCE)
    assert any(needles.ways_in(message.serialise()) for message in recorder.called("Notify"))

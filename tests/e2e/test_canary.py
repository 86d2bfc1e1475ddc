"""The app secret is in the keyring and in the bodies of the requests that place calls, and nowhere else.

One run of everything: signing in at the terminal and in the window, calls with every outcome, crashes, exports, doctor
and diagnostics. Who holds the secret meanwhile: the keyring daemon; the program, in its memory; and this test, which
types it and stands in for the service.
"""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import cast

import pytest
import secretstorage
from jeepney.io.blocking import open_dbus_connection

from c2c_desktop.domain.call import CallState
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.magic import MAGIC_NUMBERS
from c2c_desktop.sandbox.server import Pace, SandboxServer
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import FakeDaemon
from tests.desktop.program_rig import ROOT
from tests.e2e.canary_search import Needles
from tests.e2e.canary_witness import BusRecorder, ProcessWitness, RecordingService
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import HAPPY, ONE_CALL, PATIENCE, PROGRAM, CommandLine, HoldingService

ENCRYPTED = "dh-ietf1024-sha256-aes128-cbc-pkcs7"
WINDOW_CALLS = ("+917000000001", "+917000000002", "+917000000004", "+917000000012", "+919840222222")
FEWEST_FILES = 100
S = CallState


class Scene:
    """A home of its own, with everything that happens there on record."""

    def __init__(self, root: Path, service: RecordingService, bus: KeyringBus, witness: ProcessWitness) -> None:
        self.root = root
        self.line = CommandLine(root / "home", service.api_url)
        self.secret = ""
        self._witness = witness
        self._outputs, self._journals = count(), count()
        (root / "out").mkdir()
        home = self.line.home
        self.line.environment |= {
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
            "PYTHONFAULTHANDLER": "1",
        }

    @contextmanager
    def start(self, words: list[str], stdin: str = "") -> Iterator[subprocess.Popen[bytes]]:
        """Start a program, its output in files; what is left of it at the end is killed."""
        output = self.root / "out" / f"{next(self._outputs)}"
        with output.with_suffix(".out").open("wb") as out, output.with_suffix(".err").open("wb") as err:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=out, stderr=err, env=self.line.environment, cwd=ROOT
            )
            try:
                assert process.stdin is not None
                self._witness.wait_for(process)
                process.stdin.write(stdin.encode())
                process.stdin.close()
                yield process
            finally:
                process.kill()
                process.wait()

    def run(self, *arguments: str, stdin: str = "", api_url: str = "") -> int:
        """Run a command to its end; return its status."""
        url = ["--api-url", api_url or self.line.api_url]
        with self.start([*PROGRAM, "--data-dir", str(self.line.data), *url, *arguments], stdin) as process:
            return process.wait(PATIENCE)

    def dial(self, *arguments: str, stdin: str = "", api_url: str = "") -> int:
        """Dial the last of `arguments` with a journal of its own, so that no call waits for another."""
        data = self.line.home / f"data-{next(self._journals)}"
        data.mkdir()
        shutil.copy(self.line.data / "settings.json", data)
        *options, number = arguments
        words = ["dial", "--data-dir", str(data), *options, "--", number]
        return self.run(*words, stdin=stdin, api_url=api_url)

    def crash(self, how: signal.Signals) -> None:
        """Let a run end by `how` while its request is under way."""
        with HoldingService() as service:
            url = ["--api-url", service.api_url]
            words = [*PROGRAM, "--data-dir", str(self.line.data), *url, "dial", "--yes", "--", "+917000000099"]
            with self.start(words) as process:
                service.wait()
                assert service.body["secret"] == self.secret
                assert core_limit(process.pid) == "0"
                process.send_signal(how)
                assert process.wait(PATIENCE) == -how

    def window(self) -> None:
        """Sign in, call, fail inside and save diagnostics in a window, then kill it."""
        words = [sys.executable, "-m", "tests.e2e.canary_window", "--data-dir", str(self.line.data)]
        with self.start([*words, "--api-url", self.line.api_url, *WINDOW_CALLS], f"{self.secret}\n") as process:
            output = max((self.root / "out").glob("*.out"), key=lambda path: int(path.stem))
            while not output.read_text():
                assert process.poll() is None, output.with_suffix(".err").read_text()
                self._witness.pause()
            process.send_signal(signal.SIGABRT)
            assert process.wait(PATIENCE) == -signal.SIGABRT
        assert "Fatal Python error: Aborted" in output.with_suffix(".err").read_text()


def live_through_everything(scene: Scene) -> None:
    one_call = (*ONE_CALL, "--yes", "--json")
    assert scene.run("account", "set", "--user-id", USER_ID, stdin=f"{scene.secret}\n") == 0
    dials: dict[str, Callable[[], int]] = {
        magic.outcome.value: partial(scene.dial, "--yes", "--json", "--wait", "--route", "mobile", f"+{magic.number}")
        for magic in MAGIC_NUMBERS
    }
    dials |= {
        "happy": lambda: scene.dial("--yes", "--wait", "--param", "order=7", HAPPY),
        "one call": lambda: scene.dial(*one_call, "+917000000003", stdin=f"{scene.secret}\n"),
        "emergency": lambda: scene.dial("--yes", "112"),
        "dry run": lambda: scene.dial("--dry-run", "--json", HAPPY),
        "not confirmed": lambda: scene.dial(HAPPY),
        "no service": lambda: scene.dial("--yes", "+917000000098", api_url="http://127.0.0.1:9/v2"),
    }
    with ThreadPoolExecutor(3) as beside:
        statuses = dict(zip(dials, beside.map(lambda dial: dial(), dials.values()), strict=True))
    assert {name: status for name, status in statuses.items() if status} == {
        "bad secret as HTTP status": 4,
        "bad secret inside a 200": 4,
        "follow-me not allowed": 4,
        "message that is no string": 4,
        "too many requests": 4,
        "HTML 500": 6,
        "accepted, then dropped": 6,
        "half an answer": 6,
        "emergency": 3,
        "not confirmed": 3,
        "no service": 5,
    }
    scene.crash(signal.SIGKILL)
    scene.crash(signal.SIGABRT)
    scene.window()
    for command in (
        ["history", "--json"],
        ["history", "--csv"],
        ["history"],
        ["doctor", "--json"],
        ["account", "show"],
    ):
        assert scene.run(*command) == 0
    assert scene.run("diagnostics", "--json") == 0


def core_limit(process: int) -> str:
    """The size in bytes of the image of its memory that a crash of a process may leave."""
    limits = Path(f"/proc/{process}/limits").read_text().splitlines()
    return next(line for line in limits if line.startswith("Max core file size")).split()[4]


@pytest.fixture
def _images_of_memory_allowed() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def is_in_keyring(address: str, secret: str) -> bool:
    with closing(open_dbus_connection(address)) as connection:
        items = secretstorage.get_default_collection(connection).get_all_items()
        return [item.get_secret().decode() for item in items] == [secret]


@pytest.mark.usefixtures("_images_of_memory_allowed")
def test_the_secret_is_in_the_keyring_and_in_request_bodies_and_nowhere_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, secret = tmp_path / "all", f"canary-{token_hex(24)}"
    needles = Needles(secret)
    with (
        SandboxServer(pace=Pace.INSTANT, slow_seconds=0.3) as sandbox,
        RecordingService(sandbox.api_url, secret, SECRET) as service,
        KeyringBus(root / "keyring") as bus,
        BusRecorder(bus.address) as recorder,
        ProcessWitness() as witness,
        FakeDaemon(cast("Bus", bus)) as daemon,
    ):
        scene = Scene(root, service, bus, witness)
        scene.secret = secret
        live_through_everything(scene)
        assert is_in_keyring(bus.address, secret)
        states = {call.state for call in scene.line.calls()}

    # Everything did happen.
    assert states == {S.REFUSED, S.UNCERTAIN, S.ENDED}
    assert len(daemon.notices) >= len(WINDOW_CALLS) - 1
    calls = [body for head, body in zip(service.heads, service.bodies, strict=True) if head.startswith(b"POST")]
    assert len(calls) >= len(MAGIC_NUMBERS) + len(WINDOW_CALLS) + 2

    # In the keyring: what goes there over the bus is encrypted for it.
    sessions = recorder.called("OpenSession")
    assert sessions
    assert {str(call.body[0]) for call in sessions} == {ENCRYPTED}
    assert [m for m in recorder.messages if needles.ways_in(m.serialise())] == []

    # In the body of each request that places a call: once, and never in its address or headers.
    assert [body.count(secret.encode()) for body in calls] == [1] * len(calls)
    assert [head for head in service.heads if needles.ways_in(head)] == []
    others = [body for head, body in zip(service.heads, service.bodies, strict=True) if not head.startswith(b"POST")]
    assert not needles.ways_in(b"\n".join(others))

    # Nowhere else.
    assert [pid for pid, words, environment in witness.samples if needles.ways_in(words + b"\n" + environment)] == []
    files, found = needles.in_files(root)
    with capsys.disabled():
        print(
            f"\nlooked at {files} files, {len(recorder.messages)} messages on the bus, "
            f"{len({s[0] for s in witness.samples})} processes, {len(service.heads)} requests"
        )
    assert found == {}
    assert files >= FEWEST_FILES

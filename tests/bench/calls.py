"""From the click to the wire and back, and whether the window ever stands still meanwhile."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.secret import Secret
from tests.bench.report import Figure, compared

CALLS = 100
BODY = {"user_id": "101_1111112", "secret": "bench", "to": 12025550100, "webrtc": True, "followme": False}


def measure() -> list[Figure]:
    """Return the figures of (b) and (c)."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    return [*_latency(application), *_stalls(application)]


@contextlib.contextmanager
def _server(*arguments: str) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.wire_server", *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v2"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextlib.contextmanager
def _program(application: QApplication, api_url: str, **settings: object) -> Iterator[Application]:
    with tempfile.TemporaryDirectory() as folder:
        program = Application(application, Options(data_dir=Path(folder), api_url=api_url))
        accounts = program.core.accounts
        accounts.sign_in(Account("101_1111112"), Secret("bench"), keep=False, done=lambda: None, failed=print)
        accounts.change(**settings)
        program.start()
        QTest.qWait(500)
        yield program
        program.stop()


def _latency(application: QApplication) -> list[Figure]:
    wire: list[float] = []
    shown: list[float] = []
    warm: tuple[list[float], list[float]] = ([], [])
    naive: tuple[list[float], list[float]] = ([], [])
    with _server() as url, _program(application, url) as program, httpx.Client(trust_env=False) as client:
        endpoint = f"{url}/webrtc/click2call"
        client.post(endpoint, json=BODY)
        for number in range(CALLS):
            left, back = _click(program, number)
            wire.append(left)
            shown.append(back)
            for post, (wires, backs) in ((client.post, warm), (httpx.post, naive)):
                began = time.monotonic_ns()
                answer = post(endpoint, json=BODY)
                backs.append((time.monotonic_ns() - began) / 1e6)
                wires.append((int(answer.json()["request_id"]) - began) / 1e6)
    more = statistics.median(wire) - statistics.median(warm[0])
    return [
        compared("click to request on the wire / warmed httpx client", wire, warm[0], "ms", "see the next line"),
        Figure("what that is more", round(more, 3), "ms", None, None, "<= 3 ms"),
        compared("click to shown outcome / warmed httpx client", shown, warm[1], "ms", "reported"),
        compared("click to request on the wire / httpx.post", wire, naive[0], "ms", "<= 0.25x"),
        compared("click to shown outcome / httpx.post", shown, naive[1], "ms", "<= 0.25x"),
    ]


def _click(program: Application, number: int) -> tuple[float, float]:
    """Call by the button; return milliseconds until the server saw it and until the banner showed the outcome."""
    program.pad.load(f"+1202555{100 + number:04}")
    while not program.lanes.is_idle():
        QTest.qWait(5)
    settled: list[Call] = []
    loop = QEventLoop()  # waits as the program does, without holding the interpreter's lock

    def note(call: Call) -> None:
        if not call.is_placing:
            settled.append(call)
            loop.quit()

    program.desk.call_changed.connect(note)
    began = time.monotonic_ns()
    QTest.mouseClick(program.pad.call_button, Qt.MouseButton.LeftButton)
    if not settled:
        loop.exec()
    program.banner.repaint()
    shown = time.monotonic_ns()
    program.desk.call_changed.disconnect(note)
    assert settled[0].state is CallState.INITIATED, settled[0]
    return (int(settled[0].request_id) - began) / 1e6, (shown - began) / 1e6


def _stalls(application: QApplication) -> list[Figure]:
    with (
        _server("faults") as url,
        _program(application, url, connect_timeout=1.0, request_timeout=1.0) as program,
    ):
        idle = _longest_gap(lambda: QTest.qWait(3000))
        busy = _longest_gap(lambda: _place_all(program))
    return [
        Figure("longest stall of the window over 100 bad calls", busy, "ms", idle, round(busy / idle, 2), "<= 16 ms")
    ]


def _place_all(program: Application) -> None:
    over: set[str] = set()

    def note(call: Call) -> None:
        if call.is_final:
            over.add(call.id)

    program.desk.call_changed.connect(note)
    for number in range(CALLS):
        program.pad.load(f"+1202555{100 + number:04}")
        QTest.mouseClick(program.pad.call_button, Qt.MouseButton.LeftButton)
        QTest.qWait(5)
        while len(over) <= number:
            QTest.qWait(5)
    program.desk.call_changed.disconnect(note)


def _longest_gap(work: Callable[[], object]) -> float:
    """Return the longest time in milliseconds in which the event loop did not come round while `work` ran."""
    clock, gaps = QElapsedTimer(), [0]

    def tick() -> None:
        gaps.append(clock.nsecsElapsed())
        clock.restart()

    beat = QTimer()
    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.timeout.connect(tick)
    clock.start()
    beat.start(1)
    work()
    beat.stop()
    return round(max(gaps[2:]) / 1e6, 2)

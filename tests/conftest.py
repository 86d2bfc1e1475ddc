"""What holds for every test: loopback only, and nothing left behind."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.trace_lock import install_one_after_the_other

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("C2C_DATA_DIR", "C2C_API_URL", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(_name, None)


def _refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    if not ipaddress.ip_address(arguments[1][0]).is_loopback:
        raise RuntimeError(f"a test reached for {arguments[1]}")


sys.addaudithook(_refuse_other_hosts)
install_one_after_the_other()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs(pattern): a warning or worse that this test is expected to log")


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    recorder = _Recorder()
    logging.getLogger().addHandler(recorder)
    yield
    logging.getLogger().removeHandler(recorder)
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    messages = [record.getMessage() for record in recorder.records]
    unexpected = [m for m in messages if not any(re.search(pattern, m) for pattern in expected)]
    assert not unexpected, f"unexpected log records: {unexpected}"
    missing = [pattern for pattern in expected if not any(re.search(pattern, m) for m in messages)]
    assert not missing, f"log records that did not come: {missing}"


@pytest.fixture(autouse=True)
def _nothing_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Threads, active timers and windows of a test end with it.

    With Qt, garbage is collected at its end only, as the program does it: on the main thread, outside any paint.
    """
    threads = set(threading.enumerate())
    has_qt = "qapp" in request.fixturenames
    if has_qt:
        gc.disable()
    yield
    deadline = time.monotonic() + 3
    while (left := [t for t in threading.enumerate() if t not in threads]) and time.monotonic() < deadline:
        left[0].join(0.05)
    assert not left, f"leaked threads: {left}"
    if has_qt:
        _check_qt()
        gc.enable()


def _check_qt() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not windows, f"leaked windows: {windows}"
    timers = [t for t in gc.get_objects() if isinstance(t, QTimer) and isValid(t) and t.isActive()]
    assert not timers, f"leaked timers: {[t.parent() for t in timers]}"

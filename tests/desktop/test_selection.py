"""What is marked on a real X server, in other programs that answer, refuse, lie, hang and die."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from virtual_screen import virtual_screen

from c2c_desktop.desktop.selections.selection import LIMIT, Selection
from c2c_desktop.desktop.system.session_kind import SessionKind
from tests.desktop.other_client import other_client
from tests.desktop.rig import Environment, python, running, stop_at_once, until

LONDON = "+44 20 7946 0018"
QT_FIELD = f"""
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit("{LONDON}")
field.show()
field.selectAll()
field.copy()
application.exec()
"""


class Reader:
    """A selection and what it read."""

    def __init__(self, session: SessionKind | None = SessionKind.X11) -> None:
        self.selection = Selection(session=session)
        self.texts: list[str] = []

    def read(self, qtbot: QtBot) -> str:
        count = len(self.texts)
        self.selection.read(self.texts.append)
        assert len(self.texts) == count  # later, always
        qtbot.waitUntil(lambda: len(self.texts) > count)
        assert len(self.texts) == count + 1
        return self.texts[-1]

    def end(self) -> None:
        self.selection.close()
        self.selection.deleteLater()


@pytest.fixture
def ours(screen: Environment, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Reader]:  # noqa: ARG001
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    reader = Reader()
    yield reader
    reader.end()


@pytest.mark.usefixtures("qapp")
def test_without_an_x_server_there_is_nothing(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    reader = Reader()
    assert reader.read(qtbot) == ""
    reader.end()


def test_where_nothing_is_marked_or_copied_there_is_nothing(ours: Reader, qtbot: QtBot) -> None:
    assert ours.read(qtbot) == ""


@pytest.mark.parametrize("selection", ["PRIMARY", "CLIPBOARD"])
def test_a_program_that_hangs_blocks_nothing(ours: Reader, screen: Environment, qtbot: QtBot, selection: str) -> None:
    with other_client(screen, "own", selection, "text", LONDON, ready="owned") as program:
        stop_at_once(program.process)
        turns: list[int] = []
        turning = QTimer()
        turning.timeout.connect(lambda: turns.append(1))
        turning.start(0)
        try:
            assert ours.read(qtbot) == ""
        finally:
            turning.stop()
            program.process.send_signal(signal.SIGCONT)
        assert len(turns) > 10  # the event loop turned meanwhile
        until(lambda: "UTF8_STRING" in program.told("asked"), "the late answer")
        assert ours.read(qtbot) == LONDON  # which disturbs nothing
        assert len(ours.texts) == 2


def test_a_program_that_dies_while_asked_gives_nothing(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "PRIMARY", "text", LONDON, ready="owned") as program:
        stop_at_once(program.process)
        ours.selection.read(ours.texts.append)
        program.process.kill()
        qtbot.waitUntil(lambda: ours.texts == [""])


@pytest.mark.parametrize("manner", ["pieces", "picture"])
def test_what_is_no_short_text_is_left(ours: Reader, screen: Environment, qtbot: QtBot, manner: str) -> None:
    with other_client(screen, "own", "PRIMARY", manner, "", ready="owned"):
        assert ours.read(qtbot) == ""


def test_bytes_that_are_no_text_are_replaced(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "PRIMARY", "odd", "", ready="owned"):
        assert ours.read(qtbot) == "+44� 20 7946 0018"


def test_of_a_long_text_the_beginning_is_read(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "PRIMARY", "text", "#60000", ready="owned"):
        assert ours.read(qtbot) == "5" * LIMIT


@pytest.mark.parametrize("manner", ["refuse", "text"])
def test_where_nothing_is_marked_the_copied_text_is_read(
    ours: Reader, screen: Environment, qtbot: QtBot, manner: str
) -> None:
    with (
        other_client(screen, "own", "PRIMARY", manner, " \n", ready="owned"),
        other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned"),
    ):
        assert ours.read(qtbot) == LONDON


def test_what_is_marked_comes_before_what_was_copied(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with (
        other_client(screen, "own", "CLIPBOARD", "text", "copied", ready="owned") as copied,
        other_client(screen, "own", "PRIMARY", "text", "मोबाइल +91\t98402 22222\n", ready="owned"),
    ):
        assert ours.read(qtbot) == "मोबाइल +91\t98402 22222\n"
        assert not copied.told("asked")


def test_a_real_field_hands_over_what_is_marked_in_it(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with running(python("-c", QT_FIELD), screen, subprocess.DEVNULL):
        qtbot.waitUntil(lambda: ours.read(qtbot) == LONDON, timeout=15_000)


def test_several_reads_at_once_do_not_mix(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "PRIMARY", "text", LONDON, ready="owned"):
        for _ in range(5):
            ours.selection.read(ours.texts.append)
        qtbot.waitUntil(lambda: ours.texts == [LONDON] * 5)
        assert ours.selection._text is not None
        assert ours.selection._text.reading == 0


def test_closing_tells_nobody(ours: Reader, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "PRIMARY", "text", LONDON, ready="owned"):
        ours.selection.read(lambda _: pytest.fail("told after the end"))
        ours.selection.close()
        assert ours.read(qtbot) == LONDON  # and opens anew


@pytest.mark.usefixtures("qapp")
def test_a_server_that_ends_gives_nothing(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    reader = Reader()
    with virtual_screen() as own:
        monkeypatch.setenv("DISPLAY", own["DISPLAY"])
        with other_client(own, "own", "PRIMARY", "text", LONDON, ready="owned") as program:
            stop_at_once(program.process)
            reader.selection.read(reader.texts.append)
            program.process.kill()
    qtbot.waitUntil(lambda: reader.texts == [""])
    assert reader.read(qtbot) == ""
    reader.end()


@pytest.mark.parametrize("session", [SessionKind.WAYLAND, SessionKind.WINDOWS, SessionKind.MACOS, None])
@pytest.mark.usefixtures("qapp")
def test_elsewhere_qt_reads_what_was_copied(qtbot: QtBot, session: SessionKind | None) -> None:
    clipboard = QGuiApplication.clipboard()
    reader = Reader(session)
    clipboard.setText("5" * (LIMIT + 1))
    assert reader.read(qtbot) == "5" * LIMIT
    reader.selection.read(lambda _: pytest.fail("told after the end"))
    reader.selection.close()
    clipboard.clear()
    assert reader.read(qtbot) == ""
    reader.end()

"""Copied numbers on a real X server, and by Qt's clipboard elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from virtual_screen import virtual_screen
from Xlib import X
from Xlib.display import Display

from c2c_desktop.desktop.selections.clipboard_watch import LIMIT, SECRET_FORMATS, ClipboardWatch, can_hold_number
from c2c_desktop.desktop.system.session_kind import SessionKind
from tests.desktop.other_client import other_client
from tests.desktop.rig import Environment, stop_at_once, until

LONDON = "+44 20 7946 0018"
BOSTON = "+1 617 555 0123"


class Watched:
    """A watch and what it offered."""

    def __init__(self, session: SessionKind | None) -> None:
        self.watch = ClipboardWatch(session=session)
        self.offers: list[str] = []
        self.watch.offered.connect(self.offers.append)

    def end(self) -> None:
        self.watch.turn(on=False)
        self.watch.deleteLater()


@pytest.fixture
def ours(screen: Environment, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Watched]:  # noqa: ARG001
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    watched = Watched(SessionKind.X11)
    yield watched
    watched.end()


@pytest.fixture
def by_qt(qapp: object) -> Iterator[Watched]:  # noqa: ARG001  # what it stands on
    watched = Watched(None)
    yield watched
    watched.end()
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", False),
        ("Asha Rao", False),
        ("Room 12", False),
        ("112", True),
        (f"  {LONDON}\n", True),
        ("٠٢٠ ٧٩٤٦", True),
        ("5" * LIMIT, True),
        ("5" * (LIMIT + 1), False),
        ("½²③", False),
    ],
)
def test_what_can_hold_a_number(text: str, holds: bool) -> None:
    assert can_hold_number(text) is holds


def test_a_watch_that_is_off_asks_nobody(ours: Watched, screen: Environment, qtbot: QtBot) -> None:
    with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned") as before:
        ours.watch.turn(on=True)
        with other_client(screen, "own", "CLIPBOARD", "text", BOSTON, ready="owned"):
            qtbot.waitUntil(lambda: ours.offers == [BOSTON])
            assert not before.told("asked")  # copied before it was switched on
            ours.watch.turn(on=False)
            assert ours.offers == [BOSTON, ""]
            with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned") as after:
                ours.watch.turn(on=True)
                with other_client(screen, "own", "CLIPBOARD", "text", BOSTON, ready="owned"):
                    qtbot.waitUntil(lambda: ours.offers == [BOSTON, "", BOSTON])
                assert not after.told("asked")


@pytest.mark.usefixtures("qapp")
def test_without_an_x_server_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    watched = Watched(SessionKind.X11)
    watched.watch.turn(on=True)
    watched.watch.turn(on=True)
    assert watched.watch.is_on
    watched.end()
    assert watched.offers == []


def test_a_program_that_hangs_blocks_nothing_and_takes_the_offer_back(
    ours: Watched, screen: Environment, qtbot: QtBot
) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned") as first:
        qtbot.waitUntil(lambda: ours.offers == [LONDON])
        with other_client(screen, "own", "CLIPBOARD", "text", BOSTON, ready="owned") as second:
            stop_at_once(second.process)
            qtbot.waitUntil(lambda: ours.offers[1:] == [""])
            assert first.told("cleared")
            second.process.kill()


@pytest.mark.parametrize(
    ("manner", "text"),
    [("refuse", ""), ("picture", ""), ("pieces", ""), ("secret", LONDON), ("text", "Asha Rao"), ("text", "#81")],
)
def test_what_holds_no_number_takes_the_offer_back(
    ours: Watched, screen: Environment, qtbot: QtBot, manner: str, text: str
) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned"):
        qtbot.waitUntil(lambda: ours.offers == [LONDON])
        with other_client(screen, "own", "CLIPBOARD", manner, text, ready="owned") as program:
            qtbot.waitUntil(lambda: ours.offers == [LONDON, ""])
            if manner == "secret":
                assert set(program.told("asked")) == {"TARGETS"}  # the text was not even asked for


def test_what_holds_no_number_is_not_told_where_nothing_was_offered(
    ours: Watched, screen: Environment, qtbot: QtBot
) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", "Asha Rao", ready="owned") as program:
        qtbot.waitUntil(lambda: "UTF8_STRING" in program.told("asked"))
        with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned"):
            qtbot.waitUntil(lambda: ours.offers == [LONDON])


def test_a_program_that_ends_takes_its_number_with_it(ours: Watched, screen: Environment, qtbot: QtBot) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned"):
        qtbot.waitUntil(lambda: ours.offers == [LONDON])
    qtbot.waitUntil(lambda: ours.offers == [LONDON, ""])


def test_our_own_copies_are_left_alone(ours: Watched, screen: Environment, qtbot: QtBot) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned") as theirs:
        qtbot.waitUntil(lambda: ours.offers == [LONDON])
        own = Display(screen["DISPLAY"])  # this process on another connection, as Qt has one
        window = own.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        window.set_selection_owner(own.get_atom("CLIPBOARD"), X.CurrentTime)
        own.sync()
        until(lambda: theirs.told("cleared"), "our copy")
        qtbot.waitUntil(lambda: ours.offers == [LONDON, ""])
        assert own.pending_events() == 0  # nobody asked for the text
        own.close()


def test_of_copies_in_a_row_the_newest_counts(ours: Watched, screen: Environment, qtbot: QtBot) -> None:
    ours.watch.turn(on=True)
    with other_client(screen, "own", "CLIPBOARD", "text", BOSTON, ready="owned") as first:
        stop_at_once(first.process)
        with other_client(screen, "own", "CLIPBOARD", "text", LONDON, ready="owned"):
            qtbot.waitUntil(lambda: ours.offers[-1:] == [LONDON])
            first.process.kill()
            assert ours.offers in ([LONDON], [BOSTON, LONDON])


@pytest.mark.usefixtures("qapp")
def test_a_server_that_ends_takes_the_offer_back(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    watched = Watched(SessionKind.X11)
    with ExitStack() as after:
        with virtual_screen() as own:
            monkeypatch.setenv("DISPLAY", own["DISPLAY"])
            watched.watch.turn(on=True)
            after.enter_context(other_client(own, "own", "CLIPBOARD", "text", LONDON, ready="owned"))
            qtbot.waitUntil(lambda: watched.offers == [LONDON])
        qtbot.waitUntil(lambda: watched.offers == [LONDON, ""])
    watched.end()


def test_elsewhere_qt_tells_of_copies(by_qt: Watched) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(LONDON)
    assert by_qt.offers == []
    by_qt.watch.turn(on=True)
    assert by_qt.offers == []  # copied before
    clipboard.setText(f" {BOSTON}\n")
    assert by_qt.offers == [BOSTON]
    clipboard.setText("Asha Rao")
    clipboard.setText("Asha Rao again")
    assert by_qt.offers == [BOSTON, ""]
    clipboard.setText(LONDON)
    by_qt.watch.turn(on=False)
    clipboard.setText(BOSTON)
    assert by_qt.offers == [BOSTON, "", LONDON, ""]


@pytest.mark.parametrize("mark", SECRET_FORMATS)
def test_elsewhere_too_a_secret_is_left_alone(by_qt: Watched, mark: str) -> None:
    by_qt.watch.turn(on=True)
    secret = QMimeData()
    secret.setText(LONDON)
    secret.setData(mark, b"secret")
    QGuiApplication.clipboard().setMimeData(secret)
    assert by_qt.offers == []
    QGuiApplication.clipboard().setText(BOSTON)
    assert by_qt.offers == [BOSTON]

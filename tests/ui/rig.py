"""A hand on the program: real presses of the mouse and of keys, and short ways to what they act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.services.door_line import HandOver
from c2c_desktop.ui.contact_menu import ArmedMenu
from c2c_desktop.ui.question import Question
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView

PATIENCE_MS = 10_000
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
INDIAN = "+919840222222"
LONDON = "+442079460018"
NOT_A_BUTTON = QPoint(100, 16)
"""A point of a row beside its buttons."""


def make_call(state: CallState = CallState.INITIATED, **facts: Any) -> Call:
    """A call to Asha Rao in `state`, however it came there."""
    call = Call(
        id="c-1",
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="Asha Rao",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id="101_1111112",
        started_at=1_700_000_000.0,
        request_id="r-1",
    )
    return replace(call, state=state, **facts)


def make_contact(contact_id: int, name: str, *numbers: str, **facts: Any) -> Contact:
    """A contact whose `numbers` are E.164, shown as they are."""
    return Contact(contact_id, name, numbers=tuple(ContactNumber(n, n) for n in numbers), **facts)


# The mouse


def _in_window(widget: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
    window = widget.window()
    handle = window.windowHandle()
    assert handle is not None, f"{widget} is not on the screen"
    return handle, widget.mapTo(window, widget.rect().center() if at is None else at)


def _move_to(widget: QWidget, at: QPoint | None) -> None:
    """Come from elsewhere: a move to where the pointer stands is none."""
    QTest.mouseMove(_in_window(widget, at)[0], QPoint(1, 1))
    QTest.mouseMove(*_in_window(widget, at))


def click(widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
    """Move there, press and release."""
    assert widget.isVisible(), f"{widget} cannot be seen"
    _move_to(widget, at)
    QTest.mouseClick(_in_window(widget, at)[0], button, NO_KEYS, _in_window(widget, at)[1])


def double_click(widget: QWidget, at: QPoint | None = None) -> None:
    """Move there, press and release twice, as quickly as a double click is."""
    _move_to(widget, at)
    QTest.mouseDClick(_in_window(widget, at)[0], LEFT, NO_KEYS, _in_window(widget, at)[1])


def press_mouse(widget: QWidget, at: QPoint | None = None) -> None:
    """Move there and press only."""
    _move_to(widget, at)
    QTest.mousePress(_in_window(widget, at)[0], LEFT, NO_KEYS, _in_window(widget, at)[1])


def release_mouse(widget: QWidget, at: QPoint | None = None) -> None:
    """Release only, wherever the press was."""
    QTest.mouseMove(*_in_window(widget, at))
    QTest.mouseRelease(_in_window(widget, at)[0], LEFT, NO_KEYS, _in_window(widget, at)[1])


# The keyboard


def press(key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press and release a key in the window that has the focus."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the focus"
    QTest.keyClick(window, key, keys)


def type_text(text: str) -> None:
    """Type into the window that has the focus."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the focus"
    for character in text:
        QTest.keyClick(window, ord(character))


def repeat(key: Qt.Key, text: str = "") -> None:
    """What a key that is held down sends again and again."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QCoreApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key, NO_KEYS, text, True))


# What stands on the screen


def dialog() -> QDialog | None:
    """The dialog that is open."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert len(shown) < 2, f"several dialogs: {shown}"
    return shown[0] if shown else None


def choose(qtbot: QtBot, start: str) -> None:
    """Click the entry of the open menu that begins with `start`, once it takes a click."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    if isinstance(menu, ArmedMenu):
        qtbot.waitUntil(lambda: menu.armed.was_seen, timeout=PATIENCE_MS)
    action = next(a for a in menu.actions() if a.text().startswith(start))
    QTest.mouseClick(menu, LEFT, NO_KEYS, menu.actionGeometry(action).center())
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=PATIENCE_MS)


def menu_words() -> list[str]:
    """The entries of the open menu, which is closed."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    menu.close()
    return words


def titles(view: RowView) -> list[str]:
    """The titles of a list's rows, headings in brackets."""
    rows = [view.rows.row(view.rows.index(n, 0)) for n in range(view.rows.rowCount())]
    return [f"[{row.title}]" if row.is_heading else row.title for row in rows if row is not None]


def row_titled(view: RowView, title: str) -> Row:
    """The first row with that title."""
    row = view.rows.row(view.rows.index(titles(view).index(title), 0))
    assert row is not None
    return row


def place_of(view: RowView, title: str) -> QPoint:
    """The upper left corner of that row in the view's viewport, scrolled in sight."""
    QCoreApplication.processEvents()
    index = view.rows.index(titles(view).index(title), 0)
    view.scrollTo(index)
    return view.visualRect(index).topLeft()


def buttons(parent: QWidget) -> dict[str, QPushButton]:
    """The push buttons that can be seen, by their words."""
    return {b.text(): b for b in parent.findChildren(QPushButton) if b.isVisible()}


def fire(owner: QObject, interval: int) -> None:
    """Let the running timer of that interval run out now."""
    timers = [t for t in owner.findChildren(QTimer) if t.isActive() and t.interval() == interval]
    assert len(timers) == 1, f"timers of {interval} ms: {timers}"
    timers[0].start(0)
    while timers[0].isActive() and timers[0].interval() == 0:
        QCoreApplication.processEvents()


def running_timers(owner: QObject) -> list[int]:
    """The intervals of the timers that run."""
    return sorted(t.interval() for t in owner.findChildren(QTimer) if t.isActive())


# The program


@contextmanager
def running(
    qapp: QApplication,
    qtbot: QtBot,
    options: Options,
    account: Account | None = None,
    what: HandOver | None = None,
) -> Iterator[Application]:
    """The program as `run_window` builds it for `what`, until its contacts are loaded; put away at the end."""
    program = Application(qapp, options)
    if what is not None:
        program.door.take(what)
    if account is not None:
        program.core.accounts.change(accounts=(account,), active_user_id=account.user_id)
    try:
        program.start()
        qtbot.waitUntil(lambda: is_ready(program), timeout=PATIENCE_MS)
        yield program
    finally:
        put_away(program)


def is_ready(program: Application) -> bool:
    """Whether everything that follows the first paint is there."""
    return program.window.windowIcon().availableSizes() != [] and program.lanes.is_idle()


def put_away(program: Application) -> None:
    """Stop, and delete what a process's end would."""
    program.stop()
    for leftover in (program.quick, program.window, program.theme, program):
        leftover.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(qtbot: QtBot, program: Application) -> None:
    """Wait until nothing is under way in the lanes."""
    qtbot.waitUntil(program.lanes.is_idle, timeout=PATIENCE_MS)


def ready(qtbot: QtBot) -> None:
    """Wait until the question takes an answer."""
    question = dialog()
    assert isinstance(question, Question)
    qtbot.waitUntil(lambda: question.armed.is_ready, timeout=PATIENCE_MS)


def sent(program: Application) -> list[dict[str, Any]]:
    """The bodies the sandbox was sent."""
    assert program.core.sandbox is not None
    return program.core.sandbox.received

"""Files that are dragged onto the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.ui.drop_zone import ONE, SEVERAL, DropZone
from tests.ui.import_rig import remove_imports

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def urls(*texts: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(text) for text in texts])
    data.setText("\n".join(texts))
    return data


FILE = "file:///contacts/team%20one.csv"


class Drag:
    """The pointer over the program's window, with something in its hand."""

    def __init__(self, program: Application) -> None:
        self.window = program.window
        remove_imports(program)
        self.zone = DropZone(program.window, program.theme)
        self.dropped: list[list[str]] = []
        self.zone.dropped.connect(self.dropped.append)

    @property
    def handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def over(self, data: QMimeData, widget: QWidget | None = None) -> bool:
        """Come over a part of the window and say whether it would take what is there."""
        at = QPoint(200, 200) if widget is None else widget.mapTo(self.window, QPoint(5, 5))
        enter = QDragEnterEvent(at, COPY | MOVE, data, LEFT, NONE)
        QApplication.sendEvent(self.handle, enter)
        move = QDragMoveEvent(at, COPY | MOVE, data, LEFT, NONE)
        QApplication.sendEvent(self.handle, move)
        return move.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self.handle, QDragLeaveEvent())

    def drop(self, data: QMimeData, at: QPoint | None = None) -> QDropEvent:
        event = QDropEvent(QPointF(at or QPoint(200, 200)), COPY | MOVE, data, LEFT, NONE)
        QApplication.sendEvent(self.handle, event)
        return event


@pytest.fixture
def drag(qtbot: QtBot, program: Application) -> Drag:
    qtbot.waitExposed(program.window)
    return Drag(program)


@pytest.mark.parametrize("data", [urls("https://example.org/a.csv"), urls()])
def test_what_is_no_file_here_is_not_taken(drag: Drag, data: QMimeData) -> None:
    drag.over(data)
    assert not drag.zone.isVisible()
    drag.leave()


def test_text_is_left_to_the_fields(drag: Drag) -> None:
    data = QMimeData()
    data.setText("+44 20 7946 0018")
    assert drag.over(data, drag.window.search)
    assert not drag.zone.isVisible()
    drag.leave()


def test_the_hint_goes_when_the_pointer_leaves(drag: Drag) -> None:
    drag.over(urls(FILE))
    assert drag.zone.isVisible()
    drag.leave()
    assert not drag.zone.isVisible()
    assert drag.dropped == []


def test_a_file_over_a_text_field_is_taken_and_not_written_there(drag: Drag) -> None:
    data = urls(FILE)
    assert drag.over(data, drag.window.search)
    drag.drop(data, drag.window.search.mapTo(drag.window, QPoint(5, 5)))
    assert drag.window.search.text() == ""
    assert drag.dropped == [["/contacts/team one.csv"]]


def test_a_dropped_file_is_copied_however_it_was_offered(drag: Drag) -> None:
    data = urls(FILE)
    assert drag.over(data)
    assert drag.zone.words == ONE
    assert drag.zone.geometry() == drag.window.rect()
    event = drag.drop(data)
    assert event.isAccepted()
    assert event.dropAction() is COPY
    assert drag.dropped == [["/contacts/team one.csv"]]
    assert not drag.zone.isVisible()


def test_several_are_told_apart_before_they_are_dropped(drag: Drag) -> None:
    data = urls(FILE, "file:///contacts/b.vcf", "https://example.org/c.csv")
    drag.over(data)
    assert drag.zone.words == SEVERAL
    drag.zone.grab()
    drag.drop(data)
    assert drag.dropped == [["/contacts/team one.csv", "/contacts/b.vcf", "https://example.org/c.csv"]]


def test_the_hint_covers_a_window_that_grows_and_one_that_was_hidden(qtbot: QtBot, drag: Drag) -> None:
    drag.window.hide()
    drag.window.show()
    qtbot.waitExposed(drag.window)
    drag.over(urls(FILE))
    drag.window.resize(500, 600)
    qtbot.waitUntil(lambda: drag.zone.width() == 500)
    drag.zone.grab()
    drag.leave()

"""Where a window comes back to: wholly on a screen there is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.system.screen_place import can_be_grasped, on_a_screen, saved_place

MAIN, RIGHT, ABOVE = QRect(0, 0, 1280, 984), QRect(1280, 0, 1920, 1040), QRect(-200, -1080, 1920, 1080)
LAPTOP = QRect(0, 24, 800, 576)


@pytest.mark.parametrize(
    ("frame", "areas", "expected"),
    [
        (QRect(100, 100, 860, 716), [MAIN], QRect(100, 100, 860, 716)),
        (QRect(1500, 200, 860, 716), [MAIN, RIGHT], QRect(1500, 200, 860, 716)),
        (QRect(1500, 200, 860, 716), [MAIN], QRect(420, 200, 860, 716)),
        (QRect(-5000, -5000, 400, 300), [MAIN, RIGHT], QRect(0, 0, 400, 300)),
        (QRect(1200, 10, 860, 716), [MAIN, RIGHT], QRect(1280, 10, 860, 716)),
        (QRect(1000, 900, 400, 300), [MAIN], QRect(880, 684, 400, 300)),
        (QRect(100, 100, 860, 716), [LAPTOP], QRect(0, 24, 800, 576)),
        (QRect(100, 0, 400, 300), [LAPTOP], QRect(100, 24, 400, 300)),
        (QRect(0, -1000, 400, 300), [MAIN, ABOVE], QRect(0, -1000, 400, 300)),
        (QRect(2_000_000_000, 5, 2_000_000_000, 300), [MAIN], QRect(0, 5, 1280, 300)),
        (QRect(1, 2, 3, 4), [], QRect(1, 2, 3, 4)),
    ],
)
def test_a_window_lies_wholly_on_the_screen_that_shows_most_of_it(
    frame: QRect, areas: list[QRect], expected: QRect
) -> None:
    placed = on_a_screen(frame, areas)
    assert placed == expected
    assert not areas or any(area.contains(placed) for area in areas)


@pytest.mark.parametrize(
    ("frame", "areas", "expected"),
    [
        (QRect(100, 100, 860, 716), [MAIN], True),
        (QRect(-700, 100, 860, 716), [MAIN], True),
        (QRect(-800, 100, 860, 716), [MAIN], False),
        (QRect(1210, 100, 860, 716), [MAIN], False),
        (QRect(100, -30, 860, 716), [MAIN], False),
        (QRect(100, -10, 860, 716), [MAIN], True),
        (QRect(100, 980, 860, 716), [MAIN], False),
        (QRect(1500, 100, 860, 716), [MAIN, RIGHT], True),
        (QRect(1500, 100, 860, 716), [MAIN], False),
        (QRect(10, 10, 30, 10), [MAIN], True),
        (QRect(10, 10, 30, 10), [], False),
    ],
)
def test_a_window_can_be_grasped_where_its_upper_edge_is_in_sight(
    frame: QRect, areas: list[QRect], expected: bool
) -> None:
    assert can_be_grasped(frame, areas) is expected


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_place_qt_saved_is_read(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(40, 50, 400, 300)
    assert saved_place(window.saveGeometry()) == QRect(40, 50, 400, 300)


def test_a_place_qt_did_not_save_is_none(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    good = bytes(window.saveGeometry().data())
    for bad in (b"", b"x" * 5, b"x" * 200, good[:30], b"\0" + good[1:], good[:5] + b"\x09" + good[6:]):
        assert saved_place(QByteArray(bad)) is None
    inside_out = good[:24] + b"\x7f" + good[25:]
    assert saved_place(QByteArray(inside_out)) is None


def test_a_place_as_large_as_numbers_go_is_read_without_harm(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    good = bytes(window.saveGeometry().data())
    huge = good[:24] + b"\x80\0\0\0" * 2 + b"\x7f\xff\xff\xff" * 2 + good[40:]
    place = saved_place(QByteArray(huge))
    assert place is not None
    assert MAIN.contains(on_a_screen(place, [MAIN]))

"""The window's foot: one sentence, its mend, and the way to everything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.health import HealthItem, HealthName
from c2c_desktop.services.health import Health
from c2c_desktop.services.health_items import account_health, keyring_health, links_health, service_health
from c2c_desktop.ui.focus_ring import FocusRing
from c2c_desktop.ui.status_line import StatusLine
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, press

MASKED = "101_•••••12"
ROLE = QAccessible.Role


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> Iterator[StatusLine]:
    """The line in a window, as it is without its health."""
    window = QWidget()
    window.resize(400, 300)
    line = StatusLine(theme, sandbox=True, parent=window)
    line.setGeometry(0, 264, 400, 36)
    window.show()
    qtbot.waitExposed(window)
    yield line
    window.close()
    window.deleteLater()


@pytest.fixture
def following(line: StatusLine, health: Health) -> StatusLine:
    line.follow(health)
    return line


def dot(line: StatusLine) -> QColor:
    """The colour in the middle of the mark."""
    return line.grab().toImage().pixelColor(12 + 5, line.height() // 2 + 1)


def test_a_line_that_follows_nothing_opens_nothing(line: StatusLine) -> None:
    assert not line.words.isEnabled()
    line.show_everything()
    assert line.popup is None


def test_trouble_is_told_with_its_mend_and_all_fine_is_quiet(
    following: StatusLine, health: Health, theme: Theme
) -> None:
    assert following.words.text() == "Ready"
    health.report(account_health(""))
    assert (following.words.text(), following.mend.text()) == ("Not signed in", "Sign in")
    assert dot(following) == theme.tokens.colour("warn")
    health.report(account_health(MASKED))
    assert following.words.text() == f"Ready · {MASKED}"
    assert not following.mend.isVisible()
    assert dot(following) == theme.tokens.colour("accent")


def test_a_trouble_nothing_here_mends_has_no_button_and_is_amber_all_the_same(
    following: StatusLine, health: Health, theme: Theme
) -> None:
    health.report(service_health(online=False))
    assert following.words.text() == "There is no network"
    assert not following.mend.isVisible()
    assert dot(following) == theme.tokens.colour("warn")


def test_a_minor_trouble_leaves_the_line_green(following: StatusLine, health: Health, theme: Theme) -> None:
    health.report(links_health("Links to numbers open in Other Phone", ours=False))
    assert following.words.text() == "Ready"
    assert not following.mend.isVisible()
    assert dot(following) == theme.tokens.colour("accent")


def test_the_button_asks_to_mend_what_the_line_tells(following: StatusLine, health: Health) -> None:
    asked: list[HealthName] = []
    following.mend_asked.connect(asked.append)
    health.report(keyring_health("Your keyring is locked"))
    click(following.mend)
    health.report(account_health(""))
    click(following.mend)
    assert asked == [HealthName.KEYRING, HealthName.ACCOUNT]


def test_a_click_anywhere_on_the_words_opens_the_list(following: StatusLine) -> None:
    click(following.words, QPoint(following.words.width() - 10, 14))
    popup = following.popup
    assert popup is not None
    assert popup.isVisible()
    popup.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_list_opens_by_keyboard_in_the_window(
    qtbot: QtBot, program: Application, health: Health, key: Qt.Key
) -> None:
    line = program.status
    line.follow(health)
    line.words.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.words.hasFocus)
    press(key)
    assert line.popup is not None
    assert line.popup.isVisible()
    line.popup.close()
    assert line.words.hasFocus()


def test_tab_reaches_the_line_and_a_click_does_not_take_the_keys(following: StatusLine) -> None:
    assert following.words.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert following.mend.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_line_tells_assistive_technology_what_it_says_and_does(following: StatusLine, health: Health) -> None:
    health.report(account_health(""))
    told = QAccessible.queryAccessibleInterface(following.words)
    assert told.role() == ROLE.Button
    assert told.text(QAccessible.Text.Name) == "Not signed in"
    assert told.text(QAccessible.Text.Description) == "Shows how everything stands"


def test_the_ring_shows_with_the_keyboard_only(
    qtbot: QtBot, following: StatusLine, theme: Theme, qapp: QApplication
) -> None:
    FocusRing(qapp, following)
    info = theme.tokens.colour("info")
    following.mend.show()
    following.window().activateWindow()
    following.mend.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(following.mend.hasFocus)

    def edge() -> QColor:
        return following.words.grab().toImage().pixelColor(following.words.width() // 2, 1)

    assert edge() != info
    following.words.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: edge() == info)
    following.mend.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: edge() != info)


def test_pointing_and_pressing_look_different(following: StatusLine, theme: Theme) -> None:
    def ground() -> QColor:
        return following.words.grab().toImage().pixelColor(following.words.width() // 2, 4)

    quiet = ground()
    following.words.setDown(True)
    assert ground() == theme.tokens.colour("pressed")
    following.words.setDown(False)
    assert ground() == quiet


def test_long_words_are_cut_and_stand_whole_under_the_pointer(following: StatusLine, health: Health) -> None:
    words = "The service cannot be reached because " + "x" * 100
    health.report(HealthItem(HealthName.SERVICE, fine=False, words=words, mend="Try again"))
    assert following.words.toolTip() == words
    assert following.mend.geometry().right() <= following.width()
    assert following.words.geometry().right() < following.mend.geometry().left()

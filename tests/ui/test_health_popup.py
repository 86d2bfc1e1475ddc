"""The list over the window's foot: what it says, its buttons, its place, and every way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.health import HealthItem, HealthName
from c2c_desktop.services.health import Health
from c2c_desktop.services.health_items import (
    account_health,
    hotkey_health,
    keyring_health,
    links_health,
    service_health,
    tray_health,
)
from c2c_desktop.ui.health_mark import mark_of
from c2c_desktop.ui.health_popup import HealthPopup
from c2c_desktop.ui.status_line import StatusLine
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import LEFT, NO_KEYS, click

LOCKED = keyring_health("Your keyring is locked. Unlock it to call.")
TAKEN = hotkey_health("Another program uses Ctrl+Alt+P.", ours=False, taken=True)
LONG = "x" * 20 + " word" * 40


@pytest.fixture
def health() -> Health:
    health = Health()
    health.report(account_health("101_•••••12"))
    return health


@pytest.fixture
def line(qtbot: QtBot, theme: Theme, health: Health) -> Iterator[StatusLine]:
    window = QWidget()
    window.resize(600, 400)
    line = StatusLine(theme, sandbox=False, parent=window)
    line.setGeometry(0, 364, 600, 36)
    line.follow(health)
    window.show()
    qtbot.waitExposed(window)
    yield line
    window.close()
    window.deleteLater()


def opened(line: StatusLine) -> HealthPopup:
    line.show_everything()
    assert line.popup is not None
    assert line.popup.isVisible()
    return line.popup


def words(popup: HealthPopup) -> dict[HealthName, str]:
    return {name: row.words.text() for name, row in popup.rows.items()}


def visible_buttons(popup: HealthPopup) -> list[str]:
    return [button.text() for button in popup.findChildren(QPushButton) if button.isVisible()]


def test_all_six_are_listed_even_where_nothing_is_known(line: StatusLine) -> None:
    popup = opened(line)
    assert list(popup.rows) == list(HealthName)
    assert words(popup)[HealthName.ACCOUNT] == "101_•••••12"
    assert words(popup)[HealthName.TRAY] == "Not known yet"
    assert visible_buttons(popup) == []
    popup.close()


def test_what_has_no_words_of_its_own_says_how_it_stands(line: StatusLine, health: Health) -> None:
    health.report(HealthItem(HealthName.TRAY, fine=True))
    health.report(HealthItem(HealthName.KEYRING, fine=False))
    popup = opened(line)
    assert words(popup)[HealthName.TRAY] == "All is well"
    assert words(popup)[HealthName.KEYRING] == "Something is wrong"
    popup.close()


def test_every_trouble_has_its_button_and_a_press_closes_and_asks(line: StatusLine, health: Health) -> None:
    asked: list[tuple[HealthName, bool]] = []
    health.report(LOCKED)
    health.report(TAKEN)
    popup = opened(line)
    line.mend_asked.connect(lambda name: asked.append((name, popup.isVisible())))
    assert visible_buttons(popup) == ["Choose other keys", "Try again"]
    click(popup.rows[HealthName.HOTKEY].mend)
    assert asked == [(HealthName.HOTKEY, False)]
    opened(line)
    click(popup.rows[HealthName.KEYRING].mend)
    assert asked[1:] == [(HealthName.KEYRING, False)]


def test_it_follows_what_changes_while_it_is_open(line: StatusLine, health: Health) -> None:
    popup = opened(line)
    low = popup.geometry().bottom()
    height = popup.height()
    health.report(HealthItem(HealthName.SERVICE, fine=False, words=LONG[:160], mend="Try again"))
    assert words(popup)[HealthName.SERVICE].startswith("xxxx")
    assert visible_buttons(popup) == ["Try again"]
    assert popup.height() > height
    assert popup.geometry().bottom() == low
    health.report(service_health(online=True, reached=True))
    assert visible_buttons(popup) == []
    assert popup.height() == height
    popup.close()


def test_a_closed_one_is_up_to_date_when_it_opens_again(line: StatusLine, health: Health) -> None:
    opened(line).close()
    health.report(LOCKED)
    popup = opened(line)
    assert words(popup)[HealthName.KEYRING] == LOCKED.words
    popup.close()


def test_escape_closes_and_asks_nothing(line: StatusLine, health: Health) -> None:
    asked: list[HealthName] = []
    line.mend_asked.connect(asked.append)
    health.report(LOCKED)
    popup = opened(line)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert asked == []


def test_by_keyboard_the_first_mend_has_the_keys_tab_goes_on_and_enter_presses(
    qtbot: QtBot, line: StatusLine, health: Health
) -> None:
    asked: list[HealthName] = []
    line.mend_asked.connect(asked.append)
    health.report(LOCKED)
    health.report(TAKEN)
    line.words.setProperty("focused", True)
    popup = opened(line)
    qtbot.waitUntil(popup.rows[HealthName.HOTKEY].mend.hasFocus)
    QTest.keyClick(popup.rows[HealthName.HOTKEY].mend, Qt.Key.Key_Tab)
    qtbot.waitUntil(popup.rows[HealthName.KEYRING].mend.hasFocus)
    QTest.keyClick(popup.rows[HealthName.KEYRING].mend, Qt.Key.Key_Return)
    assert asked == [HealthName.KEYRING]
    assert not popup.isVisible()


def test_by_mouse_enter_presses_nothing(line: StatusLine, health: Health) -> None:
    asked: list[HealthName] = []
    line.mend_asked.connect(asked.append)
    health.report(LOCKED)
    popup = opened(line)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert asked == []
    popup.close()


def test_with_nothing_to_mend_the_list_itself_takes_the_keys(line: StatusLine) -> None:
    line.words.setProperty("focused", True)
    popup = opened(line)
    assert popup.focusWidget() in (popup, None)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_click_elsewhere_closes(line: StatusLine) -> None:
    popup = opened(line)
    QTest.mouseClick(popup, LEFT, NO_KEYS, QPoint(-20, -20))
    assert not popup.isVisible()
    popup = opened(line)
    QTest.mouseClick(popup, LEFT, NO_KEYS, popup.rows[HealthName.TRAY].title.geometry().center())
    assert popup.isVisible()
    popup.close()


def test_it_stands_over_the_line_and_on_the_screen(line: StatusLine, health: Health) -> None:
    for item in (LOCKED, TAKEN, links_health("Links to numbers open in Other Phone", ours=False)):
        health.report(item)
    popup = opened(line)
    foot = line.mapToGlobal(QPoint(0, 0))
    assert popup.geometry().bottom() < foot.y()
    assert popup.width() <= line.width()
    popup.close()
    area = line.screen().availableGeometry()
    for anchor in (QRect(area.topLeft(), area.topLeft()), QRect(area.bottomRight(), area.bottomRight())):
        anchor.setWidth(340)
        anchor.setHeight(36)
        popup.open_over(anchor, by_keyboard=False)
        assert area.contains(popup.geometry())
        popup.close()


@pytest.mark.parametrize("width", [344, 360, 860])
def test_no_words_are_cut_at_any_width(line: StatusLine, health: Health, width: int) -> None:
    health.report(HealthItem(HealthName.SERVICE, fine=False, words=LONG[:160], mend="Try again"))
    health.report(TAKEN)
    line.window().resize(width, 600)
    line.setGeometry(0, 564, width, 36)
    popup = opened(line)
    for row in popup.rows.values():
        assert row.words.height() >= row.words.heightForWidth(row.words.width())
        assert popup.rect().contains(QRect(row.words.mapTo(popup, QPoint()), row.words.size()))
        if row.mend.isVisible():
            mend = QRect(row.mend.mapTo(popup, QPoint()), row.mend.size())
            assert popup.rect().contains(mend)
            assert not mend.intersects(QRect(row.words.mapTo(popup, QPoint()), row.words.size()))
    popup.close()


def test_assistive_technology_hears_which_thing_the_words_and_the_button_are_about(
    line: StatusLine, health: Health
) -> None:
    health.report(LOCKED)
    popup = opened(line)
    row = popup.rows[HealthName.KEYRING]
    told = QAccessible.queryAccessibleInterface(row.words)
    assert told.text(QAccessible.Text.Name) == f"Keyring: trouble. {LOCKED.words}"
    assert QAccessible.queryAccessibleInterface(row.mend).text(QAccessible.Text.Name) == "Try again (Keyring)"
    assert popup.rows[HealthName.ACCOUNT].words.accessibleName() == "Account: 101_•••••12"
    assert popup.accessibleName() == "How everything stands"
    popup.close()


def test_words_are_plain_text(line: StatusLine, health: Health) -> None:
    health.report(links_health("Links open in <b>Evil</b>", ours=False))
    popup = opened(line)
    assert popup.rows[HealthName.LINKS].words.textFormat() is Qt.TextFormat.PlainText
    assert words(popup)[HealthName.LINKS] == "Links open in <b>Evil</b>"
    popup.close()


def test_marks_differ_in_shape_and_not_only_in_colour() -> None:
    fine, off, minor, major = (
        mark_of(tray_health(wanted=True, shown=True)),
        mark_of(tray_health(wanted=False, shown=False)),
        mark_of(tray_health(wanted=True, shown=False)),
        mark_of(LOCKED),
    )
    assert (fine, off, minor, major) == (
        ("accent", "dot"),
        ("muted", "ring"),
        ("warn", "ring"),
        ("warn", "triangle"),
    )


def test_the_marks_are_painted_so(line: StatusLine, health: Health, theme: Theme) -> None:
    health.report(LOCKED)
    popup = opened(line)

    def centre(name: HealthName) -> str:
        mark = popup.rows[name].mark
        return mark.grab().toImage().pixelColor(mark.width() // 2, mark.height() // 2 + 1).name()

    assert centre(HealthName.ACCOUNT) == theme.tokens.colour("accent").name()
    assert centre(HealthName.KEYRING) == theme.tokens.colour("warn").name()
    assert centre(HealthName.TRAY) not in {theme.tokens.colour(c).name() for c in ("accent", "warn", "muted")}
    popup.close()

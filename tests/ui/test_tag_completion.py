"""Tags offered in the search: what is offered, what is put in, and that Enter stays the search's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.search_field import SearchField
from c2c_desktop.ui.tag_completion import TagCompletion
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import press, settle, titles, type_text

Key = Qt.Key
TAGS = ["vip", "hot lead", "Hotel", "key-account", "hot"]


class Search:
    """The field, and who is asked for tags."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = SearchField(theme, icons)
        self.field.setParent(self.window)
        self.field.resize(300, 36)
        self.asked: list[Callable[[list[str]], None]] = []
        self.entered: list[str] = []
        self.field.offer_tags(self.asked.append)
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        self.window.show()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.field.setFocus()

    def type(self, text: str, tags: list[str] | None = None) -> None:
        """Type; tags that are asked for come at once."""
        for character in text:
            QTest.keyClicks(self.field, character)
            while self.asked:
                self.asked.pop()(TAGS if tags is None else tags)

    @property
    def completion(self) -> TagCompletion:
        assert self.field.completion is not None
        return self.field.completion

    @property
    def offered(self) -> list[str]:
        popup = self.completion.popup
        model = popup.model()
        rows = range(model.rowCount()) if popup.isVisible() else range(0)
        return [model.index(row, 0, QModelIndex()).data() for row in rows]

    def choose(self, steps: int = 1) -> None:
        for _ in range(steps):
            QTest.keyClick(self.completion.popup, Key.Key_Down)
        QTest.keyClick(self.completion.popup, Key.Key_Return)


@pytest.fixture
def search(qtbot: QtBot, theme: Theme, icons: Icons) -> Search:
    return Search(qtbot, theme, icons)


def test_nobody_is_asked_before_a_tag_is_begun(search: Search) -> None:
    search.type("raj 5")
    assert (search.field.completion, search.asked) == (None, [])


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("#", []),
        ("#h", ["hot lead", "Hotel", "hot"]),
        ("#hot l", ["hot lead"]),
        ('#"hot l', ["hot lead"]),
        ("#hotel", ["Hotel"]),
        ("#HOT L", ["hot lead"]),
        ("raj #v", ["vip"]),
        ("#vip", []),
        ("#vip raj", []),
        ('#"hot lead"', []),
        ("#x", []),
        ("a#h", []),
    ],
)
def test_tags_that_begin_so_are_offered(search: Search, text: str, offered: list[str]) -> None:
    search.type(text)
    assert search.offered == offered


@pytest.mark.parametrize(
    ("text", "steps", "result"),
    [("#ho", 1, '#"hot lead" '), ("#hot l", 1, '#"hot lead" '), ('raj #"ho', 1, 'raj #"hot lead" '),
     ("#k", 1, "#key-account "), ("#ho", 2, "#Hotel ")],
)  # fmt: skip
def test_the_chosen_one_stands_in_the_search_as_it_is_found(search: Search, text: str, steps: int, result: str) -> None:
    search.type(text)
    search.choose(steps)
    assert search.field.text() == result
    assert not search.completion.popup.isVisible()
    assert search.entered == []
    search.type("raj")
    assert read_search(search.field.text()).terms[-1].word == "raj"


def test_what_stands_behind_the_cursor_stays(search: Search) -> None:
    search.type(" raj")
    search.field.setCursorPosition(0)
    search.type("#ho")
    search.choose()
    assert (search.field.text(), search.field.cursorPosition()) == ('#"hot lead" raj', 12)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_without_a_choice_is_the_searchs(search: Search, key: Qt.Key) -> None:
    search.type("#ho")
    QTest.keyClick(search.completion.popup, key)
    assert (search.entered, search.field.text(), search.offered) == (["#ho"], "#ho", [])


def test_tags_are_asked_for_once_for_each_that_is_begun(search: Search) -> None:
    search.type("#ho", ["vip"])
    assert search.offered == []
    search.type("t")
    assert search.offered == []
    search.type('"raj #')
    search.type("ho")
    assert search.offered == ["hot lead", "Hotel", "hot"]


def test_tags_that_come_late_are_offered_only_where_they_are_still_wanted(search: Search) -> None:
    for text in ("#ho", "raj"):
        QTest.keyClicks(search.field, text)
    (answer,) = search.asked
    answer(TAGS)
    assert search.offered == []


def test_in_the_window_a_tag_of_two_words_is_completed_and_found(qtbot: QtBot, program: Application) -> None:
    program.core.directory.save(Contact(0, "Aaa Eve", tags=("hot lead",)))
    program.core.directory.save(Contact(0, "Aab Ada", tags=("hot",)))
    settle(qtbot, program)
    program.window.search.setFocus()
    type_text("#hot l")
    settle(qtbot, program)
    completion = program.window.search.completion
    assert completion is not None
    qtbot.waitUntil(completion.popup.isVisible)
    QTest.keyClick(completion.popup, Key.Key_Down)
    QTest.keyClick(completion.popup, Key.Key_Return)
    settle(qtbot, program)
    assert program.window.search.text() == '#"hot lead" '
    assert titles(program.contacts.view) == ["Aaa Eve"]
    press(Key.Key_Escape)
    assert program.window.search.text() == ""

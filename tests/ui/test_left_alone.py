"""However much other programs ask for: one question at most, and the rest counted and said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.left_alone import LeftAlone
from tests.ui.rig import INDIAN, LONDON, dialog, press, ready, sent, settle

MANY = 10_000


def visible_lines(opened: QDialog) -> list[str]:
    return [label.text() for label in opened.findChildren(QLabel) if label.isVisible()]


def test_ten_thousand_links_make_one_question_one_lookup_and_one_sentence(qtbot: QtBot, program: Application) -> None:
    looked_up: list[str] = []
    find = program.core.contact_store.find_number

    def find_and_tell(e164: str) -> Contact | None:
        looked_up.append(e164)
        return find(e164)

    program.core.contact_store.find_number = find_and_tell  # type: ignore[method-assign]
    since = QElapsedTimer()
    since.start()
    for number in range(MANY):
        program.desk.ask_for(DialRequest(f"tel:+4420794600{number % 100:02}", Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    settle(qtbot, program)
    asked = dialog()
    assert isinstance(asked, AskDialog)
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)] == [asked]
    assert "9,999 more links came meanwhile and were left alone." in visible_lines(asked)
    assert looked_up == ["+442079460000"]
    for number in range(MANY):
        program.desk.ask_for(DialRequest(f"tel:+4420794600{number % 100:02}", Source.LINK))
    assert "19,999 more links came meanwhile and were left alone." in visible_lines(asked)
    assert since.elapsed() < 20_000
    asked.reject()
    settle(qtbot, program)
    assert dialog() is None
    assert sent(program) == []


def test_the_count_begins_anew_with_the_next_question(qtbot: QtBot, program: Application) -> None:
    for _ in range(2):
        program.desk.ask_for(DialRequest(LONDON, Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    first = dialog()
    assert first is not None
    assert "1 more link came meanwhile and was left alone." in visible_lines(first)
    first.reject()
    program.desk.ask_for(DialRequest(INDIAN, Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    second = dialog()
    assert second is not None
    assert not any("left alone" in line for line in visible_lines(second))
    second.reject()


@pytest.mark.parametrize(("name", "shown"), [("", INDIAN), ("Asha Rao", "Asha Rao")])
def test_a_hand_that_calls_another_number_is_told_of_it_and_its_enter_answers_nothing(
    qtbot: QtBot, program: Application, name: str, shown: str
) -> None:
    program.desk.ask_for(DialRequest(LONDON, Source.LINK))
    qtbot.waitUntil(lambda: dialog() is not None)
    ready(qtbot)
    asked = dialog()
    assert isinstance(asked, AskDialog)
    program.desk.ask_for(DialRequest(INDIAN, Source.POPUP, name))
    assert f"Your call to {shown} was not placed: answer this first." in visible_lines(asked)
    assert not asked.armed.is_ready
    press(Qt.Key.Key_Return)
    assert dialog() is asked
    ready(qtbot)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == int(LONDON.removeprefix("+"))
    settle(qtbot, program)


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([], ""),
        ([Source.LINK], "1 more link came meanwhile and was left alone."),
        ([Source.LINK] * 3, "3 more links came meanwhile and were left alone."),
        ([Source.HOTKEY], "1 more request came meanwhile and was left alone."),
        ([Source.LINK, Source.HOTKEY], "2 more requests came meanwhile and were left alone."),
    ],
)
def test_what_was_left_alone_is_said_in_one_sentence(sources: list[Source], words: str) -> None:
    left = LeftAlone()
    for source in sources:
        left.add(DialRequest(INDIAN, source))
    assert left.words == words
    left.forget()
    assert left.words == ""

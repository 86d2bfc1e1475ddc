"""Whose number it is, and the choice not to be asked about contacts any more."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.ask_dialog import AskDialog
from tests.ui.rig import INDIAN, LONDON, click, dialog, press, ready, sent, settle

Key = Qt.Key
NOBODY = "+12025550199"
TRUST = {
    Source.LINK: "Always call numbers of my contacts from links without asking",
    Source.HOTKEY: "Always call numbers of my contacts from selections (hotkey) without asking",
}


def ask(qtbot: QtBot, program: Application, text: str, source: Source = Source.LINK, name: str = "") -> AskDialog:
    program.desk.ask_for(DialRequest(text, source, name))
    qtbot.waitUntil(lambda: dialog() is not None)
    opened = dialog()
    assert isinstance(opened, AskDialog)
    return opened


def lines(asked: AskDialog) -> list[str]:
    return [label.text() for label in asked.findChildren(QLabel) if label.isVisible()]


def guard(program: Application) -> GuardPolicy:
    return program.core.accounts.settings.guard


def set_guard(program: Application, **rules: object) -> None:
    program.core.accounts.change(guard=replace(guard(program), **rules))  # type: ignore[arg-type]


def test_a_program_cannot_say_whose_number_it_is(qtbot: QtBot, program: Application) -> None:
    set_guard(program, trusted_for_contacts=frozenset({Source.LINK}))
    asked = ask(qtbot, program, NOBODY, name="Asha Rao")
    assert "Asha Rao" not in lines(asked)
    assert asked.trust is None
    asked.reject()
    settle(qtbot, program)
    assert sent(program) == []


def test_an_answer_of_the_database_that_never_comes_asks_without_a_name(qtbot: QtBot, program: Application) -> None:
    set_guard(program, trusted_for_contacts=frozenset({Source.LINK}))
    gate = threading.Event()
    program.lanes.run(Lane.DATABASE, lambda: gate.wait(10), lambda _: None, lambda _: None)
    asked = ask(qtbot, program, f"tel:{LONDON}")
    assert "Ben Carter" not in lines(asked)
    gate.set()
    settle(qtbot, program)
    assert dialog() is asked  # the late answer changes nothing
    asked.reject()
    assert sent(program) == []


def test_escape_stores_nothing_though_the_box_was_ticked(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program, LONDON)
    assert asked.trust is not None
    click(asked.trust)
    ready(qtbot)
    press(Key.Key_Escape)
    settle(qtbot, program)
    assert guard(program).trusted_for_contacts == frozenset()
    assert sent(program) == []


@pytest.mark.parametrize("source", TRUST)
def test_ticking_the_box_and_calling_asks_no_more_about_contacts(
    qtbot: QtBot, program: Application, source: Source
) -> None:
    asked = ask(qtbot, program, LONDON, source)
    assert asked.trust is not None
    assert asked.trust.text() == TRUST[source]
    click(asked.trust)
    ready(qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert program.core.settings_file.load().guard.trusted_for_contacts == {source}
    program.desk.ask_for(DialRequest(INDIAN, source))
    qtbot.waitUntil(lambda: len(sent(program)) == 2)
    settle(qtbot, program)
    assert program.core.journal.recent()[0].contact_name == "Asha Rao"
    ask(qtbot, program, NOBODY, source).reject()


def test_a_choice_that_cannot_be_stored_is_told_and_the_call_is_placed(qtbot: QtBot, program: Application) -> None:
    asked = ask(qtbot, program, LONDON)
    assert asked.trust is not None
    click(asked.trust)
    ready(qtbot)
    in_the_way = program.core.data_dir / "settings.json.lock"
    in_the_way.unlink()
    in_the_way.mkdir()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert program.window.toast.label.text().startswith("Your settings could not be saved.")
    in_the_way.rmdir()


def test_calling_without_the_box_goes_on_asking(qtbot: QtBot, program: Application) -> None:
    ask(qtbot, program, LONDON)
    ready(qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert guard(program).trusted_for_contacts == frozenset()
    asked = ask(qtbot, program, INDIAN)
    asked.reject()


@pytest.mark.parametrize(
    ("text", "source"),
    [(NOBODY, Source.LINK), (LONDON, Source.COMMAND_LINE), ("+44 909 879 0000", Source.LINK)],
)
def test_the_choice_is_not_offered_where_it_would_change_nothing(
    qtbot: QtBot, program: Application, text: str, source: Source
) -> None:
    asked = ask(qtbot, program, text, source)
    assert asked.trust is None
    asked.reject()


def test_a_locked_choice_cannot_be_ticked_and_says_why(qtbot: QtBot, program: Application) -> None:
    program.core.settings_file.locks["guard.trusted_for_contacts"] = "Set by IT."  # type: ignore[index]
    asked = ask(qtbot, program, LONDON)
    assert asked.trust is not None
    click(asked.trust)
    assert not asked.trust.isChecked()
    assert "Set by IT." in lines(asked)
    ready(qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert guard(program).trusted_for_contacts == frozenset()


def test_a_refused_source_is_refused_without_a_question(qtbot: QtBot, program: Application) -> None:
    set_guard(program, sources={**guard(program).sources, Source.LINK: Verdict.REFUSE})
    program.pad.load(INDIAN)
    settle(qtbot, program)
    facts = program.pad.facts.text()
    program.desk.ask_for(DialRequest(f"tel:{LONDON}", Source.LINK))
    settle(qtbot, program)
    assert dialog() is None
    assert program.window.toast.label.text().startswith("That call is not allowed. Calls from links are switched off.")
    assert program.pad.facts.text() == facts  # the number that stands there was not refused
    assert sent(program) == []


def test_a_number_that_is_refused_says_so_where_it_stands(qtbot: QtBot, program: Application) -> None:
    set_guard(program, blocked_countries=frozenset({"GB"}))
    program.pad.load(LONDON)
    settle(qtbot, program)
    click(program.pad.call_button)
    settle(qtbot, program)
    assert dialog() is None
    assert program.pad.facts.text() == "That call is not allowed"
    assert "Your rules block calls to United Kingdom." in program.window.toast.label.text()
    assert sent(program) == []


def test_a_number_typed_and_called_at_once_has_its_contacts_name(qtbot: QtBot, program: Application) -> None:
    program.desk.ask_for(DialRequest(INDIAN, Source.PAD))
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert program.core.journal.recent()[0].contact_name == "Asha Rao"
    settle(qtbot, program)


def test_a_hand_comes_before_what_a_program_asks(qtbot: QtBot, program: Application) -> None:
    program.desk.ask_for(DialRequest(f"tel:{LONDON}", Source.LINK))
    program.desk.ask_for(DialRequest(INDIAN, Source.PAD))
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    assert sent(program)[0]["to"] == int(INDIAN[1:])
    assert dialog() is None
    assert program.window.toast.label.text() == "1 more link came meanwhile and was left alone."

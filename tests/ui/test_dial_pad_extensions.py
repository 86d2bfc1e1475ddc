"""Extensions of the own telephone system on the dial pad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from tests.ui.rig import press, sent, settle, type_text


def _type(program: Application, qtbot: QtBot, text: str) -> None:
    program.pad.field.edit.setFocus()
    qtbot.waitUntil(program.pad.field.edit.hasFocus)
    type_text(text)
    settle(qtbot, program)


def _have_extensions(program: Application, pattern: str) -> None:
    account = program.core.accounts.active
    assert account is not None
    program.core.accounts.update_account(replace(account, internal_extensions=pattern))


@pytest.mark.parametrize("pattern", ["", "3xxx", "20xx1"])
def test_a_short_number_that_is_no_extension_is_not_called(qtbot: QtBot, program: Application, pattern: str) -> None:
    _have_extensions(program, pattern)
    _type(program, qtbot, "2001")
    assert program.pad.call_button.accessibleName() == "Call"
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert sent(program) == []


def test_an_extension_is_shown_and_called_as_it_is_typed(qtbot: QtBot, program: Application) -> None:
    _have_extensions(program, "2xxx")
    _type(program, qtbot, "2001")
    assert program.pad.call_button.accessibleName() == "Call 2001"
    assert program.pad.facts.text() == "Your telephone system · extension"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == 2001
    assert program.core.journal.recent()[0].e164 == "2001"

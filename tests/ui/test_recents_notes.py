"""Notes in the recents: marked in the row, read under the pointer, written from the menu."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import choose, row_titled
from tests.ui.test_recents import CALLS, Pane


@pytest.fixture
def recents(qtbot: QtBot, theme: Theme, icons: Icons) -> Pane:
    return Pane(qtbot, theme, icons, *CALLS)


def test_the_menu_adds_a_note_or_changes_the_one_there_is(qtbot: QtBot, recents: Pane) -> None:
    with qtbot.waitSignal(recents.pane.note_asked) as asked:
        recents.click("Ben Carter", "more")
        choose(qtbot, "Add note…")
    assert asked.args == [CALLS[1]]
    recents.journal.set_note("2", "Wants the offer")
    with qtbot.waitSignal(recents.pane.note_asked) as asked:
        recents.click("Ben Carter", "more")
        choose(qtbot, "Edit note…")
    assert asked.args == [replace(CALLS[1], note="Wants the offer")]


def tip(recents: Pane, title: str) -> str | None:
    rows = recents.pane.view.rows
    shown: str | None = rows.data(rows.index(recents.titles.index(title), 0), int(Qt.ItemDataRole.ToolTipRole))
    return shown


def test_a_note_is_read_under_the_pointer_letter_by_letter_and_told_to_assistive_technology(recents: Pane) -> None:
    recents.journal.set_note("1", "Wants the <b>offer</b>\nby Friday")
    assert tip(recents, "Asha Rao") == "<qt>Wants the &lt;b&gt;offer&lt;/b&gt;<br>by Friday</qt>"
    assert row_titled(recents.pane.view, "Asha Rao").spoken.endswith(", note: Wants the <b>offer</b>\nby Friday")
    recents.journal.set_note("2", "Ask the office")
    told = tip(recents, "Ben Carter")
    assert told is not None
    assert told.startswith("<qt>No answer from the service. ")
    assert told.endswith("<br>Ask the office</qt>")
    recents.journal.set_note("1", "")
    assert tip(recents, "Asha Rao") is None
    assert "note" not in row_titled(recents.pane.view, "Asha Rao").spoken


def test_a_long_note_is_shortened_under_the_pointer(recents: Pane) -> None:
    recents.journal.set_note("1", "word " * 400)
    told = tip(recents, "Asha Rao")
    assert told is not None
    assert 300 < len(told) < 450
    assert told.endswith("word…</qt>")


def test_a_note_is_marked_in_its_row_wherever_the_buttons_are(recents: Pane) -> None:
    view = recents.pane.view
    muted = recents.theme.tokens.colour("muted").rgb()

    def marks() -> list[int]:
        """Pixels of the mark's colour left of the time or the buttons, in the row's first line."""
        picture = view.viewport().grab().toImage()
        area = view.visualRect(view.rows.index(0, 0))
        rows = range(area.top() + 8, area.top() + 28)
        return [x for x in range(200, area.right()) for y in rows if picture.pixel(x, y) == muted]

    before = len(marks())
    recents.journal.set_note("1", "Wants the offer")
    assert len(marks()) > before
    recents.click("Asha Rao", "")
    with_buttons = marks()
    recents.journal.set_note("1", "")
    assert len(with_buttons) > len(marks())


def test_privacy_masks_numbers_in_notes_under_the_pointer_but_not_in_what_is_edited(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    noted = replace(CALLS[0], note="Ring +44 20 7946 0018 instead")
    recents = Pane(qtbot, theme, icons, noted, numbers=ShownNumbers(masked=True))
    told = tip(recents, "Asha Rao")
    assert told is not None
    assert "7946" not in told
    with qtbot.waitSignal(recents.pane.note_asked) as asked:
        recents.click("Asha Rao", "more")
        choose(qtbot, "Edit note…")
    assert asked.args == [noted]

"""Finding somebody: what is typed, what is shown, and what is offered where nothing is found."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.ports import Lane
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.contact_pane import ContactPane
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.fakes import ManualRunner, MemoryContactStore
from tests.ui.rig import (
    INDIAN,
    LONDON,
    buttons,
    click,
    dialog,
    make_call,
    make_contact,
    press,
    sent,
    settle,
    titles,
    type_text,
)

Key = Qt.Key


class Pane:
    """A contact pane whose directory answers when the test says so."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, icons: Icons, *contacts: Contact, numbers: ShownNumbers | None = None
    ) -> None:
        self._qtbot = qtbot
        self.runner = ManualRunner()
        self.errors: list[Exception] = []
        self.store = MemoryContactStore(list(contacts))
        self.pane = ContactPane(Directory(self.store, self.runner, self.errors.append), theme, icons, numbers)
        qtbot.addWidget(self.pane)
        self.pane.resize(360, 400)
        self.pane.show()
        qtbot.waitExposed(self.pane)

    def search(self, text: str) -> None:
        self.pane.show_matches(text)
        self.runner.finish()

    def pause(self) -> None:
        """Nobody types any more: what follows then."""
        self._qtbot.waitUntil(lambda: not (self.pane._count_due.isActive() or self.pane._paused.isActive()))
        self.runner.finish()

    def search_before_it_answers(self, text: str) -> None:
        """Search for something else; what was asked before is answered after that."""
        late = list(self.runner.jobs)
        self.runner.jobs.clear()
        self.search(text)
        self.runner.jobs = late
        self.runner.finish()

    @property
    def words(self) -> str:
        return self.pane._nobody.words.text()


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme, icons: Icons) -> Pane:
    return Pane(qtbot, theme, icons)


def test_an_answer_that_was_overtaken_is_forgotten(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    rig = Pane(qtbot, theme, icons, make_contact(1, "Asha Rao", INDIAN), make_contact(2, "Ben Carter", LONDON))
    rig.pane.show_matches("asha")
    rig.search_before_it_answers("ben")
    assert titles(rig.pane.view) == ["Ben Carter"]


def test_an_empty_list_invites_to_add_somebody(qtbot: QtBot, empty: Pane) -> None:
    empty.search("")
    assert empty.words.startswith("No contacts yet.")
    with qtbot.waitSignal(empty.pane.edit_asked) as asked:
        click(buttons(empty.pane)["Add a contact"])
    assert asked.args == [Contact(0, "")]


def test_a_name_nobody_has_is_offered_as_a_new_contact(qtbot: QtBot, empty: Pane) -> None:
    empty.search("  Zed & Sons ")
    assert empty.words == "Nobody here is called “Zed & Sons”."
    with qtbot.waitSignal(empty.pane.edit_asked) as asked:
        click(buttons(empty.pane)["Add “Zed && Sons”"])
    assert asked.args == [Contact(0, "Zed & Sons")]


def test_a_name_with_a_digit_is_no_number_to_dial(qtbot: QtBot, empty: Pane) -> None:
    empty.search("Studio 54")
    with qtbot.waitSignal(empty.pane.edit_asked) as asked:
        click(buttons(empty.pane)["Add “Studio 54”"])
    assert asked.args == [Contact(0, "Studio 54")]


def test_a_number_nobody_has_is_offered_to_be_dialled(qtbot: QtBot, empty: Pane) -> None:
    empty.search("+1 202-555-0199")
    assert empty.words == "No contact has “+1 202-555-0199”."
    with qtbot.waitSignal(empty.pane.dial_text_asked) as asked:
        click(buttons(empty.pane)["Dial +1 202-555-0199"])
    assert asked.args == ["+1 202-555-0199"]


def test_a_search_that_looks_like_html_is_shown_letter_by_letter(empty: Pane) -> None:
    empty.search("<b>Zed</b>")
    assert empty.words == "Nobody here is called “<b>Zed</b>”."
    assert empty.pane._nobody.words.textFormat() == Qt.TextFormat.PlainText


def test_a_pasted_page_does_not_widen_the_window(empty: Pane) -> None:
    empty.search("x" * 300)
    assert empty.pane.minimumSizeHint().width() <= 360


def test_a_directory_that_fails_says_so_and_leaves_the_list(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    rig = Pane(qtbot, theme, icons, make_contact(1, "Asha Rao", INDIAN))
    rig.search("")
    rig.pane.show_matches("ben")
    failing = rig.runner.jobs.pop(0)
    failing.failed(OSError("the disk is gone"))
    rig.runner.finish()
    assert [str(e) for e in rig.errors] == ["the disk is gone"]
    assert titles(rig.pane.view) == ["Asha Rao"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("asha", ["Asha Rao"]),
        ("RAO", ["Asha Rao"]),
        ("acm", ["Asha Rao"]),
        ("ra acme", ["Asha Rao"]),
        ("siobhan", ["Siobhán Kelly"]),
        ("voss", ["Jürgen Voß"]),
        ("98402", ["[Numbers]", "Asha Rao"]),
        ("+91 98402", ["[Numbers]", "Asha Rao"]),
        ("020 7946", ["[Numbers]", "Ben Carter"]),
        ("ben 7946", ["Ben Carter"]),
        ("sha", ["Asha Rao"]),
        ("sha carter", []),
        ("725", []),
        ("2742", ["[Names]", "Asha Rao"]),
        ("asha carter", []),
    ],
)
def test_any_word_of_name_or_company_and_any_digits_find_somebody(
    qtbot: QtBot, program: Application, typed: str, found: list[str]
) -> None:
    program.window.search.setFocus()
    for character in typed:
        type_text(character)
    settle(qtbot, program)
    assert titles(program.contacts.view) == found


def test_favourites_stand_first_under_headings_and_a_search_has_none(qtbot: QtBot, program: Application) -> None:
    everybody = titles(program.contacts.view)
    assert everybody[:5] == ["[Favourites]", "Asha Rao", "Ben Carter", "Meera Nair", "[All contacts]"]
    assert len(everybody) == 24 + 2
    assert everybody.count("Asha Rao") == 1
    type_text("a")
    settle(qtbot, program)
    found = titles(program.contacts.view)
    assert "[Favourites]" not in found
    assert found[0] == "Asha Rao"


def test_the_tab_tells_how_many_contacts_there_are(program: Application) -> None:
    assert program.window.tabs.button(0).text() == "Contacts 24"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down])
def test_from_the_search_into_the_list_by_key(qtbot: QtBot, program: Application, key: Qt.Key) -> None:
    type_text("ben")
    settle(qtbot, program)
    press(key)
    assert program.contacts.view.hasFocus()
    assert program.contacts.view.currentIndex().row() == 0
    assert program.core.journal.recent() == []


def test_from_the_search_to_what_is_offered_where_nothing_is_found(qtbot: QtBot, program: Application) -> None:
    type_text("+12025550199")
    settle(qtbot, program)
    press(Key.Key_Return)
    settle(qtbot, program)
    assert program.pad.field.text() == "+1 202-555-0199"
    assert program.core.journal.recent() == []
    press(Key.Key_Return)  # in the pad by now
    settle(qtbot, program)
    assert [call.e164 for call in program.core.journal.recent()] == ["+12025550199"]


def test_enter_in_the_search_goes_to_the_list_that_is_seen(program: Application) -> None:
    program.core.journal.adopt([make_call()])
    program.recents.refresh()
    press(Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    program.window.search.setFocus()
    press(Key.Key_Return)
    assert program.recents.view.hasFocus()


def test_escape_clears_the_search(qtbot: QtBot, program: Application) -> None:
    type_text("ben")
    press(Key.Key_Escape)
    settle(qtbot, program)
    assert program.window.search.text() == ""
    assert len(titles(program.contacts.view)) == 26


def test_the_cross_clears_the_search_and_is_there_only_with_a_text(qtbot: QtBot, program: Application) -> None:
    def crosses() -> list[QToolButton]:
        return [b for b in program.window.search.findChildren(QToolButton) if b.isVisible() and b.toolTip()]

    assert crosses() == []
    type_text("ben")
    qtbot.waitUntil(lambda: len(crosses()) == 1)
    click(crosses()[0])
    assert program.window.search.text() == ""
    qtbot.waitUntil(lambda: crosses() == [])


def test_adding_what_was_searched_opens_its_dialog(qtbot: QtBot, program: Application) -> None:
    type_text("Zelda")
    settle(qtbot, program)
    click(buttons(program.contacts)["Add “Zelda”"])
    opened = dialog()
    assert opened is not None
    assert opened.windowTitle() == "New contact"
    opened.reject()


@pytest.mark.parametrize("key", [Key.Key_F, Key.Key_K])
def test_a_shortcut_leads_to_the_search_from_the_narrow_windows_pad(
    qtbot: QtBot, program: Application, key: Qt.Key
) -> None:
    program.window.resize(360, 560)
    qtbot.waitUntil(program.window.tabs.button(2).isVisible)
    press(Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert program.pad.field.edit.hasFocus()
    press(key, Qt.KeyboardModifier.ControlModifier)
    assert program.window.search.hasFocus()
    type_text("ben")
    settle(qtbot, program)
    assert titles(program.contacts.view) == ["Ben Carter"]
    assert program.contacts.view.isVisible()


def test_letters_typed_on_the_narrow_windows_pad_reach_the_search(qtbot: QtBot, program: Application) -> None:
    program.window.resize(360, 560)
    qtbot.waitUntil(program.window.tabs.button(2).isVisible)
    click(program.window.tabs.button(2))
    program.pad.softphone.setFocus()
    type_text("ben")
    settle(qtbot, program)
    assert program.window.search.text() == "ben"
    assert titles(program.contacts.view) == ["Ben Carter"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_enter_never_calls_a_row_of_an_older_search(qtbot: QtBot, program: Application, key: Qt.Key) -> None:
    gate = threading.Event()
    program.lanes.run(Lane.DATABASE, gate.wait, lambda _: None, lambda _: None)  # a slow disk
    program.window.search.setFocus()
    type_text("lena")
    press(key)
    press(Qt.Key.Key_Return)
    gate.set()
    settle(qtbot, program)
    assert sent(program) == []
    assert titles(program.contacts.view) == ["Lena Schmidt", "Elena Marino"]
    assert program.contacts.view.rows.row(program.contacts.view.currentIndex()) is not None


def test_escape_leaves_a_call_that_goes_on_in_sight(qtbot: QtBot, program: Application) -> None:
    program.display.show_call(make_call(CallState.CONNECTED))
    press(Key.Key_Escape)
    assert program.banner.isVisible()
    program.display.show_call(make_call(CallState.ENDED, outcome=CallState.CONNECTED))
    press(Key.Key_Escape)
    assert not program.banner.isVisible()
    settle(qtbot, program)

"""The duplicates window: what changed meanwhile is told, what contradicts is chosen, every step can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.app import Application
from c2c_desktop.composition import CONTACTS_FILE
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_merge import Field
from c2c_desktop.domain.duplicates import DuplicateGroup, FoundDuplicates
from c2c_desktop.domain.route import Route
from c2c_desktop.services.duplicates import Duplicates
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.duplicates_window import DuplicatesWindow
from c2c_desktop.ui.merge_all_question import MergeAllQuestion
from c2c_desktop.ui.theme import Theme
from tests.fakes import ManualRunner, MemoryContactStore
from tests.ui.rig import INDIAN, LONDON, PATIENCE_MS, click, press, settle

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
MOBILE = ContactNumber("+91 98402 22222", INDIAN)
ASHA = Contact(1, "Asha Rao", "Acme", (MOBILE,), route=Route.MOBILE)
BRIEF = Contact(2, "A. Rao", "", (MOBILE,), route=Route.SOFTPHONE, note="Likes tea")
BEN = Contact(3, "Ben Carter", "", (ContactNumber("+44 20 7946 0018", LONDON),), tags=("<b>vip</b>",))
TWINS = (BEN, replace(BEN, id=4), replace(BEN, id=5, company="Maple"))


class Duplicated:
    """The window over a list in memory, whose jobs a test lets run."""

    def __init__(self, qtbot: QtBot, theme: Theme, *contacts: Contact, numbers: ShownNumbers | None = None) -> None:
        self.store = MemoryContactStore(list(contacts))
        self.runner = ManualRunner()
        self.changes = 0
        self.bugs: list[Exception] = []
        self.duplicates = Duplicates(self.store.duplicates, self.store, self.runner, self._count, self.bugs.append)
        self.window = DuplicatesWindow(self.duplicates, theme, numbers)
        self.ended: list[int] = []
        self.window.finished.connect(self.ended.append)
        qtbot.addWidget(self.window, before_close_func=lambda _: self._leave())
        self.window.open()
        qtbot.waitExposed(self.window)
        qtbot.waitUntil(self.window.isActiveWindow)

    def _count(self) -> None:
        self.changes += 1

    def _leave(self) -> None:
        if not self.ended:
            self.window.done(0)

    def go_on(self) -> None:
        self.runner.finish()
        QApplication.processEvents()

    @property
    def titles(self) -> list[str]:
        groups = self.window.list.groups
        return [str(groups.data(groups.index(row, 0))) for row in range(groups.rowCount())]

    def stand_on(self, title: str) -> None:
        groups = self.window.list.groups
        row = next(at for at, words in enumerate(self.titles) if words.startswith(title))
        self.window.list.setCurrentIndex(groups.index(row, 0))
        self.go_on()

    def choose(self, field: Field, words: str) -> None:
        box = self.window.preview.choices[field]
        box.setCurrentText(words)
        assert box.currentText() == words
        box.activated.emit(box.currentIndex())

    @property
    def result(self) -> str:
        return self.window.preview._result.words

    @property
    def said(self) -> str:
        return self.window.said.text()

    @property
    def labels(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Duplicated:
    shown = Duplicated(qtbot, theme, ASHA, BRIEF, *TWINS)
    shown.go_on()
    return shown


def test_a_member_changed_meanwhile_is_told_and_shown_as_it_stands_now(shown: Duplicated) -> None:
    shown.stand_on("Asha")
    shown.choose(Field.ROUTE, "Your mobile")
    shown.store.save(replace(BRIEF, note="Moved house"))
    click(shown.window.preview.go)
    shown.go_on()
    assert shown.said.startswith("These contacts were not merged. One of them was changed or deleted meanwhile.")
    assert shown.window.said.property("role") == "error"
    assert "Moved house" in shown.labels
    assert len(shown.store.contacts) == 5
    shown.choose(Field.ROUTE, "Your mobile")
    click(shown.window.preview.go)
    shown.go_on()
    assert (shown.said, shown.window.said.property("role")) == ("Merged 2 contacts into Asha Rao.", "note")


def test_a_member_deleted_meanwhile_leaves_nothing_to_merge(shown: Duplicated) -> None:
    shown.stand_on("Asha")
    shown.choose(Field.ROUTE, "Your mobile")
    shown.store.delete(2)
    press(ENTER)
    shown.go_on()
    assert shown.window.preview.words.text() == "Of these contacts only one is left. Look again."
    assert not shown.window.preview.go.isEnabled()
    assert not shown.window.preview.apart.isEnabled()
    click(shown.window.again)
    shown.go_on()
    assert [title.split(",")[0] for title in shown.titles] == ["Ben Carter"]


def test_what_contradicts_must_be_chosen_and_enter_leads_there(qtbot: QtBot, shown: Duplicated) -> None:
    shown.stand_on("Asha")
    preview = shown.window.preview
    assert preview.words.text() == "They contradict: choose the phone that rings first."
    assert "Calls begin" not in shown.result
    assert not preview.go.isEnabled()
    press(ENTER)
    qtbot.waitUntil(preview.choices[Field.ROUTE].hasFocus)
    assert (shown.runner.jobs, len(shown.store.contacts)) == ([], 5)
    shown.choose(Field.ROUTE, "Your softphone")
    assert (preview.words.text(), preview.go.isEnabled()) == ("", True)
    assert shown.result == "Asha Rao\nAcme\n+91 98402 22222 · mobile\nRings first: your softphone\nLikes tea"
    shown.choose(Field.ROUTE, "Choose…")
    assert not preview.go.isEnabled()
    shown.choose(Field.ROUTE, "Your softphone")
    shown.choose(Field.NAME, "A. Rao")
    press(ENTER)
    shown.go_on()
    assert (shown.store.contacts[1].name, shown.store.contacts[1].route) == ("A. Rao", Route.SOFTPHONE)


def test_several_contradictions_are_named_and_nothing_undecided_is_shown(qtbot: QtBot, theme: Theme) -> None:
    first = replace(ASHA, emails=("a@x",), caller_id="1", numbers=(replace(MOBILE, preferred=True),))
    second = replace(BEN, id=2, company="Maple", emails=("a@x",), caller_id="2", route=Route.NEITHER)
    shown = Duplicated(qtbot, theme, first, replace(second, numbers=(replace(BEN.numbers[0], preferred=True),)))
    shown.go_on()
    assert shown.window.preview.words.text() == (
        "They contradict: choose a name, a company, the number called first, the phone that rings first "
        "and a caller ID."
    )
    assert shown.result == ("…\n+91 98402 22222 · mobile\n+44 20 7946 0018 · mobile\na@x\n#<b>vip</b>")


def test_a_held_enter_merges_no_row_of_groups(shown: Duplicated) -> None:
    window = shown.window
    before = dict(shown.store.contacts)
    for _ in range(5):
        QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "", True))
        shown.go_on()
    assert shown.store.contacts == before


def test_enter_twice_merges_one_group_before_the_next_is_read(qtbot: QtBot, theme: Theme) -> None:
    other = replace(BEN, id=6, name="Carl Reed", numbers=(MOBILE,))
    shown = Duplicated(qtbot, theme, BEN, replace(BEN, id=4), other, replace(other, id=7))
    shown.go_on()
    press(ENTER)
    press(ENTER)
    assert len(shown.runner.jobs) == 1
    shown.runner.step()
    press(ENTER)
    shown.go_on()
    assert sorted(shown.store.contacts) == [3, 6, 7]
    assert [title.split(",")[0] for title in shown.titles] == ["Carl Reed"]


@pytest.mark.parametrize("button", ["go", "apart"])
def test_after_a_group_the_keys_are_in_the_list_and_not_on_what_closes_it(shown: Duplicated, button: str) -> None:
    shown.stand_on("Ben")
    pressed = getattr(shown.window.preview, button)
    pressed.setFocus()
    click(pressed)
    assert shown.window.list.hasFocus()
    shown.go_on()
    assert shown.window.list.hasFocus()


def test_one_step_is_undone_and_the_group_is_back(shown: Duplicated) -> None:
    before = dict(shown.store.contacts)
    shown.stand_on("Ben")
    click(shown.window.preview.go)
    shown.go_on()
    assert sorted(shown.store.contacts) == [1, 2, 3]
    assert (shown.window.undo.text(), shown.changes) == ("Undo merge", 1)
    click(shown.window.undo)
    shown.go_on()
    assert (shown.store.contacts, shown.said, shown.window.undo.isVisible()) == (before, "Undone.", False)
    assert len(shown.titles) == 2


def test_one_of_several_can_be_left_out(shown: Duplicated) -> None:
    shown.stand_on("Ben")
    boxes = [box for _, box in shown.window.preview._boxes]
    click(boxes[2])
    assert "Maple" not in shown.result
    click(boxes[0])
    assert (shown.window.preview.words.text(), shown.window.preview.go.isEnabled()) == ("Tick at least two.", False)
    click(boxes[0])
    click(shown.window.preview.go)
    shown.go_on()
    assert sorted(shown.store.contacts) == [1, 2, 3, 5]


def test_not_the_same_is_never_asked_again(shown: Duplicated) -> None:
    shown.stand_on("Ben")
    click(shown.window.preview.apart)
    shown.go_on()
    click(shown.window.again)
    shown.go_on()
    assert [title.split(",")[0] for title in shown.titles] == ["Asha Rao"]
    assert len(shown.store.contacts) == 5


def test_all_that_are_certain_are_merged_after_a_question_only(shown: Duplicated, qtbot: QtBot) -> None:
    assert shown.window.all.text() == "Merge all that are certain (1)…"
    for answer in (ESC, ENTER):
        click(shown.window.all)
        question = next(each for each in shown.window.findChildren(MergeAllQuestion) if each.isVisible())
        qtbot.waitUntil(question.isActiveWindow)
        assert question.primary.text() == "Merge 1 group"
        press(answer)
        assert len(shown.runner.jobs) == (answer == ENTER)
        QApplication.processEvents()
    assert shown.said == "Merging: 0 of 1 groups."
    assert shown.window.stop.isVisible()
    assert not any(b.isEnabled() for b in (shown.window.preview.go, shown.window.preview.apart, shown.window.all))
    shown.go_on()
    assert (shown.said, shown.window.undo.text()) == ("Merged 1 group.", "Undo merge")
    assert not shown.window.stop.isVisible()
    assert [title.split(",")[0] for title in shown.titles] == ["Asha Rao"]


def test_nothing_found_looking_and_failing_have_their_words(qtbot: QtBot, theme: Theme) -> None:
    shown = Duplicated(qtbot, theme, ASHA, BEN)
    assert shown.window.summary.text() == "Looking through your contacts…"
    shown.go_on()
    assert shown.window.empty.text() == "No duplicates found.\nEvery contact is there once."
    assert not shown.window.all.isVisible()
    shown.store.save(replace(ASHA, id=9))
    click(shown.window.again)
    shown.go_on()
    press(ENTER)
    shown.go_on()
    assert shown.window.empty.text() == "Nothing is left to merge."
    assert shown.window.undo.isVisible()


def test_a_list_that_cannot_be_read_is_told_in_place(qtbot: QtBot, theme: Theme) -> None:
    shown = Duplicated(qtbot, theme, ASHA, BEN)
    shown.store.duplicates.find = lambda most: None  # type: ignore[method-assign]  # noqa: ARG005
    shown.go_on()
    assert shown.window.empty.text() == "Your contacts could not be looked through."


def test_closing_gives_the_look_up(qtbot: QtBot, theme: Theme) -> None:
    shown = Duplicated(qtbot, theme, ASHA, BRIEF)
    press(ESC)
    assert (shown.ended, shown.duplicates.is_looking) == ([0], False)
    shown.go_on()
    assert shown.duplicates.groups == ()


def test_narrow_shows_one_thing_at_a_time_and_escape_goes_back(qtbot: QtBot, shown: Duplicated) -> None:
    window = shown.window
    window.resize(360, 560)
    qtbot.waitUntil(lambda: window.width() == 360)
    assert window.list.isVisible()
    assert not window.preview.isVisible()
    assert window.all.text() == "Merge all certain (1)…"
    shown.stand_on("Ben")
    window.list.setFocus()
    press(ENTER)
    assert window.preview.isVisible()
    assert not window.list.isVisible()
    assert len(shown.store.contacts) == 5
    press(ESC)
    assert window.list.isVisible()
    assert shown.ended == []
    press(ENTER)
    press(ENTER)
    shown.go_on()
    assert len(shown.store.contacts) == 3
    press(ESC)
    press(ESC)
    assert shown.ended == [0]


def test_privacy_masks_numbers_and_markup_is_text(qtbot: QtBot, theme: Theme) -> None:
    numbered = replace(BEN, caller_id="+442079460123", note="Or +44 20 7946 0999")
    shown = Duplicated(qtbot, theme, numbered, replace(numbered, id=4), numbers=ShownNumbers(masked=True))
    shown.go_on()
    assert "7946" not in shown.labels
    assert "#<b>vip</b>" in shown.labels
    card = next(label for label in shown.window.preview.findChildren(QLabel) if "<b>" in label.text())
    assert card.textFormat() is Qt.TextFormat.PlainText


def test_every_part_has_a_name_and_can_be_reached(shown: Duplicated) -> None:
    shown.stand_on("Asha")
    assert shown.titles == [
        "Ben Carter, 3 contacts, same number and name, certain",
        "Asha Rao, 2 contacts, same number and similar name",
    ]
    assert shown.window.list.accessibleName()
    assert [box.accessibleName() for box in shown.window.preview.choices.values()] == ["Name", "Rings first"]
    shown.choose(Field.ROUTE, "Your mobile")
    shown.window.list.setFocus()
    reached = set()
    for _ in range(20):
        press(Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    preview = shown.window.preview
    assert {*preview.choices.values(), preview.go, preview.apart, shown.window.all, shown.window.again} <= reached


@pytest.mark.parametrize(("title", "boxes", "choices"), [("Ben", 3, 1), ("Asha", 0, 2)])
def test_tab_goes_through_the_window_as_it_is_read(
    qtbot: QtBot, theme: Theme, title: str, boxes: int, choices: int
) -> None:
    others = (replace(TWINS[0], route=Route.MOBILE), replace(TWINS[1], route=Route.SOFTPHONE), *TWINS[2:])
    shown = Duplicated(qtbot, theme, ASHA, BRIEF, *others)
    shown.go_on()
    window, preview = shown.window, shown.window.preview
    for turn in ("Asha", "Ben", title):
        shown.stand_on(turn)
    ticks = [box for box in preview.findChildren(QCheckBox) if box.isVisible()]
    assert (len(ticks), len(preview.choices)) == (boxes, choices)
    for box in preview.choices.values():
        box.setCurrentIndex(1)
        box.activated.emit(1)
    window.list.setFocus()
    for part in (*ticks, *preview.choices.values(), preview.apart, preview.go, window.close_button, window.again):
        press(Qt.Key.Key_Tab)
        assert part.hasFocus(), part


def test_thousands_of_groups_are_a_list_of_which_a_screen_is_drawn(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Duplicated(qtbot, theme)
    groups = tuple(
        DuplicateGroup((at, at + 1), f"Person {at}", "same number and name", False) for at in range(0, 20_000, 2)
    )
    shown.store.duplicates.find = lambda most: FoundDuplicates(groups, is_all=False)  # type: ignore[method-assign]  # noqa: ARG005
    drawn = list[int]()
    delegate = shown.window.list.itemDelegate()
    paint = type(delegate).paint

    def count(*given: Any) -> None:
        drawn.append(given[3].row())
        paint(*given)

    monkeypatch.setattr(type(delegate), "paint", count)
    shown.go_on()
    assert len(shown.titles) == 10_000
    assert shown.window.summary.text() == (
        "10,000 groups of contacts may be the same. There are more: look again once these are done."
    )
    shown.window.list.scrollToBottom()
    qtbot.waitUntil(lambda: 9_999 in drawn)
    assert len(set(drawn)) < 100


@pytest.fixture
def opened(program: Application, qtbot: QtBot) -> Iterator[DuplicatesWindow]:
    program.core.contact_store.save_all([Contact(0, "Omar Haddad", emails=("omar@example.com",)) for _ in range(2)])
    program.dialogs.duplicates(program.core.duplicates)
    window = program.window.findChild(DuplicatesWindow)
    assert isinstance(window, DuplicatesWindow)
    qtbot.waitUntil(lambda: window.list.groups.rowCount() > 0, timeout=PATIENCE_MS)
    settle(qtbot, program)
    yield window
    window.done(0)


def test_in_the_program_a_merge_reaches_the_disk_and_the_list(
    program: Application, qtbot: QtBot, opened: DuplicatesWindow
) -> None:
    before = program.core.contact_store.count()
    qtbot.waitUntil(opened.preview.go.isEnabled, timeout=PATIENCE_MS)
    opened.preview.go.click()
    qtbot.waitUntil(opened.undo.isVisible, timeout=PATIENCE_MS)
    settle(qtbot, program)
    path = program.core.data_dir / CONTACTS_FILE
    with closing(SqliteContactStore(path)) as other:
        assert other.count() == before - 1
    qtbot.waitUntil(lambda: program.window.tabs.button(0).text() == f"Contacts {before - 1}", timeout=PATIENCE_MS)

"""The rules of the guard in the settings: said in people's words, checked, and locked where they are locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import CallingHours, GuardPolicy
from c2c_desktop.domain.rule_keys import RULE_KEYS
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.country_text import countries_from, country_text
from c2c_desktop.ui.guard_page import GuardPage
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.locks import LockNote, lock_on
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.theme import Theme
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore
from tests.ui.rig import click, dialog, sent, settle

WHY = "Set by IT: ask 0100."


class Form:
    """The settings, at the page with the rules, over accounts on fakes."""

    def __init__(self, qtbot: QtBot, tmp_path: Path) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.qtbot, self.tmp_path = qtbot, tmp_path
        self.store = MemorySettingsStore()
        self.accounts = Accounts(self.store, MemorySecretStore(), ManualRunner(), FakeClock())
        self.open()

    def open(self) -> None:
        self.dialog = SettingsDialog(self.accounts, self.tmp_path, Icons(), lambda _: None, lambda _: None, self.window)
        self.dialog.choose_page(1)
        self.dialog.open()
        self.qtbot.waitExposed(self.dialog)

    @property
    def page(self) -> GuardPage:
        return self.dialog.guard

    @property
    def stored(self) -> GuardPolicy:
        return self.store.settings.guard

    def save(self) -> None:
        click(self.dialog.primary)


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Form:  # noqa: ARG001  # the form is measured in its style
    return Form(qtbot, tmp_path)


def take_no_hours(page: GuardPage) -> None:
    page.in_hours.setChecked(True)
    page.end.setTime(page.start.time())


WRONG: list[tuple[Callable[[GuardPage], object], str]] = [
    (lambda page: page.allowed.setText("India, Narnia"), "That is no country. “Narnia” is neither"),
    (lambda page: page.blocked.setText("X1"), "That is no country. “X1” is neither"),
    (lambda page: page.blocked_prefixes.setText("+44, 0900"), "That is no beginning of a number. Write “0900” with"),
    (lambda page: page.allowed_prefixes.setText("call"), "That is no beginning of a number."),
    (lambda page: page.do_not_call.path.setText("/nowhere/list.txt"), "The do-not-call list is missing. There is no"),
    (take_no_hours, "Calling hours are missing."),
]


@pytest.mark.parametrize(("spoil", "words"), WRONG)
def test_bad_input_is_told_and_nothing_is_lost_or_stored(
    form: Form, spoil: Callable[[GuardPage], object], words: str
) -> None:
    before = form.store.settings
    form.page.undo.setValue(3)
    spoil(form.page)
    form.dialog.choose_page(0)
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text().startswith(words)
    assert form.page.isVisible()
    assert form.page.undo.value() == 3
    assert form.store.settings == before


def test_every_rule_goes_there_and_comes_back(form: Form) -> None:
    page, path = form.page, form.tmp_path / "list.txt"
    path.touch()
    for box in page.sources.values():
        box.setCurrentIndex(box.findData(Verdict.REFUSE))
    for box in (*page.kinds.values(), page.unknown_country):
        box.setCurrentIndex(box.findData(Verdict.ALLOW))
    for tick in page.trusted.values():
        tick.setChecked(True)
    page.rates[Source.LINK].setValue(3)
    page.rates[Source.HOTKEY].setValue(0)
    page.while_locked.setChecked(False)
    page.allowed.setText("india; gb")
    page.blocked.setText("BQ")
    page.allowed_prefixes.setText("+1 202")
    page.blocked_prefixes.setText("4470, +4470, +1900")
    page.do_not_call.path.setText(f" {path} ")
    page.in_hours.setChecked(True)
    page.start.setTime(page.start.time().fromString("08:30", "HH:mm"))
    page.end.setTime(page.end.time().fromString("19:15", "HH:mm"))
    page.duplicate.setValue(0)
    page.undo.setValue(5)
    form.save()
    assert not form.dialog.isVisible()
    expected = GuardPolicy(
        sources={
            **GuardPolicy().sources,
            **dict.fromkeys((Source.LINK, Source.HOTKEY, Source.COMMAND_LINE), Verdict.REFUSE),
        },
        kinds=dict.fromkeys((LineKind.PREMIUM, LineKind.SHARED_COST, LineKind.SATELLITE), Verdict.ALLOW),
        unknown_country=Verdict.ALLOW,
        allowed_countries=frozenset({"IN", "GB"}),
        blocked_countries=frozenset({"BQ"}),
        allowed_prefixes=("+1202",),
        blocked_prefixes=("+4470", "+1900"),
        do_not_call_file=str(path),
        calling_hours=CallingHours(8 * 60 + 30, 19 * 60 + 15),
        duplicate_seconds=0,
        rates={Source.LINK: 3},
        refuse_while_locked=False,
        trusted_for_contacts=frozenset({Source.LINK, Source.HOTKEY}),
        undo_seconds=5,
    )
    assert form.stored == expected
    form.open()
    assert form.page.changes() == {}
    assert form.page.allowed.text() == "India, United Kingdom"
    form.page.in_hours.setChecked(False)
    form.save()
    assert form.stored == replace(expected, calling_hours=None)


def test_a_rule_that_was_not_touched_stays_as_another_program_set_it(form: Form) -> None:
    other = replace(form.stored, undo_seconds=4, sources={**form.stored.sources, Source.HOTKEY: Verdict.REFUSE})
    form.store.settings = replace(form.store.settings, guard=other)
    links = form.page.sources[Source.LINK]
    links.setCurrentIndex(links.findData(Verdict.ALLOW))
    form.save()
    assert form.stored == replace(other, sources={**other.sources, Source.LINK: Verdict.ALLOW})


def test_a_stored_value_that_makes_no_sense_is_kept_until_it_is_mended(form: Form) -> None:
    form.dialog.reject()
    form.accounts.change(guard=replace(form.stored, allowed_countries=frozenset({"XX"})))
    form.open()
    assert form.page.allowed.text() == "XX"
    form.page.undo.setValue(2)
    form.save()
    assert form.stored.allowed_countries == {"XX"}
    assert form.stored.undo_seconds == 2


def test_a_locked_rule_cannot_be_reached_and_says_why(form: Form) -> None:
    form.dialog.reject()
    form.store.locks = dict.fromkeys(RULE_KEYS, WHY)
    form.open()
    page = form.page
    locked = (*page.sources.values(), *page.trusted.values(), *page.rates.values(), page.while_locked,
              *page.kinds.values(), page.unknown_country, page.allowed, page.blocked, page.allowed_prefixes,
              page.blocked_prefixes, page.do_not_call, page.in_hours, page.start, page.end, page.duplicate,
              page.undo)  # fmt: skip
    assert [field for field in locked if field.isEnabled()] == []
    assert page.undo.toolTip() == f"<qt>{WHY}</qt>"
    assert page.undo.accessibleDescription() == f"Locked. {WHY}"
    notes = page.findChildren(LockNote)
    assert len(notes) == 19
    assert {note.words.text() for note in notes} == {WHY}
    assert all(not note.findChildren(QLabel)[0].grab().isNull() for note in notes)
    assert not form.dialog.general.switches["mask_numbers"].isEnabled()
    before = form.store.settings
    form.save()
    assert form.store.settings == before


def test_what_is_not_locked_can_be_changed_beside_what_is(form: Form) -> None:
    form.dialog.reject()
    form.store.locks = {"guard.sources.link": WHY}
    form.open()
    assert not form.page.sources[Source.LINK].isEnabled()
    hotkey = form.page.sources[Source.HOTKEY]
    hotkey.setCurrentIndex(hotkey.findData(Verdict.REFUSE))
    form.save()
    assert form.stored.sources[Source.HOTKEY] is Verdict.REFUSE


def test_rules_that_cannot_be_read_are_told_on_the_page(form: Form) -> None:
    form.dialog.reject()
    form.store.rules_trouble = "The administrator’s rules cannot be read."
    form.open()
    assert "The administrator’s rules cannot be read." in [label.text() for label in form.page.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("locks", "why"),
    [({}, ""), ({"guard.undo_seconds": "x"}, ""), ({"guard.sources.link": "x"}, "x"), ({"guard.sources": "y"}, "y"),
     ({"guard": ""}, "Set by your administrator.")],
)  # fmt: skip
def test_a_lock_holds_for_all_that_belongs_to_it(locks: dict[str, str], why: str) -> None:
    assert lock_on(locks, "guard.sources.link") == why


def test_countries_are_read_as_they_are_written() -> None:
    codes = frozenset({"IN", "BQ", "GB"})
    assert country_text(codes) == "BQ, India, United Kingdom"
    assert countries_from(country_text(codes)) == codes
    assert countries_from("  ,;\n") == frozenset()


def test_hours_can_be_set_only_where_they_count(form: Form) -> None:
    assert not form.page.start.isEnabled()
    form.page.in_hours.setChecked(True)
    assert form.page.start.isEnabled()


def test_a_rule_set_in_the_window_holds_for_the_next_call(qtbot: QtBot, program: Application) -> None:
    program.dialogs.settings()
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.choose_page(1)
    opened.guard.blocked.setText("United Kingdom")
    click(opened.primary)
    program.pad.load("+442079460018")
    settle(qtbot, program)
    click(program.pad.call_button)
    settle(qtbot, program)
    assert sent(program) == []
    assert program.pad.facts.text() == "That call is not allowed"


def test_the_wide_and_the_narrow_page_show_every_field(qtbot: QtBot, form: Form) -> None:
    for width in (860, 360):
        form.dialog.resize(width, 560)
        qtbot.waitUntil(lambda w=width: form.dialog.width() == w)  # type: ignore[misc]
        form.page.reveal(form.page.undo)
        assert form.page.undo.visibleRegion().boundingRect().width() > 100
        assert form.page.fields.width() <= width
        assert form.page.undo.hasFocus() or not form.dialog.isActiveWindow()
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff is form.page.horizontalScrollBarPolicy()

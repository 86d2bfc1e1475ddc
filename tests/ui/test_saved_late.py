"""The contact form goes on while a save is under way: whatever comes of it, one contact stays one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import ChangedMeanwhileError, NoLongerWantedError, UserFacingError
from c2c_desktop.services.directory import Directory
from c2c_desktop.ui.contact_dialog import ContactDialog
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.fakes import ManualRunner, MemoryContactStore
from tests.ui.rig import buttons, click, press, type_text

ESC = Qt.Key.Key_Escape
ASHA = Contact(7, "Asha R", "Acme")
SAVED_BEFORE = "Saved as it stood when you pressed Save. What you changed since is not saved yet."


class Form:
    """The dialog, open over a contact list whose answers come when a test says so."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons, contact: Contact) -> None:
        self.store = MemoryContactStore([ASHA])
        self.runner = ManualRunner()
        self.bugs: list[Exception] = []
        self._directory = Directory(self.store, self.runner, self.bugs.append)
        self.dialog = ContactDialog(contact, None, theme, icons, store=self._save)
        qtbot.addWidget(self.dialog, before_close_func=lambda _: self.dialog.done(0))
        self.dialog.open()
        qtbot.waitUntil(self.dialog.isActiveWindow)
        self.dialog.name.setFocus()
        press(Qt.Key.Key_End)

    def _save(
        self,
        contact: Contact,
        before: Contact,
        done: Callable[[Contact], None],
        refused: Callable[[UserFacingError | None], None],
        waits: Callable[[], None],
    ) -> Callable[[], None]:
        def failed(error: Exception) -> None:
            assert isinstance(error, (UserFacingError, NoLongerWantedError))
            refused(error if isinstance(error, UserFacingError) else None)

        return self._directory.save(contact, done, failed, before if before.id else None, waits)

    def store_and_answer_late(self, typed: str) -> None:
        """Save; type on while it is stored already and nobody heard so, and ask for another save."""
        self.save()
        (job,) = self.runner.jobs
        self.runner.jobs.clear()
        stored = job.work()
        type_text(typed)
        assert not self.dialog.primary.isEnabled()
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert self.runner.jobs == []
        job.done(stored)

    def save(self) -> None:
        """From the field in which somebody types."""
        press(Qt.Key.Key_Return)

    @property
    def stored(self) -> list[tuple[int, str]]:
        return [(contact.id, contact.name) for contact in self.store.contacts.values()]


@pytest.fixture
def new(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    form = Form(qtbot, theme, icons, Contact(0, ""))
    type_text("Ben")
    return form


@pytest.fixture
def known(qtbot: QtBot, theme: Theme, icons: Icons) -> Form:
    form = Form(qtbot, theme, icons, ASHA)
    type_text("a")
    return form


def test_a_new_contact_that_was_stored_before_it_was_edited_again_is_stored_once(new: Form) -> None:
    new.store_and_answer_late("!")
    assert (new.dialog.isVisible(), new.dialog.primary.isEnabled()) == (True, True)
    assert (new.dialog.error.text(), new.dialog.windowTitle()) == (SAVED_BEFORE, "Edit contact")
    new.save()
    new.runner.finish()
    assert new.stored == [(7, "Asha R"), (8, "Ben!")]
    assert not new.dialog.isVisible()


def test_a_known_contact_is_not_changed_meanwhile_by_its_own_form(known: Form) -> None:
    known.store_and_answer_late("o")
    known.save()
    known.runner.finish()
    assert (known.stored, known.dialog.isVisible()) == ([(7, "Asha Rao")], False)
    assert known.dialog.contact == replace(ASHA, name="Asha Rao")


def test_what_was_stored_is_not_asked_about_any_more(known: Form) -> None:
    known.store_and_answer_late("o")
    press(Qt.Key.Key_Backspace)
    press(ESC)
    assert (known.dialog.isVisible(), known.stored) == (False, [(7, "Asha Ra")])


def test_discard_tells_what_is_stored_by_now(known: Form) -> None:
    known.store_and_answer_late("o")
    press(ESC)
    words = "What you changed since you pressed Save is not saved yet. Discard that?"
    assert known.dialog.error.text() == words
    click(buttons(known.dialog)["Discard"])
    assert (known.dialog.isVisible(), known.stored) == (False, [(7, "Asha Ra")])


def test_a_question_that_stands_already_is_put_right(known: Form) -> None:
    known.save()
    (job,) = known.runner.jobs
    known.runner.jobs.clear()
    stored = job.work()
    type_text("o")
    press(ESC)
    assert known.dialog.error.text() == "Your changes are not saved yet. Discard them?"
    job.done(stored)
    assert known.dialog.error.text() == "What you changed since you pressed Save is not saved yet. Discard that?"
    assert buttons(known.dialog)["Discard"].isVisible()


def test_save_comes_back_when_the_wish_was_taken_back_in_time(new: Form) -> None:
    new.save()
    type_text("!")
    assert not new.dialog.primary.isEnabled()
    new.runner.finish()
    assert (new.stored, new.dialog.primary.isEnabled(), new.dialog.error.isVisible()) == ([(7, "Asha R")], True, False)
    new.save()
    new.runner.finish()
    assert (new.stored, new.bugs) == ([(7, "Asha R"), (8, "Ben!")], [])


def test_what_failed_is_told_and_can_be_saved_again(known: Form) -> None:
    known.store.contacts[7] = replace(ASHA, company="Beta")
    known.save()
    known.runner.finish()
    assert "changed or deleted meanwhile" in known.dialog.error.text()
    assert known.dialog.primary.isEnabled()


@pytest.mark.parametrize("is_stored", [False, True])
def test_an_answer_that_comes_after_the_end_is_kept_to_itself(known: Form, is_stored: bool) -> None:
    known.save()
    (job,) = known.runner.jobs
    stored = job.work() if is_stored else None
    press(ESC)
    click(buttons(known.dialog)["Discard"])
    if stored is not None:
        known.runner.jobs.clear()
        job.done(stored)
    known.runner.finish()
    assert not known.dialog.isVisible()
    assert known.stored == [(7, "Asha Ra" if is_stored else "Asha R")]


def test_what_is_typed_after_a_click_on_save_lands_in_no_field_and_the_button_has_the_keys_again(known: Form) -> None:
    known.dialog.primary.setFocus()
    shown = known.dialog._entered()
    click(known.dialog.primary)
    type_text("x")
    (job,) = known.runner.jobs
    known.runner.jobs.clear()
    job.failed(ChangedMeanwhileError("It was changed meanwhile", "Open it again."))
    assert known.dialog._entered() == shown
    assert known.dialog.error.text() == "It was changed meanwhile. Open it again."
    assert known.dialog.primary.hasFocus()
    press(Qt.Key.Key_Return)
    known.runner.finish()
    assert known.stored == [(7, "Asha Ra")]

"""The whole program: a contact that is saved while an import writes waits for it, and no call does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import CONTACTS_FILE
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.ui.contact_dialog import ContactDialog
from tests.ui.rig import INDIAN, PATIENCE_MS, buttons, click, dialog, press, sent, settle

WAITS = "Waiting for an import or a directory’s update to finish. Then this is saved by itself."


class Form:
    """A contact's form, while somebody else writes the list for longer than anybody waits."""

    def __init__(self, qtbot: QtBot, program: Application, other: sqlite3.Connection) -> None:
        self.qtbot, self.program, self.other = qtbot, program, other

    def open(self, contact: Contact, name: str) -> ContactDialog:
        """Type a name, save, and wait until it is said that it waits."""
        self.program.dialogs.contact(contact)
        form = dialog()
        assert isinstance(form, ContactDialog)
        self.qtbot.waitUntil(form.name.hasFocus, timeout=PATIENCE_MS)
        form.name.clear()
        QTest.keyClicks(form.name, name)
        self.other.execute("BEGIN IMMEDIATE")
        press(Qt.Key.Key_Return)
        self.wait(form.error.isVisible)
        assert (form.error.text(), form.error.property("role"), form.primary.isEnabled()) == (WAITS, "note", False)
        return form

    def free(self) -> None:
        """The other one is through."""
        self.other.execute("ROLLBACK")

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def delete_while_the_other(self, writes: str) -> Contact:
        """Delete somebody, whom the other one changes by `writes` before it is through; return them as they were."""
        kept = self.program.core.contact_store.save(Contact(0, "Aarav Iyer"))
        self.other.execute("BEGIN IMMEDIATE")
        self.program.window.contacts._delete(kept)
        self.wait(lambda: self.program.window.toast.label.text().startswith("Waiting"))
        self.other.execute(writes, (kept.id,))
        self.other.execute("COMMIT")
        return kept

    def names(self) -> list[str]:
        settle(self.qtbot, self.program)
        return [contact.name for contact in self.program.core.contact_store.search("Aarav", 9).contacts]


@pytest.fixture
def form(qtbot: QtBot, program: Application) -> Iterator[Form]:
    with closing(sqlite3.connect(program.core.data_dir / CONTACTS_FILE, isolation_level=None)) as other:
        yield Form(qtbot, program, other)


def test_what_is_discarded_while_it_waits_is_never_saved(form: Form) -> None:
    open_form = form.open(Contact(0, ""), "Aarav Iyer")
    press(Qt.Key.Key_Escape)
    assert open_form.error.text() == "Your changes are not saved yet. Discard them?"
    buttons(open_form)["Discard"].click()
    assert dialog() is None
    form.free()
    assert form.names() == []


def test_what_is_typed_while_it_waits_is_saved_when_somebody_says_so(form: Form) -> None:
    open_form = form.open(Contact(0, ""), "Aarav Iyer")
    QTest.keyClicks(open_form.name, "-Rao")
    assert (open_form.primary.isEnabled(), open_form.error.isVisible()) == (False, False)
    form.wait(open_form.primary.isEnabled)
    form.free()
    assert form.names() == []
    open_form.primary.click()
    form.wait(lambda: dialog() is None)
    assert form.names() == ["Aarav Iyer-Rao"]


def test_a_contact_deleted_meanwhile_goes_by_itself_once_the_other_is_through(form: Form) -> None:
    program = form.program
    kept = program.core.contact_store.save(Contact(0, "Aarav Iyer"))
    said: list[str] = []
    program.window.contacts.said.connect(said.append)
    form.other.execute("BEGIN IMMEDIATE")
    program.window.contacts._delete(kept)
    form.wait(lambda: bool(said))
    assert program.core.contact_store.read_own([kept.id]) == [kept]
    form.free()
    form.wait(lambda: program.core.contact_store.read_own([kept.id]) == [])
    assert said == ["Waiting for an import or a directory’s update to finish. Then it is done by itself."]


def test_the_undo_of_a_deletion_that_waited_brings_back_what_the_other_one_wrote(form: Form) -> None:
    program, toast = form.program, form.program.window.toast
    kept = form.delete_while_the_other("UPDATE contact SET company = 'Acme', note = 'calls back' WHERE id = ?")
    form.wait(lambda: toast.label.text() == "Aarav Iyer was deleted.")
    click(toast.button)
    settle(form.qtbot, program)
    (back,) = program.core.contact_store.search("Aarav", 9).contacts
    assert back == replace(kept, id=back.id, company="Acme", note="calls back")


def test_one_whom_the_other_one_deleted_is_not_offered_back(form: Form) -> None:
    toast = form.program.window.toast
    form.delete_while_the_other("DELETE FROM contact WHERE id = ?")
    form.wait(lambda: toast.label.text() == "Aarav Iyer was deleted already.")
    assert not toast.button.isVisible()
    assert form.names() == []


def test_it_is_saved_by_itself_once_the_other_is_through(form: Form) -> None:
    form.open(Contact(0, ""), "Aarav Iyer")
    form.free()
    form.wait(lambda: dialog() is None)
    assert form.names() == ["Aarav Iyer"]


def test_what_the_other_one_changed_of_this_contact_is_told_and_nothing_is_lost(form: Form) -> None:
    kept = form.program.core.contact_store.save(Contact(0, "Aarav"))
    open_form = form.open(kept, "Aarav Iyer")
    form.other.execute("UPDATE contact SET company = 'Acme' WHERE id = ?", (kept.id,))
    form.other.execute("COMMIT")
    form.wait(open_form.primary.isEnabled)
    assert (open_form.error.property("role"), open_form.name.text()) == ("error", "Aarav Iyer")
    assert open_form.error.text() != WAITS
    assert form.names() == ["Aarav"]
    open_form.discard.click()


def test_a_call_never_waits_for_it(form: Form) -> None:
    open_form = form.open(Contact(0, ""), "Aarav Iyer")
    form.program.desk.ask_for(DialRequest(INDIAN, Source.PAD))
    form.wait(lambda: len(sent(form.program)) == 1)
    assert (open_form.error.text(), open_form.primary.isEnabled()) == (WAITS, False)
    form.free()
    form.wait(lambda: dialog() is None)
    settle(form.qtbot, form.program)

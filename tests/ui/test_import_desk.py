"""From a file to contacts: what goes wrong, what is asked, and that the window stays a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact_import import ImportProgress, ImportReport, ImportWish, Stage
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.ports import Lane
from c2c_desktop.ui.import_mapping import ImportDialog
from c2c_desktop.ui.import_progress import ImportProgressDialog
from c2c_desktop.ui.import_report import ImportReportDialog
from c2c_desktop.ui.import_undo import ImportUndoDialog, undone_words
from c2c_desktop.ui.when import moment_words
from tests.ui.import_rig import LAST, REPORT, Imports, imports_of
from tests.ui.rig import click, press, sent, settle, type_text

Key = Qt.Key


@pytest.fixture
def imports(qtbot: QtBot, program: Application) -> Iterator[Imports]:
    with imports_of(qtbot, program) as rig:
        yield rig


# What goes wrong


def test_a_file_that_cannot_be_read_is_told_and_asks_nothing(imports: Imports) -> None:
    imports.desk.take_file("gone.vcf")
    imports.runner.finish()
    assert [str(error) for error in imports.errors] == ["The file cannot be read: There is no such file."]
    assert imports.shown(ImportDialog) is None


def test_a_share_that_is_silent_is_given_up(imports: Imports) -> None:
    imports.desk.take_file("phone.vcf")
    imports.runner.expire(Lane.DATABASE)
    (error,) = imports.errors
    assert isinstance(error, UserFacingError)


@pytest.mark.parametrize("paths", [["a.vcf", "b.vcf"], []])
def test_a_drop_of_several_files_is_told(imports: Imports, paths: list[str]) -> None:
    imports.desk.take_dropped(paths)
    assert imports.said == ["Drop one file at a time: each is looked at before it is imported."]
    assert imports.runner.jobs == []


def test_an_import_that_fails_is_told_and_another_can_begin(imports: Imports) -> None:
    imports.begin()
    error = UserFacingError("The disk is full", "Nothing of the file was kept.")
    imports.importer.fail(error)
    assert imports.errors == [error]
    assert imports.imported == 0
    assert imports.shown(ImportProgressDialog) is None
    imports.begin()
    assert len(imports.importer.wishes) == 2


def test_an_importer_that_is_through_before_it_says_how_to_cancel_leaves_nothing_running(imports: Imports) -> None:
    imports.importer.at_once = REPORT
    imports.open("phone.vcf").primary.click()
    imports.the(ImportReportDialog)
    assert not imports.desk.is_running
    imports.desk.close()
    assert imports.importer.cancelled == 0


def test_remembering_that_fails_is_told_and_the_import_goes_on(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    imports.files.fails = UserFacingError("The disk is full", "Free some space.")
    dialog.primary.click()
    imports.runner.finish()
    assert imports.errors == [imports.files.fails]
    assert imports.desk.is_running


def test_an_undo_that_fails_is_told(imports: Imports) -> None:
    imports.desk.ask_undo()
    imports.runner.finish()
    imports.the(ImportUndoDialog).undo.click()
    error = UserFacingError("There is no import to undo", "")
    imports.importer.fail_undo(error)
    assert imports.errors == [error]
    assert imports.desk.undo_entry.isEnabled()


# One thing at a time


def test_while_a_file_is_asked_about_no_other_is(imports: Imports) -> None:
    imports.open("phone.vcf")
    imports.desk.take_dropped(["team.csv"])
    assert imports.runner.jobs == []
    imports.desk.take_file("team.csv")
    imports.runner.finish()
    assert imports.the(ImportDialog).wish.path == "phone.vcf"


def test_of_two_files_dropped_in_a_row_the_last_one_is_asked_about(imports: Imports) -> None:
    imports.desk.take_file("phone.vcf")
    imports.desk.take_file("team.csv")
    imports.runner.finish()
    assert imports.the(ImportDialog).wish.path == "team.csv"


def test_while_an_import_runs_the_entry_shows_it_and_nothing_is_undone(imports: Imports) -> None:
    imports.begin().reject()
    assert imports.shown(ImportProgressDialog) is None
    assert imports.desk.entry.text() == "Show the import…"
    assert not imports.desk.undo_entry.isEnabled()
    imports.desk.entry.trigger()
    imports.the(ImportProgressDialog)
    assert imports.shown(QFileDialog) is None


def test_while_an_import_is_taken_back_no_other_begins(imports: Imports) -> None:
    imports.report().undo.click()
    imports.desk.choose_file()
    assert imports.said == ["The last import is being taken back. Try again in a moment."]
    assert not imports.desk.undo_entry.isEnabled()
    imports.importer.finish_undo(2, 0)
    assert imports.desk.undo_entry.isEnabled()


def test_a_report_whose_undo_would_mean_another_import_goes_when_that_begins(imports: Imports) -> None:
    imports.report()
    imports.begin()
    assert imports.shown(ImportReportDialog) is None


# Cancel and hide


@pytest.mark.parametrize("way", ["escape", "window button", "hide"])
def test_putting_the_progress_away_cancels_nothing(imports: Imports, way: str) -> None:
    imports.begin()
    progress = imports.with_keys(ImportProgressDialog)
    if way == "escape":
        press(Key.Key_Escape)
    elif way == "hide":
        press(Key.Key_Return)
    else:
        progress.close()
    assert imports.shown(ImportProgressDialog) is None
    assert imports.importer.cancelled == 0
    assert imports.desk.is_running
    assert imports.toast == "The import goes on. Look at it under More."
    click(imports.window.toast.button)
    imports.the(ImportProgressDialog)


def test_cancel_cancels_once_and_says_that_nothing_was_kept(imports: Imports) -> None:
    progress = imports.begin()
    progress.cancel.click()
    progress.cancel.click()
    assert imports.importer.cancelled == 1
    assert not progress.cancel.isEnabled()
    imports.importer.tell(ImportProgress(Stage.READING, 0.5, 500, 3.0))
    assert progress.stage.text() == "Cancelling: nothing of the file is kept"
    imports.importer.end_cancelling()
    assert imports.said == ["The import was cancelled. Nothing of the file was kept."]
    assert imports.errors == []
    assert imports.imported == 0
    assert imports.shown(ImportProgressDialog) is None


def test_a_cancel_that_comes_too_late_is_a_finished_import(imports: Imports) -> None:
    imports.begin().cancel.click()
    imports.importer.finish(REPORT)
    imports.the(ImportReportDialog)
    assert imports.imported == 1


def test_the_end_of_the_program_cancels_and_what_comes_late_is_forgotten(imports: Imports) -> None:
    imports.begin()
    imports.desk.close()
    assert imports.importer.cancelled == 1
    assert imports.toast == ""
    imports.importer.end_cancelling()
    assert imports.said == []


def test_a_report_that_comes_after_the_end_of_the_program_is_not_shown(imports: Imports) -> None:
    imports.begin()
    imports.desk.close()
    imports.importer.finish(REPORT)
    assert imports.shown(ImportReportDialog) is None


@pytest.mark.parametrize("fails", [False, True])
def test_an_undo_that_ends_after_the_end_of_the_program_says_nothing(imports: Imports, fails: bool) -> None:
    imports.report().undo.click()
    imports.desk.close()
    if fails:
        imports.importer.fail_undo(OSError("gone"))
    else:
        imports.importer.finish_undo(1, 0)
    assert (imports.said, imports.errors) == ([], [])


# What a person does


def test_one_can_call_while_an_import_runs(qtbot: QtBot, program: Application, imports: Imports) -> None:
    imports.begin()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.pad.field.edit.setFocus()
    type_text("+442079460018")
    press(Key.Key_Return)
    settle(qtbot, program)
    assert [body["to"] for body in sent(program)] == [442079460018]
    imports.importer.finish(REPORT)
    assert program.window.isActiveWindow()
    assert imports.the(ImportReportDialog).isVisible()


def test_a_file_chosen_by_keyboard_is_imported(imports: Imports) -> None:
    imports.window.activateWindow()
    press(Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    imports.pick("phone.vcf")
    imports.runner.finish()
    imports.with_keys(ImportDialog)
    press(Key.Key_Return)
    imports.with_keys(ImportProgressDialog)
    assert imports.importer.wishes == [ImportWish("phone.vcf", "IN")]
    assert imports.files.remembered == []
    imports.importer.finish(REPORT)
    assert imports.the(ImportReportDialog).title.text() == "2 contacts added"
    assert imports.imported == 1


def test_a_dropped_file_is_asked_about(imports: Imports) -> None:
    imports.window.file_menu.open()
    imports.window.file_menu.menu_list.close()
    imports.desk.drops.dropped.emit(["team.csv"])
    imports.runner.finish()
    assert imports.the(ImportDialog).name.text() == "team.csv"


def test_leaving_the_choice_of_a_file_leaves_everything(imports: Imports) -> None:
    imports.desk.choose_file()
    imports.the(QFileDialog).reject()
    assert imports.runner.jobs == []
    imports.open("phone.vcf").reject()
    assert imports.importer.wishes == []
    imports.open("phone.vcf")


def test_how_a_table_was_read_is_remembered(imports: Imports) -> None:
    imports.begin("team.csv")
    imports.runner.finish()
    (look,) = imports.files.remembered
    assert look.table == imports.importer.wishes[0].table
    imports.importer.finish(ImportReport(added=1))
    assert imports.open("team.csv").facts.text().endswith("Read as last time")


def test_an_import_nobody_looked_at_offers_its_report(imports: Imports) -> None:
    imports.begin().reject()
    click(imports.window.toast.button)
    imports.the(ImportProgressDialog).reject()
    click(imports.window.toast.button)
    imports.the(ImportProgressDialog).reject()
    imports.importer.finish(REPORT)
    assert imports.shown(ImportReportDialog) is None
    imports.window.toast.button.click()
    assert imports.toast == "Import finished: 2 contacts added."
    imports.window.toast.button.click()
    imports.the(ImportReportDialog)


def test_the_last_report_is_found_again_until_it_is_taken_back(imports: Imports) -> None:
    assert not imports.desk.report_entry.isEnabled()
    imports.report().primary.click()
    assert imports.shown(ImportReportDialog) is None
    imports.desk.report_entry.trigger()
    imports.desk.report_entry.trigger()
    imports.the(ImportReportDialog).undo.click()
    imports.importer.finish_undo(2, 1)
    assert imports.said == ["2 contacts are as they were before the import. 1 stays as it is: you changed it since."]
    assert imports.imported == 2
    assert imports.shown(ImportReportDialog) is None
    assert not imports.desk.report_entry.isEnabled()
    imports.desk.outcome.show_report()
    assert imports.shown(ImportReportDialog) is None


def test_undo_from_the_menu_names_the_import_and_enter_alone_undoes_nothing(imports: Imports) -> None:
    imports.desk.undo_entry.trigger()
    imports.runner.finish()
    question = imports.with_keys(ImportUndoDialog)
    assert question.name.text() == "people.csv"
    assert question.facts.text() == f"Imported {moment_words(LAST.at)} · 1,204 contacts added, 99 updated"
    assert question.primary.text() == "Keep it"
    assert question.primary.isDefault()
    assert question.undo.property("kind") == "danger"
    press(Key.Key_Return)
    assert imports.shown(ImportUndoDialog) is None
    imports.desk.undo_entry.trigger()
    imports.runner.finish()
    imports.with_keys(ImportUndoDialog)
    press(Key.Key_Escape)
    assert imports.importer.undos == []
    imports.desk.undo_entry.trigger()
    imports.runner.finish()
    click(imports.the(ImportUndoDialog).undo)
    assert imports.importer.undos == [LAST.import_id]


def test_what_is_undone_is_what_was_named_though_another_import_was_made_meanwhile(imports: Imports) -> None:
    imports.last = replace(LAST, import_id=8, name="from the terminal.csv")
    imports.desk.ask_undo()
    imports.runner.finish()
    question = imports.the(ImportUndoDialog)
    assert question.name.text() == "from the terminal.csv"
    imports.last = replace(LAST, import_id=9)
    question.undo.click()
    assert imports.importer.undos == [8]


def test_where_there_is_nothing_to_undo_the_menu_offers_nothing(imports: Imports) -> None:
    imports.last = None
    imports.window.file_menu.open()
    imports.runner.finish()
    assert not imports.desk.undo_entry.isEnabled()
    assert imports.desk.undo_entry.toolTip() == "Nothing was imported, or it was undone already."
    imports.desk.ask_undo()
    imports.runner.finish()
    assert imports.said == ["There is no import to undo."]
    assert imports.shown(ImportUndoDialog) is None
    imports.last = LAST
    imports.window.file_menu.menu_list.close()
    imports.window.file_menu.open()
    imports.runner.finish()
    imports.window.file_menu.menu_list.close()
    assert imports.desk.undo_entry.isEnabled()


def test_a_report_that_is_not_there_is_explained(imports: Imports) -> None:
    assert not imports.desk.report_entry.isEnabled()
    assert "A terminal prints its own." in imports.desk.report_entry.toolTip()
    imports.report()
    assert imports.desk.report_entry.isEnabled()
    assert "terminal" not in imports.desk.report_entry.toolTip()


def test_a_look_that_is_answered_after_the_end_of_the_program_asks_nothing(imports: Imports) -> None:
    imports.desk.ask_undo()
    imports.desk.close()
    imports.runner.finish()
    assert imports.shown(ImportUndoDialog) is None


@pytest.mark.parametrize(
    ("changed", "left", "words"),
    [
        (0, 0, "There was nothing to take back."),
        (1, 0, "1 contact is as it was before the import."),
        (1200, 30, "1,200 contacts are as they were before the import. 30 stay as they are: you changed them since."),
    ],
)
def test_what_an_undo_did_is_told(changed: int, left: int, words: str) -> None:
    assert undone_words(changed, left) == words

"""What came of an import, as it is shown, saved and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact_import import MOST_PROBLEMS, ImportReport
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.ui.import_report import ImportReportDialog, problem_words, title_words
from tests.ui.import_rig import REPORT, Imports, imports_of
from tests.ui.rig import press

Tip = Qt.ItemDataRole.ToolTipRole
PROBLEM = SkippedRecord(1234, "<b>There</b> is no name.", "|+91 98402 22222|<i>")


@pytest.fixture
def imports(qtbot: QtBot, program: Application) -> Iterator[Imports]:
    with imports_of(qtbot, program) as rig:
        yield rig


def labels(dialog: ImportReportDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def save_to(imports: Imports, dialog: ImportReportDialog, path: str) -> None:
    dialog.save.click()
    imports.pick(path)
    imports.runner.finish()


def test_a_list_that_cannot_be_saved_is_told_in_the_report(imports: Imports) -> None:
    dialog = imports.report()
    imports.saved.fails = UserFacingError("The list could not be saved", "No space left. Choose another folder.")
    save_to(imports, dialog, "left.csv")
    assert dialog.error.text() == "The list could not be saved. No space left. Choose another folder."


def test_a_bug_while_saving_is_told_where_bugs_are(imports: Imports) -> None:
    dialog = imports.report()
    imports.saved.fails = ValueError("a bug")
    save_to(imports, dialog, "left.csv")
    assert imports.errors == [imports.saved.fails]


@pytest.mark.parametrize("error", [None, UserFacingError("No", "space.")])
def test_what_comes_of_saving_after_the_report_is_closed_is_told_in_the_window(
    imports: Imports, error: UserFacingError | None
) -> None:
    dialog = imports.report()
    imports.saved.fails = error
    dialog.save.click()
    imports.pick("left.csv")
    dialog.close()
    imports.runner.finish()
    assert imports.said == ([] if error else ["Saved as left.csv."])
    assert imports.errors == ([error] if error else [])


def test_an_undo_that_fails_can_be_tried_again(imports: Imports) -> None:
    dialog = imports.report()
    dialog.undo.click()
    assert not dialog.undo.isEnabled()
    assert dialog.undo.text() == "Taking it back…"
    imports.importer.fail_undo(UserFacingError("The list is busy", "Try again."))
    assert dialog.error.text() == "The list is busy. Try again."
    dialog.undo.click()
    assert imports.importer.undos == [REPORT.import_id] * 2
    assert not dialog.error.isVisible()
    imports.importer.finish_undo(1, 0)


def test_a_bug_in_an_undo_is_told_where_bugs_are(imports: Imports) -> None:
    imports.report().undo.click()
    error = ValueError("a bug")
    imports.importer.fail_undo(error)
    assert imports.errors == [error]


def test_where_nothing_was_changed_nothing_can_be_undone(imports: Imports) -> None:
    dialog = imports.report(ImportReport(unchanged=7))
    assert not dialog.undo.isVisible()
    assert not dialog.save.isVisible()
    assert dialog.problems is None


def test_what_was_kept_and_what_cannot_be_read_are_counted(imports: Imports) -> None:
    told = labels(imports.report(ImportReport(kept=3, unread_numbers=1)))
    at = told.index("Kept")
    assert told[at - 1] == "3"
    assert "1 number cannot be read. It is kept as it is written, marked, and not called." in told
    told = labels(imports.report(ImportReport(added=9, unread_numbers=1234)))
    assert "1,234 numbers cannot be read. They are kept as they are written, marked, and not called." in told
    assert not any("cannot be read" in text for text in labels(imports.report()))


def test_markup_in_a_file_is_shown_letter_by_letter(imports: Imports) -> None:
    dialog = imports.report(ImportReport(skipped=1, problems=(PROBLEM,)))
    assert dialog.problems is not None
    model = dialog.problems.model()
    assert [model.index(0, at).data() for at in range(3)] == ["1,234", PROBLEM.reason, PROBLEM.text]
    assert model.index(0, 2).data(Tip) == "<qt>|+91 98402 22222|&lt;i&gt;</qt>"
    assert model.index(0, 2).data(Qt.ItemDataRole.DecorationRole) is None


def test_privacy_mode_masks_what_stands_there(program: Application, imports: Imports) -> None:
    program.numbers.mask(on=True)
    dialog = imports.report(ImportReport(skipped=1, problems=(PROBLEM,)))
    assert dialog.problems is not None
    assert "22222" not in dialog.problems.model().index(0, 2).data()


def test_ten_thousand_rows_are_listed_and_only_those_in_sight_are_read(imports: Imports) -> None:
    problems = tuple(SkippedRecord(n, "There is no name.", f"row {n}") for n in range(1, MOST_PROBLEMS + 1))
    dialog = imports.report(ImportReport(skipped=1, problems=problems, more_problems=5))
    table = dialog.problems
    assert table is not None
    assert table.model().rowCount() == MOST_PROBLEMS
    assert table.model().rowCount(table.model().index(0, 0)) == 0
    assert table.model().columnCount(table.model().index(0, 0)) == 0
    assert table.model().data(QModelIndex()) is None
    table.scrollToBottom()
    assert table.rowAt(table.viewport().height() - 10) == MOST_PROBLEMS - 1
    assert "10,005 rows, or parts of them, were left out. The first 10,000 are listed" in labels(dialog)


def test_in_a_narrow_window_the_text_is_read_below_the_reason(qtbot: QtBot, imports: Imports) -> None:
    dialog = imports.report()
    table = dialog.problems
    assert table is not None
    assert not table.isColumnHidden(2)
    dialog.resize(360, 560)
    qtbot.waitUntil(lambda: table.isColumnHidden(2))
    assert table.model().index(0, 1).data() == "There is no name.\n=1+1"
    assert table.horizontalHeader().length() <= table.viewport().width()
    dialog.resize(720, 560)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))
    assert table.model().index(0, 1).data() == "There is no name."


def test_the_list_is_saved_whole(imports: Imports) -> None:
    dialog = imports.report()
    dialog.save.click()
    assert imports.the(QFileDialog).acceptMode() is QFileDialog.AcceptMode.AcceptSave
    imports.pick("left.csv")
    imports.runner.finish()
    assert imports.saved.saved == [("left.csv", REPORT.problems)]
    assert dialog.error.text() == "Saved as left.csv. Cells that a spreadsheet would calculate got a ' in front."


def test_enter_closes_from_the_table_and_from_the_button(imports: Imports) -> None:
    imports.report()
    dialog = imports.with_keys(ImportReportDialog)
    assert dialog.primary.hasFocus()
    assert dialog.problems is not None
    dialog.problems.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert imports.shown(ImportReportDialog) is None
    assert imports.importer.undos == []


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (ImportReport(), "Nothing was imported"),
        (ImportReport(skipped=9), "Nothing was imported"),
        (ImportReport(unchanged=9), "Nothing new in this file"),
        (ImportReport(merged=1), "1 contact updated"),
        (ImportReport(kept=1, unchanged=9), "1 contact kept as you changed it"),
        (ImportReport(kept=2), "2 contacts kept as you changed them"),
        (ImportReport(added=2, kept=3), "2 contacts added"),
        (ImportReport(added=1000, updated=200, unchanged=4), "1,000 contacts added, 200 updated"),
        (ImportReport(added=2, unchanged=298), "2 contacts added"),
    ],
)
def test_the_title_says_what_came_of_it(report: ImportReport, words: str) -> None:
    assert title_words(report) == words


def test_one_problem_is_one() -> None:
    assert problem_words(REPORT) == "1 row, or a part of it, was left out"

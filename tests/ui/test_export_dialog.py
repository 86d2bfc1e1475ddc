"""The export window: what it asks, what it says while it writes, and what when it cannot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import ContactSelection, ExportFormat, ExportProgress
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.contact_export import ContactExport
from c2c_desktop.services.export_words import FORMAT_HELP
from c2c_desktop.ui.export_dialog import ExportDialog
from c2c_desktop.ui.export_presenter import ExportPresenter
from tests.fake_export import MemoryContactSource, MemoryContactWriter
from tests.fakes import FakeClock, ManualRunner
from tests.ui.rig import PATIENCE_MS, click, press, settle

LIST = [
    Contact(1, "Asha Rao", tags=("vip",)),
    Contact(2, "Ben"),
    Contact(3, "Meera Rao", tags=("vip",), directory=2),
]


class Form:
    """The window over an export a test takes step by step."""

    def __init__(self, qtbot: QtBot, text: str = "", contacts: list[Contact] | None = None) -> None:
        self.source = MemoryContactSource(LIST if contacts is None else contacts)
        self.writer = MemoryContactWriter()
        self.runner = ManualRunner()
        self.clock = FakeClock(0.0)
        self.failures: list[Exception] = []
        self.opened: list[Path] = []
        export = ContactExport(self.source, self.writer, self.runner, self.clock)
        self.dialog = ExportDialog(text, open_folder=self.opened.append)
        qtbot.addWidget(self.dialog)
        ExportPresenter(self.dialog, export, self.failures.append)
        self.qtbot = qtbot
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    @property
    def who(self) -> list[str]:
        return [self.dialog.who.itemText(index) for index in range(self.dialog.who.count())]

    def choose(self, start: str) -> None:
        self.dialog.who.setCurrentIndex(next(n for n, words in enumerate(self.who) if words.startswith(start)))

    def save_as(self, path: str) -> None:
        """Press Export and take that name in the file window."""
        click(self.dialog.primary)
        files = file_window()
        files.fileSelected.emit(path)
        files.done(0)
        self.dialog.activateWindow()  # as a window manager does
        self.qtbot.waitUntil(self.dialog.isActiveWindow)


def file_window() -> QFileDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())


def shown(dialog: QDialog) -> str:
    """All that is said in the window."""
    assert isinstance(dialog, ExportDialog)
    parts = (dialog.words, dialog.aside, dialog.error)
    return " | ".join(part.text() for part in parts if part.isVisible())


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return Form(qtbot)


def test_contacts_that_cannot_be_read_are_told_and_nothing_is_asked_twice(qtbot: QtBot) -> None:
    form = Form(qtbot, "rao")
    form.source.fails = StorageError("Your data could not be stored", "It is damaged.")
    form.runner.finish()
    assert shown(form.dialog) == "Your data could not be stored. It is damaged."
    form.save_as("a.csv")
    form.runner.finish()
    assert shown(form.dialog) == "Your data could not be stored. It is damaged."
    assert form.dialog.primary.isVisible()


def test_a_place_that_cannot_be_written_is_told_and_another_can_be_chosen(form: Form) -> None:
    form.runner.finish()
    form.writer.fails = StorageError("The contacts could not be exported", "There is no folder x.")
    form.save_as("x/a.csv")
    form.runner.finish()
    assert shown(form.dialog) == "The contacts could not be exported. There is no folder x."
    assert form.dialog.who.isVisible()
    form.writer.fails = None
    form.save_as("y/a.csv")
    assert not form.dialog.error.isVisible()
    form.runner.finish()
    assert shown(form.dialog) == "2 contacts are in a.csv now."


def test_a_fault_of_the_program_is_told_in_both_places(form: Form) -> None:
    form.runner.finish()
    form.writer.fails = RuntimeError("inside")
    form.save_as("a.csv")
    form.runner.finish()
    assert form.failures == [form.writer.fails]
    assert "Something went wrong inside. No file was written." in shown(form.dialog)


def test_a_name_of_another_kind_is_asked_about_again(form: Form) -> None:
    form.runner.finish()
    form.save_as("/tmp/contacts.vcf")
    assert shown(form.dialog) == "contacts.vcf would hold a table. Choose a name that ends with .csv."
    form.dialog.kind.setCurrentIndex(1)
    assert not form.dialog.error.isVisible()
    form.save_as("/tmp/contacts.csv")
    assert shown(form.dialog) == "contacts.csv would hold cards. Choose a name that ends with .vcf."
    assert form.runner.jobs == []


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_stops_the_writing_and_the_window_stays(qtbot: QtBot, form: Form, way: str) -> None:
    form.runner.finish()
    form.save_as("a.csv")
    qtbot.waitUntil(form.dialog.cancel.hasFocus)
    assert not form.dialog.primary.isVisible()
    click(form.dialog.cancel) if way == "button" else press(Qt.Key.Key_Escape)
    assert form.dialog.isVisible()
    form.runner.finish()
    assert shown(form.dialog) == "Cancelled. No file was written."
    assert form.writer.files == {}
    press(Qt.Key.Key_Escape)
    assert not form.dialog.isVisible()


def test_what_comes_after_the_window_closed_is_not_shown(qtbot: QtBot) -> None:
    form = Form(qtbot, "rao")
    form.dialog.done(0)
    form.runner.finish()
    assert form.who == ["Everybody", "The search “rao”"]
    form.dialog.take_path("a.csv")
    form.runner.finish()
    assert form.dialog.words.text() == "Beginning…"
    form.source.fails = StorageError("x", "y")
    form.dialog.count_asked.emit(ContactSelection("rao"))
    form.runner.finish()
    assert form.dialog.error.text() == ""
    assert form.failures == []


def test_progress_that_comes_late_is_not_shown(form: Form) -> None:
    form.runner.finish()
    form.save_as("a.csv")
    form.runner.finish()
    form.dialog.show_progress(ExportProgress(1, 2, 3.0))
    assert form.dialog.words.text() == "2 contacts are in a.csv now."


def test_who_can_be_exported_is_counted(qtbot: QtBot) -> None:
    form = Form(qtbot, " rao ")
    assert form.who == ["Everybody", "The search “rao”"]
    assert not form.dialog.shared.isVisible()
    form.runner.finish()
    assert form.who == ["Everybody (2)", "The search “rao” (1)", "Tag #vip (1)"]
    assert form.dialog.shared.text() == "Also from shared directories (1)"
    form.choose("Tag")
    click(form.dialog.shared)
    form.runner.finish()
    assert form.who == ["Everybody (3)", "The search “rao” (2)", "Tag #vip (2)"]
    assert form.dialog.selection == ContactSelection(tag="vip", with_shared=True)


def test_without_shared_directories_nothing_is_said_of_them(qtbot: QtBot) -> None:
    form = Form(qtbot, contacts=LIST[:2])
    form.runner.finish()
    assert form.who == ["Everybody (2)", "Tag #vip (1)"]
    assert not form.dialog.shared.isVisible()


def test_a_long_or_odd_search_is_shown_on_one_line(qtbot: QtBot) -> None:
    form = Form(qtbot, "a\u202e\n" + "x" * 100)
    assert form.who[1] == f"The search “a {'x' * 21}…”"
    form.runner.finish()


@pytest.mark.parametrize(
    ("start", "names"), [("Everybody", ["Asha Rao", "Ben"]), ("The search", ["Asha Rao"]), ("Tag", ["Asha Rao"])]
)
def test_those_who_are_chosen_are_written(qtbot: QtBot, start: str, names: list[str]) -> None:
    form = Form(qtbot, "rao")
    form.runner.finish()
    form.choose(start)
    form.save_as("/tmp/x/a.csv")
    form.runner.finish()
    assert [record.name for record in form.writer.files["/tmp/x/a.csv"]] == names


@pytest.mark.parametrize(("row", "kind"), list(enumerate(FORMAT_HELP)))
def test_every_kind_of_file_is_explained_and_written(form: Form, row: int, kind: ExportFormat) -> None:
    form.runner.finish()
    order = [ExportFormat.CSV_FOR_PEOPLE, ExportFormat.VCARD_3, ExportFormat.VCARD_4, ExportFormat.CSV_FOR_PROGRAMS]
    form.dialog.kind.setCurrentIndex(row)
    assert form.dialog.format is order[row]
    assert form.dialog.kind_help.text() == FORMAT_HELP[order[row]]
    click(form.dialog.primary)
    files = file_window()
    assert files.defaultSuffix() == order[row].ending[1:]
    assert [Path(name).name for name in files.selectedFiles()] == [f"contacts{order[row].ending}"]
    assert not files.testOption(QFileDialog.Option.DontConfirmOverwrite)
    files.done(0)
    form.dialog.take_path(f"a{order[row].ending}")
    form.runner.finish()
    assert form.writer.kinds == [order[row]]
    assert kind in order


def test_what_was_done_is_told_and_the_folder_can_be_shown(qtbot: QtBot, form: Form) -> None:
    form.runner.finish()
    form.writer.neutralised = 3
    form.save_as("/tmp/x/a.csv")
    form.runner.finish()
    assert shown(form.dialog) == (
        "2 contacts are in a.csv now. | 3 cells got a ' in front, as phone numbers with a + do: else a "
        "spreadsheet would change them. If you import the file here again, the ' is taken away."
    )
    click(form.dialog.folder)
    assert form.opened == [Path("/tmp/x")]
    form.dialog.primary.setFocus()
    qtbot.waitUntil(form.dialog.primary.hasFocus)
    press(Qt.Key.Key_Return)
    assert not form.dialog.isVisible()


@pytest.fixture
def opened(program: Application, qtbot: QtBot) -> Iterator[Callable[[], ExportDialog]]:
    """The window over the program's own contacts."""

    def open_it() -> ExportDialog:
        program.dialogs.export(program.core.contact_export, "asha")
        settle(qtbot, program)
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog))

    yield open_it
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog)]:
        dialog.done(0)
    settle(qtbot, program)


def test_the_program_writes_its_contacts(
    program: Application, qtbot: QtBot, opened: Callable[[], ExportDialog], tmp_path: Path
) -> None:
    dialog = opened()
    count = program.core.contact_store.count()
    assert dialog.who.itemText(0) == f"Everybody ({count})"
    path = tmp_path / "out.csv"
    dialog.take_path(str(path))
    settle(qtbot, program)
    assert dialog.words.text() == f"{count} contacts are in out.csv now."
    assert len(path.read_text("utf-8-sig").splitlines()) == count + 1


def test_a_program_that_ends_meanwhile_leaves_no_piece_of_a_file(
    program: Application, qtbot: QtBot, opened: Callable[[], ExportDialog], tmp_path: Path
) -> None:
    program.core.contact_store.fill(Contact(0, f"Contact {n}", note="x" * 1000) for n in range(20_000))
    dialog = opened()
    folder = tmp_path / "out"
    folder.mkdir()
    dialog.take_path(str(folder / "a.csv"))
    qtbot.waitUntil(lambda: bool(os.listdir(folder)), timeout=PATIENCE_MS)
    program.core.contact_export.close()
    qtbot.waitUntil(lambda: not os.listdir(folder), timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert dialog.error.text() == "Cancelled. No file was written."

"""What is asked before an import: the columns, how the file is read, what is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.column_mapping import Meaning
from c2c_desktop.domain.contact_import import ImportWish
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.ui.contact_samples import NOTHING, ContactSamples
from c2c_desktop.ui.import_mapping import ANEW, NOBODY, ImportDialog
from c2c_desktop.ui.table_shape import ENCODINGS
from tests.ui.import_rig import TEAM, Imports, imports_of
from tests.ui.rig import choose, click, press, type_text

Key = Qt.Key
Spoken = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def imports(qtbot: QtBot, program: Application) -> Iterator[Imports]:
    with imports_of(qtbot, program) as rig:
        yield rig


def meanings(dialog: ImportDialog) -> list[str]:
    assert dialog.columns is not None
    model = dialog.columns.columns
    return [model.words(at) for at in range(model.columnCount())]


def say(imports: Imports, dialog: ImportDialog, column: int, words: str) -> None:
    """Choose what a column means, as with the mouse; nothing is read yet."""
    assert dialog.columns is not None
    table = dialog.columns
    table.scrollTo(table.columns.index(0, column))
    click(table.viewport(), table.visualRect(table.columns.index(0, column)).center())
    choose(imports.qtbot, words)


def read_as(dialog: ImportDialog, box: str, value: str) -> None:
    assert dialog.shape is not None
    chooser = getattr(dialog.shape, box)
    chooser.setCurrentIndex(chooser.findData(value))


def samples(dialog: ImportDialog) -> list[str]:
    return [str(dialog.samples.item(at).data(Spoken)) for at in range(dialog.samples.count())]


# What goes wrong


def test_without_anything_to_find_somebody_by_nothing_is_imported(imports: Imports) -> None:
    dialog = imports.open("plain.csv")
    say(imports, dialog, 0, "Leave out")
    assert dialog.primary.isEnabled()
    say(imports, dialog, 1, "Note")
    assert not dialog.primary.isEnabled()
    assert dialog.error.text() == dialog.primary.toolTip() == dialog.primary.accessibleDescription() == NOBODY
    dialog.submit()
    dialog.tags.setFocus()
    imports.with_keys(ImportDialog)
    press(Key.Key_Return)
    assert dialog.isVisible()
    say(imports, dialog, 1, "Number")
    assert dialog.primary.isEnabled()
    assert not dialog.error.isVisible()


def test_a_file_that_cannot_be_read_as_chosen_says_so_until_it_is_chosen_otherwise(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    imports.files.fails = UserFacingError("This is no UTF-16", "Choose other characters.")
    read_as(dialog, "encoding", "utf-16-le")
    imports.runner.finish()
    assert dialog.error.text() == "This is no UTF-16. Choose other characters."
    assert not dialog.primary.isEnabled()
    imports.files.fails = None
    read_as(dialog, "encoding", "utf-8")
    imports.runner.finish()
    assert dialog.primary.isEnabled()
    assert imports.errors == []


def test_a_bug_while_reading_is_told_where_bugs_are_and_in_the_dialog(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    imports.files.fails = ValueError("a bug")
    read_as(dialog, "delimiter", "|")
    imports.runner.finish()
    assert imports.errors == [imports.files.fails]
    assert dialog.error.text() == "The file cannot be read like this."


def test_until_another_shape_is_read_nothing_is_imported(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    read_as(dialog, "delimiter", ",")
    assert not dialog.primary.isEnabled()
    assert dialog.error.text() == ANEW
    say(imports, dialog, 0, "Company")
    assert not dialog.primary.isEnabled()
    imports.runner.finish()
    assert dialog.primary.isEnabled()
    assert len(meanings(dialog)) == 1


def test_previews_that_were_overtaken_are_never_shown(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    for words in ("Company", "Note", "Tags"):
        say(imports, dialog, 0, words)
    read_as(dialog, "delimiter", ",")
    read_as(dialog, "delimiter", ";")
    assert len(imports.runner.jobs) == 1
    imports.runner.finish()
    assert meanings(dialog)[0] == "Tags"
    assert dialog.look.table == imports.files.previewed[-1]
    assert len(imports.files.previewed) <= 3


def test_a_preview_that_comes_after_the_answer_is_forgotten(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    say(imports, dialog, 0, "Company")
    dialog.primary.click()
    imports.runner.finish()
    assert imports.desk.is_running
    (wish,) = imports.importer.wishes
    assert wish.table is not None
    assert wish.table.mapping.columns[0].meaning is Meaning.COMPANY


def test_rows_that_are_left_out_are_shown_with_the_reason(imports: Imports) -> None:
    imports.files.files["gaps.csv"] = b"Name;Mobile;Shoe size\nAsha;98402 22222;\n;;41\n"
    assert samples(imports.open("gaps.csv"))[1].startswith("Line 3: left out, There is no name, company, number")


def test_a_file_without_contacts_says_so(imports: Imports) -> None:
    imports.files.files["empty.csv"] = b"Name;Mobile\n"
    dialog = imports.open("empty.csv")
    assert samples(dialog) == [f"No contacts, {NOTHING}"]
    assert dialog.columns is not None
    assert dialog.columns.columns.rowCount() == 1


# What a person sees and says


def test_the_maker_of_a_table_is_recognised(imports: Imports) -> None:
    dialog = imports.open("google.csv")
    assert "Recognised: Google contacts" in dialog.facts.text()
    assert meanings(dialog)[:3] == ["First name", "Middle name", "Last name"]
    assert "Number, with its kind" in meanings(dialog)
    assert samples(dialog)[0].startswith("Dr. Asha Devi Rao, Example Trading  #VIP, mobile +91 98402 22222")


def test_a_table_nobody_knows_claims_no_maker(imports: Imports) -> None:
    assert imports.open("team.csv").facts.text() == f"Table · {len(TEAM)} bytes"


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 byte"), (2_100_000, "2.1 MB"), (6200, "6.2 kB"), (2_000_000_000, "2.0 GB")]
)
def test_sizes_are_told_as_people_say_them(imports: Imports, size: int, words: str) -> None:
    dialog = imports.open("phone.vcf")
    dialog.show_look(replace(dialog.look, size=size))
    assert dialog.facts.text() == f"vCard · {words}"


@pytest.mark.parametrize(("cards", "scrolls"), [(1, False), (3, False), (7, False), (300, True)])
def test_before_cards_are_imported_at_most_their_list_has_a_scroll_bar(
    imports: Imports, cards: int, scrolls: bool
) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {}\r\nTEL:+44 20 7946 0{:03}\r\nEND:VCARD\r\n"
    imports.files.files["many.vcf"] = "".join(card.format(n, n) for n in range(cards)).encode()
    dialog = imports.open("many.vcf")
    around = dialog.findChild(QScrollArea)
    assert around is not None
    assert around.verticalScrollBar().maximum() == 0
    assert (dialog.samples.verticalScrollBar().maximum() > 0) is scrolls
    dialog.resize(360, 640)
    assert around.verticalScrollBar().maximum() == 0


def test_what_is_said_of_a_column_is_what_its_contacts_become(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    say(imports, dialog, 2, "Work number")
    imports.runner.finish()
    assert samples(dialog) == ["Asha Räo, Acme, work +91 98402 22222", "Ben Carter, “at reception” cannot be called"]
    say(imports, dialog, 0, "Leave out")
    imports.runner.finish()
    assert samples(dialog)[0] == "Acme, work +91 98402 22222"
    assert dialog.columns is not None
    assert not dialog.columns.columns.is_used(0)


def test_the_country_reads_numbers_without_a_code(imports: Imports) -> None:
    imports.files.files["london.csv"] = b"Name;Phone\nAsha;020 7946 0018\n"
    dialog = imports.open("london.csv")
    assert dialog.wish.region == "IN"
    dialog.region.choose("GB")
    assert "+44 20 7946 0018" in samples(dialog)[0]
    assert dialog.wish.region == "GB"


def test_privacy_mode_masks_cells_and_samples(program: Application, imports: Imports) -> None:
    program.numbers.mask(on=True)
    dialog = imports.open("team.csv")
    assert dialog.columns is not None
    assert "22222" not in dialog.columns.columns.index(1, 2).data()
    assert "22222" not in samples(dialog)[0]


def test_another_encoding_shows_other_letters(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    read_as(dialog, "encoding", "cp1252")
    imports.runner.finish()
    assert samples(dialog)[0].startswith("Asha RÃ¤o")


def test_an_encoding_nobody_may_choose_is_offered_where_it_was_found(imports: Imports) -> None:
    imports.files.files["wide.csv"] = "Name\tPhone\nAsha\t+44 20 7946 0018\n".encode("utf-32")
    dialog = imports.open("wide.csv")
    assert dialog.shape is not None
    assert dialog.shape.encoding.currentData() == "utf-32-le"
    assert "utf-32-le" not in ENCODINGS
    assert dialog.shape.delimiter.currentText() == "Tab"


def test_the_first_line_may_head_the_table_or_be_in_it(imports: Imports) -> None:
    dialog = imports.open("plain.csv")
    assert dialog.columns is not None
    assert dialog.columns.columns.name(1) == "Column 2"
    assert dialog.shape is not None
    click(dialog.shape.header)
    imports.runner.finish()
    assert len(samples(dialog)) == 1
    assert dialog.columns.columns.name(0) == "Asha"


def test_everything_reaches_the_wish(imports: Imports) -> None:
    dialog = imports.open("phone.vcf")
    assert dialog.columns is None
    dialog.tags.setText(" #vip, trade  fair,, vip,\u202eevil ")
    dialog.by_hand.setCurrentIndex(1)
    dialog.region.choose("GB")
    assert dialog.wish == ImportWish("phone.vcf", "GB", ("vip", "trade fair", "evil"), None, is_file_right=True)


def test_what_the_person_changed_by_hand_wins_unless_they_say_otherwise(imports: Imports) -> None:
    dialog = imports.open("phone.vcf")
    assert dialog.by_hand.currentText() == "Keep what I changed"
    assert not dialog.wish.is_file_right


# The keyboard, and assistive technology


def test_enter_in_the_table_asks_what_a_column_means_and_imports_nothing(imports: Imports) -> None:
    imports.open("team.csv")
    dialog = imports.with_keys(ImportDialog)
    assert dialog.columns is not None
    assert dialog.columns.hasFocus()
    press(Key.Key_Right)
    press(Key.Key_Down)
    press(Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.accessibleName() == "What “Company” means"
    assert menu.activeAction().text() == "Company"
    press(Key.Key_Down)
    press(Key.Key_Return)
    imports.runner.finish()
    assert meanings(dialog) == ["Whole name", "Number", "Mobile number"]
    assert imports.importer.wishes == []
    press(Key.Key_Tab)
    assert not dialog.columns.hasFocus()


def test_alt_down_opens_the_choice_as_in_any_choice_box(imports: Imports) -> None:
    imports.open("team.csv")
    imports.with_keys(ImportDialog)
    press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    press(Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_seldom_meanings_have_a_menu_of_their_own(imports: Imports) -> None:
    dialog = imports.open("google.csv")
    assert dialog.columns is not None
    menu = dialog.columns.open_menu(1)
    assert menu.activeAction().text() == "Something else"
    (seldom,) = menu.findChildren(QMenu)
    assert [action.text() for action in seldom.actions() if action.isChecked()] == ["Middle name"]
    menu.close()


def test_enter_in_a_field_imports_and_escape_leaves(imports: Imports) -> None:
    imports.open("phone.vcf")
    imports.with_keys(ImportDialog)
    type_text("vip")
    press(Key.Key_Return)
    assert [wish.tags for wish in imports.importer.wishes] == [("vip",)]
    imports.importer.end_cancelling()
    imports.open("phone.vcf")
    imports.with_keys(ImportDialog)
    press(Key.Key_Escape)
    assert imports.shown(ImportDialog) is None
    assert len(imports.importer.wishes) == 1


@pytest.mark.parametrize("path", ["google.csv", "phone.vcf"])
def test_every_control_has_a_name(imports: Imports, path: str) -> None:
    dialog = imports.open(path)
    for widget in dialog.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            assert interface.text(QAccessible.Text.Name), widget


def test_cells_and_choices_are_spoken_with_their_column(imports: Imports) -> None:
    dialog = imports.open("team.csv")
    assert dialog.columns is not None
    model = dialog.columns.columns
    assert model.index(0, 1).data(Spoken) == "Company: Company. Enter changes it"
    assert [model.index(row, 1).data(Spoken) for row in (1, 2)] == ["Company, row 1: Acme", "Company, row 2: empty"]
    assert model.index(-1, 0).data(Spoken) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.headerData(0, Qt.Orientation.Vertical) is None


# Size


@pytest.mark.parametrize("columns", [60, 500])
def test_a_wide_table_opens_narrow_and_its_last_column_is_reached(imports: Imports, columns: int) -> None:
    names = ["Name", *(f"Field {n}" for n in range(columns - 2)), "Phone"]
    row = ["Asha", *["x"] * (columns - 2), "+44 20 7946 0018"]
    imports.files.files["wide.csv"] = "\n".join([",".join(names), ",".join(row)]).encode()
    dialog = imports.open("wide.csv")
    dialog.resize(360, 640)
    imports.qtbot.waitUntil(lambda: dialog.width() == 360)
    say(imports, dialog, columns - 1, "Work number")
    imports.runner.finish()
    assert samples(dialog) == ["Asha, work +44 20 7946 0018"]
    assert dialog.columns is not None
    assert dialog.columns.horizontalScrollBar().value() > 0


def test_a_long_file_name_widens_nothing(imports: Imports) -> None:
    imports.files.files["x" * 200 + ".vcf"] = imports.files.files["phone.vcf"]
    dialog = imports.open("x" * 200 + ".vcf")
    dialog.resize(320, 560)
    imports.qtbot.waitUntil(lambda: dialog.width() == 320)
    assert dialog.minimumSizeHint().width() <= 330
    assert dialog.name.toolTip() == f"<qt>{'x' * 200}.vcf</qt>"


def test_a_card_of_many_numbers_shows_the_first(imports: Imports) -> None:
    numbers = b"".join(b"TEL;TYPE=CELL:+91 98402 2222%d\r\n" % n for n in range(8))
    imports.files.files["many.vcf"] = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:<b>Asha</b>\r\n" + numbers + b"END:VCARD\r\n"
    dialog = imports.open("many.vcf")
    (spoken,) = samples(dialog)
    assert spoken.startswith("<b>Asha</b>, mobile")
    assert spoken.endswith("4 more")
    assert dialog.samples.item(0).toolTip().startswith("<qt>&lt;b&gt;Asha")
    assert isinstance(dialog.samples, ContactSamples)

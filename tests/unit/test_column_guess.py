"""What headers say, in the words of many makers, and what cells say where there is no header."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.column_guess import guess_mapping, has_header, known_words
from c2c_desktop.domain.column_mapping import Meaning
from c2c_desktop.domain.column_words import column_of
from c2c_desktop.domain.number_kind import number_kind
from c2c_desktop.domain.own_table import OWN_HEADER, OWN_MAPPING


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Owner",
        "Birthday",
        "Phonetic First Name",
        "Phone Country",
        "Phone Extension",
        "Mobile Carrier",
        "No.",
        "Nummer",
        "Account number",
        "Customer No",
        "Government ID Number",
        "ID",
        "E-mail 1 - Type",
        "E-mail Display Name",
        "Email Opt Out",
        "Street",
        "Title",
        "Anrede",
        "Photo",
        "\u202e\x00",
    ],
)
def test_what_is_no_number_name_or_address_is_left_out(header: str) -> None:
    assert column_of(header).meaning is Meaning.IGNORE


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Phone", ""),
        ("Mobile No.", "mobile"),
        ("Tel (work)", "work"),
        ("Contact Number", ""),
        ("Number", ""),
        ("CELL_PHONE", "mobile"),
        ("Customer Phone", ""),
        ("Telefon geschäftlich 2", "work"),
        ("Telefon privat", "home"),
        ("Mobiltelefon", "mobile"),
        ("Handynummer", "mobile"),
        ("Téléphone (bureau)", "work"),
        ("Tél. mobile", "mobile"),
        ("Télécopie (bureau)", "fax"),
        ("Teléfono del trabajo", "work"),
        ("Móvil", "mobile"),
        ("Cellulare", "mobile"),
        ("Telefono abitazione", "home"),
        ("Telefone residencial", "home"),
        ("Telefoon thuis", "home"),
        ("Business Fax", "fax"),
        ("Telefax", "fax"),
        ("Pager", "pager"),
        ("Primary Phone", "main"),
        ("Car Phone", "mobile"),
        ("Home Phone 2", "home"),
        ("मोबाइल नंबर", "mobile"),
        ("फ़ोन", ""),
        ("மொபைல்", "mobile"),
        ("WhatsApp", "mobile"),
    ],
)
def test_a_number_s_header_tells_its_kind(header: str, kind: str) -> None:
    column = column_of(header)
    assert (column.meaning, column.kind) == (Meaning.NUMBER, kind)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("", ""),
        ("* ", ""),
        ("Google Voice", "other"),
        ("Work Fax", "fax"),
        ("* Mobile", "mobile"),
        ("Main", "main"),
        ("Carla", "other"),
        ("Handy privat", "mobile"),
        ("घर", "home"),
        ("iPhone", "mobile"),
        ("Büro", "work"),
    ],
)
def test_a_label_tells_a_kind(label: str, kind: str) -> None:
    assert number_kind(label) == kind


def meanings(header: list[str], *rows: list[str]) -> list[str]:
    return [column.meaning.value for column in guess_mapping(header, rows).columns]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Name", "Phone"], ["full_name", "number"]),
        (["Name", "Vorname", "Telefon"], ["last_name", "first_name", "number"]),
        (["Nombre", "Apellidos", "Móvil"], ["first_name", "last_name", "number"]),
        (["Nom", "Prénom", "Mobile"], ["last_name", "first_name", "number"]),
        (["Name", "Given Name", "Family Name", "Tel"], ["full_name", "first_name", "last_name", "number"]),
        (["First", "Last", "Mail"], ["first_name", "last_name", "email"]),
        (["Kontakt", "E-Mail-Adresse", "Notizen"], ["full_name", "email", "note"]),
        (["नाम", "कंपनी", "मोबाइल", "ईमेल"], ["full_name", "company", "number", "email"]),
        (["UID", "Name", "Tel", "Starred", "Labels"], ["uid", "full_name", "number", "favourite", "tags"]),
    ],
)
def test_names_are_told_apart_by_what_stands_beside_them(header: list[str], expected: list[str]) -> None:
    assert meanings(header) == expected


def test_contact_heads_a_column_of_numbers() -> None:
    assert meanings(["Shop", "Contact"], ["Example", "98402 22222"], ["Other", "98402 33333"])[1] == "number"


def test_a_kind_beside_a_number_belongs_to_it() -> None:
    columns = guess_mapping(["Name", "Phone type", "Phone", "Tel", "Tel type", "Fax kind"], []).columns
    assert columns[1].group == columns[2].group != 0
    assert columns[3].group == columns[4].group not in {0, columns[1].group}
    assert columns[5].group == 0


def test_the_second_phone_of_outlook_has_no_label() -> None:
    assert [c.group for c in guess_mapping(["Name", "Business Phone 2", "Home Phone 2"], []).columns] == [0, 0, 0]


def test_our_own_export_is_known() -> None:
    assert guess_mapping(OWN_HEADER, []) is OWN_MAPPING


NUMBERS = ["98402 22222", "+44 20 7946 0018"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([[NUMBERS[0]], [NUMBERS[1]]], ["number"]),
        ([["Asha Rao", "Example Ltd", NUMBERS[0]], ["Ravi", "", NUMBERS[1]]], ["full_name", "company", "number"]),
        (
            [["Asha", "Rao", "Example Ltd", "a@example.org"], ["Ravi", "Kumar", "Other Ltd", ""]],
            ["first_name", "last_name", "company", "email"],
        ),
        ([["17", NUMBERS[0], "Asha Rao"], ["18", NUMBERS[1]]], ["ignore", "number", "full_name"]),
    ],
)
def test_without_a_header_the_cells_tell(rows: list[list[str]], expected: list[str]) -> None:
    assert meanings([], *rows) == expected


def test_a_header_nobody_knows_leaves_it_to_the_cells() -> None:
    rows = (["Asha Rao", "Example Ltd", NUMBERS[0]], ["Ravi Kumar", "Other Ltd", NUMBERS[1]])
    assert meanings(["Wer", "Company", "Wohin"], *rows) == ["full_name", "company", "number"]
    assert meanings(["Name", "x", "Wohin"], *rows) == ["full_name", "ignore", "number"]
    assert meanings(["Wer", "x", "Phone"], *rows) == ["full_name", "company", "number"]
    assert meanings(["Name", "Phone", "Wohin"], *rows)[2] == "ignore"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], False),
        ([["Name", "Phone"]], True),
        ([["Asha Rao", "98402 22222"], ["Ravi", "98402 33333"]], False),
        ([["Name", "asha@example.org"]], False),
        ([["Wer", "Wohin"], ["Asha", "98402 22222"], ["Ravi", "98402 33333"]], True),
        ([["Wer", ""], ["Asha", "98402 22222"]], False),
        ([["Asha", "Rao"], ["Ravi", "Kumar"]], False),
    ],
)
def test_the_first_row_is_a_header_or_a_contact(rows: list[list[str]], expected: bool) -> None:
    assert has_header(rows) is expected


def test_known_words_are_counted() -> None:
    assert known_words(["Name", "x", "Phone"]) == 2

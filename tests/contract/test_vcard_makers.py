"""Exports in the style of each maker, with the quirks each of them has."""

from __future__ import annotations

import codecs

import pytest

from c2c_desktop.domain.contact_record import ContactRecord, RecordNumber, SkippedRecord
from tests.vcards import SAMPLES, read

A_LIST = "This card is a list of other contacts, not a contact."


def sample(name: str) -> tuple[list[ContactRecord], list[SkippedRecord]]:
    return read((SAMPLES / f"{name}.vcf").read_bytes())


def numbers(record: ContactRecord) -> list[tuple[str, str]]:
    return [(number.as_written, number.kind) for number in record.numbers]


def preferred(record: ContactRecord) -> list[str]:
    return [number.as_written for number in record.numbers if number.preferred]


def test_iphone_labels_of_item_groups_are_the_kinds_of_numbers() -> None:
    asha, _ = sample("iphone")[0]
    assert numbers(asha) == [
        ("+44 20 7946 0018", "mobile"),
        ("+44 20 7946 0019", "mobile"),
        ("(020) 7946-0020", "main"),
        ("+44 20 7946 0021", "fax"),
        ("+1 (202) 555-0142", "Beach house"),
    ]
    assert preferred(asha) == ["+44 20 7946 0018"]


def test_iphone_folds_escapes_and_a_photo_between_what_counts() -> None:
    asha, _ = sample("iphone")[0]
    assert asha.name == "Dr. Asha Meera Rao"
    assert asha.company == "Example Widgets Ltd, Sales"
    assert asha.emails == ("asha@example.org", "asha.rao@example.net")
    assert asha.note == ("Prefers mornings.\nAsks for the long quote, the one with the second page about delivery.")
    assert asha.tags == ("vip", "Friends & family")
    assert asha.uid == "2f4e7a52-6b0f-4a4e-9f55-0c8a51a9d1a1"
    assert asha.line == 1


def test_iphone_a_company_has_no_name_of_a_person_and_a_group_is_no_contact() -> None:
    (_, garage), skipped = sample("iphone")
    number = RecordNumber("020 7946 0022", "work", preferred=True)
    assert garage == ContactRecord("", "Example Garage", (number,), line=35)
    assert skipped == [SkippedRecord(43, A_LIST, "Team")]


def test_google_groups_become_tags_and_a_star_a_favourite() -> None:
    (lukasz, rajesh), skipped = sample("google")
    assert lukasz == ContactRecord(
        "Łukasz Kowalski",
        "Example, Sons & Co",
        (RecordNumber("+44 20 7946 0060", "mobile"), RecordNumber("+44 20 7946 0061", "Reception")),
        ("lukasz@example.org",),
        ("press",),
        "Line one\nLine two",
        favourite=True,
        line=1,
    )
    assert rajesh == ContactRecord("राजेश कुमार", "", (RecordNumber("+91 98402 22222", "work"),), line=15)
    assert skipped == []


def test_android_bare_parameters_and_quoted_printable_over_soft_line_breaks() -> None:
    (asha, _), skipped = sample("android")
    assert asha.name == "आशा कुमार"
    assert numbers(asha) == [
        ("+919840222222", "mobile"),
        ("02079460030", "fax"),
        ("02079460031", "Reception"),
        ("02079460032", "pager"),
    ]
    assert preferred(asha) == ["+919840222222"]
    assert asha.note == "first line\nsecond line, with = in it="
    assert asha.favourite
    assert skipped == []


def test_android_a_number_without_any_name_is_a_contact() -> None:
    _, nameless = sample("android")[0]
    assert nameless == ContactRecord("", "", (RecordNumber("020 7946 0033"),), line=20)


def test_outlook_windows_characters_in_quoted_printable() -> None:
    (juergen,), _ = sample("outlook")
    assert juergen.name == "Herr Jürgen Müller"
    assert juergen.company == "Beispiel; Werke, Einkauf Süd"
    assert juergen.note == "Ruft zurück € 100 an der Tür\n\nDanke"
    assert juergen.emails == ("juergen@example.org",)


def test_outlook_numbers_are_those_of_the_card_and_not_of_the_agent_in_it() -> None:
    (juergen,), skipped = sample("outlook")
    assert numbers(juergen) == [
        ("+1 (202) 555-0111", "work"),
        ("020 7946 0112", "home"),
        ("020 7946 0113", "mobile"),
        ("020 7946 0114", "fax"),
        ("020 7946 0115", "mobile"),
    ]
    assert skipped == [SkippedRecord(29, "A card inside this card, of a representative, was left out.", "BEGIN:VCARD")]


def test_an_old_program_with_latin_1_and_carriage_returns_alone() -> None:
    (jose,), skipped = sample("latin1")
    number = RecordNumber("+44 20 7946 0117", "mobile")
    assert jose == ContactRecord("José Pérez Nuño", "Café Ñandú", (number,), line=1)
    assert skipped == []


def test_thunderbird_backslashes_and_numbers_as_text() -> None:
    (sean,), skipped = sample("thunderbird")
    assert sean == ContactRecord(
        "Séan O'Brien",
        "Example Press, News desk",
        (RecordNumber("+44 20 7946 0118", "work"), RecordNumber("+44 20 7946 0119", "mobile")),
        ("sean@example.org", "sean.obrien@example.net"),
        (),
        "Uses C:\\temp; writes \\n for a line end",
        "7c1f2c0e-5f7f-4d7a-8c43-f4f1a8f0f001",
        line=1,
    )
    assert skipped == []


def test_nextcloud_numbers_as_links_with_extension_and_context() -> None:
    (zoe,), skipped = sample("nextcloud")
    assert zoe.name == "Zoë van Dijk"
    assert numbers(zoe) == [
        ("+44-20-7946-0000 ext 12", "home"),
        ("+4420 7946-0040", "work"),
        ("+44-20-7946-0041", "mobile"),
    ]
    assert preferred(zoe) == ["+44-20-7946-0041"]
    assert zoe.tags == ("Vrienden", "vip, echt")
    assert zoe.note == "een regel\n\nen nog een"
    assert zoe.uid == "urn:uuid:9f8f4d1e-8a3e-4a80-9d4f-0e5d6f0fb001"
    assert skipped == [SkippedRecord(19, A_LIST, "Vrienden")]


FEATURE_PHONE = [
    ("山田太郎", [("+44 20 7946 0120", "mobile"), ("020-7946-0121", "home")], 1),
    ("Олег Иванов", [("+44 20 7946 0122", "mobile")], 7),
    ("Mum", [("020 7946 0050", "home")], 12),
]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_a_feature_phone_tells_no_full_name_and_writes_utf_16_with_or_without_a_mark(encoding: str) -> None:
    text = (SAMPLES / "feature_phone_utf16.vcf").read_bytes().decode("utf-16")
    records, skipped = read(text.encode(encoding))
    assert [(record.name, numbers(record), record.line) for record in records] == FEATURE_PHONE
    assert skipped == []


def test_the_feature_phone_sample_is_utf_16() -> None:
    assert (SAMPLES / "feature_phone_utf16.vcf").read_bytes().startswith(codecs.BOM_UTF16_LE)
    assert [record.name for record in sample("feature_phone_utf16")[0]] == [name for name, _, _ in FEATURE_PHONE]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.vcf") if "utf16" not in path.stem))
def test_line_ends_make_no_difference(name: str, end: str) -> None:
    data = (SAMPLES / f"{name}.vcf").read_bytes()
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert read(plain.replace(b"\n", end.encode())) == read(data)

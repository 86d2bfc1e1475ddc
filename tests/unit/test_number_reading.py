"""How numbers are written, and the one number each is read as."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.number import LineKind, parse_number
from c2c_desktop.domain.number_text import vanity_digits
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

WASHINGTON = "+12025550123"

WRITTEN_IN_INDIA = [
    "+919840222222",
    "+91 98402 22222",
    "+91-98402-22222",
    "+91.98402.22222",
    "+91/98402/22222",
    "(+91) 98402 22222",
    "++91 98402 22222",
    "[+91] 98402 22222",
    "<+91 98402 22222>",
    "“+91 98402 22222”,",
    "9840222222",
    "98402 22222",
    "09840222222",
    "(0)98402 22222",
    "0 98402-22222",
    "919840222222",
    "00919840222222",
    "00 91 98402 22222",
    "+91 (0) 98402 22222",
    "+91 ( 0 )98402 22222",
    "+91 098402 22222",
    "  +91 98402 22222\n",
    "+91 98402\n22222",
    "Phone:\n+91 98402 22222",
    "+91\u00a098402\u00a022222",
    "+91\u202f98402\u200922222",
    "+91‐98402‑22222",
    "+91–98402—22222",
    "+91−98402−22222",
    "\u202a+91 98402 22222\u202c",
    "+91\u200b98402\u200b22222",
    "＋９１ ９８４０２ ２２２２２",
    "٩٨٤٠٢٢٢٢٢٢",
    "+۹۱ ۹۸۴۰۲ ۲۲۲۲۲",
    "९८४०२ २२२२२",
    "৯৮৪০২২২২২২",
    "𝟗𝟖𝟒𝟎𝟐𝟐𝟐𝟐𝟐𝟐",
    "Tel: +91 98402 22222",
    "Tel.: 98402 22222",
    "mobile 98402 22222",
    "call 98402 22222",
    "M 98402 22222",
    "тел 98402 22222",
    "tel:+919840222222",
    "TEL:+91-98402-22222",
    "tel://+919840222222",
    "tel:+91(98402)22222;isub=12",
    "tel:%2B919840222222",
    "tel:%2b91%2098402%2022222",
    "tel:%EF%BC%8B%EF%BC%99%EF%BC%91984022222%EF%BC%92",
    "tel:98402 22222;phone-context=+91",
    "tel:098402-22222;phone-context=+91",
    "tel:22222;phone-context=+91-98402",
    "tel:9840222222;phone-context=example.com",
    "tel:9840222222;phone-context=+",
    "callto:+919840222222",
    "callto://+919840222222",
    "callto:+919840222222?call",
    "sip:+919840222222@pbx.example.com",
    "sips:+919840222222@pbx.example.com;user=phone",
    "\ufeff98402 22222",
    "\u200e+91 98402 22222\u200e",
    "\u2066+91 98402 22222\u2069",
    "98402\u00ad22222",
    "98402\u2060 22222",
    "98402\u200d22222",
    "9️⃣8️⃣4️⃣0️⃣2️⃣2️⃣2️⃣2️⃣2️⃣2️⃣",
    "📞 +91 98402 22222",
    "☎️ 98402 22222",
    "℡ 98402 22222",
    "• 98402 22222",
    "- 98402 22222",
    "+91 · 98402 · 22222",
    "(98402 22222)",
    "98402 22222)",
    "98402 22222.",
    "98402 22222!",
    "«98402 22222»",
    "【98402 22222】",
    "'+919840222222",
    "=+919840222222",
    '="9840222222"',
    "9840222222.0",
    "९८४०२-٢٢٢٢٢",
    "Tel-9840222222",
    "Tel9840222222",
    "Phone # 98402 22222",
    "Ph. No. 98402 22222",
    "Telefon: 98402 22222",
    "Tél. : 98402 22222",
    "Teléfono 98402 22222",
    "Τηλ. 98402 22222",
    "моб.: 98402 22222",
    "电话：98402 22222",
    "電話98402 22222",
    "फ़ोन: ९८४०२ २२२२२",
    "هاتف: ٩٨٤٠٢٢٢٢٢٢",
    "טלפון: 98402 22222",
]


@pytest.mark.parametrize("text", WRITTEN_IN_INDIA)
def test_one_number_in_many_clothes_is_one_number(text: str) -> None:
    number = parse_number(text, "IN")
    assert (number.e164, number.post_dial) == (INDIAN, "")
    assert number.shown == "+91 98402 22222"


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("020 7946 0123", "GB", LONDON),
        ("+44 (0)20 7946 0123", "US", LONDON),
        ("0044 (0)20 7946 0123", "DE", LONDON),
        ("011 44 20 7946 0123", "US", LONDON),
        ("(202) 555-0123", "US", WASHINGTON),
        ("1-202-555-0123", "US", WASHINGTON),
        ("12025550123", "IN", WASHINGTON),
        ("+44 7700 900123", "IN", "+447700900123"),
        ("0491 570 156", "AU", "+61491570156"),
        ("01 99 00 12 34", "FR", "+33199001234"),
        ("20 12 34", "GL", None),
        ("tel:06 6982 0123;phone-context=+39", "IN", "+390669820123"),
        ("+39 (0)6 6982 0123", "IN", "+390669820123"),
        ("0039 (0)6 6982 0123", "IN", "+390669820123"),
        ("+800 1234 5678", "IN", "+80012345678"),
        ("030/1234567", "DE", "+49301234567"),
        ("0049 421/1234567", "US", "+494211234567"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("1 800 SHOP 411", "US", "+18007467411"),
        ("+1 (800) goog-411", "IN", "+18004664411"),
        ("0800 DENTAL", "GB", "+44800336825"),
        ("1300 FLOWER", "AU", "+611300356937"),
        ("0044 0 20 7946 0123", "IN", LONDON),
        ("+44 0 20 7946 0123", "IN", LONDON),
        ("00 44 (0) 20 7946 0123", "US", LONDON),
        ("+39 06 6982 0123", "IN", "+390669820123"),
        ("06 6982 0123", "IT", "+390669820123"),
        ("(0)6 6982 0123", "IT", "+390669820123"),
        ("+39 (0)335 1234567", "IN", "+393351234567"),
        ("0721 405516", "IT", "+390721405516"),
        ("+34 (0)91 123 45 67", "IN", "+34911234567"),
        ("+47 (0)22 33 44 55", "IN", "+4722334455"),
        ("011 44 20 7946 0123", "CA", LONDON),
        ("011442079460123", "IN", LONDON),
        ("0011 44 20 7946 0123", "AU", LONDON),
        ("0011 44 7700 900123", "AU", "+447700900123"),
        ("00 44 20 7946 0123", "AU", LONDON),
        ("010 44 20 7946 0123", "JP", LONDON),
        ("8~10 44 20 7946 0123", "RU", LONDON),
        ("0~0 44 20 7946 0123", "UA", LONDON),
        ("001 44 20 7946 0123", "HK", LONDON),
        ("00 44 20 7946 0123", "HK", LONDON),
        ("00 1 202 555 0123", "HK", WASHINGTON),
        ("0077-78-1234", "JP", "+810077781234"),
        ("03ー1234ー5678", "JP", "+81312345678"),
        ("310-1234", "CA", "+13101234"),
        ("030) 1234567", "DE", "+49301234567"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("44 20 7946 0123", "IN", LONDON),
        ("442079460123", "IN", LONDON),
    ],
)
def test_a_number_is_read_as_its_region_dials_it(text: str, region: str, e164: str | None) -> None:
    expected = e164 or "+299201234"
    assert parse_number(text, region).e164 == expected


@pytest.mark.parametrize(
    ("text", "post_dial"),
    [
        ("+1 202-555-0123 ext. 45", "45"),
        ("+1 202-555-0123 extension 45", "45"),
        ("+1 202-555-0123 Ext: 4 5", "45"),
        ("+1 202-555-0123 x45", "45"),
        ("+1 202-555-0123\next 45", "45"),
        ("+1 202-555-0123;ext=45", "45"),
        ("tel:+1-202-555-0123;ext=45", "45"),
        ("tel:+1-202-555-0123;EXT = 45", "45"),
        ("+1 202 555 0123,,45#", "45#"),
        ("+1 202 555 0123;45", "45"),
        ("+1 202 555 0123 p 45 w 6", "45,6"),
        ("+1 202 555 0123,*45", "*45"),
        ("+1 202 555 0123", ""),
        ("+1 202 555 0123 extn 45", "45"),
        ("+1 202 555 0123 #45", "45"),
        ("+1 202 555 0123,,,1234,,5#", "1234,5#"),
        ("+1 202 555 0123 Durchwahl 45", "45"),
        ("+1 202 555 0123 доб. 45", "45"),
        ("Tel.: +1 202 555 0123 … ext. 12", "12"),
        ("+1 202 555 0123 ｘ４５", "45"),
    ],
)
def test_what_is_pressed_after_the_answer_is_kept_apart_from_the_number(text: str, post_dial: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.post_dial) == (WASHINGTON, post_dial)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (INDIAN, LineKind.MOBILE),
        (LONDON, LineKind.LANDLINE),
        (WASHINGTON, LineKind.LANDLINE_OR_MOBILE),
        ("+1 800-555-0199", LineKind.TOLL_FREE),
        ("+1 900 555 0123", LineKind.PREMIUM),
        ("+979 1 2345 6789", LineKind.PREMIUM),
        ("+808 1234 5678", LineKind.SHARED_COST),
        ("+44 56 0123 4567", LineKind.INTERNET),
        ("+870 773 123 456", LineKind.SATELLITE),
        ("+881 6 123 45678", LineKind.SATELLITE),
        ("+44 7700 900123", LineKind.OTHER),
        ("+882 34 21234", LineKind.SATELLITE),
        ("+883 510 012 345", LineKind.SATELLITE),
        ("+878 10 12345 67890", LineKind.SATELLITE),
        ("+49 900 1 123456", LineKind.PREMIUM),
        ("+91 1800 123 4567", LineKind.TOLL_FREE),
    ],
)
def test_each_number_has_its_kind_of_line(text: str, kind: LineKind) -> None:
    assert parse_number(text).kind is kind


@pytest.mark.parametrize(
    ("text", "region", "reading"),
    [
        ("98402 22222", "IN", "98402 22222 → +91 98402 22222 (India, your region)"),
        ("+91 98402 22222", "IN", "+91 98402 22222 → +91 98402 22222 (India)"),
        ("0721 405516", "IT", "0721 405516 → +39 0721 405516 (Italy, your region)"),
        ("0044 20 7946 0123", "IN", "0044 20 7946 0123 → +44 20 7946 0123 (United Kingdom)"),
        ("442079460123", "IN", "442079460123 → +44 20 7946 0123 (United Kingdom, read with country code 44)"),
        ("+1 876 555 0123", "US", "+1 876 555 0123 → +1 876-555-0123 (Jamaica)"),
        ("876 555 0123", "US", "876 555 0123 → +1 876-555-0123 (Jamaica)"),
        ("1-800-FLOWERS", "US", "1-800-FLOWERS → +1 800-356-9377 (United States, your region)"),
    ],
)
def test_a_number_explains_why_it_reads_so(text: str, region: str, reading: str) -> None:
    number = parse_number(text, region)
    assert number.reading == reading
    assert number.reading.endswith(f" ({number.why})")


def test_a_number_is_known_by_its_parts() -> None:
    number = parse_number("+44 20 7946 0123")
    assert (number.digits, number.national_digits) == ("442079460123", "2079460123")
    assert (number.region, number.country) == ("GB", "United Kingdom")
    assert (number.shown_nationally, number.in_use) == ("020 7946 0123", True)


def test_a_range_nobody_was_given_is_read_but_not_in_use() -> None:
    number = parse_number("+44 7700 900123")
    assert (number.country, number.in_use) == ("United Kingdom", False)


def test_keypad_letters_of_both_cases_are_digits() -> None:
    assert vanity_digits("abc-DEF-ghi-JKL-mno-PQRS-tuv-WXYZ-9") == "222-333-444-555-666-7777-888-9999-9"


def test_digits_that_begin_with_zero_are_never_taken_for_a_country_code() -> None:
    number = parse_number("0999999999", "IN")
    assert (number.e164, number.in_use) == ("+91999999999", False)

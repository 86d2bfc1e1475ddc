"""One number among words, dates and other numbers, as mails, web pages and spreadsheets have it."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from tests.fakes import INDIAN
from tests.unit.builders import LONDON

BERLIN = "+493012345"

OTHER_THINGS = [
    "Order 9840222222",
    "order #9840222222",
    "Order No. 98402 22222",
    "Invoice: 9840222222",
    "INV-9840222222",
    "Ref. 98402 22222",
    "Rechnung Nr. 9840222222",
    "Customer no 9840222222",
    "Meeting ID: 984 022 2222",
    "A/C 12 acct 9840222222",
    "GSTIN 33AABCU9603R1ZM",
    "PNR98402222",
    "₹9840222222",
    "₹ 98,402.22 22222",
    "Rs. 9840222222",
    "INR 9840222222",
    "9840222222 INR",
    "9840222222 €",
    "$9840222222",
    "9840222222%",
    "DE89 3704 0044 0532 0130 00",
    "IBAN GB29 NWBK 6016 1331 9268 19",
    "192.168.1.10",
    "10.0.0.1:5060",
    "server 192.168.100.200",
    "2024-11-05",
    "05.11.2024",
    "5/11/2024",
    "on 2024-11-05 at 10:30",
    "10:30",
    "12:34:56:78:90:12",
    "00:1A:2B:3C:4D:5E",
    "550e8400-e29b-41d4-a716-446655440000",
    "12.971598, 77.594566",
    "12.971598,77.594566",
    "9.84022E+09",
    "9.84022E+9",
    "9,840,222,222",
    "98,40,22,22,22",
    "https://example.com/9840222222",
    "www.example.com/9840222222",
    "mailto:9840222222@example.com",
    "9840222222@bank",
    "0x9840222222",
    "v2.0.1",
    "4111 1111 1111 1111",
]


@pytest.mark.parametrize("text", OTHER_THINGS)
@pytest.mark.parametrize("region", ["IN", "GB"])
def test_other_things_with_digits_are_no_number(text: str, region: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text, region)


@pytest.mark.parametrize("text", ["2024-11-05", "11-12-2024", "05.11.2024", "22.133.44.55"])
def test_a_date_or_an_address_is_no_number_where_numbers_are_as_long(text: str) -> None:
    with pytest.raises(NumberError, match="looks like a date or an address"):
        parse_number(text, "DK")


@pytest.mark.parametrize(
    "text",
    [
        "98402XXXXX",
        "98402xxx22",
        "98402•••22",
        "98402 •••••",
        "••••••2222",
        "Tel ••••• 98402 22222",
        "98402…22222",
        "98402...22222",
        "98402 222??",
        "98402*****",
        "98402 ***22",
        "98402_____",
    ],
)
def test_a_number_with_hidden_digits_is_not_made_whole(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "984O222222",
        "98402 2222O",
        "9840222222l",
        "l9840222222",
        "O9840222222",
        "984\u041e222222",
        "+91 984O2 22222",
        "98402 I2222",
        "98402OOOOO",
        "98402 Kumar",
        "98402 KUMAR",
        "98402=22222",
        "98402_22222",
        "98402@22222",
        "98402:22222",
        "98402\\22222",
        "98402~22222",
        "98402\ufffd22222",
        "tel:%ff%fe98402 22222",
        "9̶8402 22222",
        "+91 98402 2222²",
        "₉840222222",
    ],
)
def test_what_only_looks_like_a_digit_or_a_grouping_makes_no_other_number(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Asha 98402 22222",
        "98402 22222 Asha",
        "98402 22222 (Asha)",
        "Asha Rao, Mob-9840222222, 12 High Street",
        "Asha,9840222222,600001,Chennai",
        "Asha\t98402 22222\t600001\tChennai",
        "Asha Rao | 98402 22222 | Chennai 600001",
        "T 98402 22222 | 12 High Street",
        "Phone (work): 98402 22222",
        "Customer: 98402 22222",
        "Mob No.- 9840222222",
        "Phone No. 98402 22222",
        "Phone #: 98402 22222",
        "WhatsApp: 98402 22222",
        "STD 098402 22222",
        "98402 22222 Mo-Fr 9:00-17:00",
        "98402 22222 at 10.30",
        "05.11.2024 98402 22222",
        "2024-11-05 10:30 98402 22222",
        "1) 98402 22222",
        "1. 98402 22222",
        "₹500 98402 22222",
        "Order 4711: please call 98402 22222.",
        "Please call 98402 22222, order 9840233333",
        "ring 98402 22222, see https://example.com/9840233333",
        "mail asha.9840233333@example.com or ring 98402 22222",
        "Ticket AB9840233333, 98402 22222",
        "Emergency 112, office 98402 22222",
        "पता: चेन्नई, ९८४०२ २२२२२",
        "Caf\ufffd: 98402 22222",
    ],
)
def test_the_one_number_among_words_is_read(text: str) -> None:
    assert parse_number(text).e164 == INDIAN


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("Invoice 2024-11-05, call +44 20 7946 0123", "IN", LONDON),
        ("2024-11-05 +44 20 7946 0123", "IN", LONDON),
        ("Order 4711000222 call +44 20 7946 0123", "IN", LONDON),
        ("call me at +44 7700 900123", "IN", "+447700900123"),
        ("2024-11-05 020 7946 0123", "GB", LONDON),
        ("London: 020 7946 0123 (Mon–Fri)", "GB", LONDON),
        ("Hans 030 12345", "DE", BERLIN),
        ("1) 030 12345", "DE", BERLIN),
        ("12) 030 12345", "DE", BERLIN),
        ("030 12345 Hans", "DE", BERLIN),
        ("Rechnung 20241105, Telefon 030 12345", "DE", BERLIN),
        ("Order 20241105, phone 22 33 44 55", "DK", "+4522334455"),
        ("22.33.44.55", "DK", "+4522334455"),
        ("8 (495) 123-45-67, доб. 12", "RU", "+74951234567"),
        ("0800 DENTAL (free)", "GB", None),
    ],
)
def test_a_number_among_words_is_read_as_its_region_writes_it(text: str, region: str, e164: str | None) -> None:
    if e164 is None:
        with pytest.raises(NumberError):
            parse_number(text, region)
    else:
        assert parse_number(text, region).e164 == e164


def test_what_is_pressed_after_the_answer_is_found_among_words_too() -> None:
    assert parse_number("conference on +44 20 7946 0123,,1234#").post_dial == "1234#"
    assert parse_number("desk +44 20 7946 0123 ext 12 today").post_dial == "12"


def test_the_reading_shows_the_words_the_number_stood_in() -> None:
    number = parse_number("Asha 98402 22222")
    assert number.reading == "Asha 98402 22222 → +91 98402 22222 (India, your region)"
    assert number.why == "India, your region"

"""Links of web pages and programs, as the standards have them and as they are really written."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.number import parse_number
from tests.fakes import INDIAN
from tests.unit.builders import LONDON


@pytest.mark.parametrize(
    "text",
    [
        "sip:asha@example.org",
        "sip:asha.9840222222@example.org",
        "sip:asha@9840222222.example.org",
        "sip:1-800-FLOWERS-asha@example.org",
        "sip:asha rao 98402 22222@example.org",
        "sips:@example.org",
        "sip:",
        "callto:asha.rao",
        "callto:asha9840222222",
        "tel:",
        "tel://",
        "tel:;ext=12",
        "tel:?9840222222",
        "tel:asha",
        "skype:asha.rao?call",
    ],
)
def test_a_link_without_a_number_has_none(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.title == "No number there"
    assert "no phone number in" in caught.value.message


@pytest.mark.parametrize(
    "text",
    ["sip:192.168.1.10", "sip:192.168.1.10:5060", "tel:%ff%fe%39", "tel:98402%C2%BD22222", "tel:+44%00%00"],
)
def test_a_link_that_is_damaged_or_to_a_machine_is_no_number(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize("text", ["tel:*100%23", "tel:%2A21%2A9840222222%23", "sip:*97@pbx.example.org"])
def test_a_link_to_a_service_code_is_refused(text: str) -> None:
    with pytest.raises(RefusedNumberError, match="cannot be dialled through click-to-call"):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "tel:+442079460123",
        "tel:+44-20-7946-0123",
        "tel:+44(20)7946.0123",
        "tel://+442079460123",
        "tel:///+442079460123",
        "TEL:+442079460123",
        "Tel://+442079460123",
        "tel: +442079460123",
        "tel :+442079460123",
        "tel:%2B442079460123",
        "tel:%2b44%2020%207946%200123",
        "tel:%252B442079460123",
        "tel:%25252B442079460123",
        "tel%3A%2B442079460123",
        "%2B442079460123",
        "%252B442079460123",
        "%2B44%20(0)20%207946%200123",
        "tel:00442079460123",
        "tel:0044%20(0)20%207946%200123",
        "callto:+442079460123",
        "callto://+442079460123",
        "callto://+442079460123/",
        "CALLTO://+442079460123?call",
        "sip:+442079460123@example.org",
        "sip:+442079460123@example.org;user=phone",
        "sip:+44-20-7946-0123:secret@example.org:5060;transport=tls",
        "sip:+442079460123;phone-context=example.org@example.org",
        "sips://+442079460123@example.org",
        "SIP:+442079460123@EXAMPLE.ORG",
        "sip:%2B442079460123@example.org",
        "sip:+442079460123",
        "tel:+442079460123?subject=Hello",
        "tel:+442079460123?subject=hello%20there",
        "tel:+442079460123;isub=1411",
        "tel:+442079460123;isub=1411;tsp=example.org",
        "tel:+442079460123;phone-context=+91",
        "tel:020-7946-0123;phone-context=+44",
        "tel:7946-0123;phone-context=+44-20",
        "tel:(0)20 7946 0123;PHONE-CONTEXT=+44",
        "“tel:+442079460123”",
        "<tel:+442079460123>",
        "Call tel:+44-20-7946-0123 now",
    ],
)
def test_every_dress_of_a_link_is_taken_off(text: str) -> None:
    number = parse_number(text, "IN")
    assert (number.e164, number.post_dial) == (LONDON, "")


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("tel:9840222222;phone-context=example.com", "IN", INDIAN),
        ("tel:9840222222;phone-context=pbx.example.com", "IN", INDIAN),
        ("tel:0721405516;phone-context=example.com", "IT", "+390721405516"),
        ("tel:02079460123;phone-context=example.com", "GB", LONDON),
        ("tel:9840222222;phone-context=+", "IN", INDIAN),
        ("tel:9840222222;phone-context=", "IN", INDIAN),
        ("tel:9840222222;phone-context=+91x", "IN", INDIAN),
        ("tel:06 6982 0123;phone-context=+39", "IN", "+390669820123"),
    ],
)
def test_only_a_prefix_in_a_context_is_put_before_the_number(text: str, region: str, e164: str) -> None:
    assert parse_number(text, region).e164 == e164


@pytest.mark.parametrize(
    ("text", "post_dial"),
    [
        ("tel:+44-20-7946-0123;ext=12", "12"),
        ("tel:+442079460123;EXT=1-2", "12"),
        ("tel:+442079460123%3Bext%3D12", "12"),
        ("tel:+442079460123;ext=", ""),
        ("tel:+442079460123;ext=abc", ""),
        ("tel:+442079460123;isub=5;ext=12", "12"),
        ("tel:+442079460123;postd=pp22", "22"),
        ("tel:+442079460123;postd=", ""),
        ("tel:+442079460123,,1234%23", "1234#"),
        ("tel:+442079460123;12", "12"),
        ("sip:+442079460123;ext=12@example.org", "12"),
    ],
)
def test_what_a_link_adds_to_press_is_kept_apart(text: str, post_dial: str) -> None:
    number = parse_number(text)
    assert (number.e164, number.post_dial) == (LONDON, post_dial)


def test_a_link_encoded_more_often_than_programs_do_is_no_number() -> None:
    with pytest.raises(NumberError):
        parse_number("tel:%2525252525252B442079460123")

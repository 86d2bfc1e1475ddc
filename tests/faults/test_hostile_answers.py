"""Every byte of an answer is hostile: what is shown of it is one short line of plain text."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_desktop.adapters.telecmi_answers import read_answer
from c2c_desktop.domain.call import CallState

LIMIT = 300


def assert_safe(text: str, limit: int = LIMIT) -> None:
    assert len(text) <= limit
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Cn"} for c in text)
    assert not any(
        unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "PDI"} for c in text
    )
    assert "\n" not in text


HOSTILE = [
    ("\u202egnorw\u202c", "gnorw"),
    ("\u2066\u2067\u200f\u061c\ufeffplain", "plain"),
    ("a\x00b\x1b[31mc\x07", "abc[31m"),
    ("two\r\nlines\tand\u2028more", "two lines and more"),
    ("half \ud800 a character", "half a character"),
    ("x" * 50_000, "xxxx"),
]


@pytest.mark.parametrize(("hostile", "shown"), HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("code", [200, 400, 420, 418])
def test_words_of_the_service_are_cleaned(hostile: str, shown: str, code: int) -> None:
    for msg in (hostile, {"body": [{"message": hostile}]}, [hostile], {"message": hostile}):
        placement = read_answer(200, json.dumps({"code": code, "msg": msg, "request_id": hostile}).encode())
        assert placement.state is (CallState.INITIATED if code == 200 else CallState.REFUSED)
        assert_safe(placement.message)
        assert_safe(placement.request_id, 120)
        if "[31m" not in hostile:
            assert shown in placement.message


def test_markup_stays_text() -> None:
    placement = read_answer(200, b'{"code": 418, "msg": "<img src=x onerror=alert(1)><b>no</b>"}')
    assert placement.message == "The service said: <img src=x onerror=alert(1)><b>no</b> (418)"


@pytest.mark.parametrize(
    ("msg", "shown"),
    [
        ({"body": [{"message": "first"}, {"message": "second"}]}, "first"),
        ({"message": "", "msg": "deep"}, "deep"),
        ({"other": ["odd"]}, "odd"),
        ([[[["deep"]]]], "deep"),
        (7, "7"),
        (True, "true"),
    ],
)
def test_a_message_is_found_in_any_shape(msg: object, shown: str) -> None:
    placement = read_answer(200, json.dumps({"code": 418, "msg": msg}).encode())
    assert placement.message == f"The service said: {shown} (418)"


@pytest.mark.parametrize("msg", [None, "", [], {}, "\u202e", [None]])
def test_a_message_that_holds_nothing_is_none(msg: object) -> None:
    placement = read_answer(200, json.dumps({"code": 418, "msg": msg}).encode())
    assert placement.message == "The service said no, without a reason (418)."


def test_a_message_in_the_other_field_is_found() -> None:
    assert "no way" in read_answer(200, b'{"code": 418, "message": "no way"}').message


@pytest.mark.parametrize("depth", [5, 6, 7, 100, 800, 950, 980, 990, 1000, 5000])
def test_no_depth_of_a_message_is_too_much(depth: int) -> None:
    placement = read_answer(422, b'{"code": 422, "msg": ' + b"[" * depth + b"1" + b"]" * depth + b"}")
    assert placement.state is CallState.REFUSED
    assert_safe(placement.message)


@pytest.mark.parametrize("request_id", [None, 7, ["r-1"], {"id": "r-1"}, ""])
def test_an_accepted_call_without_a_usable_request_id_has_none(request_id: object) -> None:
    placement = read_answer(200, json.dumps({"code": 200, "msg": "Call initiated", "request_id": request_id}).encode())
    assert placement.state is CallState.INITIATED
    assert placement.request_id == ""


values = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["code", "msg", "message", "request_id", "x"]), inner)
    ),
)


@settings(deadline=None)
@given(status=st.integers(200, 599), answer=values)
def test_any_answer_gives_one_state_and_safe_words(status: int, answer: object) -> None:
    placement = read_answer(status, json.dumps(answer).encode())
    own = isinstance(answer, dict) and type(answer.get("code")) is int and answer["code"] == 200
    assert (placement.state is CallState.INITIATED) == (own and status < 300)
    assert placement.state in {CallState.INITIATED, CallState.REFUSED, CallState.UNCERTAIN}
    if 400 <= status < 500:
        assert placement.state is CallState.REFUSED
    assert_safe(placement.message)
    assert_safe(placement.request_id, 120)


@given(status=st.integers(100, 999), body=st.binary(max_size=200))
def test_any_bytes_give_a_state(status: int, body: bytes) -> None:
    assert read_answer(status, body).state in {CallState.INITIATED, CallState.REFUSED, CallState.UNCERTAIN}


@pytest.mark.parametrize("code", [200, 400, 404, 418, 420])
@pytest.mark.parametrize("status", [200, 418])
def test_a_secret_that_the_service_repeats_is_not_told(code: int, status: int) -> None:
    secret = "s3cret/“ü”"
    for msg in (f"bad {secret}", secret * 3, {"body": [{"message": f"to {secret}"}]}, "x" * 195 + secret, [[[secret]]]):
        for escaped in (True, False):
            said = json.dumps({"code": code, "msg": msg, "request_id": f"r-{secret}"}, ensure_ascii=escaped)
            told = repr(read_answer(status, said.encode(), secret))
            assert "s3cret" not in told

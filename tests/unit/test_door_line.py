"""The line a link comes in: one link, nothing else, whatever bytes come."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from c2c_desktop.services.door_line import (
    LINE_LIMIT,
    LINK_LIMIT,
    TEXT_LIMIT,
    TOKEN_LIMIT,
    DoorLineError,
    HandOver,
    LineReader,
    LinkError,
    Wish,
    answer_line,
    checked_link,
    checked_text,
    door_line,
    read_answer,
    read_door_line,
)

LINK = "tel:+442079460018"


def line_of(**facts: object) -> bytes:
    return json.dumps(facts).encode()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\x00\x01\xfe\xff",
        b"tel:+442079460018",
        b"GET / HTTP/1.1",
        b"null",
        b"[]",
        b'"tel:+442079460018"',
        b"[" * 4000,
        b'{"a":' * 800,
        b'{"v": 1, "link": "tel:\xff"}',
        '{"v": 1, "link": "tel:+442079460018"}'.encode("utf-16"),
        b"\xef\xbb\xbf" + line_of(v=1, link=LINK),
        line_of(link=LINK),
        line_of(v=2, link=LINK),
        line_of(v="1", link=LINK),
        line_of(v=True, link=LINK),
        line_of(v=1.0, link=LINK),
        line_of(v=1),
        line_of(v=1, link=None),
        line_of(v=1, link=[LINK]),
        line_of(v=1, settings={"muted": []}),
        line_of(v=1, quit=True),
        line_of(v=1, link=LINK, yes=True),
        line_of(v=1, link=LINK, secret="s"),
        line_of(v=1, link=LINK, confirmed=True),
        line_of(v=1, link=LINK, do="show"),
        line_of(v=1, link=LINK, dial="+442079460018"),
        line_of(v=1, do="quit"),
        line_of(v=1, do="call"),
        line_of(v=1, do="SHOW"),
        line_of(v=1, do=None),
        line_of(v=1, do=["show"]),
        line_of(v=1, dial=442079460018),
        line_of(v=1, do="show", token="a b"),
        line_of(v=1, do="show", token=7),
        line_of(v=1, do="show", token="x" * (TOKEN_LIMIT + 1)),
    ],
)
def test_a_line_of_any_other_shape_hands_nothing_over(line: bytes) -> None:
    with pytest.raises(DoorLineError):
        read_door_line(line)


@pytest.mark.parametrize("token", ["", "window-1_TIME12345", "x" * TOKEN_LIMIT])
@pytest.mark.parametrize(
    "what", [*map(HandOver, Wish), HandOver(link=LINK), HandOver(dial="020 7946 0018 or 020 7946 0019")]
)
def test_what_is_handed_over_comes_through_as_it_is(what: HandOver, token: str) -> None:
    what = replace(what, token=token)
    assert read_door_line(door_line(what).removesuffix(b"\n")) == what


def test_a_token_that_no_desktop_gives_is_left_out_and_the_rest_handed_over() -> None:
    for token in ("a b", "a\nb", "ä", "x" * (TOKEN_LIMIT + 1)):
        line = door_line(HandOver(Wish.SHOW, token=token))
        assert read_door_line(line.removesuffix(b"\n")) == HandOver(Wish.SHOW)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "1" * (TEXT_LIMIT + 1)])
def test_a_text_that_holds_nothing_or_a_page_is_refused(text: str) -> None:
    with pytest.raises(DoorLineError):
        checked_text(text)
    with pytest.raises(DoorLineError):
        read_door_line(line_of(v=1, dial=text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "+442079460018",
        "telephone:1",
        "mailto:asha@example.com",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--yes",
        "-tel:1",
        "quit",
        "x tel:+442079460018",
        "tel:+442079460018\ntel:+442079460019",
        "tel:+44\x002079460018",
        "tel:+44\u2028 2079460018",
        "tel:+44\udcff2079460018",
        "tel:" + "1" * LINK_LIMIT,
    ],
)
def test_a_text_that_is_no_link_to_a_number_is_refused(text: str) -> None:
    with pytest.raises(LinkError):
        checked_link(text)
    with pytest.raises(LinkError):
        read_door_line(line_of(v=1, link=text))


@pytest.mark.parametrize("scheme", ["tel:", "TEL:", "callto:", "callto://", "sip:", "sips:"])
def test_a_link_of_each_scheme_comes_through_as_it_is(scheme: str) -> None:
    link = f"{scheme}+44-(0)20-7946-0018;ext=12?subject=$(true)%0A"
    assert read_door_line(door_line(HandOver(link=link)).removesuffix(b"\n")) == HandOver(link=link)


def test_marks_nobody_sees_are_taken_off() -> None:
    assert checked_link("  tel:\u202e+4420\u200b7946\u20600018\u202c\n") == LINK


def test_a_link_that_fits_no_line_is_refused() -> None:
    with pytest.raises(LinkError):
        door_line(HandOver(link="tel:" + "\u0967" * 1990))


def test_a_line_is_put_together_from_its_pieces() -> None:
    reader = LineReader()
    assert [reader.feed(piece) for piece in (b"", b"a", b"b")] == [None, None, None]
    assert reader.feed(b"c\nd\n") == b"abc"


def test_a_line_of_the_full_length_is_read() -> None:
    assert LineReader().feed(b"x" * (LINE_LIMIT - 1) + b"\n") == b"x" * (LINE_LIMIT - 1)


@pytest.mark.parametrize("pieces", [[b"x" * 1_000_000], [b"x" * 4000, b"x" * 96], [b"x" * (LINE_LIMIT - 1), b"x\n"]])
def test_a_line_without_an_end_is_given_up_at_its_limit(pieces: list[bytes]) -> None:
    reader = LineReader()
    *before, last = pieces
    assert [reader.feed(piece) for piece in before] == [None] * len(before)
    with pytest.raises(DoorLineError):
        reader.feed(last)


def test_an_answer_says_that_it_was_taken_or_why_not() -> None:
    assert answer_line() == b'{"taken": true}\n'
    assert read_answer(answer_line()) == ""
    assert read_answer(answer_line("Too “many”")) == "Too “many”"
    assert read_answer(answer_line("\x1b[2J" + "y" * 900)) == "[2J" + "y" * 296 + "…"


@pytest.mark.parametrize(
    "line",
    [b"", b"HTTP/1.1 200 OK", b"{}", b"[]", line_of(taken=1), line_of(taken=False), line_of(taken=False, why="")],
)
def test_what_is_no_answer_says_so(line: bytes) -> None:
    with pytest.raises(DoorLineError):
        read_answer(line)

"""A note: what is kept of what somebody typed or pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.call import NOTE_LIMIT, clean_note
from tests.unit.builders import make_call


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \n\t\r\n ", ""),
        ("  Wants the offer \r\nby  Friday\t \n", "Wants the offer\nby Friday"),
        ("one\n\n\ntwo", "one\n\n\ntwo"),
        ("\u202eabc\u202c\x00\x1b[31m", "abc[31m"),
        ("a\u2028b\x0bc\x85d", "a\nb\nc\nd"),
        ("नमस्ते \U0001f600\u200d\U0001f5a5", "नमस्ते \U0001f600\u200d\U0001f5a5"),
        ("half of one: \ud800", "half of one:"),
    ],
)
def test_lines_stay_and_what_could_mislead_goes(typed: str, kept: str) -> None:
    assert clean_note(typed) == kept


@pytest.mark.parametrize("typed", ["x" * 5000, "x\n" * 5000, "\u202e" * 50_000 + "x" * 5000, "word " * 3000])
def test_what_is_too_long_is_cut(typed: str) -> None:
    assert len(clean_note(typed)) <= NOTE_LIMIT


def test_a_note_of_full_length_is_kept_whole() -> None:
    text = "word\n" * (NOTE_LIMIT // 5 - 1) + "words"
    assert len(text) == NOTE_LIMIT
    assert clean_note(text) == text


@given(st.text(max_size=300))
def test_a_kept_note_is_kept_as_it_is(typed: str) -> None:
    kept = clean_note(typed)
    assert clean_note(kept) == kept
    assert kept.encode().decode() == kept  # half a character could not be stored
    assert not any(c.isspace() and c not in " \n" for c in kept)


def test_a_call_that_is_printed_does_not_tell_its_note() -> None:
    assert "offer" not in repr(make_call(note="Wants the offer"))

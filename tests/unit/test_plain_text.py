"""Hostile text made safe to show, and text folded for matching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from c2c_desktop.domain.plain_text import clean_text, fold

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
DROPPED = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


@given(st.text(), st.integers(1, 50))
@example("a\u202egnp.exe", 50)
@example("\x1b[31mred\x00", 50)
def test_cleaned_text_is_one_short_line_without_control_or_bidi_characters(text: str, limit: int) -> None:
    cleaned = clean_text(text, limit)
    assert len(cleaned) <= limit
    assert not [c for c in cleaned if unicodedata.category(c) in DROPPED and c not in "\u200c\u200d"]
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@given(st.text(), st.integers(1, 50))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    cleaned = clean_text(text, limit)
    assert clean_text(cleaned, limit) == cleaned


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20))
def test_visible_characters_are_kept(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("character", [*BIDI, "\u200b", "\ufeff", "\x00", "\x1b", "\x7f", "\ud800", "\U000e0041"])
def test_an_invisible_character_vanishes(character: str) -> None:
    assert clean_text(f"Asha{character}Rao") == "AshaRao"


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "\u2028", "\u2029", "\u00a0", "\u3000", "  "])
def test_any_space_becomes_one_blank(space: str) -> None:
    assert clean_text(f" Asha{space}Rao{space}") == "Asha Rao"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_of_indic_scripts_stay(joiner: str) -> None:
    assert clean_text(f"क्{joiner}ष") == f"क्{joiner}ष"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean_text("abcdefgh", 5) == "abcd…"
    assert clean_text("abc defgh", 5) == "abc…"
    assert clean_text("abcde", 5) == "abcde"


def test_a_huge_text_is_not_read_to_its_end() -> None:
    assert clean_text("\u202e" * 10_000_000 + "late", 10) == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text))
    assert fold(text.casefold()) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("JOSÉ", "jose"),
        ("Jose\u0301", "jose"),
        ("Müller", "muller"),
        ("Łukasz", "lukasz"),
        ("Søren Đurić", "soren duric"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Æther", "aether"),
        ("İstanbul ısı", "istanbul isi"),
        ("ＡＳＨＡ", "asha"),
        ("℡", "tel"),
        ("आशा", "आशा"),
        ("한글", "한글"),
    ],
)
def test_accents_case_and_width_are_folded_away(written: str, folded: str) -> None:
    assert fold(written) == folded

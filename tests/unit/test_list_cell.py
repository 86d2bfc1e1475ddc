"""Cells that come back as they were, and none of them a formula."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_desktop.domain.list_cell import FORMULA_STARTS, as_typed, kept_apart, list_cell, list_items, neutralised

NASTY = st.text(st.sampled_from(":\\'=+-@ \"ab1\t\r,;＝"), max_size=12)


@given(st.lists(NASTY.map(lambda text: " ".join(text.split())).filter(bool)))
def test_a_list_in_a_cell_is_the_same_list(items: list[str]) -> None:
    assert list_items(list_cell(items)) == items


@given(NASTY)
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert as_typed(neutralised(cell)) in {cell, as_typed(cell)}
    assert as_typed(kept_apart(cell)) == cell


@pytest.mark.parametrize("start", FORMULA_STARTS)
@pytest.mark.parametrize("before", ["", "'", "''"])
def test_no_formula_stays_one(start: str, before: str) -> None:
    cell = f"{before}{start}1+1"
    assert neutralised(cell) == f"'{cell}"
    assert as_typed(neutralised(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Asha", "'Asha'", "O'Brien", "1+1", "a=b"])
def test_what_is_no_formula_is_not_touched(cell: str) -> None:
    assert neutralised(cell) == kept_apart(cell) == as_typed(cell) == cell


@pytest.mark.parametrize(
    ("cell", "typed"), [('="+44 20"', "+44 20"), ('="007"', "007"), ('=""', '=""'), ('="a"', '="a"'), ("'+44", "+44")]
)
def test_what_keeps_a_number_text_in_a_spreadsheet_is_taken_off(cell: str, typed: str) -> None:
    assert as_typed(cell) == typed


@pytest.mark.parametrize("cell", ["Rao;=1+1", "Rao;  @x", "note\n-1", "a\r\n+1", "Rao;'=1", "=1;=2"])
def test_nor_one_behind_what_separates_cells_elsewhere(cell: str) -> None:
    assert not [part for part in re.split("[;\r\n]", neutralised(cell)) if part.strip(" ").startswith(tuple("=+-@"))]
    assert as_typed(neutralised(cell)) == cell
    assert as_typed(kept_apart(cell)) == cell


@pytest.mark.parametrize("cell", ['""=1+1', '"=1', "'\"=1", "\"'=1", 'a;"=1', 'a; ""\'=1', '"', '""', 'a;"b'])
def test_quotation_marks_hide_no_formula_and_come_back(cell: str) -> None:
    safe = neutralised(cell)
    assert not any(part.strip(' "').startswith("=") for part in safe.split(";"))
    assert as_typed(safe) == cell

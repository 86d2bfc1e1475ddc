"""What an import left out, saved for a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from c2c_desktop.adapters.skipped_csv import HEADER, save_skipped
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.list_cell import FORMULA_STARTS, as_typed


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="could not be saved"):
        save_skipped(str(tmp_path / "gone" / "left.csv"), [SkippedRecord(1, "No.", "x")])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_replaced_stays_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "left.csv"
    target.mkdir()
    (target / "mine").write_text("kept", encoding="utf-8")
    with pytest.raises(UserFacingError, match="could not be saved"):
        save_skipped(str(target), [SkippedRecord(1, "No.", "x")])
    assert [path.name for path in tmp_path.iterdir()] == ["left.csv"]
    assert (target / "mine").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("start", list(FORMULA_STARTS))
def test_no_cell_calculates(tmp_path: Path, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    target = tmp_path / "left.csv"
    save_skipped(str(target), [SkippedRecord(7, text, text)])
    (_, (line, reason, cell)) = rows_of(target)
    assert line == "7"
    assert reason == cell == f"'{text}"
    assert as_typed(cell) == text


def test_every_row_comes_back_whatever_stands_in_it(tmp_path: Path) -> None:
    target = tmp_path / "left.csv"
    target.write_text("what was there before", encoding="utf-8")
    problems = [SkippedRecord(3, "There is no name.", 'a,"b";राजेश'), SkippedRecord(9, "Lost.", "\ud800")]
    save_skipped(str(target), problems)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(target) == [list(HEADER), ["3", "There is no name.", 'a,"b";राजेश'], ["9", "Lost.", "?"]]

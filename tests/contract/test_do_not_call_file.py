"""The do-not-call list: numbers as people write them, and a list that cannot be read is never off without a word."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_desktop.adapters.do_not_call_file import (
    BEING_READ,
    MOST_BYTES,
    DoNotCallFile,
    UnreadableListError,
    _plainly,
    read_numbers,
)
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.workstation import Workstation
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.services.ports import Lane, Runner
from tests.contract.permissions import without_root
from tests.fakes import INDIAN, ManualRunner

LONDON = "+442079460123"
CANNOT = "The do-not-call list cannot be read: "


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.txt"


def the_list(path: Path | str, runner: Runner | None = None, region: str = "IN") -> DoNotCallFile:
    watched = DoNotCallFile(lambda: (str(path), region), runner or InlineRunner())
    watched.refresh()
    return watched


@pytest.mark.parametrize(
    ("line", "region", "e164"),
    [
        ("+919840222222", "GB", INDIAN),
        ("+91 98402 22222", "GB", INDIAN),
        ("0091-98402-22222", "GB", INDIAN),
        ("098402 22222", "IN", INDIAN),
        ("98402.22222", "IN", INDIAN),
        ("  (98402) 22222  # Asha, asked on Monday", "IN", INDIAN),
        ("919840222222", "IN", INDIAN),
        ("tel:+91-98402-22222", "GB", INDIAN),
        ("+44 (0)20 7946 0123", "IN", LONDON),
        ("+44 020 7946 0123", "IN", LONDON),
        ("020 7946 0123", "GB", LONDON),
        ('"+44 20 7946 0123","Priya","2026-01-05"', "IN", LONDON),
        ("'+442079460123;Priya;yes", "IN", LONDON),
        ('="+442079460123"\tPriya', "IN", LONDON),
        ("٩٨٤٠٢٢٢٢٢٢", "IN", INDIAN),
        ("+44 7700 900123", "IN", "+447700900123"),
    ],
)
def test_a_number_is_read_as_people_write_it(path: Path, line: str, region: str, e164: str) -> None:
    path.write_text(f"# do not call\n\nphone,name\n{line}\n", encoding="utf-8")
    watched = the_list(path, region=region)
    assert (watched.holds(e164), watched.trouble) == (True, "")
    assert not watched.holds("+12025550123")


def test_a_colleague_s_extension_can_be_listed(path: Path) -> None:
    path.write_text("1-01\n")
    watched = the_list(path)
    assert (watched.holds("101"), watched.trouble) == (True, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_list_is_read_in_whatever_encoding_it_was_stored(path: Path, encoding: str, newline: str) -> None:
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    text = f"{mark}{LONDON},Ren\u00e9e{newline}{INDIAN},\u00c5sa"
    path.write_bytes(text.encode(encoding))
    assert read_numbers(path, "IN") == {LONDON, INDIAN}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"+44 20 7946 0123\n12345678901234567890\n", "line 2 is not one phone number"),
        (b"+44 20 7946 0123 / +91 98402 22222\n", "line 1 is not one phone number"),
        (b"9.19840E+11\n", "line 1 is not one phone number"),
        (b"+44 7946 0123\n", "line 1 is not one phone number"),
        ("+919840222222\n".encode("utf-16-le"), "it is no text file"),
    ],
)
def test_a_list_with_a_line_nobody_can_read_asks_and_says_which(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    watched = the_list(path)
    assert watched.trouble == f"{CANNOT}{why}."


@pytest.mark.parametrize("place", ["list.txt", "~nobody-at-all/list.txt", "/no/such/list.txt", "/etc", "/a\0b"])
def test_a_list_that_is_not_there_is_told(place: str) -> None:
    assert the_list(place).trouble.startswith(CANNOT)


def test_a_list_nobody_lets_us_read_is_told_until_it_can_be_read() -> None:
    with tempfile.TemporaryDirectory(prefix="list-") as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "list.txt"
        path.write_text(INDIAN)
        path.chmod(0o000)
        with without_root():
            watched = the_list(path)
            assert watched.trouble == f"{CANNOT}Permission denied."
        path.chmod(0o644)
        watched.refresh()
        assert (watched.trouble, watched.holds(INDIAN)) == ("", True)


def test_a_pipe_in_the_place_of_the_list_keeps_nobody_waiting(path: Path) -> None:
    os.mkfifo(path)
    assert the_list(path).trouble == f"{CANNOT}it is no file."


def test_a_list_without_end_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableListError, match="too long"):
        read_numbers(path, "IN")


def test_until_the_list_is_read_it_says_so_and_nothing_waits(path: Path) -> None:
    path.write_text(INDIAN)
    runner = ManualRunner()
    watched = the_list(path, runner)
    assert (watched.trouble, watched.holds(INDIAN)) == (BEING_READ, False)
    watched.refresh()
    assert [job.lane for job in runner.jobs] == [Lane.DATABASE]
    runner.finish()
    assert (watched.trouble, watched.holds(INDIAN)) == ("", True)


def test_a_list_that_changes_is_read_again_and_what_was_listed_stays_refused_meanwhile(path: Path) -> None:
    path.write_text(INDIAN)
    runner = ManualRunner()
    watched = the_list(path, runner)
    runner.finish()
    path.write_text(f"{LONDON}\n{LONDON}")
    watched.refresh()
    assert (watched.trouble, watched.holds(INDIAN)) == (BEING_READ, True)
    runner.finish()
    assert (watched.trouble, watched.holds(INDIAN), watched.holds(LONDON)) == ("", False, True)
    path.unlink()
    watched.refresh()
    assert watched.trouble == f"{CANNOT}No such file or directory."


def test_a_list_that_changes_while_it_is_read_counts_in_its_newest_form(path: Path) -> None:
    path.write_text("nonsense 12345678901234567890")
    runner = ManualRunner()
    watched = the_list(path, runner)
    path.write_text(INDIAN)
    watched.refresh()
    first, second = runner.jobs
    second.done(frozenset({INDIAN}))
    first.done(frozenset({LONDON}))
    first.failed(UnreadableListError("the old one"))
    assert (watched.trouble, watched.holds(INDIAN), watched.holds(LONDON)) == ("", True, False)


def test_another_file_or_region_is_another_list(path: Path, tmp_path: Path) -> None:
    path.write_text("020 7946 0123")
    other = tmp_path / "other.txt"
    other.write_text(INDIAN)
    wanted = [(str(path), "GB")]
    watched = DoNotCallFile(lambda: wanted[0], InlineRunner())
    watched.refresh()
    assert watched.holds(LONDON)
    wanted[0] = (str(path), "IN")
    watched.refresh()
    assert not watched.holds(LONDON)
    wanted[0] = (str(other), "IN")
    watched.refresh()
    assert watched.holds(INDIAN)
    wanted[0] = ("", "IN")
    watched.refresh()
    assert (watched.holds(INDIAN), watched.trouble) == (False, "")


@pytest.mark.logs("do-not-call list could not be read")
def test_a_bug_while_reading_is_logged_and_asks(path: Path) -> None:
    path.write_text(INDIAN)
    runner = ManualRunner()
    watched = the_list(path, runner)
    runner.jobs[0].failed(RuntimeError("a bug"))
    assert watched.trouble == f"{CANNOT}something went wrong inside."


def test_the_workstation_looks_at_the_list_of_the_moment(path: Path) -> None:
    path.write_text(INDIAN)
    workstation = Workstation(DoNotCallFile(lambda: (str(path), "IN"), InlineRunner()))
    assert workstation.is_do_not_call(INDIAN)
    assert workstation.do_not_call_trouble() == ""
    path.write_text(f"{LONDON} 1234567890123\n")
    assert workstation.is_do_not_call(INDIAN)
    assert workstation.do_not_call_trouble().startswith(CANNOT)
    path.unlink()
    workstation.refresh()
    assert not workstation.is_do_not_call(INDIAN)


def test_the_workstation_knows_of_a_locked_screen_what_it_is_told() -> None:
    workstation = Workstation(DoNotCallFile(lambda: ("", "IN"), InlineRunner()))
    assert not workstation.screen_is_locked()
    workstation.watch_screen(lambda: True)
    assert workstation.screen_is_locked()


written = st.from_regex(r"(\+|00|0)?[1-9]([ .-]?[0-9]){6,12}|(\+|0)?[1-9][0-9]{6,12}", fullmatch=True)


@settings(deadline=None, max_examples=300)
@given(written, st.sampled_from(["IN", "GB", "US", "IT", "RU", "MX", "AR", "SG"]))
def test_the_quick_way_reads_a_number_as_the_thorough_one_does(cell: str, region: str) -> None:
    quick = _plainly(cell, region)
    if not quick:
        return
    try:
        assert parse_number(cell, region).e164 == quick
    except NumberError:
        pytest.fail(f"{cell!r} in {region} was read as {quick}")

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
    read_list,
)
from c2c_desktop.adapters.do_not_call_lines import ListedNumbers, plainly
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
    assert read_list(path, "IN").numbers == {LONDON, INDIAN}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"+44 20 7946 0123\n12345678901234567890\n", "line 2 could not be read"),
        (b"+44 20 7946 0123 / +91 98402 22222\n", "line 1 could not be read"),
        (b"9.19840E+11\n", "line 1 could not be read"),
        (b"+44 7946 0123\n", "line 1 could not be read"),
        (b"+44 20 7946 0123, +44 7946 0123\n", "line 1 could not be read"),
        (b"98402#22222\n", "line 1 could not be read"),
        (b"*100#\n", "line 1 could not be read"),
        (b"7,101\n", "line 1 could not be read"),
        (b"Asha Rao\n7,98402 2\n", "line 2 could not be read"),
        (
            b"\n\n1234567890123456\n+44 20 7946 0123\n98402*22222\n+1\n",
            "3 lines could not be read, the first is line 3",
        ),
    ],
)
def test_a_list_with_a_line_nobody_can_read_asks_and_says_which(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    assert the_list(path).trouble == f"The do-not-call list is not whole: {why}."


def test_what_can_be_read_of_a_list_is_refused_also_where_a_line_cannot(path: Path) -> None:
    path.write_text(f"{LONDON}\n12345678901234567890\n+44 20 7946 0018 / {INDIAN}\n")
    watched = the_list(path)
    assert all(watched.holds(e164) for e164 in (LONDON, INDIAN, "+442079460018"))
    assert watched.trouble.endswith("2 lines could not be read, the first is line 2.")


@pytest.mark.parametrize("content", ["name,number\nAsha Rao,\n", "phone\n", "Asha Rao\nRavi\n"])
def test_a_list_of_lines_without_any_number_asks(path: Path, content: str) -> None:
    path.write_text(content)
    assert the_list(path).trouble == f"{CANNOT}it holds no number."


@pytest.mark.parametrize("content", ["", "\n \n", "# nobody yet, 2026-01-05\n#+919840222222\n"])
def test_a_list_without_lines_lists_nobody(path: Path, content: str) -> None:
    path.write_text(content)
    watched = the_list(path)
    assert (watched.trouble, watched.holds(INDIAN)) == ("", False)


@pytest.mark.parametrize(
    "line",
    [
        "Asha Rao,+919840222222",
        '"Rao, Asha";"+91 98402 22222"',
        "1,Asha Rao,98402 22222,600001,2026-01-05",
        "2026-01-05\tAsha Rao\t9840222222",
        "Asha Rao | 9840222222",
        "Asha Rao 98402 22222",
        "+12025550123,98402 22222",
        "9840222222,+12025550123",
        "Asha,0 98402 22222 ext 5",
        "+919840222222*",
        "*31*+919840222222",
        "#31#+919840222222",
        "*31#9840222222",
        "*21*9840222222#",
        "9840222222#Asha",
    ],
)
def test_the_number_is_found_in_whatever_cell_and_behind_codes(path: Path, line: str) -> None:
    path.write_text(f"name,phone 1\n{line}\n")
    watched = the_list(path)
    assert (watched.holds(INDIAN), watched.trouble) == (True, "")
    assert not watched.holds("+12025550124")


def test_a_number_of_another_country_is_found_behind_a_name(path: Path) -> None:
    path.write_text("Asha Rao,07700 900123\n")
    watched = the_list(path, region="GB")
    assert (watched.holds("+447700900123"), watched.trouble) == (True, "")


def test_a_colleague_s_extension_is_found_behind_a_name(path: Path) -> None:
    path.write_text("Asha,101\n")
    watched = the_list(path)
    assert (watched.holds("101"), watched.holds("102"), watched.trouble) == (True, False, "")


@pytest.mark.parametrize("region", ["IN", "GB", "US", "DE", "IT", "RU"])
@pytest.mark.parametrize(
    ("line", "e164"),
    [
        ("9840222222", INDIAN),
        ("09840222222", INDIAN),
        ("98402 22222", INDIAN),
        ("(0)98402-22222", INDIAN),
        ("919840222222", INDIAN),
        ("00919840222222", INDIAN),
        ("011 91 98402 22222", INDIAN),
        ("020 7946 0123", LONDON),
        ("02079460123", LONDON),
        ("2079460123", LONDON),
        ("06 6982 0123", "+390669820123"),
        ("0669820123", "+390669820123"),
        ("(202) 555-0123", "+12025550123"),
        ("1-202-555-0123", "+12025550123"),
        ("8 916 123-45-67", "+79161234567"),
    ],
)
def test_a_line_without_country_code_lists_the_number_in_every_reading(
    path: Path, line: str, e164: str, region: str
) -> None:
    path.write_text(line)
    watched = the_list(path, region=region)
    assert watched.holds(e164)
    assert not watched.holds(f"{e164[:-1]}9")


def test_a_line_with_its_country_code_lists_that_country_s_number_only(path: Path) -> None:
    path.write_text("+919840222222\n+91 98402 33333")
    watched = the_list(path)
    assert watched.holds(INDIAN)
    assert not watched.holds("+449840222222")
    assert not watched.holds("+449840233333")


@pytest.mark.parametrize("line", ["9840222222", "98402 22222", "9840222222 ext 5"])
def test_a_number_read_in_another_region_is_listed_too(path: Path, line: str) -> None:
    path.write_text(line)
    assert the_list(path).holds("+449840222222")


def test_a_national_line_lists_no_extension(path: Path) -> None:
    path.write_text("020 7946 0123\n")
    assert not the_list(path, region="GB").holds("2079")


def test_a_file_that_is_no_text_is_told(path: Path) -> None:
    path.write_bytes("+919840222222\n".encode("utf-16-le"))
    assert the_list(path).trouble == f"{CANNOT}it is no text file."


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
        read_list(path, "IN")


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
    assert (watched.holds(INDIAN), watched.holds(LONDON)) == (False, True)


def test_a_list_that_comes_back_is_read_again_and_refuses_meanwhile(path: Path) -> None:
    path.write_text(INDIAN)
    runner = ManualRunner()
    watched = the_list(path, runner)
    runner.finish()
    path.unlink()
    watched.refresh()
    path.write_text(LONDON)
    watched.refresh()
    assert (watched.trouble, watched.holds(INDIAN)) == (BEING_READ, True)
    runner.finish()
    assert (watched.trouble, watched.holds(INDIAN), watched.holds(LONDON)) == ("", False, True)


def test_a_list_that_changes_while_it_is_read_counts_in_its_newest_form(path: Path) -> None:
    path.write_text("nonsense 12345678901234567890")
    runner = ManualRunner()
    watched = the_list(path, runner)
    path.write_text(INDIAN)
    watched.refresh()
    first, second = runner.jobs
    second.done(ListedNumbers(frozenset({INDIAN})))
    first.done(ListedNumbers(frozenset({LONDON})))
    first.failed(UnreadableListError("the old one"))
    assert (watched.trouble, watched.holds(INDIAN), watched.holds(LONDON)) == ("", True, False)


def test_another_file_or_region_is_another_list(path: Path, tmp_path: Path) -> None:
    path.write_text("020 7946 0123")  # of London, or of wherever the account is
    other = tmp_path / "other.txt"
    other.write_text(INDIAN)
    wanted = [(str(path), "GB")]
    watched = DoNotCallFile(lambda: wanted[0], InlineRunner())
    watched.refresh()
    assert watched.holds(LONDON)
    wanted[0] = (str(path), "IN")
    watched.refresh()
    assert watched.holds("+912079460123")
    assert watched.holds(LONDON)
    wanted[0] = (str(other), "IN")
    watched.refresh()
    assert watched.holds(INDIAN)
    assert not watched.holds(LONDON)
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
    path.write_bytes(b"\0\0")
    assert workstation.is_do_not_call(INDIAN)
    assert workstation.do_not_call_trouble().startswith(CANNOT)
    path.unlink()
    workstation.refresh()
    assert workstation.is_do_not_call(INDIAN)
    assert workstation.do_not_call_trouble().startswith(CANNOT)


def test_the_workstation_knows_of_a_locked_screen_what_it_is_told() -> None:
    workstation = Workstation(DoNotCallFile(lambda: ("", "IN"), InlineRunner()))
    assert not workstation.screen_is_locked()
    workstation.watch_screen(lambda: True)
    assert workstation.screen_is_locked()


written = st.from_regex(r"(\+|00|0)?[1-9]([ .-]?[0-9]){6,12}|(\+|0)?[1-9][0-9]{6,12}", fullmatch=True)


@settings(deadline=None, max_examples=300)
@given(written, st.sampled_from(["IN", "GB", "US", "IT", "RU", "MX", "AR", "SG"]))
def test_the_quick_way_reads_a_number_as_the_thorough_one_does(cell: str, region: str) -> None:
    quick = plainly(cell, region)
    if not quick:
        return
    try:
        assert parse_number(cell, region).e164 == quick
    except NumberError:
        pytest.fail(f"{cell!r} in {region} was read as {quick}")

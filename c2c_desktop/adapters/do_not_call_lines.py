"""The lines of a do-not-call list: a number on each, or rows of a table with a number in any of their cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.extensions import LONGEST_EXTENSION
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_number
from c2c_desktop.domain.number_parsing import LONGEST_NUMBER
from c2c_desktop.domain.number_text import SHORTEST_OF_SEVERAL

_PLAIN = re.compile(r"\+?[0-9]{7,17}", re.ASCII)
_GROUPED = re.compile(r"[0-9 ./()\-]+")
_GROUPING = str.maketrans("", "", " \t\u00a0.-()")
_SEPARATORS = re.compile(r"[,;\t|]")
_QUOTES = " \t'\"="
_CODE_BEFORE = re.compile(r"^[\s'\"=]*[*#]+[0-9]{0,3}[*#]+(?=\+?[0-9]{5})")
"""What is dialled before a number for the line, as *31* or #31#."""
_COMMENT = re.compile(r"(?:^|(?<=\s)|(?=#(?![0-9])))#.*")
_FEWEST_DIGITS = 5
"""Digits among letters that may be a number; less are a heading like "Phone 2"."""


@dataclass(frozen=True, slots=True)
class ListedNumbers:
    """What a list says."""

    numbers: frozenset[str] = frozenset()
    """E.164, and extensions as their digits."""
    national: frozenset[str] = frozenset()
    """Digits of lines without country code, without zeros in front: they are of whatever country."""
    unread: tuple[int, ...] = ()
    """Lines that may hold a number nobody can read, the first is 1."""
    holds_nothing: bool = False
    """Whether there are lines, and no number in any."""

    def hold(self, e164: str) -> bool:
        """Whether that number, or that extension, is listed."""
        return e164 in self.numbers or (bool(self.national) and not self.national.isdisjoint(_ways_to_dial(e164)))


@dataclass(slots=True)
class _Taken:
    """What was read so far."""

    region: str
    numbers: set[str] = field(default_factory=set)
    national: set[str] = field(default_factory=set)

    def take_plain(self, cell: str) -> bool:
        """Take `cell` the quick way; False where that leaves a doubt."""
        e164 = plainly(cell, self.region)
        if e164:
            self.numbers.add(e164)
            if "+" not in cell:
                self.national.add(cell.strip().lstrip("0"))
        return bool(e164)

    def take(self, cell: str, number: PhoneNumber) -> None:
        """Take what `cell` was read as, and its digits where it has no country code."""
        self.numbers.add(number.e164)
        if "+" not in cell:
            self.national.add(_bare_digits(cell) or number.national_digits.lstrip("0"))

    def take_in_spite_of(self, error: NumberError, cell: str) -> None:
        """Take the several numbers of `cell`, or the digits of what is no number here: elsewhere it may be one."""
        if isinstance(error, SeveralNumbersError):
            self.numbers |= {choice.e164 for choice in error.choices}
        elif SHORTEST_OF_SEVERAL < len(digits := _bare_digits(cell)) <= LONGEST_NUMBER:
            self.national.add(digits)


def listed_numbers(lines: Iterable[str], region: str) -> ListedNumbers:
    """Read `lines`; those without country code are numbers of `region`, and of any other. Blocks."""
    taken = _Taken(region)
    unread: list[int] = []
    holds_lines = False
    for place, line in enumerate(lines, start=1):
        if taken.take_plain(line):
            continue
        row = _without_comment(line)
        holds_lines |= bool(row)
        if not _take_row(taken, row):
            unread.append(place)
    is_empty = holds_lines and not taken.numbers
    return ListedNumbers(frozenset(taken.numbers), frozenset(taken.national), tuple(unread), is_empty)


def _without_comment(line: str) -> str:
    return _COMMENT.sub("", _CODE_BEFORE.sub("", line)).strip(_QUOTES)


def _take_row(taken: _Taken, row: str) -> bool:
    """Take the numbers in `row`; False where something in it may be one that cannot be read."""
    cells = [cell.strip(_QUOTES).rstrip("*").strip() for cell in _SEPARATORS.split(row)]
    cells = [cell for cell in cells if _may_be_number(cell)]
    rest = [cell for cell in cells if not taken.take_plain(cell)]
    read = {cell: _read(cell, taken.region) for cell in rest}
    numbers = {cell: number for cell, number in read.items() if isinstance(number, PhoneNumber)}
    errors = {cell: error for cell, error in read.items() if isinstance(error, NumberError)}
    sure = {c: n for c, n in numbers.items() if n.in_use or c.startswith("+") or c == cells[0]}
    for cell, number in (sure if sure or len(rest) < len(cells) else numbers).items():
        taken.take(cell, number)
    for cell, error in errors.items():
        taken.take_in_spite_of(error, cell)
    if numbers or len(rest) < len(cells):
        return not any(cell.startswith("+") or isinstance(errors[cell], SeveralNumbersError) for cell in errors)
    if len(cells) == 1 and isinstance(errors[cells[0]], RefusedNumberError) and _is_short(cells[0]):
        taken.numbers.add(cells[0].translate(_GROUPING))  # a short code, or a colleague's extension
        return True
    return not cells


def _read(cell: str, region: str) -> PhoneNumber | NumberError:
    try:
        return parse_number(cell, region)
    except NumberError as error:
        return error


def _bare_digits(cell: str) -> str:
    """Return the digits of `cell` without zeros in front; "" where there is more than groups of digits."""
    plain = unicodedata.normalize("NFKC", cell)
    return "".join(c for c in plain if c.isdecimal()).lstrip("0") if _GROUPED.fullmatch(plain) else ""


def _may_be_number(cell: str) -> bool:
    digits = sum(character.isdigit() for character in cell)
    return digits >= _FEWEST_DIGITS or (digits > 0 and not any(character.isalpha() for character in cell))


def _is_short(cell: str) -> bool:
    bare = cell.translate(_GROUPING)
    return bare.isdecimal() and len(bare) <= LONGEST_EXTENSION


def plainly(cell: str, region: str) -> str:
    """Read digits without groups in a tenth of the time; "" where that leaves a doubt."""
    import phonenumbers  # noqa: PLC0415

    bare = cell.strip()
    if not _PLAIN.fullmatch(bare):
        return ""
    if bare.startswith("00"):
        return ""  # a country code in some regions, a number in others
    try:
        parsed = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return ""
    length = phonenumbers.is_possible_number_with_reason(parsed)
    if length != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    if not bare.startswith("+") and not phonenumbers.is_valid_number(parsed):
        return ""
    e164 = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return "" if bare.startswith("+") and bare != e164 else e164


def _ways_to_dial(e164: str) -> set[str]:
    """Return the digits `e164` is dialled with in its country and from abroad, without zeros in front."""
    import phonenumbers  # noqa: PLC0415

    if not e164.startswith("+"):
        return set()
    parsed, digits = phonenumbers.parse(e164, None), e164.removeprefix("+")
    national = phonenumbers.national_significant_number(parsed)
    region = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    trunk = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) or ""
    return {way.lstrip("0") for way in (national, f"{trunk}{national}", digits, f"011{digits}")}

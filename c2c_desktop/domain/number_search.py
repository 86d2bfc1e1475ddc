"""Numbers side by side, and numbers among words.

Loaded only for a text that is not plainly one number. Nothing here reads a number: `read` does, and returns None
for a part that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from c2c_desktop.domain.number_facts import is_in_use, is_written_with_zero
from c2c_desktop.domain.number_parsing import LONGEST_NUMBER
from c2c_desktop.domain.number_text import SHORTEST_OF_SEVERAL, WHOLE_NUMBER, count_digits, holds_a_number
from c2c_desktop.domain.number_typing import calling_code
from c2c_desktop.domain.number_words import (
    Glued,
    glued,
    has_lost_digits,
    spelt,
    without_mixed_words,
    without_other_things,
)
from c2c_desktop.domain.phone_number import LineKind, PhoneNumber

Read = Callable[[str], PhoneNumber | None]

_MOST_GROUPS = 12
"""Groups of digits that are tried in every way; a longer row of them is no list of numbers."""

_RUN = re.compile(r"\+?\(?[0-9](?:(?:[0-9 ()./\-~=*#^]|\|(?! ))*[0-9])?")
"""Goes on over a line break, which a long number can have been wrapped at."""
_PAUSED = re.compile(r",{2,}(?:[0-9*#,]*[*#]|[0-9]{1,9}(?![0-9])|,)[0-9*#,]*")
_CHARGED_SPECIALLY = frozenset({LineKind.TOLL_FREE, LineKind.SHARED_COST, LineKind.PREMIUM})


class UncertainError(Exception):
    """Some digits may belong to a number or may be another one."""


@dataclass(slots=True)
class _Found:
    """The numbers of a line, by where they begin."""

    numbers: list[tuple[int, PhoneNumber]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    """The digits that belong to them for certain."""
    is_certain: bool = False
    """Whether one number alone is a number for certain."""

    is_doubtful: bool = False
    """Whether there are digits that look like a number and cannot be read as one."""

    def add_one(self, span: tuple[int, int], number: PhoneNumber | None) -> None:
        """Add what is written as a number, and doubtful where it cannot be read."""
        if number is None:
            self.is_doubtful = True
        else:
            self.add(span, number, is_certain=True)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether digits between these places are spoken for."""
        return any(start < last and first < end for first, last in self.spans)

    def add(self, span: tuple[int, int], *numbers: PhoneNumber, is_certain: bool) -> None:
        """Take the numbers that the digits of `span` are."""
        self.numbers += [(span[0], number) for number in numbers]
        self.spans.append(span)
        self.is_certain |= is_certain


def among_words(line: str, region: str, read: Read) -> list[PhoneNumber]:
    """Return the numbers in `line`, in its order; none where there is none for certain.

    Digits that may be a number, such as those glued to a word, are none by themselves; beside another one they are a
    choice. Raises `UncertainError` where it is not certain which digits belong to a number.
    """
    if has_lost_digits(line):
        raise UncertainError
    line = without_other_things(line)
    found = _Found()
    for start, end in spelt(line):
        number = read(line[start:end])
        if number is not None and (number.kind in _CHARGED_SPECIALLY or "-" in line[start:end]):
            found.add((start, end), number, is_certain=False)
            line = line[:start] + "_" * (end - start) + line[end:]
    _take_plain(found, without_mixed_words(line), region, read)
    for part in glued(line):
        if not found.overlaps(part.start, part.end) and (number := _glued_number(part, region, read)):
            if part.is_mistyped:
                raise UncertainError
            found.numbers.append((part.start, number))
    numbers = [number for _, number in sorted(found.numbers, key=lambda placed: placed[0])]
    if numbers and found.is_doubtful:
        raise UncertainError
    return numbers if found.is_certain or len({number.e164 for number in numbers}) > 1 else []


def _take_plain(found: _Found, line: str, region: str, read: Read) -> None:
    """Add the numbers that no letter belongs to. Raises `UncertainError` where it is not certain which digits do."""
    from phonenumbers import PhoneNumberMatcher  # noqa: PLC0415

    matches = [(match.start, match.end) for match in PhoneNumberMatcher(line, region)]
    for run in _RUN.finditer(line):
        inside = [span for span in matches if run.start() <= span[0] < run.end()]
        if found.overlaps(*run.span()):
            continue  # pressed after the answer
        if inside:
            if count_digits(_outside(line, run.span(), inside)):
                raise UncertainError
            for span in inside:
                whole = _with_pauses(line, span)
                found.add_one(whole, read(line[slice(*whole)]))
        elif len(row := in_a_row(run[0], read)) > 1:
            found.add(run.span(), *row, is_certain=True)
        else:
            _take_run(found, run, region, read)


def _take_run(found: _Found, run: re.Match[str], region: str, read: Read) -> None:
    count, number = count_digits(run[0]), read(run[0])
    if run[0].startswith("+"):
        found.add_one(run.span(), number)
    elif holds_a_number(run[0], "", region) or _is_two(run[0], region):
        raise UncertainError
    elif count > SHORTEST_OF_SEVERAL and number and (number.in_use or count >= WHOLE_NUMBER):
        found.add(run.span(), number, is_certain=False)
    elif WHOLE_NUMBER <= count <= LONGEST_NUMBER:
        found.is_doubtful = True


def _is_two(run: str, region: str) -> bool:
    """Whether `run` is two numbers with nothing between them."""
    return run.isdecimal() and any(
        all(len(half) >= WHOLE_NUMBER and is_in_use(half, region) for half in (run[:cut], run[cut:]))
        for cut in range(WHOLE_NUMBER, len(run) - WHOLE_NUMBER + 1)
    )


def _glued_number(part: Glued, region: str, read: Read) -> PhoneNumber | None:
    """Return the number in digits that are glued to a word, where it is written whole."""
    count = count_digits(part.text)
    number = read(part.text) if count > SHORTEST_OF_SEVERAL else None
    if number is None:
        return None
    if part.text.lstrip("(").startswith(("+", "0")):
        return number if number.in_use or count >= WHOLE_NUMBER else None
    is_whole = count >= WHOLE_NUMBER or not is_written_with_zero(region)
    is_here = calling_code(number.region) == calling_code(region)
    return number if number.in_use and is_whole and is_here else None


def _outside(line: str, run: tuple[int, int], spans: list[tuple[int, int]]) -> str:
    """Return the characters of `run` that belong to none of `spans`."""
    return "".join(line[at] for at in range(*run) if not any(start <= at < end for start, end in spans))


def _with_pauses(line: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return `span` with what is pressed after the answer."""
    paused = _PAUSED.match(line, span[1])
    return (span[0], paused.end()) if paused else span


def in_a_row(run: str, read: Read) -> list[PhoneNumber]:
    """Return the numbers in use that the groups of digits in `run` make up, where that is possible in one way only."""
    groups = [found.span() for found in re.finditer(r"\S+", run)]
    if len(groups) < 2 or len(groups) > _MOST_GROUPS:  # noqa: PLR2004 - a row has two at least
        return []
    ways: list[list[list[PhoneNumber]]] = [[] for _ in groups] + [[[]]]
    for first in reversed(range(len(groups))):
        for last in range(first, len(groups)):
            piece = run[groups[first][0] : groups[last][1]]
            if ways[last + 1] and count_digits(piece) >= SHORTEST_OF_SEVERAL:
                number = read(piece)
                if number is not None and number.in_use:
                    ways[first] += [[number, *rest] for rest in ways[last + 1]]
    return ways[0][0] if len(ways[0]) == 1 else []

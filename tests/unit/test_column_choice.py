"""What a person may say that a column means, and what follows from it."""

from __future__ import annotations

import random

import pytest

from c2c_desktop.domain.column_choice import COLUMN_CHOICES, SELDOM_CHOICES, chosen, column_words
from c2c_desktop.domain.column_mapping import (
    IGNORED,
    MOST_GROUP,
    Column,
    ColumnMapping,
    Meaning,
    Several,
    mapping_data,
    mapping_from,
)
from c2c_desktop.domain.contact_record import ContactRecord
from c2c_desktop.domain.record_row import RowReader

M = Meaning
LABEL = Column(M.NUMBER_KIND)
NUMBER = Column(M.NUMBER)


def mapping(*columns: Column) -> ColumnMapping:
    return ColumnMapping(columns)


def test_a_kind_that_is_said_wins_over_the_column_that_told_it() -> None:
    before = mapping(Column(M.NUMBER_KIND, group=3), Column(M.NUMBER, group=3), Column(M.FULL_NAME))
    after = chosen(before, 1, Column(M.NUMBER, "work"))
    (record,) = RowReader(after).read([1], [("Mobile", "+44 20 7946 0018", "Asha Rao")])
    assert isinstance(record, ContactRecord)
    assert [number.kind for number in record.numbers] == ["work"]


def test_a_kind_that_is_left_open_is_told_by_the_column_beside() -> None:
    before = mapping(Column(M.NUMBER_KIND, group=3), Column(M.NUMBER, "work", group=3))
    assert chosen(before, 1, NUMBER).columns[1] == Column(M.NUMBER, group=3)


def test_what_is_left_out_is_tied_to_nothing() -> None:
    before = mapping(Column(M.NUMBER, "work", 3, Several.COLONS), Column(M.NUMBER_KIND, group=3))
    assert chosen(before, 0, IGNORED).columns == (Column(M.IGNORE, several=Several.COLONS), before.columns[1])
    back = chosen(chosen(before, 0, IGNORED), 0, NUMBER)
    assert back.columns[0] == Column(M.NUMBER, several=Several.COLONS)


@pytest.mark.parametrize(
    ("columns", "index", "groups"),
    [
        ((IGNORED,), 0, (0,)),
        ((IGNORED, Column(M.EMAIL)), 0, (0, 0)),
        ((IGNORED, NUMBER), 0, (1, 1)),
        ((NUMBER, IGNORED), 1, (1, 1)),
        ((NUMBER, IGNORED, NUMBER), 1, (0, 1, 1)),
        ((NUMBER, IGNORED, Column(M.NUMBER, group=5), Column(M.NUMBER_KIND, group=5)), 1, (6, 6, 5, 5)),
        ((IGNORED, Column(M.NUMBER, group=MOST_GROUP)), 0, (0, MOST_GROUP)),
        ((IGNORED, NUMBER, Column(M.FULL_NAME, group=MOST_GROUP)), 0, (0, 0, MOST_GROUP)),
    ],
)
def test_a_column_of_kinds_belongs_to_the_number_beside_that_has_none(
    columns: tuple[Column, ...], index: int, groups: tuple[int, ...]
) -> None:
    after = chosen(mapping(*columns), index, LABEL)
    assert tuple(column.group for column in after.columns) == groups
    assert after.columns[index].meaning is M.NUMBER_KIND


def test_every_choice_has_its_own_words_and_shows_them_again() -> None:
    offered = COLUMN_CHOICES + SELDOM_CHOICES
    assert len({words for words, _ in offered}) == len(offered)
    for words, column in offered:
        assert column_words(column) == words
    assert {column.meaning for _, column in offered} == set(Meaning) - {M.MORE_NUMBERS, M.ROUTE, M.CALLER_ID}
    assert column_words(Column(M.MORE_NUMBERS)) == "List of numbers"


def test_whatever_is_chosen_in_whatever_order_can_be_kept() -> None:
    chance = random.Random(5)
    choices = [column for _, column in COLUMN_CHOICES + SELDOM_CHOICES]
    for _ in range(60):
        now = mapping(*[IGNORED] * chance.randint(1, 8))
        for _ in range(40):
            index, choice = chance.randrange(len(now.columns)), chance.choice(choices)
            now = chosen(now, index, choice)
            assert (now.columns[index].meaning, now.columns[index].kind) == (choice.meaning, choice.kind)
            assert mapping_from(mapping_data(now)) == now

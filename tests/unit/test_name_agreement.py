"""Whether two names can be one person's."""

from __future__ import annotations

import random

import pytest

from c2c_desktop.domain.name_agreement import Agreement, agreement
from c2c_desktop.domain.search_words import words_of
from tests.bench.people import people

NO, OPEN, PARTLY, FULLY = Agreement


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Asha Rao", "Anil Rao", NO),
        ("Asha Rao", "Ben Carter", NO),
        ("A. Rao", "Ben Rao", NO),
        ("A. R.", "Asha Rao", NO),
        ("A. Rao", "A. Nair", NO),
        ("A A Rao", "Asha Rao Nair", NO),
        ("Asha Anil Rao", "A. Rao", PARTLY),
        ("Asha Anil Rao", "A. B. Rao", NO),
        ("Rao Rao", "Asha Rao", NO),
        ("Asha Rao", "Asha Nair", NO),
        ("Rajesh", "Raj", NO),
        ("Asha", "", OPEN),
        ("", "A", OPEN),
        ("Asha", "Asha Rao", PARTLY),
        ("A. Rao", "Asha Rao", PARTLY),
        ("Rao A", "Asha Rao", PARTLY),
        ("Asha R", "A. Rao Asha", PARTLY),
        ("J. R. Smith", "John Robert Smith", PARTLY),
        ("Dr. Asha Rao", "RAO, Asha", PARTLY),
        ("Asha Rao", "rao asha", FULLY),
        ("Zoë Łukasz", "LUKASZ zoe", FULLY),
        ("राजेश कुमार", "कुमार राजेश", FULLY),
        ("", "", FULLY),
    ],
)
def test_names_agree_or_do_not_whichever_comes_first(first: str, second: str, expected: Agreement) -> None:
    assert agreement(words_of(first), words_of(second)) is expected
    assert agreement(words_of(second), words_of(first)) is expected


def test_what_agrees_shares_a_whole_word_and_order_never_matters() -> None:
    chance = random.Random(3)
    names = [words_of(person.name) for person in people(400)]
    names += [[word[:1] if chance.random() < 0.4 else word for word in name] for name in names]
    for _ in range(20_000):
        first, second = chance.choice(names), chance.choice(names)
        told = agreement(first, second)
        assert told is agreement(second, first)
        assert told is agreement(chance.sample(first, len(first)), second)
        if told is PARTLY or (told is FULLY and first):
            assert any(len(word) > 1 for word in set(first) & set(second)) or told is FULLY

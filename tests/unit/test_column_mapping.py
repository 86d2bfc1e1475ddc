"""A mapping as a value: kept by its header, changed by a person, and never believed when somebody edited it."""

from __future__ import annotations

import json

import pytest

from c2c_desktop.domain.column_mapping import (
    MOST_COLUMNS,
    MOST_REMEMBERED,
    Column,
    ColumnMapping,
    Meaning,
    RememberedMappings,
    Several,
    header_fingerprint,
    mapping_data,
    mapping_from,
    remembered_data,
    remembered_from,
)

HEADER = ("Name", "Phone 1 - Type", "Phone 1 - Value", "Tags")
MAPPING = ColumnMapping(
    (
        Column(Meaning.FULL_NAME),
        Column(Meaning.NUMBER_KIND, group=1),
        Column(Meaning.NUMBER, "work", 1, Several.COLONS),
        Column(Meaning.TAGS),
    )
)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        "name",
        [[]],
        [["full_name"]],
        [["full_name", "", 0, "guessed", 1]],
        [["no_such", "", 0, "guessed"]],
        [["number", "no kind", 0, "guessed"]],
        [["number", "", 0, "somehow"]],
        [["number", "", -1, "guessed"]],
        [["number", "", 100, "guessed"]],
        [["number", "", True, "guessed"]],
        [["number", "", 1.5, "guessed"]],
        [["full_name", "", 0, "guessed"], 7],
        [["full_name", "", 0, "guessed"]] * (MOST_COLUMNS + 1),
    ],
)
def test_a_mapping_that_makes_no_sense_is_none(data: object) -> None:
    assert mapping_from(data) is None


def test_a_mapping_goes_through_json() -> None:
    assert mapping_from(json.loads(json.dumps(mapping_data(MAPPING)))) == MAPPING


def test_a_person_changes_one_column_and_the_others_stay() -> None:
    changed = MAPPING.changed(3, Column(Meaning.NOTE))
    assert changed.columns == (*MAPPING.columns[:3], Column(Meaning.NOTE))
    assert MAPPING.columns[3].meaning is Meaning.TAGS


@pytest.mark.parametrize(
    ("meaning", "can"),
    [
        (Meaning.NOTE, False),
        (Meaning.NUMBER_KIND, False),
        (Meaning.NUMBER, True),
        (Meaning.EMAIL, True),
        (Meaning.COMPANY, True),
    ],
)
def test_a_mapping_without_anybody_in_it_is_told(meaning: Meaning, can: bool) -> None:
    assert ColumnMapping((Column(Meaning.IGNORE), Column(meaning))).can_find_anybody is can


def test_the_fingerprint_is_of_the_words_and_their_order() -> None:
    assert header_fingerprint(["E-Mail", "Prénom"]) == header_fingerprint([" e mail ", "PRENOM:"])
    assert header_fingerprint(["Name", "Phone"]) != header_fingerprint(["Phone", "Name"])
    assert header_fingerprint(["Name", "Phone"]) != header_fingerprint(["Name Phone"])
    assert header_fingerprint(["", " - "]) == header_fingerprint([]) == ""


def test_a_chosen_mapping_is_found_again_by_its_header_only() -> None:
    remembered = RememberedMappings().remembered(HEADER, MAPPING)
    assert remembered.find([cell.upper() for cell in HEADER]) == MAPPING
    assert remembered.find(HEADER[:3]) is None
    assert remembered.find(()) is None


def test_without_a_header_nothing_is_remembered() -> None:
    assert RememberedMappings().remembered((), MAPPING) == RememberedMappings()


def test_a_mapping_of_another_width_is_not_used() -> None:
    short = ColumnMapping(MAPPING.columns[:2])
    assert RememberedMappings().remembered(HEADER, short).find(HEADER) is None


def test_the_last_choice_counts_and_the_oldest_are_forgotten() -> None:
    other = MAPPING.changed(0, Column(Meaning.COMPANY))
    remembered = RememberedMappings().remembered(HEADER, MAPPING).remembered(HEADER, other)
    assert remembered.find(HEADER) == other
    assert len(remembered.by_fingerprint) == 1
    for n in range(MOST_REMEMBERED):
        remembered = remembered.remembered((*HEADER[:3], f"Other {n}"), MAPPING)
    assert len(remembered.by_fingerprint) == MOST_REMEMBERED
    assert remembered.find(HEADER) is None


def test_remembered_mappings_go_through_json_without_what_makes_no_sense() -> None:
    remembered = RememberedMappings().remembered(HEADER, MAPPING)
    data = json.loads(json.dumps(remembered_data(remembered)))
    assert remembered_from({**data, "x": [1], "y": None}) == remembered
    assert remembered_from([data]) == RememberedMappings()

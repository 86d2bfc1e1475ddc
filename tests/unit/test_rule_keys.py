"""The keys of rules in either spelling."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.rule_keys import RULE_KEYS, resembles_a_rule, spelled


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("guard.sources.command_line", "guard.sources.command line"),
        ("guard.rates.command_line", "guard.rates.command line"),
        ("guard.kinds.satellite_or_global", "guard.kinds.satellite or global"),
        ("guard.sources.command line", "guard.sources.command line"),
        ("guard.sources.fax_line", "guard.sources.fax_line"),
        ("guard.sources.fax_line.x", "guard.sources.fax_line.x"),
        ("guard.undo_seconds", "guard.undo_seconds"),
        ("guard.undo seconds", "guard.undo seconds"),
        ("mask_numbers", "mask_numbers"),
        ("guard", "guard"),
        ("", ""),
    ],
)
def test_an_entry_with_underscores_is_the_one_with_spaces(key: str, expected: str) -> None:
    assert ".".join(spelled(tuple(key.split(".")))) == expected


def test_every_key_is_spelled_as_it_is() -> None:
    assert all(".".join(spelled(tuple(key.split(".")))) == key for key in RULE_KEYS)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("gaurd", True),
        ("Guard", True),
        ("blocked_countries", True),
        ("block_countries", True),
        ("do_not_call_list", True),
        ("mask_number", True),
        ("of a newer version", False),
        ("window_state", False),
        ("", False),
        ("x" * 10_000, False),
    ],
)
def test_a_key_that_may_be_a_misspelt_rule_is_told_from_a_newer_version_s(key: str, expected: bool) -> None:
    assert resembles_a_rule(key) is expected

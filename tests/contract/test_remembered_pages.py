"""What is kept of searches that were made already."""

from __future__ import annotations

from string import ascii_lowercase

from c2c_desktop.adapters.remembered_pages import RememberedPages
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.domain.found_contacts import Found

LIMIT = 24


def pages_of(*texts: str) -> tuple[RememberedPages, dict[str, Found]]:
    pages, found = RememberedPages(), {text: Found() for text in texts}
    for text, page in found.items():
        pages.keep(read_search(text), LIMIT, page)
    return pages, found


def test_another_search_or_another_limit_is_not_known() -> None:
    pages, found = pages_of("asha")
    assert pages.page(read_search("ash"), LIMIT) is None
    assert pages.page(read_search("asha"), LIMIT + 1) is None
    assert pages.page(read_search(" Asha"), LIMIT) is found["asha"]


def test_what_was_not_asked_for_the_longest_is_forgotten_but_no_single_digit() -> None:
    pages, found = pages_of("2", "+4", "45", "#vip 7", *ascii_lowercase[:20])
    assert pages.page(read_search("45"), LIMIT) is found["45"]
    for number in range(22):
        pages.keep(read_search(f"name{number}"), LIMIT, Found())
    for text in ("2", "+4", "45"):
        assert pages.page(read_search(text), LIMIT) is found[text]
    for text in ("#vip 7", "a", "s"):
        assert pages.page(read_search(text), LIMIT) is None

"""What is kept of searches that were made already."""

from __future__ import annotations

from string import ascii_lowercase

from c2c_desktop.adapters.remembered_pages import Page, RememberedPages
from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.domain.found_contacts import Found

LIMIT = 24


def asked(text: str, limit: int = LIMIT, *, is_glance: bool = False) -> Page:
    return Page(read_search(text), limit, is_glance)


def pages_of(*texts: str) -> tuple[RememberedPages, dict[str, Found]]:
    pages, found = RememberedPages(), {text: Found() for text in texts}
    for text, page in found.items():
        pages.keep(asked(text), page)
    return pages, found


def test_another_search_or_another_limit_or_a_glance_is_not_known() -> None:
    pages, found = pages_of("asha")
    assert pages.page(asked("ash")) is None
    assert pages.page(asked("asha", LIMIT + 1)) is None
    assert pages.page(asked("asha", is_glance=True)) is None
    assert pages.page(asked(" Asha")) is found["asha"]


def test_what_was_not_asked_for_the_longest_is_forgotten_but_no_single_digit() -> None:
    pages, found = pages_of("2", "+4", "45", "#vip 7", *ascii_lowercase[:20])
    assert pages.page(asked("45")) is found["45"]
    for number in range(22):
        pages.keep(asked(f"name{number}"), Found())
    for text in ("2", "+4", "45"):
        assert pages.page(asked(text)) is found[text]
    for text in ("#vip 7", "a", "s"):
        assert pages.page(asked(text)) is None

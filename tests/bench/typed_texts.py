"""What agents type to find somebody: names, companies, numbers, keypad digits, mixtures, tags, mistakes."""

from __future__ import annotations

import random
from collections.abc import Iterator

from c2c_desktop.domain.search_words import digits_of, keypad_digits, words_of
from tests.bench.people import people

TYPED = 240
"""Texts that are typed, key by key."""


def typed_texts() -> Iterator[str]:
    """Yield each text, the same ones each time; somebody of any list of `people` answers most of them."""
    chance = random.Random(11)
    for contact in people(TYPED, seed=21):
        words = (contact.name or contact.company).split()
        digits = digits_of(contact.numbers[0].shown)
        texts = (
            " ".join(words).lower(),
            " ".join(reversed(words)),
            words[0],
            contact.company.lower() or "acme",
            digits[2:9],
            contact.numbers[0].shown,
            keypad_digits(words_of(words[0])[0]) or "725",
            f"{words[0].lower()} {digits[2:6]}",
            f"#vip {words[-1].lower()}",
            words[-1][2:].lower() or "raj",
            f"{words[0][:2]}x{words[0][3:]}".lower(),
        )
        yield chance.choices(texts, (5, 2, 4, 2, 4, 1, 2, 1, 1, 2, 1))[0][:16]


def typed_keys() -> Iterator[str]:
    """Yield what stands in the field after each key."""
    return (text[:end] for text in typed_texts() for end in range(1, len(text) + 1))

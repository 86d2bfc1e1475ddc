"""The reader beside vobject: on every maker's export, and on cards of many shapes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.vcard_oracle import Told, told_by_vobject
from tests.vcard_records import any_text
from tests.vcards import SAMPLES, card, read

PLAIN = (  # what a Latin, a Cyrillic, an Indic and a Han name look like, and what a vCard has to escape or encode
    "Asha", "Rao", "Müller", "O'Brien", "Łukasz", "Олег", "राजेश", "சுதா", "山田", "van der Berg", "a=b", "x:y", "50 %",
    r"back\\slash", r"a\, b", r"c\; d", r"two\nlines", "100 €", "“quoted”", "Zoë" * 30,
)  # fmt: skip


def words(rnd: random.Random) -> str:
    return " ".join(rnd.choice(PLAIN) for _ in range(rnd.randint(1, 4)))


def folded(rnd: random.Random, line: str) -> str:
    """Return `line` folded at any characters of its value."""
    start = line.index(":") + 1
    cuts = sorted(rnd.randint(start, len(line)) for _ in range(rnd.choice((0, 0, 1, 3))))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return "\r\n ".join(pieces) if all(piece.strip() for piece in pieces) else line  # vobject ends lines at blank ones


def quoted(rnd: random.Random, value: str) -> str:
    """Return `value` in quoted-printable, over several lines."""
    pieces = [c if c.isascii() and c not in "=\r\n" else "".join(f"={b:02X}" for b in c.encode()) for c in value]
    return "".join(piece + ("=\r\n" if rnd.random() < 0.1 else "") for piece in [*pieces, "."])


def a_card(rnd: random.Random) -> str:
    """Return a card of version 3.0 as some program might write it."""
    lines = [f"FN:{words(rnd)}", f"N:{words(rnd)};{words(rnd)};;;"]
    if rnd.random() < 0.5:
        lines.append(f"ORG:{';'.join(words(rnd) for _ in range(rnd.randint(1, 3)))}")
    for place in range(rnd.choice((0, 1, 2, 4))):
        types = rnd.choice(
            ("", ";TYPE=CELL", ";TYPE=work,voice", ";type=pref;type=HOME", ';TYPE="cell,voice"', ";WORK;FAX")
        )
        lines.append(f"{rnd.choice(('', 'item1.', 'a-b.'))}TEL{types}:+44 20 7946 0{place:03}")
    lines += [f"EMAIL;TYPE=INTERNET:a{place}@example.org" for place in range(rnd.choice((0, 1, 2)))]
    if rnd.random() < 0.4:
        lines.append(f"CATEGORIES:{','.join(words(rnd) for _ in range(rnd.randint(1, 3)))}")
    if rnd.random() < 0.4:
        lines.append(f"NOTE:{words(rnd)}")
    if rnd.random() < 0.3:
        lines.append("PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["QUJD" * 18] * rnd.randint(1, 4)))
    lines += [f"X-{rnd.randint(1, 9)};VALUE=text:{words(rnd)}", f"UID:{rnd.getrandbits(32):x}"]
    body = [line if "\r\n" in line else folded(rnd, line) for line in lines]
    rnd.shuffle(body)
    return card(*body)


def an_old_card(rnd: random.Random) -> str:
    """Return a card of version 2.1 in quoted-printable."""
    head = ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
    name, company, note = (words(rnd).replace("\\", "").replace(",", "") for _ in range(3))
    lines = [f"FN{head}{quoted(rnd, name)}", f"TEL;CELL;VOICE:020 7946 0{rnd.randint(100, 999)}", f"ORG:{company}"]
    return card(*lines, f"NOTE{head}{quoted(rnd, note)}", f"N:;{name};;;", version="2.1")


@pytest.mark.parametrize("seed", range(10))
def test_both_read_the_same_of_cards_of_many_shapes(seed: int) -> None:
    rnd = random.Random(seed)
    text = "".join(rnd.choice((a_card, a_card, an_old_card))(rnd) for _ in range(60))
    records, skipped = read(text.encode())
    assert [Told.of(record) for record in records] == told_by_vobject(text)
    assert len(records) == 60
    assert skipped == []


@pytest.mark.parametrize("seed", range(4))
def test_both_read_the_same_of_any_characters(seed: int) -> None:
    rnd = random.Random(100 + seed)
    notes = ["".join(c for c in any_text(rnd) if c.isprintable()) for _ in range(80)]
    escaped = [note.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;") for note in notes]
    text = "".join(card(f"FN:{place}", f"NOTE:{note}") for place, note in enumerate(escaped))
    assert [Told.of(record) for record in read(text.encode())[0]] == told_by_vobject(text)


@pytest.mark.parametrize("name", ["iphone", "google", "thunderbird"])
def test_both_read_the_same_of_the_makers_exports(name: str) -> None:
    text = (SAMPLES / f"{name}.vcf").read_bytes().decode()
    ours = [Told.of(record) for record in read(text.encode())[0]]
    theirs = told_by_vobject(text)[: len(ours)]
    if name == "google":  # which tags every contact with a group of its own, and favourites with another
        google = {"myContacts", "starred"}
        theirs = [replace(told, tags=tuple(tag for tag in told.tags if tag not in google)) for told in theirs]
    assert ours == theirs

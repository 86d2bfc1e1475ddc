"""Input that looks right and is not quite: texts, links, bytes and JSON, each from a random source."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

TEXTS = (
    "+91 98402 22222", "020 7946 0018", "tel:+44-20-7946-0018;ext=12", "callto://+442079460018",
    "sip:+442079460018@example.org;user=phone", "tel:7946-0018;phone-context=+4420", "Tel.: 98402 22222 ext. 12",
    "1-800-FLOWERS", "9840222222 / 9840333333", "+442079460018,,1234#", "*31#98402 22222", "112", "00442079460018",
    "Invoice 2024-11-05, call +44 (0)20 7946 0018", "９８４０２２２２２２", "٠٩٨٤٠٢٢٢٢٢٢", "(202) 555-0143 x7",
    "%2B442079460018", "0721 405516", "+1 202-555-0143 or +1 202-555-0144", "98402 22222\n98402 33333",
    "+61 491 570 156",
)  # fmt: skip
PIECES = (
    *"0123456789+-()/.,;:*# %?=@&|\n\t", "00", "011", "(0)", "+91", "ext", "tel:", "sip:", "%2B", ";isub=1", ";postd=1",
    "\u00a0", "\u200b", "\u202e", "–", "٣", "९", "²", "Ⅷ", "A", "é", "O", "\ud800", "\x00", "p", "w", "or", "İ", "ﬃ",
)  # fmt: skip
_SCHEMES = ("tel:", "TEL:", "callto:", "callto://", "sip:", "sips:", "tel://", "http:", "")
_USERS = ("+442079460018", "+44-(0)20-7946-0018", "9840222222", "7946.0018", "%2B91%2098402%2022222", "", "*31%23")
_PARAMETERS = (
    ";ext=12", ";isub=abc", ";phone-context=+4420", ";phone-context=example.com", ";phone-context=", ";user=phone",
    ";ext=", ";=", ";", ";postd=p12", ";ext=١٢", "?subject=1", "?", "@example.org", ":secret@example.org:5060", "#x",
)  # fmt: skip
SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 200, 404, 1e9, 1e308, float("inf"), float("-inf"), float("nan"), 10**30, "", " ",
    "call", "ask", "refuse", "CALL ", "allow", "09:00-20:00", "25:00-99:99", "IN", "XX", "+44", "+0", "link", "200",
    "\ud800", "\u202e\x07", "x" * 5000,
)  # fmt: skip
_BYTES = (b"", b"\xff", b"{", b"}", b"[", b'"', b"\n", b"\\", b"9" * 9, b"\\ud800", b"\x00", b"\xef\xbb\xbf", b"1e999")


def mutated(rnd: random.Random, text: str, pieces: Sequence[str] = PIECES) -> str:
    """Return `text` with some pieces put in, left out or doubled."""
    for _ in range(rnd.randint(0, 5)):
        at, step = rnd.randint(0, len(text)), rnd.random()
        if step < 0.5:
            text = text[:at] + rnd.choice(pieces) + text[at:]
        elif step < 0.8:
            text = text[:at] + text[at + rnd.randint(1, 4) :]
        else:
            text = text[:at] + text[max(at - 6, 0) :]
    return text


def some_text(rnd: random.Random) -> str:
    """Return a number as somebody might write it, a link, or anything."""
    kind = rnd.random()
    if kind < 0.55:
        return mutated(rnd, rnd.choice(TEXTS))
    if kind < 0.75:
        return some_link(rnd)
    if kind < 0.9:
        return "".join(rnd.choice(PIECES) for _ in range(rnd.randint(0, 40)))
    return "".join(chr(rnd.randrange(0x110000)) for _ in range(rnd.randint(0, 30))) + rnd.choice(TEXTS)


def some_link(rnd: random.Random) -> str:
    """Return a link as the grammars of tel: and sip: build it, mostly."""
    parts = [rnd.choice(_SCHEMES), rnd.choice(_USERS), *rnd.choices(_PARAMETERS, k=rnd.randint(0, 3))]
    return mutated(rnd, "".join(parts)) if rnd.random() < 0.3 else "".join(parts)


def some_bytes(rnd: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Return one of `seeds` with bytes changed, or anything, or what is nested too deeply."""
    kind = rnd.random()
    if kind < 0.005:
        return rnd.choice((b"[", b'{"a":', b'{"msg":[', b'{"code":200,"msg":')) * rnd.randint(200, 5000)
    data = bytearray(rnd.choice(seeds) if kind < 0.9 else rnd.randbytes(rnd.randint(0, 60)))
    for _ in range(rnd.randint(0, 4)):
        at = rnd.randint(0, len(data))
        data[at : at + rnd.randint(0, 3)] = rnd.choice((*_BYTES, rnd.randbytes(2)))
    return bytes(data)


def some_json(rnd: random.Random, depth: int = 0) -> Any:
    """Return a value JSON can hold."""
    kind = rnd.random()
    if depth > 3 or kind < 0.6:
        return rnd.choice(SCALARS)
    if kind < 0.8:
        return [some_json(rnd, depth + 1) for _ in range(rnd.randint(0, 3))]
    return {str(rnd.choice(SCALARS)): some_json(rnd, depth + 1) for _ in range(rnd.randint(0, 3))}


def changed(rnd: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of `data` with some of its values, at any depth, replaced, left out or added."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for _ in range(rnd.randint(1, 4)):
        inner = copy
        while True:
            key = rnd.choice(sorted(inner)) if inner and rnd.random() < 0.9 else str(rnd.choice(SCALARS))
            if not (isinstance(inner.get(key), dict) and inner[key] and rnd.random() < 0.7):
                break
            inner = inner[key]
        if rnd.random() < 0.1:
            inner.pop(key, None)
        else:
            inner[key] = some_json(rnd)
    return copy

"""What is fuzzed: each target makes one input from a random source, hands it over and checks what must hold."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.policy_json import policy_data, policy_from
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.adapters.telecmi_answers import read_answer
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.policy import GuardPolicy
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.link_line import LINE_LIMIT, LineReader, LinkError, link_line, read_link
from tests.unit.builders import Rig

REGIONS = ("IN", "GB", "US", "DE", "IT", "FR", "AU", "BR")
TEXTS = (
    "+91 98402 22222", "020 7946 0018", "tel:+44-20-7946-0018;ext=12", "callto://+442079460018",
    "sip:+442079460018@example.org;user=phone", "tel:7946-0018;phone-context=+4420", "Tel.: 98402 22222 ext. 12",
    "1-800-FLOWERS", "9840222222 / 9840333333", "+442079460018,,1234#", "*31#98402 22222", "112",
    "Invoice 2024-11-05, call +44 (0)20 7946 0018", "９８４０２２２２２２", "٠٩٨٤٠٢٢٢٢٢٢",
    "%2B442079460018", "0721 405516",
)  # fmt: skip
PIECES = (
    *"0123456789+-()/.,;:*# %?=@&|\n\t", "00", "011", "(0)", "+91", "ext", "tel:", "sip:", "%2B", ";isub=1",
    "\u00a0", "\u200b", "\u202e", "–", "٣", "९", "²", "Ⅷ", "A", "é", "O", "\ud800", "\x00", "p", "w", "or",
)  # fmt: skip
ANSWERS = (
    b'{"code": 200, "msg": "Call initiated", "request_id": "r-1"}', b'{"code": 404, "msg": "no"}', b"<html></html>",
    b'{"code": 200, "msg": {"body": [{"message": "x"}]}}', b"[]", b"null", b'"200"', b'{"code": true}', b"",
)  # fmt: skip
STATUSES = (200, 200, 201, 204, 301, 400, 404, 407, 420, 429, 500, 503)
SCALARS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    5,
    1e9,
    "",
    "call",
    "ask",
    "refuse",
    "09:00-20:00",
    "IN",
    "+44",
    [],
    {},
    ["+1"],
)

Target = Callable[[random.Random], object]


def mutated(rnd: random.Random, text: str, pieces: tuple[str, ...] = PIECES) -> str:
    """Return `text` with some pieces put in, left out or doubled."""
    for _ in range(rnd.randint(0, 5)):
        at = rnd.randint(0, len(text))
        step = rnd.random()
        if step < 0.5:
            text = text[:at] + rnd.choice(pieces) + text[at:]
        elif step < 0.8:
            text = text[:at] + text[at + rnd.randint(1, 4) :]
        else:
            text = text[:at] + text[max(at - 6, 0) :]
    return text


def some_text(rnd: random.Random) -> str:
    """Return a number as somebody might write it, or anything."""
    if rnd.random() < 0.7:
        return mutated(rnd, rnd.choice(TEXTS))
    return "".join(rnd.choice(PIECES) for _ in range(rnd.randint(0, 40)))


def some_bytes(rnd: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    """Return one of `seeds` with bytes changed, or anything."""
    data = bytearray(rnd.choice(seeds) if rnd.random() < 0.9 else rnd.randbytes(rnd.randint(0, 60)))
    for _ in range(rnd.randint(0, 4)):
        at = rnd.randint(0, len(data))
        data[at : at + rnd.randint(0, 3)] = rnd.choice((b"", b"\xff", b"{", b'"', b"\n", b"9" * 9, rnd.randbytes(2)))
    return bytes(data)


def number(rnd: random.Random) -> object:
    """The parser: one documented error, at most 15 digits, shown as sent."""
    text, region = some_text(rnd), rnd.choice(REGIONS)
    try:
        found = parse_number(text, region, rnd.choice(("", "1xx, 2001")))
    except NumberError:
        return text
    assert found.digits.isdecimal(), text
    assert len(found.digits) <= 15, text
    assert re.sub(r"[^+0-9]", "", found.shown) == found.e164, text
    return text


class LinkEntry:
    """A line at the door, the link in it, the number in that, and the guard: nothing ever calls by itself."""

    def __init__(self) -> None:
        self.rig = Rig()

    def __call__(self, rnd: random.Random) -> object:
        link = mutated(rnd, rnd.choice(("tel:", "callto:", "sip:", "TEL://", "http:")) + some_text(rnd))
        line = json.dumps({"v": 1, "link": link}).encode() + b"\n" if rnd.random() < 0.8 else b""
        line = line or some_bytes(rnd, (link_line("tel:+442079460018"), b'{"v": 2}\n', b"\xff" * (LINE_LIMIT + 1)))
        try:
            whole = LineReader().feed(line)
            request = DialRequest(read_link(whole or b""), Source.LINK)
        except LinkError:
            return line
        self.rig.clock.pass_by(10)
        try:
            proposal = self.rig.dialer.consider(request)
        except NumberError:
            return line
        assert proposal.decision.verdict is not Verdict.ALLOW, line
        try:
            self.rig.dialer.place(proposal)
        except (ValueError, RefusedNumberError):
            return line
        raise AssertionError(f"a link called by itself: {line!r}")

    @property
    def calls(self) -> int:
        """How many calls were placed."""
        return len(self.rig.gateway.orders)


def answer(rnd: random.Random) -> object:
    """The answer reader: accepted only where status and code both say so."""
    status, body = rnd.choice(STATUSES), some_bytes(rnd, ANSWERS)
    placement = read_answer(status, body)
    if placement.state is CallState.INITIATED:
        assert 200 <= status < 300, (status, body)
        assert json.loads(body)["code"] == 200, (status, body)
    if 400 <= status < 500:
        assert placement.state is CallState.REFUSED, (status, body)
    return status, body


def policy(rnd: random.Random) -> object:
    """The rules: what makes no sense never lets more through than the default does."""
    data: dict[str, Any] = policy_data(GuardPolicy())
    for _ in range(rnd.randint(1, 4)):
        key = rnd.choice(sorted(data))
        value = data[key]
        if isinstance(value, dict) and value and rnd.random() < 0.7:
            data[key] = {**value, rnd.choice(sorted(value)): rnd.choice(SCALARS)}
        else:
            data[key] = rnd.choice(SCALARS)
    read, _ = policy_from(data)
    sources = data["sources"] if isinstance(data["sources"], dict) else {}
    for source in (Source.LINK, Source.HOTKEY, Source.COMMAND_LINE):
        if read.sources[source] is Verdict.ALLOW:
            assert sources.get(source.value) == "call", data
    assert 0 <= read.undo_seconds <= 5, data
    return data


class SettingsTarget:
    """The settings file: whatever stands in it, there are settings, and what is damaged is kept."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="c2c-fuzz-")
        self._path = Path(self._folder.name) / "settings.json"
        SettingsFile(self._path).save(Settings())
        self._seed = self._path.read_bytes()

    def __call__(self, rnd: random.Random) -> object:
        data = some_bytes(rnd, (self._seed, b'{"accounts": [{"user_id": "101_1111112"}]}', b"[]", b"{}"))
        self._path.write_bytes(data)
        SettingsFile(self._path).load()
        kept = [path for path in Path(self._folder.name).iterdir() if path.read_bytes() == data]
        assert kept, data
        for path in Path(self._folder.name).iterdir():
            path.unlink()
        return data

    def close(self) -> None:
        """Take the folder away."""
        self._folder.cleanup()


def plain(rnd: random.Random) -> object:
    """Text from outside: one line, no control characters, no longer than asked."""
    text = some_text(rnd)
    shown = clean_text(text, 20)
    assert len(shown) <= 20, text
    assert shown.isprintable() or any(c in "\u200c\u200d" for c in shown), text
    return text

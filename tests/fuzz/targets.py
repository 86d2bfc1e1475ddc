"""What is fuzzed: each target makes an input from a random source, feeds it to a reader and checks what must hold."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from typing import Any, Protocol

from c2c_desktop.adapters.event_feed import LINE_LIMIT as FEED_LINE_LIMIT
from c2c_desktop.adapters.event_feed import EventStreamFeed
from c2c_desktop.adapters.telecmi_answers import read_answer
from c2c_desktop.commands.open_link import UsageError, read_words
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Verdict
from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.legs import LegEvent, call_after
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.phone_number import PhoneNumber, SeveralNumbersError
from c2c_desktop.domain.plain_text import clean_text, fold
from c2c_desktop.services.door_line import (
    LINE_LIMIT,
    DoorLineError,
    HandOver,
    LineReader,
    LinkError,
    checked_link,
    door_line,
    read_door_line,
)
from tests.fuzz.inputs import changed, mutated, some_bytes, some_json, some_link, some_text
from tests.unit.builders import Rig, make_call

REGIONS = ("IN", "GB", "US", "DE", "IT", "FR", "AU", "BR", "SM", "CI")
_EVENT = {
    "seq": 1, "type": "event", "leg": "a", "status": "started", "request_id": "r-1", "time": 1_800_000_000_000,
    "answeredsec": 5, "hangup_reason": "recv_bye",
}  # fmt: skip
_LEG_STATUSES = ("started", "answered", "hangup", "missed")
_E164 = re.compile(r"\+[1-9][0-9]{3,14}", re.ASCII)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


class Target(Protocol):
    """One reader of what comes from outside. `feed` raises where something is wrong."""

    name: str

    def make(self, rnd: random.Random) -> Any:
        """Return an input; its `repr` is its literal."""

    def feed(self, made: Any) -> None:
        """Let the reader read it, and check what came of it."""


class NumberParser:
    """One documented error, at most 15 digits, and what is shown is what is sent."""

    name = "number parser"

    def make(self, rnd: random.Random) -> tuple[str, str, str]:
        return some_text(rnd), rnd.choice(REGIONS), rnd.choice(("", "", "1xx, 2001"))

    def feed(self, made: tuple[str, str, str]) -> None:
        text, region, extensions = made
        found: tuple[PhoneNumber, ...]
        try:
            found = (parse_number(text, region, extensions),)
        except SeveralNumbersError as error:
            found = error.choices
        except NumberError as error:
            check_plain(error.message)
            return
        assert len({number.e164 for number in found}) == len(found)
        for number in found:
            if number.e164.startswith("+"):
                assert _E164.fullmatch(number.e164)
                assert re.sub(r"[^+0-9]", "", number.shown) == number.e164
                assert parse_number(number.e164, region).e164 == number.e164
            else:
                assert extensions
                assert number.digits.isascii()
                assert number.digits.isdecimal()
            assert not number.post_dial or re.fullmatch(r"[0-9*#,;pPwW ]+", number.post_dial)
            check_plain(number.reading)


class LinkEntry:
    """A line at the door, the link in it, the number in that, and the guard: nothing ever calls by itself."""

    name = "link entry"

    def __init__(self) -> None:
        self._rig = Rig()

    @property
    def calls(self) -> int:
        """How many calls were placed."""
        return len(self._rig.gateway.orders) + len(self._rig.store.calls)

    def make(self, rnd: random.Random) -> tuple[bytes, ...]:
        kind = rnd.random()
        if kind < 0.75:
            line = json.dumps({"v": 1, "link": some_link(rnd)}).encode() + b"\n"
        elif kind < 0.85:
            line = json.dumps(changed(rnd, rnd.choice(_LINES))).encode() + b"\n"
        else:
            seeds = (door_line(HandOver(link="tel:+442079460018")), b'{"v": 2}\n', b"\xff" * (LINE_LIMIT + 1))
            line = some_bytes(rnd, seeds)
        cuts = sorted(rnd.randint(0, len(line)) for _ in range(rnd.choice((0, 0, 1, 3))))
        return tuple(line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True))

    def feed(self, made: tuple[bytes, ...]) -> None:
        reader, rig = LineReader(), self._rig
        try:
            whole = next((line for piece in made if (line := reader.feed(piece)) is not None), None)
            if whole is None:
                assert len(b"".join(made)) < LINE_LIMIT
                return
            what = read_door_line(whole)
        except DoorLineError as error:
            check_plain(error.message)
            return
        check_plain(what.link + what.dial + what.token)
        if what.wish is not None:
            return
        request = DialRequest(what.link, Source.LINK) if what.link else DialRequest(what.dial, Source.COMMAND_LINE)
        rig.clock.pass_by(7)
        try:
            proposal = rig.dialer.consider(request)
        except NumberError:
            return
        assert proposal.decision.verdict is not Verdict.ALLOW
        try:
            rig.dialer.place(proposal)
        except (ValueError, RefusedNumberError):
            return
        finally:
            rig.runner.finish()
        raise AssertionError("a link called by itself")


_LINES: tuple[dict[str, object], ...] = (
    {"v": 1, "link": "tel:+442079460018"},
    {"v": 1, "dial": "020 7946 0018", "token": "window-1_TIME7"},
    {"v": 1, "do": "selection"},
)


class OpenLink:
    """Words of the command: only the one behind `--` is ever the link, and no link is an option."""

    name = "open-link"
    _WORDS = ("--", "--", "--sandbox", "--data-dir", "--data-dir=d", "d", "--yes", "-h", "", "tel:+442079460018")

    def make(self, rnd: random.Random) -> list[str]:
        words = [rnd.choice(self._WORDS) for _ in range(rnd.randint(0, 3))]
        return [*words, "--", some_link(rnd)] if rnd.random() < 0.6 else [*words, some_text(rnd)]

    def feed(self, made: list[str]) -> None:
        try:
            asked = read_words(made)
        except UsageError:
            return
        except LinkError as error:
            check_plain(error.message)
            return
        border = made.index("--")
        assert made[border + 1 :] == made[-1:]
        assert asked.link == checked_link(made[-1])
        assert asked.sandbox is ("--sandbox" in made[:border])
        assert asked.data_dir in {None, "d", "tel:+442079460018"}


class AnswerReader:
    """No error whatever comes; accepted only where status and code both say so, and 4xx is always a no."""

    name = "answer reader"
    _SEEDS = (
        b'{"code": 200, "msg": "Call initiated", "request_id": "r-1"}', b'{"code": 404, "msg": "no"}', b"<html></html>",
        b'{"code": 200, "msg": {"body": [{"message": "x"}]}}', b"[]", b"null", b'"200"', b'{"code": true}', b"",
        b'{"code": 200.0}', b'{"code": "200"}', b'{"code": 420, "message": [[{"msg": 1}]]}',
    )  # fmt: skip

    def make(self, rnd: random.Random) -> tuple[int, bytes]:
        status = rnd.choice((200, 200, 200, 201, 204, 301, 400, 404, 407, 420, 429, 500, 503, rnd.randint(0, 999)))
        if rnd.random() < 0.5:
            return status, some_bytes(rnd, self._SEEDS)
        answer = {"code": 200, "msg": some_json(rnd), "request_id": "r-1", "message": {"body": [some_json(rnd)]}}
        return status, json.dumps(changed(rnd, answer)).encode()

    def feed(self, made: tuple[int, bytes]) -> None:
        status, body = made
        placement = read_answer(status, body)
        code: object = None
        try:
            answer = json.loads(body)
            code = answer.get("code") if isinstance(answer, dict) else None
        except (ValueError, RecursionError):
            pass
        accepted = 200 <= status < 300 and type(code) is int and code == 200
        assert (placement.state is CallState.INITIATED) is accepted
        assert placement.state in {CallState.INITIATED, CallState.REFUSED, CallState.UNCERTAIN}
        if 400 <= status < 500:
            assert placement.state is CallState.REFUSED
        check_plain(placement.message)
        check_plain(placement.request_id)


class EventFeed:
    """Lines of the feed: no error but that of JSON, and no event moves a call against the table."""

    name = "event feed"

    def __init__(self) -> None:
        self._feed = EventStreamFeed("http://127.0.0.1:1/v2")
        self._seq = 0
        self._call = self._new_call()

    def make(self, rnd: random.Random) -> bytes:
        kind = rnd.random()
        if kind < 0.2:
            return some_bytes(rnd, (json.dumps(_EVENT).encode(),))[:FEED_LINE_LIMIT]
        self._seq += 1
        event = _EVENT | {"seq": self._seq, "leg": rnd.choice("ab"), "status": rnd.choice(_LEG_STATUSES)}
        event |= {"type": rnd.choice(("event", "cdr")), "request_id": f"r-{rnd.randint(1, 300)}"}
        return json.dumps(changed(rnd, event) if kind < 0.5 else event).encode()

    def feed(self, made: bytes) -> None:
        heard: list[LegEvent] = []
        try:
            payload = json.loads(made)
        except (ValueError, RecursionError):
            return
        if isinstance(payload, dict) and isinstance(payload.get("request_id"), str):
            self._feed._followed = {payload["request_id"]: heard.append}
        self._feed._last_seq = 0
        self._feed._take(payload)
        for event in heard:
            self._call = call_after(self._call, event)
        if self._call.is_final:
            self._call = self._new_call()

    @staticmethod
    def _new_call() -> Call:
        return make_call(CallState.INITIATED, request_id="r-1")


class PlainText:
    """Text from outside: one line, no hidden characters, no longer than asked; cleaning twice changes nothing."""

    name = "plain text"

    def make(self, rnd: random.Random) -> tuple[str, int]:
        text = some_text(rnd)
        return mutated(rnd, text * rnd.choice((1, 1, 1, 30))), rnd.choice((1, 20, 60, 300))

    def feed(self, made: tuple[str, int]) -> None:
        text, limit = made
        shown = clean_text(text, limit)
        assert len(shown) <= limit
        check_plain(shown)
        assert clean_text(shown, limit) == shown
        fold(text)


def check_plain(text: str) -> None:
    """Fail where `text` is anything but one line that holds only what is seen, and joiners."""
    hidden = [c for c in text if unicodedata.category(c) in _HIDDEN and c not in "\u200c\u200d"]
    assert not hidden, hidden

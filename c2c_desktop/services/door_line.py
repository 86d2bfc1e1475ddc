"""What programs say to each other at an instance's door: one JSON line, and one JSON line back.

A line hands over one thing: a link, a number to ask about, or a wish. A link can ask for a call and nothing else; no
line can say yes to a call, change a setting or carry a sign-in: a line that holds anything more is no such line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text

VERSION = 1
LINE_LIMIT = 4096
"""Bytes of a line, its end included."""

LINK_LIMIT = 2000
"""Characters of a link."""

TEXT_LIMIT = 400
"""Characters of a text with a number."""

TOKEN_LIMIT = 200
"""Characters of an activation token."""

_WHY_LIMIT = 300
_TOKEN = re.compile(r"[!-~]*")
_SCHEME = re.compile(r"(?:tel|callto|sips?):", re.IGNORECASE)


class Wish(Enum):
    """What a start of the program can want of the one that runs."""

    HELLO = "hello"
    """Nothing but that it is there."""
    SHOW = "show"
    QUICK = "quick"
    SELECTION = "selection"
    """Quick dial with the numbers of the text that is selected on the screen."""
    REDIAL = "redial"
    """To be asked about the number called last."""
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class HandOver:
    """One thing handed over: exactly one of `wish`, `link` and `dial`."""

    wish: Wish | None = None
    link: str = ""
    """A checked link."""
    dial: str = ""
    """A text with a number to ask about."""
    token: str = ""
    """What the desktop gave the caller to come to the front with."""


class DoorLineError(UserFacingError):
    """A line that hands over nothing; the message says why."""

    def __init__(self, message: str, title: str = "That is nothing this program takes") -> None:
        super().__init__(title, message)


class LinkError(DoorLineError):
    """What was handed over is no link that can be called; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "That is no link to a phone number")


class LineReader:
    """Puts a line together from the pieces it comes in, and never keeps more than one line's worth."""

    def __init__(self) -> None:
        self._read = bytearray()

    def feed(self, piece: bytes) -> bytes | None:
        """Take the next bytes; return the line without its end once there is one, None before.

        What follows the line is nobody's. Raises `DoorLineError` once the line is too long.
        """
        self._read += piece[: LINE_LIMIT - len(self._read)]
        end = self._read.find(b"\n")
        if end >= 0:
            return bytes(self._read[:end])
        if len(self._read) >= LINE_LIMIT:
            raise DoorLineError(f"A line has at most {LINE_LIMIT} bytes.")
        return None


def checked_link(text: str) -> str:
    """Return a link as it is shown and read: on one line, without marks nobody sees. Raises `LinkError`."""
    link = text.strip()
    if len(link) > LINK_LIMIT:
        raise LinkError(f"It has more than {LINK_LIMIT} characters.")
    # Left out, these would run two numbers together.
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in link):
        raise LinkError("It holds characters that no link has.")
    link = clean_text(link, LINK_LIMIT)
    if not _SCHEME.match(link):
        raise LinkError("A link starts with tel:, callto: or sip:.")
    return link


def checked_text(text: str) -> str:
    """Return a text with a number on one line. Raises `DoorLineError` where it is empty or too long."""
    if len(text) > TEXT_LIMIT:
        raise DoorLineError(f"The text has more than {TEXT_LIMIT} characters.")
    checked = clean_text(text, TEXT_LIMIT)
    if not checked:
        raise DoorLineError("The text is empty.")
    return checked


def door_line(what: HandOver) -> bytes:
    """Return the line that hands `what` over. Raises `DoorLineError` where it does not fit one."""
    facts: dict[str, object] = {"v": VERSION}
    if what.wish is not None:
        facts["do"] = what.wish.value
    elif what.link:
        facts["link"] = what.link
    else:
        facts["dial"] = what.dial
    if what.token and _is_token(what.token):
        facts["token"] = what.token
    line = json.dumps(facts, ensure_ascii=False).encode() + b"\n"
    if len(line) > LINE_LIMIT:
        raise LinkError(f"It has more than {LINE_LIMIT} bytes.")
    return line


def read_door_line(line: bytes) -> HandOver:
    """Return what a line hands over. Raises `DoorLineError`, and nothing else, for any other bytes."""
    told = _read_object(line)
    version = told.pop("v", None)
    if not isinstance(version, int) or isinstance(version, bool) or version != VERSION:
        raise DoorLineError(f"Only version {VERSION} is spoken here.")
    token = told.pop("token", "")
    if not isinstance(token, str) or not _is_token(token):
        raise DoorLineError("That is no activation token.")
    match list(told.items()):
        case [("link", str(link))]:
            return HandOver(link=checked_link(link), token=token)
        case [("dial", str(text))]:
            return HandOver(dial=checked_text(text), token=token)
        case [("do", str(name))] if name in {wish.value for wish in Wish}:
            return HandOver(Wish(name), token=token)
        case _:
            raise DoorLineError("A line holds a version and one thing to do, and nothing else.")


def answer_line(why: str = "") -> bytes:
    """Return the line that says what came was taken, or `why` not."""
    answer: dict[str, object] = {"taken": False, "why": why} if why else {"taken": True}
    return json.dumps(answer, ensure_ascii=False).encode() + b"\n"


def read_answer(line: bytes) -> str:
    """Return why it was not taken, "" where it was. Raises `DoorLineError` for what is no answer."""
    told = _read_object(line)
    if told.get("taken") is True:
        return ""
    why = told.get("why")
    if told.get("taken") is not False or not isinstance(why, str) or not why.strip():
        raise DoorLineError("The answer makes no sense.")
    return clean_text(why, _WHY_LIMIT)


def _read_object(line: bytes) -> dict[str, object]:
    try:
        told = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise DoorLineError("It is no line of JSON.") from None
    if not isinstance(told, dict):
        raise DoorLineError("It is no JSON object.")
    return told


def _is_token(text: str) -> bool:
    return len(text) <= TOKEN_LIMIT and _TOKEN.fullmatch(text) is not None

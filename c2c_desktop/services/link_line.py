"""What programs say to each other at the door for links: one JSON line, and one JSON line back.

A link can ask for a call and nothing else: a line holds a version and a link, and a line that holds anything more
is no such line.
"""

from __future__ import annotations

import json
import re
import unicodedata

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text

VERSION = 1
LINE_LIMIT = 4096
"""Bytes of a line, its end included."""

LINK_LIMIT = 2000
"""Characters of a link."""

_WHY_LIMIT = 300
_SCHEME = re.compile(r"(?:tel|callto|sips?):", re.IGNORECASE)


class LinkError(UserFacingError):
    """What was handed over is no link that can be called; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__("That is no link to a phone number", message)


class LineReader:
    """Puts a line together from the pieces it comes in, and never keeps more than one line's worth."""

    def __init__(self) -> None:
        self._read = bytearray()

    def feed(self, piece: bytes) -> bytes | None:
        """Take the next bytes; return the line without its end once there is one, None before.

        What follows the line is nobody's. Raises `LinkError` once the line is too long.
        """
        self._read += piece[: LINE_LIMIT - len(self._read)]
        end = self._read.find(b"\n")
        if end >= 0:
            return bytes(self._read[:end])
        if len(self._read) >= LINE_LIMIT:
            raise LinkError(f"A line has at most {LINE_LIMIT} bytes.")
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


def link_line(link: str) -> bytes:
    """Return the line that hands over a checked link. Raises `LinkError` where it does not fit one."""
    line = json.dumps({"v": VERSION, "link": link}, ensure_ascii=False).encode() + b"\n"
    if len(line) > LINE_LIMIT:
        raise LinkError(f"It has more than {LINE_LIMIT} bytes.")
    return line


def read_link(line: bytes) -> str:
    """Return the checked link of a line. Raises `LinkError`, and nothing else, for any other bytes."""
    told = _read_object(line)
    version = told.get("v")
    if not isinstance(version, int) or isinstance(version, bool) or version != VERSION:
        raise LinkError(f"Only version {VERSION} is spoken here.")
    if told.keys() != {"v", "link"} or not isinstance(told["link"], str):
        raise LinkError("A line holds a version and a link, and nothing else.")
    return checked_link(told["link"])


def answer_line(why: str = "") -> bytes:
    """Return the line that says the link was taken, or `why` not."""
    answer: dict[str, object] = {"taken": False, "why": why} if why else {"taken": True}
    return json.dumps(answer, ensure_ascii=False).encode() + b"\n"


def read_answer(line: bytes) -> str:
    """Return why a link was not taken, "" where it was. Raises `LinkError` for what is no answer."""
    told = _read_object(line)
    if told.get("taken") is True:
        return ""
    why = told.get("why")
    if told.get("taken") is not False or not isinstance(why, str) or not why.strip():
        raise LinkError("The answer makes no sense.")
    return clean_text(why, _WHY_LIMIT)


def _read_object(line: bytes) -> dict[str, object]:
    try:
        told = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise LinkError("It is no line of JSON.") from None
    if not isinstance(told, dict):
        raise LinkError("It is no JSON object.")
    return told

"""`c2c-desktop open-link -- URI`: hands a link to the running program. The link never meets the argument parser."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass

from c2c_desktop.composition import default_data_dir, options_from
from c2c_desktop.desktop.door_address import door_address
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.link_line import LINE_LIMIT, checked_link, link_line, read_answer

TAKEN = 0
NO_LINK = 2
REFUSED = 3
UNREACHABLE = 5
PATIENCE = 1.0
"""Seconds the running program has to answer in."""

_AGAIN = 0.01
"""Seconds until the next try at a door where many stand."""

USAGE = "usage: c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI"
_NOBODY = (FileNotFoundError, NotADirectoryError, ConnectionRefusedError)


class UsageError(Exception):
    """Words that cannot be understood."""


@dataclass(frozen=True, slots=True)
class LinkToOpen:
    """A checked link, and the run of the program it is for."""

    link: str
    sandbox: bool
    data_dir: str | None


def open_link(words: Sequence[str]) -> LinkToOpen | int:
    """Hand over the link of `words`, what stands behind `open-link`.

    Return the exit status; where no program runs, what to start one with.
    """
    try:
        asked = read_words(words)
    except UsageError as error:
        return _end(NO_LINK, f"{USAGE}\nc2c-desktop: {error}")
    except UserFacingError as error:
        return _end(NO_LINK, f"c2c-desktop: {error.title}. {error.message}")
    options = options_from(sandbox=asked.sandbox, data_dir=asked.data_dir, api_url=None)
    if options.data_dir is not None or not asked.sandbox:  # a throw-away folder is known to nobody
        try:
            why = _hand_over(asked.link, door_address(options.data_dir or default_data_dir()))
        except _NOBODY:
            pass
        except (OSError, UserFacingError):
            return _end(UNREACHABLE, "c2c-desktop: The program does not answer. Nothing was called.")
        else:
            return TAKEN if not why else _end(REFUSED, f"c2c-desktop: The link was not taken. {why}")
    if not _has_screen():
        return _end(UNREACHABLE, "c2c-desktop: No program runs, and there is no display to open its window on.")
    return asked


def read_words(words: Sequence[str]) -> LinkToOpen:
    """Read options up to the first `--`, and the one word behind it as it is. Raises `UsageError`, `LinkError`."""
    if "--" not in words:
        raise UsageError("the link stands behind --")
    border = words.index("--")
    left, behind = list(words[:border]), words[border + 1 :]
    sandbox, data_dir = False, None
    while left:
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if word == "--sandbox":
            sandbox = True
        elif name == "--data-dir" and (equals or (left and not left[0].startswith("-"))):
            data_dir = value if equals else left.pop(0)
            if not data_dir.strip():
                raise UsageError("--data-dir is empty")
        else:
            raise UsageError("only --sandbox and --data-dir DIR stand before --")
    if len(behind) != 1:
        raise UsageError("one link stands behind --, as one word")
    return LinkToOpen(checked_link(behind[0]), sandbox, data_dir)


def _hand_over(link: str, address: str) -> str:
    """Return why the running program did not take the link, "" where it did. Raises `OSError`, `LinkError`."""
    line, deadline = link_line(link), time.monotonic() + PATIENCE
    if sys.platform == "win32":  # not run by the tests
        with open(rf"\\.\pipe\{address}", "r+b", buffering=0) as pipe:
            pipe.write(line)
            return read_answer(pipe.readline(LINE_LIMIT))
    with closing(_connected(address, deadline)) as door:
        answer = b""
        with suppress(BrokenPipeError):  # it may have answered before it read everything
            door.sendall(line)
        while not answer.endswith(b"\n"):
            door.settimeout(max(deadline - time.monotonic(), 0.001))
            more = door.recv(LINE_LIMIT)
            if not more:
                break
            answer += more
        return read_answer(answer)


def _connected(address: str, deadline: float) -> socket.socket:
    while True:
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.settimeout(PATIENCE)
        try:
            door.connect(address)
        except BlockingIOError:  # many stand at the door
            door.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN)
        except OSError:
            door.close()
            raise
        else:
            return door


def _has_screen() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in names)


def _end(status: int, words: str) -> int:
    print(words, file=sys.stderr)
    return status

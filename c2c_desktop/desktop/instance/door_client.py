"""Knocking at a running instance's door. Knows no Qt: a start that is taken over loads none."""

from __future__ import annotations

import os
import socket
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.services.door_line import LINE_LIMIT, HandOver, door_line, read_answer

PATIENCE = 1.0
"""Seconds the running program has to answer in."""

_AGAIN = 0.01
"""Seconds until the next try at a door where many stand."""

_NOBODY = (FileNotFoundError, NotADirectoryError, ConnectionRefusedError)


class NoAnswerError(UserFacingError):
    """Somebody keeps the door and does not answer."""

    def __init__(self) -> None:
        super().__init__("The program does not answer", "Nothing was called.")


def knock(what: HandOver, data_dir: Path) -> str | None:
    """Hand `what` over to the instance on `data_dir`; return why it was not taken, "" where it was.

    None where none runs. Blocks, for a second at most. Raises `NoAnswerError`, and `DoorLineError` where it does not
    fit.
    """
    line = door_line(what)
    try:
        answer = _said(line, door_address(data_dir))
    except _NOBODY:
        return None
    except (OSError, StorageError):
        raise NoAnswerError from None
    try:
        return read_answer(answer)
    except UserFacingError:
        raise NoAnswerError from None


def activation_token() -> str:
    """Return what the desktop gave this process to come to the front with, "" for nothing."""
    return os.environ.get("XDG_ACTIVATION_TOKEN", "") or os.environ.get("DESKTOP_STARTUP_ID", "")


def _said(line: bytes, address: str) -> bytes:
    deadline = time.monotonic() + PATIENCE
    if sys.platform == "win32":  # not run by the tests
        with open(rf"\\.\pipe\{address}", "r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.readline(LINE_LIMIT)
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
        return answer


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

"""What the subcommands share at the terminal."""

from __future__ import annotations

import getpass
import os
import sys

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret

SECRET_LIMIT = 4096
"""Bytes of a secret; a longer line is not read as one."""


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def read_secret(prompt: str = "App secret (not shown): ") -> Secret:
    """Read a secret: from a hidden prompt on a terminal, else the first line of standard input.

    Raises `UserFacingError` where there is none.
    """
    if has_terminal():
        text = getpass.getpass(prompt).strip()
    else:
        line = sys.stdin.buffer.readline(SECRET_LIMIT + 1) if sys.stdin is not None else b""
        try:
            text = line.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise UserFacingError("That is no secret", "Standard input holds no text.") from None
        if len(line) > SECRET_LIMIT:
            raise UserFacingError("That is no secret", "The first line of standard input is too long.")
    if not text:
        raise UserFacingError("No secret was given", "Type it at the prompt or send it to standard input.")
    return Secret(text)


def tell(line: str) -> None:
    """Print a line at once. A reader that went away or a full disk does not stop what is under way."""
    try:
        print(line, flush=True)
    except OSError:
        mute_output()


def mute_output() -> None:
    """Let everything printed from now on go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def reraise(error: Exception) -> None:
    """A command has no window to show an error in: it ends with it."""
    raise error

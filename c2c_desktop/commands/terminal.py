"""What the subcommands share at the terminal."""

from __future__ import annotations

import getpass
import sys

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret

SECRET_LIMIT = 4096


def read_secret(*, prompt: bool) -> Secret:
    """Read the app secret: from a hidden prompt on a terminal, else the first line of standard input.

    Raises `UserFacingError` where there is none.
    """
    if prompt and sys.stdin.isatty():
        text = getpass.getpass("App secret (not shown): ")
    else:
        text = sys.stdin.readline(SECRET_LIMIT)
    text = text.strip()
    if not text:
        raise UserFacingError("No secret was given", "Type it at the prompt or send it to standard input.")
    return Secret(text)


def reraise(error: Exception) -> None:
    """A command has no window to show an error in: it ends with it."""
    raise error

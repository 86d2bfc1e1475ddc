"""`c2c-desktop open-link -- URI`: hands a link to the running program. The link never meets the argument parser."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from c2c_desktop.commands.hand_over import hand_over
from c2c_desktop.composition import options_from
from c2c_desktop.desktop.instance.door_client import activation_token
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.door_line import HandOver, checked_link

NO_LINK = 2

USAGE = "usage: c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI"


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
    status = hand_over(HandOver(link=asked.link, token=activation_token()), options)
    return asked if status is None else status


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


def _end(status: int, words: str) -> int:
    print(words, file=sys.stderr)
    return status

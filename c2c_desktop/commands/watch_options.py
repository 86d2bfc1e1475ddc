"""The options of `c2c-desktop watch`, and their help."""

from __future__ import annotations

import argparse
import re
from typing import Any

from c2c_desktop.commands.added_command import add_command

_DESCRIPTION = """\
Prints a line for each call that is new or changed from now on, whichever window or terminal places it, until it is
interrupted or nobody reads any more. Only looks: nothing in the data folder is changed.
"""

_EPILOG = """\
exit status:
  1    nothing more could be printed, or the calls are of a newer version
  2    bad usage
  130  interrupted
"""


def add_watch(commands: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the command to `commands`; `shared` are the parsers of what every command takes."""
    watch = add_command(
        commands, shared, "watch", help_text="print each call as it changes", description=_DESCRIPTION, epilog=_EPILOG
    )
    watch.add_argument("--recent", metavar="N", type=_count, default=0, help="begin with the N newest calls")
    watch.add_argument(
        "--json", action="store_true", help="print one JSON object a line; times are UTC seconds since 1970"
    )


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no count")
    return int(text)

"""The options of `c2c-desktop links`, and their help."""

from __future__ import annotations

import argparse
from typing import Any

from c2c_desktop.commands.added_command import add_command

_DESCRIPTION = """\
Makes the program open tel:, callto: and sip: links of your desktop, for you alone, or gives them back. Without
an option it says who opens them. A link only ever asks for a call.
"""

_EPILOG = """\
exit status:
  0  done; with --status: the program opens them all
  1  it failed, or some links open with another program than they should
"""


def add_links(commands: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the command to `commands`; `shared` are the parsers of what every command takes."""
    links = add_command(
        commands, shared, "links", help_text="let tel: links open the program", description=_DESCRIPTION, epilog=_EPILOG
    )
    wanted = links.add_mutually_exclusive_group()
    wanted.add_argument("--install", action="store_true", help="make the program open tel:, callto: and sip: links")
    wanted.add_argument("--remove", action="store_true", help="give links back to the program that had them before")
    wanted.add_argument("--status", action="store_true", help="say which program opens them; this is the default")
    links.add_argument("--json", action="store_true", help="print one JSON object, whatever happens")

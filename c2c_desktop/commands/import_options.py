"""The options of `c2c-desktop contacts import` and what belongs to it, and their help."""

from __future__ import annotations

import argparse
from typing import Any

from c2c_desktop.commands.added_command import add_command
from c2c_desktop.commands.region_option import region

_IMPORT = """\
Takes the contacts of FILE into your list: vCard, or CSV of any shape. What its columns mean is what you said in the
window of such a table before, else it is guessed. Contacts that are in your list already, by UID, e-mail address, or
name and number, are updated and not added twice; what you changed by hand stays. All of the file is taken or, where
something goes wrong, nothing.
"""

_IMPORT_EPILOG = """\
exit status:
  0  done, even where rows were left out: the report says which
  1  your data could not be stored; nothing was imported
  2  FILE cannot be read or holds no contacts, another import is running, or bad usage
"""

_UNDO = """\
Takes the last import back. Contacts it added are taken out again, and those it changed become what they were before.
What you changed by hand since then stays.
"""


def add_import(actions: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the actions to those of `contacts`; `shared` are the parsers of what every command takes."""
    importing = add_command(
        actions,
        shared,
        "import",
        help_text="take the contacts of a file into the list",
        description=_IMPORT,
        epilog=_IMPORT_EPILOG,
    )
    importing.add_argument("file", metavar="FILE", help="a vCard, CSV or TSV file")
    importing.add_argument("--region", metavar="IN", type=region, help="country of numbers without a country code")
    importing.add_argument("--tag", metavar="T", action="append", default=[], help="tag everybody; can be repeated")
    importing.add_argument("--file-wins", action="store_true", help="let the file replace what you changed by hand")
    importing.add_argument("--dry-run", action="store_true", help="only say what would happen; changes nothing")
    importing.add_argument("--report", metavar="FILE.csv", help="save what was left out, with line and reason")
    importing.add_argument("--json", action="store_true", help="print one JSON object with the report")
    undoing = add_command(actions, shared, "undo-import", help_text="take the last import back", description=_UNDO)
    undoing.add_argument("--json", action="store_true", help="print one JSON object")
    actions.add_parser("serve-import", parents=shared, allow_abbrev=False)  # for the window; without help, not listed

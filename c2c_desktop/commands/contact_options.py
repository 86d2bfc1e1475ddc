"""The options of `c2c-desktop contacts`, and their help."""

from __future__ import annotations

import argparse
import re
from typing import Any

from c2c_desktop.commands.added_command import add_command
from c2c_desktop.commands.export_options import add_export
from c2c_desktop.commands.import_options import add_import

_SEARCH = """\
Prints the contacts that answer TEXT, as the window finds them: words of name and company by their beginnings, from
three letters also inside, in any order; parts of numbers with or without country code and separators; keys of a
telephone with a blank between words, so that 725 5 finds Raj Kumar; tags, as #vip or #"hot lead". Favourites stand
first. A TEXT that begins with - follows after --.
"""

_DUPLICATES = """\
Prints groups of contacts of your own list that can be one and the same, each with the reason: the same entry of an
address book, the same e-mail address, the same number and name, the same name and company. Nothing is changed: merge
them in the window.
"""

MOST_SHOWN = 100_000


def add_contacts(commands: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the command to `commands`; `shared` are the parsers of what every command takes."""
    contacts = add_command(
        commands,
        shared,
        "contacts",
        help_text="find, import and export contacts",
        description="Works with the contact list without opening the window.",
    )
    actions = contacts.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    search = add_command(actions, shared, "search", help_text="print who answers a text", description=_SEARCH)
    search.add_argument("text", metavar="TEXT", help="what you would type into the window's search")
    search.add_argument("--limit", metavar="N", type=_limit, default=50, help="print at most N contacts (50)")
    search.add_argument("--json", action="store_true", help="print one JSON array; an empty one where nobody answers")
    add_export(actions, shared)
    duplicates = add_command(
        actions,
        shared,
        "duplicates",
        help_text="print contacts that can be one and the same",
        description=_DUPLICATES,
    )
    duplicates.add_argument(
        "--json", action="store_true", help="print one JSON array; an empty one where there are none"
    )
    add_import(actions, shared)


def _limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= MOST_SHOWN:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of contacts; it goes from 1 to {MOST_SHOWN}")
    return int(text)

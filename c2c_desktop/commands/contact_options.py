"""The options of `c2c-desktop contacts`, and their help."""

from __future__ import annotations

import argparse
import re
from typing import Any

from c2c_desktop.commands.export_options import add_export
from c2c_desktop.commands.import_options import add_import

_SEARCH = """\
Prints the contacts that answer TEXT, as the window finds them: words of name and company by their beginnings, from
three letters also inside, in any order; parts of numbers with or without country code and separators; keys of a
telephone, so that 725 finds Raj; #tags. Favourites stand first. A TEXT that begins with - follows after --.
"""

_DUPLICATES = """\
Prints groups of contacts of your own list that can be one and the same, each with the reason: the same entry of an
address book, the same e-mail address, the same number and name, the same name and company. Nothing is changed: merge
them in the window.
"""

MOST_SHOWN = 100_000


def add_contacts(commands: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the command to `commands`; `shared` are the parsers of what every command takes."""
    contacts = commands.add_parser(
        "contacts",
        parents=shared,
        help="find, import and export contacts",
        description="Works with the contact list without opening the window.",
        allow_abbrev=False,
    )
    actions = contacts.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    search = actions.add_parser(
        "search",
        parents=shared,
        help="print who answers a text",
        description=_SEARCH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    search.add_argument("text", metavar="TEXT", help="what you would type into the window's search")
    search.add_argument("--limit", metavar="N", type=_limit, default=50, help="print at most N contacts (50)")
    search.add_argument("--json", action="store_true", help="print one JSON array; an empty one where nobody answers")
    add_export(actions, shared)
    duplicates = actions.add_parser(
        "duplicates",
        parents=shared,
        help="print contacts that can be one and the same",
        description=_DUPLICATES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    duplicates.add_argument(
        "--json", action="store_true", help="print one JSON array; an empty one where there are none"
    )
    add_import(actions, shared)


def _limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= MOST_SHOWN:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of contacts; it goes from 1 to {MOST_SHOWN}")
    return int(text)

"""The options of `c2c-desktop directories`, and their help."""

from __future__ import annotations

import argparse
from typing import Any

from c2c_desktop.commands.added_command import add_command
from c2c_desktop.commands.region_option import region

_ADD = """\
Adds a directory that a team shares, and updates it for the first time. What is given to --carddav is the address of a
server, of a user there, or of one address book; with several address books there, they are printed to choose from. The
password is read from a hidden prompt or from standard input, never from an argument, and kept in your keyring only.
"""

_SYNC_EPILOG = """\
exit status:
  0  up to date
  1  one of them could not be updated; what it had stays as it was
  2  no such directory, or bad usage
"""


def add_directories(commands: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the command to `commands`; `shared` are the parsers of what every command takes."""
    directories = add_command(
        commands,
        shared,
        "directories",
        help_text="contacts that a team shares",
        description="Works with shared directories: address books on a CardDAV server, and files on a share. Their "
        "contacts are found like your own, and cannot be changed here.",
    )
    actions = directories.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    listing = add_command(
        actions, shared, "list", help_text="print the directories", description="Prints each directory and its state."
    )
    listing.add_argument("--json", action="store_true", help="print one JSON array; times are UTC seconds since 1970")

    sync = add_command(
        actions,
        shared,
        "sync",
        help_text="update them now",
        description="Updates one directory, or all of them, one after the other, and prints what came of it.",
        epilog=_SYNC_EPILOG,
    )
    which = sync.add_mutually_exclusive_group()
    which.add_argument("name", metavar="NAME", nargs="?", help="update this one alone")
    which.add_argument("--id", metavar="N", type=_id, help="update this one alone; “list --json” tells its number")
    sync.add_argument("--json", action="store_true", help="print one JSON array, as “list” does")

    adding = add_command(actions, shared, "add", help_text="add one", description=_ADD)
    place = adding.add_mutually_exclusive_group(required=True)
    place.add_argument("--carddav", metavar="URL", help="an address book on a server; needs --user")
    place.add_argument("--file", metavar="PATH", help="a CSV or vCard file that somebody else keeps")
    adding.add_argument("--user", metavar="U", help="who signs in at the server")
    adding.add_argument("--name", metavar="N", help="what to call it here, instead of its name there")
    adding.add_argument("--region", metavar="IN", type=region, help="country of its numbers without a country code")

    removing = add_command(
        actions,
        shared,
        "remove",
        help_text="forget one and its contacts",
        description="Forgets a directory, its contacts here and its password. Nothing changes where it comes from.",
    )
    removing.add_argument("name", metavar="NAME", help="the directory’s name")

    books = add_command(
        actions,
        shared,
        "books",
        help_text="print the address books of a server",
        description="Signs in at a CardDAV server and prints the address books there. Adds nothing.",
    )
    books.add_argument("--carddav", metavar="URL", required=True, help="the address of a server, a user or a book")
    books.add_argument("--user", metavar="U", required=True, help="who signs in there; the password is asked for")
    books.add_argument("--json", action="store_true", help="print one JSON object, whatever happens")


def _id(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a directory")
    return int(text)

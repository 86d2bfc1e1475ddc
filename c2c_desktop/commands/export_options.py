"""The options of `c2c-desktop contacts export`, and their help."""

from __future__ import annotations

import argparse
from typing import Any

from c2c_desktop.commands.added_command import add_command

_EXPORT = """\
Writes your contacts into FILE, in the order of the alphabet: all of them, those with a tag, or those a search finds.
A FILE that exists is left alone; with --overwrite it is replaced, and only once the new one is whole. A tag nobody has
is an error, and nothing is written. Imported here again, the contacts are the same.
"""

_EPILOG = """\
In CSV, cells that begin with =, +, - or @ get a ' in front: else a spreadsheet would calculate them. It is told how
many there were. --for-programs leaves every cell as it is: do not open such a file in a spreadsheet.
"""


def add_export(actions: argparse._SubParsersAction[Any], shared: list[Any]) -> None:
    """Add the action to `actions`; `shared` are the parsers of what every command takes."""
    export = add_command(
        actions,
        shared,
        "export",
        help_text="write contacts into a file",
        description=_EXPORT,
        epilog=_EPILOG,
    )
    export.add_argument("file", metavar="FILE", help="the file, which ends with .csv or .vcf; - for standard output")
    export.add_argument(
        "--format",
        choices=["csv", "vcard3", "vcard4"],
        help="write that kind of file; without it .csv is CSV and .vcf is vCard 3.0, which most address books read",
    )
    readers = export.add_mutually_exclusive_group()
    readers.add_argument("--for-people", action="store_true", help="put a ' before what would be calculated (default)")
    readers.add_argument("--for-programs", action="store_true", help="leave every cell of CSV as it is")
    some = export.add_mutually_exclusive_group()
    some.add_argument("--tag", metavar="T", type=_tag, help="only contacts with that tag")
    some.add_argument("--search", metavar="TEXT", default="", help="only contacts the window finds for TEXT")
    export.add_argument("--shared", action="store_true", help="contacts of shared directories too")
    export.add_argument("--overwrite", action="store_true", help="replace FILE where it exists")
    export.add_argument("--json", action="store_true", help="print what was written as one JSON object")


def _tag(text: str) -> str:
    if not text.strip("# "):
        raise argparse.ArgumentTypeError("it is empty")
    return text.strip().lstrip("# ")

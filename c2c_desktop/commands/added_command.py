"""One way to add a command to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TypeVar

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_command(
    commands: argparse._SubParsersAction[Parser],
    shared: Sequence[Parser],
    name: str,
    *,
    help_text: str,
    description: str,
    epilog: str = "",
) -> Parser:
    """Add a command that takes the `shared` options too; a text with an epilogue is printed with its own lines."""
    return commands.add_parser(
        name,
        parents=shared,
        help=help_text,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter if epilog else argparse.HelpFormatter,
        allow_abbrev=False,
    )

"""`c2c-desktop links [--install | --remove | --status] [--json]`: who opens tel:, callto: and sip: links.

One of the three, `--status` where none is given; `--json` prints one object, whatever happens. Exit status: 0 done, and
with `--status` links are ours; 1 it failed, or some links open with another program than they should.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from c2c_desktop.desktop.registration.link_handlers import LinkHandler, SchemeStatus, link_handler, link_words
from c2c_desktop.domain.errors import UserFacingError


def run_links(options: argparse.Namespace, handler: LinkHandler | None = None) -> int:
    """Set links up, give them back or say who opens them; return the exit status.

    `options` has `install`, `remove` and `json` as truth values, and `sandbox` and `data_dir` as every command has:
    links go to the instance whose data is in `data_dir`. `handler` stands in for the desktop's.
    """
    handler = handler or link_handler(
        data_dir=Path(options.data_dir).expanduser() if options.data_dir else None, sandbox=options.sandbox
    )
    trouble = _carry_out(options, handler)
    found = handler.status()
    is_fine = not trouble and all(one.ours is not options.remove for one in found)
    if options.json:
        told = {"fine": is_fine, "error": trouble, "links": [asdict(one) for one in found]}
        print(json.dumps(told, indent=1))
    else:
        _tell(found, "" if is_fine or trouble else _mend(options, handler))
    if trouble:
        print(f"c2c-desktop: {trouble}", file=sys.stderr)
    return 0 if is_fine else 1


def _carry_out(options: argparse.Namespace, handler: LinkHandler) -> str:
    """Change what is asked for; return what went wrong."""
    try:
        if options.install and options.sandbox and not options.data_dir:
            raise UserFacingError("The sandbox takes no links", "Leave out --sandbox: its data is thrown away.")  # noqa: TRY301
        if options.install:
            handler.install()
        elif options.remove:
            handler.remove()
    except UserFacingError as error:
        return f"{error.title}. {error.message}"
    return ""


def _tell(found: list[SchemeStatus], mend: str) -> None:
    for one in found:
        print(link_words(one))
    if mend:
        print(mend)


def _mend(options: argparse.Namespace, handler: LinkHandler) -> str:
    if not handler.is_available:
        return handler.why_not
    if options.remove:
        return "Choose another program for them in the system’s settings."
    return handler.by_hand if options.install else "To change that: c2c-desktop links --install"

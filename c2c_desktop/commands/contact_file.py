"""Where the contacts are that a command reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from c2c_desktop.composition import CONTACTS_FILE, default_data_dir, options_from


def contact_file(options: argparse.Namespace) -> Path | None:
    """Return the file of the contact list; None where there is none yet. Raises `UserFacingError`."""
    given = options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url)
    # A sandbox without a folder of its own has no contacts before its window fills it.
    folder = given.data_dir or (None if given.sandbox else default_data_dir())
    path = folder / CONTACTS_FILE if folder is not None else None
    return path if path is not None and path.exists() else None

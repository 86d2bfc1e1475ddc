"""`c2c-desktop diagnostics`: one file with what helps to mend what does not work. Places no call."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.checkup import write_diagnostics
from c2c_desktop.commands.terminal import reraise
from c2c_desktop.composition import open_core, options_from


def run_diagnostics(options: argparse.Namespace) -> int:
    """Write the bundle and say where it is; return the exit status. Raises `StorageError`."""
    output = Path(options.output).expanduser() if options.output is not None else None
    with closing(
        open_core(
            options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
            InlineRunner(),
            reraise,
        )
    ) as core:
        bundle = write_diagnostics(core, output)
    if options.json:
        print(json.dumps({"file": str(bundle.path.absolute()), "unread": list(bundle.unread)}, indent=1))
        return 0
    print(f"Saved as {bundle.path}")
    print("No secret, no name and no whole phone number is in it; README.txt inside says what is.")
    for line in bundle.unread:
        print(f"Could not be read: {line}")
    return 0

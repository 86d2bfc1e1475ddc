"""`c2c-desktop doctor`: what calls need, and how to mend what is missing. Places no call."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.checkup import findings
from c2c_desktop.commands.terminal import reraise
from c2c_desktop.composition import open_core, options_from


def run_doctor(options: argparse.Namespace) -> int:
    """Look at everything and print it; the exit status is 1 where something calls need is broken."""
    with closing(
        open_core(
            options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
            InlineRunner(),
            reraise,
        )
    ) as core:
        found = findings(core)
    if options.json:
        fine = all(f.fine for f in found)
        print(json.dumps({"fine": fine, "findings": [asdict(f) for f in found]}, indent=1))
    else:
        for finding in found:
            print(f"{'ok  ' if finding.fine else 'MEND'}  {finding.name}: {finding.detail}")
            if finding.mend:
                print(f"      {finding.mend}")
    needed = {"service", "data folder"}
    return 1 if any(not f.fine for f in found if f.name in needed) else 0

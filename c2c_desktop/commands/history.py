"""`c2c-desktop history`: past calls, newest first."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.commands.dial import call_facts
from c2c_desktop.commands.terminal import reraise
from c2c_desktop.composition import open_core, options_from
from c2c_desktop.services.announcer import outcome_words


def run_history(options: argparse.Namespace) -> int:
    """Print the calls; return the exit status."""
    core = open_core(
        options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
        InlineRunner(),
        reraise,
    )
    try:
        core.journal.load()
        calls = core.journal.recent()
    finally:
        core.close()
    facts = [call_facts(call) for call in calls]
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, indent=1))
    elif options.csv:
        columns = ["started_at", "state", "outcome", "e164", "name", "source", "route", "request_id", "code", "message"]
        writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(facts)
    else:
        for call in calls:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(call.started_at))
            print(f"{when}  {outcome_words(call):<16} {call.shown_number:<20} {call.contact_name}")
        if not calls:
            print("No calls yet.")
    return 0

"""`c2c-desktop history`: past calls, newest first."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from contextlib import closing
from typing import Any

from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.commands.facts import call_facts
from c2c_desktop.commands.terminal import reraise
from c2c_desktop.composition import CALLS_FILE, Core, open_core, options_from
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.list_cell import neutralised
from c2c_desktop.services.announcer import outcome_words

_COLUMNS = (
    "started_at", "state", "outcome", "e164", "name", "source", "route", "request_id", "code", "message",
    "caller_id", "ended_at", "talk_seconds", "note",
)  # fmt: skip
_MOMENTS = ("started_at", "ended_at")
_FREE_TEXT = ("name", "message", "note")


def run_history(options: argparse.Namespace) -> int:
    """Print the calls; return the exit status."""
    with closing(
        open_core(
            options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
            InlineRunner(),
            reraise,
        )
    ) as core:
        calls = _calls(core)
    if options.json:
        print(json.dumps([call_facts(call) for call in calls], indent=1))
    elif options.csv:
        writer = csv.DictWriter(sys.stdout, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(_csv_row, calls))
    else:
        for call in calls:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(call.started_at))
            who = f"{call.shown_number:<20} {call.contact_name:<20}"
            print(f"{when}  {outcome_words(call):<16} {who} {_reason(call)}".rstrip())
        if not calls:
            print("No calls yet.")
    return 0


def _calls(core: Core) -> list[Call]:
    try:
        core.call_store.settle_abandoned()
        return core.call_store.recent(sys.maxsize)
    except StorageError:
        calls = calls_of_copy(core.data_dir / CALLS_FILE, sys.maxsize)  # a folder that can be read is enough
        if calls is None:
            raise
        return calls


def _csv_row(call: Call) -> dict[str, Any]:
    """Describe a call so that a spreadsheet takes no text of others for a formula."""
    facts = call_facts(call)
    facts |= {column: _moment(facts[column]) for column in _MOMENTS}
    return facts | {column: neutralised(facts[column]) for column in _FREE_TEXT}


def _moment(at: float | None) -> str:
    """Write UTC seconds as a date and time that spreadsheets read."""
    return "" if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def _reason(call: Call) -> str:
    return call.message if call.went_wrong else ""

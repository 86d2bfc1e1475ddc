"""`c2c-desktop watch`: a line for each call that is new or changed, whichever process places it."""

from __future__ import annotations

import argparse
import json
import os
import select
import sys
import time
from collections.abc import Callable
from typing import Any

from c2c_desktop.adapters.journal_view import JournalView
from c2c_desktop.commands.facts import call_facts
from c2c_desktop.commands.terminal import mute_output
from c2c_desktop.composition import CALLS_FILE, default_data_dir, options_from
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.announcer import announce
from c2c_desktop.services.journal import RECENT_LIMIT

LOOK_SECONDS = 0.25
"""How often the journal is looked at."""

FAILED = 1
_LINE_LIMIT = 1000


def run_watch(options: argparse.Namespace) -> int:
    """Print until interrupted, or until nobody reads any more; return the exit status.

    Raises `KeyboardInterrupt`, `BrokenPipeError`, and `StorageError` for a journal of a newer version.
    """
    given = options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url)
    if given.sandbox and given.data_dir is None:
        raise UserFacingError("There is nothing to watch", "A sandbox without --data-dir keeps its calls to itself.")
    if sys.stdout is None:
        raise UserFacingError("There is nothing to print to", "Standard output is closed.")
    path = (given.data_dir or default_data_dir()) / CALLS_FILE
    view = JournalView(path, max(RECENT_LIMIT, options.recent))
    try:
        _follow(view, _json_line if options.json else _words, options.recent)
    except BrokenPipeError:
        raise
    except OSError as error:
        mute_output()
        print(f"c2c-desktop: Nothing more can be printed: {os.strerror(error.errno or 0)}.", file=sys.stderr)
    return FAILED


def _follow(view: JournalView, line: Callable[[Call, float], str], recent: int) -> None:
    """Look again and again. Raises `OSError` where a line cannot be printed."""
    known: dict[str, Call] | None = None
    told_trouble = ""
    while True:
        calls = view.look()
        if view.trouble != told_trouble:
            told_trouble = view.trouble
            if told_trouble:
                print(f"c2c-desktop: {told_trouble}. Waiting until it can.", file=sys.stderr)
        if calls is not None and known is None:
            known = {call.id: call for call in reversed(calls)}
            for call in reversed(calls[:recent]):
                print(line(call, call.ended_at or call.started_at), flush=True)
        elif calls is not None and known is not None:
            for call in reversed(calls):
                if known.get(call.id) != call:
                    print(line(call, time.time()), flush=True)
            known = _remembered(known, calls)
        _wait()


def _remembered(known: dict[str, Call], calls: list[Call]) -> dict[str, Call]:
    """Return what is known now; a journal that was set aside may come back."""
    seen = {call.id: call for call in reversed(calls)}
    earlier = {call_id: call for call_id, call in known.items() if call_id not in seen}
    return dict(list((earlier | seen).items())[-2 * max(len(seen), RECENT_LIMIT) :])


def _wait() -> None:
    """Wait for the next look. Raises `BrokenPipeError` once nobody reads any more."""
    if not hasattr(select, "poll"):
        time.sleep(LOOK_SECONDS)
        return
    reader = select.poll()
    reader.register(sys.stdout.fileno(), 0)
    if reader.poll(LOOK_SECONDS * 1000):
        raise BrokenPipeError


def _json_line(call: Call, changed_at: float) -> str:
    facts: dict[str, Any] = {"id": call.id, "changed_at": changed_at, **call_facts(call)}
    return json.dumps(facts)


def _words(call: Call, changed_at: float) -> str:
    when = time.strftime("%H:%M:%S", time.localtime(changed_at))
    sentence = announce(call, has_feed=False).sentence
    return clean_text(f"{when}  {call.shown_number}  {call.state.value}: {sentence}", _LINE_LIMIT)

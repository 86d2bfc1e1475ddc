"""`history`: all calls, newest first, as words, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from typing import Any

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.route import Route
from c2c_desktop.sandbox.answers import USER_ID
from tests.e2e.rig import HAPPY, HAPPY_E164, CommandLine


def call(number: int = 0, **facts: Any) -> Call:
    placing = Call(
        id=f"c-{number}",
        e164=HAPPY_E164,
        shown_number=HAPPY,
        contact_name="",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id=USER_ID,
        started_at=1_800_000_000.0 + number,
        state=CallState.PLACING,
    )
    return replace(placing, **facts)


def history(line: CommandLine) -> list[dict[str, Any]]:
    outcome = line.run("history", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    calls = json.loads(outcome.out)
    assert isinstance(calls, list)
    return calls


def test_without_calls_there_is_nothing_to_print(line: CommandLine) -> None:
    assert line.run("history").out == "No calls yet.\n"
    assert history(line) == []
    assert line.run("history", "--csv").out == (
        "started_at,state,outcome,e164,name,source,route,request_id,code,message,caller_id,ended_at,talk_seconds,note\n"
    )


def test_a_journal_that_cannot_be_read_is_told_in_words(line: CommandLine) -> None:
    line.data = line.home / "in the way" / "data"
    line.data.parent.write_text("no folder")
    outcome = line.run("history", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert "c2c-desktop: Your data could not be stored." in outcome.err
    assert "Traceback" not in outcome.err


def test_two_formats_at_once_are_bad_usage(line: CommandLine) -> None:
    outcome = line.run("history", "--json", "--csv")
    assert outcome.status == 2
    assert "not allowed with" in outcome.err


def test_json_is_newest_first_with_what_scripts_need(line: CommandLine) -> None:
    line.dial("+917000000005", "--yes")
    line.dial(HAPPY, "--yes", "--route", "mobile")
    newest, oldest = history(line)
    assert newest["started_at"] > oldest["started_at"]
    assert (newest["state"], newest["e164"], newest["route"]) == ("INITIATED", HAPPY_E164, "mobile")
    assert (newest["source"], newest["request_id"] != "") == ("command line", True)
    assert (oldest["state"], oldest["code"], oldest["request_id"]) == ("REFUSED", 422, "")
    assert "the agent is not allowed to call now" in oldest["message"]


def test_words_show_day_outcome_and_number(line: CommandLine) -> None:
    talked = call(state=CallState.ENDED, outcome=CallState.CONNECTED, talk_seconds=12.0)
    line.keep(talked)
    assert line.run("history", TZ="UTC").out == "2027-01-15 08:00  Talked 0:12      +91 98402 22222\n"


def test_every_call_is_there_not_only_the_newest(line: CommandLine) -> None:
    line.keep(call().moved(CallState.INITIATED))
    line.multiply_calls(1200)
    times = [call["started_at"] for call in history(line)]
    assert len(times) == 1201
    assert times == sorted(times, reverse=True)
    assert len(line.run("history", "--csv").out.splitlines()) == 1202
    assert len(line.run("history").out.splitlines()) == 1201


def test_text_of_others_is_no_formula_in_csv(line: CommandLine) -> None:
    dangerous = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "＝SUM(1)", '"=1', "'=1")
    harmless = ('Rao, "Asha"', "a=b", "’=’", "'tis", "a; b")
    for number, text in enumerate((*dangerous, *harmless)):
        line.keep(call(number, contact_name=text).moved(CallState.INITIATED, request_id="-id", message=text))
    rows = list(csv.DictReader(io.StringIO(line.run("history", "--csv").out)))
    cells = [*(f"'{text}" for text in dangerous), *harmless]
    assert [row["name"] for row in reversed(rows)] == cells
    assert [row["message"] for row in reversed(rows)] == cells
    assert {(row["e164"], row["request_id"]) for row in rows} == {(HAPPY_E164, "-id")}


def put_note(line: CommandLine, call_id: str, note: str) -> None:
    """Write a note on a call that is kept, as the window does."""
    with closing(SqliteCallStore(line.data / "calls.sqlite3")) as store:
        store.set_note(call_id, note)


def test_notes_are_there_for_scripts_whole_and_no_formulas(line: CommandLine) -> None:
    notes = ["Wants the offer,\nin “writing”", "=HYPERLINK(1)", "+1 more", "", "Asks for\n=HYPERLINK(1);@SUM(1)"]
    for number, note in enumerate(notes):
        line.keep(call(number).moved(CallState.INITIATED))
        put_note(line, f"c-{number}", note)
    assert [told["note"] for told in reversed(history(line))] == notes
    rows = list(csv.DictReader(io.StringIO(line.run("history", "--csv").out)))
    assert [row["note"] for row in reversed(rows)] == [
        notes[0], "'=HYPERLINK(1)", "'+1 more", "", "Asks for\n'=HYPERLINK(1);'@SUM(1)",
    ]  # fmt: skip
    assert "offer" not in line.run("history").out


def test_calls_of_the_window_are_there_too(line: CommandLine) -> None:
    line.keep(call(source=Source.CONTACT, contact_name="Asha Rao").moved(CallState.INITIATED, request_id="r-1"))
    (told,) = history(line)
    assert (told["source"], told["name"], told["request_id"]) == ("contact", "Asha Rao", "r-1")
    assert line.run("history").out.endswith("Asha Rao\n")

"""`watch`: a line for each call that is new or changed, whoever places it, by processes of their own."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import CallState
from c2c_desktop.sandbox.answers import SECRET
from tests.e2e.rig import HAPPY, HAPPY_E164, ONE_CALL, PATIENCE, CommandLine, HoldingService, Outcome, ended, interrupt
from tests.unit.builders import make_call

DIAL = ("dial", *ONE_CALL, "--yes", HAPPY)
FILES = {"calls.sqlite3", "calls.sqlite3-wal", "calls.sqlite3-shm"}


class Watching:
    """A watch that runs, and the lines it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self._unread = b""
        self._output = process.stdout.fileno()

    def line(self) -> str:
        """Return the next line, once it is there."""
        while b"\n" not in self._unread:
            assert select.select([self._output], [], [], PATIENCE)[0], "nothing was printed"
            piece = os.read(self._output, 4096)
            assert piece, f"it ended: {ended(self.process).err}"
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def told(self) -> dict[str, Any]:
        found = json.loads(self.line())
        assert isinstance(found, dict)
        return found

    def reach(self, state: str) -> dict[str, Any]:
        """Read on until a call is in `state`; one that passes between two looks is not told."""
        while (told := self.told())["state"] != state:
            pass
        return told


@contextmanager
def watching(line: CommandLine, *options: str) -> Iterator[Watching]:
    """Run `watch` and wait until it has had its first look: it prints the newest call, kept for that."""
    with line.running("watch", *options, "--recent", "1") as process:
        watching = Watching(process)
        if line.data.exists():
            watching.line()
        yield watching


def kept(line: CommandLine, call_id: str = "earlier", state: CallState = CallState.ENDED, **facts: Any) -> None:
    line.keep(make_call(state, id=call_id, **facts))


def assert_ended(outcome: Outcome, status: int = 130) -> None:
    assert (outcome.status, outcome.err) == (status, "")


# What goes wrong


def test_a_sandbox_that_keeps_its_calls_to_itself_cannot_be_watched(line: CommandLine) -> None:
    outcome = line.bare("watch", "--sandbox")
    assert (outcome.status, outcome.out) == (2, "")
    assert "c2c-desktop: There is nothing to watch." in outcome.err


@pytest.mark.parametrize("count", ["-1", "many", "", "1.5"])
def test_what_is_no_count_is_bad_usage(line: CommandLine, count: str) -> None:
    assert line.run("watch", f"--recent={count}").status == 2


def test_without_standard_output_there_is_nothing_to_do(line: CommandLine) -> None:
    words = ["sh", "-c", 'exec "$@" >&-', "sh", *line.command("watch")]
    done = subprocess.run(words, stderr=subprocess.PIPE, text=True, env=line.environment, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "c2c-desktop: There is nothing to print to. Standard output is closed.\n",
    )


def test_a_full_disk_behind_the_output_ends_it_with_words(line: CommandLine) -> None:
    kept(line)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            line.command("watch", "--json", "--recent", "1"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=line.environment,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "c2c-desktop: Nothing more can be printed: No space left on device.\n"


def test_a_reader_that_goes_away_ends_it_quietly_and_without_another_call(line: CommandLine) -> None:
    kept(line)
    with watching(line, "--json") as watch:
        assert watch.process.stdout is not None
        watch.process.stdout.close()
        watch.process.wait(PATIENCE)
        assert watch.process.stderr is not None
        assert (watch.process.returncode, watch.process.stderr.read()) == (1, "")


def test_a_journal_of_a_newer_version_is_told_and_left_alone(line: CommandLine) -> None:
    import sqlite3

    kept(line)
    with closing(sqlite3.connect(line.data / "calls.sqlite3")) as connection:
        connection.execute("PRAGMA user_version=99")
    outcome = line.run("watch", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert "This data is from a newer version" in outcome.err


def test_a_journal_of_an_older_version_is_read_and_not_brought_up_to_date(line: CommandLine) -> None:
    import sqlite3

    kept(line)
    with closing(sqlite3.connect(line.data / "calls.sqlite3")) as connection:
        connection.execute("DROP TABLE note")
        connection.execute("PRAGMA user_version=3")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (line.data / "calls.sqlite3").read_bytes()
    with line.running("watch", "--json", "--recent", "9") as process:
        assert Watching(process).told()["id"] == "earlier"
        assert_ended(interrupt(process))
    assert (line.data / "calls.sqlite3").read_bytes() == before


def test_a_damaged_journal_is_said_once_left_where_it_is_and_followed_when_it_is_whole(line: CommandLine) -> None:
    kept(line)
    journal, whole = line.data / "calls.sqlite3", line.home / "whole"
    shutil.copy(journal, whole)
    journal.write_bytes(b"no journal" * 1000)
    with line.running("watch", "--json", "--recent", "1") as process:
        assert process.stderr is not None
        assert process.stderr.readline().endswith("calls.sqlite3 cannot be read. Waiting until it can.\n")
        assert [path.name for path in line.data.iterdir()] == [journal.name]
        whole.replace(journal)
        assert Watching(process).told()["id"] == "earlier"
        assert_ended(interrupt(process))


def test_a_journal_that_is_set_aside_is_followed_in_its_new_file(line: CommandLine) -> None:
    kept(line)
    with watching(line, "--json") as watch:
        (line.data / "calls.sqlite3").rename(line.data / "calls.sqlite3.damaged-20270101-000000")
        kept(line, "later")
        assert watch.told()["id"] == "later"
        assert_ended(interrupt(watch.process))


def test_nothing_is_there_yet(line: CommandLine) -> None:
    with line.running("watch", "--json") as process:
        watch = Watching(process)
        assert line.dial(HAPPY, "--yes").status == 0
        told = watch.reach("INITIATED")
        assert_ended(interrupt(process))
    assert told["e164"] == HAPPY_E164


def test_watching_creates_nothing_and_changes_nothing(line: CommandLine) -> None:
    kept(line)
    before = {path.name: path.read_bytes() for path in line.data.iterdir()}
    with watching(line, "--json") as watch:
        assert {path.name: path.read_bytes() for path in line.data.iterdir()} == before
        assert_ended(interrupt(watch.process))
    assert {path.name: path.read_bytes() for path in line.data.iterdir()} == before


def test_a_folder_that_can_only_be_read_is_enough(line: CommandLine) -> None:
    with closing(SqliteCallStore(line.data / "calls.sqlite3")) as store:
        store.save(make_call(CallState.INITIATED, id="in the log"))
        frozen = line.home / "frozen"
        shutil.copytree(line.data, frozen)  # with its log, as a program that was killed leaves it
    (frozen / "calls.sqlite3-shm").unlink()
    for path in (*frozen.iterdir(), frozen):
        path.chmod(0o555 if path.is_dir() else 0o444)
    names = sorted(path.name for path in frozen.iterdir())
    line.data = frozen
    with line.running("watch", "--json", "--recent", "1") as process:
        assert Watching(process).told()["id"] == "in the log"
        assert_ended(interrupt(process))
    assert sorted(path.name for path in frozen.iterdir()) == names
    frozen.chmod(0o700)


# What it tells


def test_a_call_of_another_process_is_told_with_what_scripts_need(line: CommandLine) -> None:
    kept(line)
    with watching(line, "--json") as watch, HoldingService() as service:
        line.api_url = service.api_url
        before = time.time()
        with line.running(*DIAL, "--json", stdin=f"{SECRET}\n") as dial:
            service.wait()
            placing = watch.reach("PLACING")
            service.release()
            placed = ended(dial).told
        initiated = watch.reach("INITIATED")
        assert_ended(interrupt(watch.process))
    assert placing["id"] == initiated["id"]
    assert before - 1 < placing["changed_at"] <= initiated["changed_at"] <= time.time()
    assert {key: initiated[key] for key in placed} == placed
    assert (initiated["source"], initiated["e164"]) == ("command line", HAPPY_E164)


def test_a_call_whose_process_was_killed_is_left_as_it_is_until_somebody_settles_it(line: CommandLine) -> None:
    kept(line)
    with watching(line, "--json") as watch, HoldingService() as service:
        line.api_url = service.api_url
        with line.running(*DIAL, stdin=f"{SECRET}\n") as dial:
            service.wait()
            placing = watch.reach("PLACING")
            dial.kill()
            dial.wait()
        assert [call.state for call in line.calls()][:1] == [CallState.PLACING]
        line.run("history")
        uncertain = watch.told()
        assert_ended(interrupt(watch.process))
    assert (uncertain["id"], uncertain["state"]) == (placing["id"], "UNCERTAIN")


def test_calls_that_follow_each_other_at_once_are_all_told(line: CommandLine) -> None:
    kept(line)
    with watching(line, "--json") as watch, closing(SqliteCallStore(line.data / "calls.sqlite3")) as store:
        for number in range(300):
            store.save(make_call(CallState.INITIATED, id=f"c-{number}"))
        told = [watch.told()["id"] for _ in range(300)]
        store.set_note("c-299", "called back")
        assert watch.told()["note"] == "called back"
        assert {path.name for path in line.data.iterdir()} == FILES
        assert_ended(interrupt(watch.process))
    assert told == [f"c-{number}" for number in range(300)]


def test_it_begins_with_as_many_as_are_wanted_the_oldest_first(line: CommandLine) -> None:
    for number in range(5):
        kept(line, f"c-{number}", started_at=1_800_000_000.0 + number, ended_at=1_800_000_100.0 + number)
    with line.running("watch", "--json", "--recent", "3") as process:
        watch = Watching(process)
        told = [watch.told() for _ in range(3)]
        kept(line, "new")
        assert watch.told()["id"] == "new"
        assert_ended(interrupt(process))
    assert [(call["id"], call["changed_at"]) for call in told] == [
        (f"c-{number}", 1_800_000_100.0 + number) for number in (2, 3, 4)
    ]


def test_words_for_people_are_one_line_a_call(line: CommandLine) -> None:
    line.environment["TZ"] = "UTC"
    talked = make_call(CallState.ENDED, outcome=CallState.CONNECTED, talk_seconds=12.0, contact_name="Asha\x1b[2J Rao")
    line.keep(replace(talked, ended_at=1_800_000_060.0))
    with line.running("watch", "--recent", "1") as process:
        shown = Watching(process).line()
        assert_ended(interrupt(process))
    assert shown == (
        "08:01:00  +91 98402 22222  ENDED: Call with Asha[2J Rao ended · 0:12. +91 98402 22222 · via your softphone"
    ).replace("  ", " ")

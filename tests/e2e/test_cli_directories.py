"""`directories` as people and scripts use it: on a real keyring and a real server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.adapters.directory_updater import ProcessDirectoryUpdater
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from tests.contract.radicale import PASSWORD, USER, Radicale, card
from tests.contract.waiting import until
from tests.e2e.canary_search import Needles
from tests.e2e.canary_witness import ProcessWitness
from tests.e2e.rig import PATIENCE, CommandLine, Outcome, Terminal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        server.put("a.vcf", card("u1", "Ann Field", "TEL:020 7946 0001"))
        yield server


def add(line: CommandLine, server: Radicale, *options: str, password: str = PASSWORD) -> Outcome:
    words = ("directories", "add", "--carddav", server.url, "--user", USER, "--region", "gb", *options)
    return line.run(*words, stdin=f"{password}\n")


def listed(outcome: Outcome) -> list[dict[str, Any]]:
    found = json.loads(outcome.out)
    assert isinstance(found, list)
    return found


def test_without_a_keyring_nothing_is_added_and_it_is_said(line: CommandLine, server: Radicale) -> None:
    outcome = add(line, server)
    assert (outcome.status, outcome.out) == (1, "")
    assert "This computer has no keyring" in outcome.err
    assert listed(line.run("directories", "list", "--json")) == []


@pytest.mark.usefixtures("keyring")
def test_a_wrong_password_adds_nothing(line: CommandLine, server: Radicale) -> None:
    outcome = add(line, server, password="wrong")
    assert (outcome.status, outcome.out) == (2, "")
    assert "localhost refused the user name or the password." in outcome.err
    assert line.run("directories", "list").out == "No shared directories. Use: c2c-desktop directories add --help\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "one of the arguments --carddav --file is required"),
        (("add", "--carddav", "http://dav.example/", "--user", "a"), "That directory address cannot be used"),
        (("add", "--carddav", "https://a:b@dav.example/", "--user", "a"), "That directory address cannot be used"),
        (("add", "--carddav", "https://dav.example/"), "Give --user"),
        (("add", "--carddav", "https://dav.example/", "--user", "a:b"), "a user name holds no colon"),
        (("add", "--carddav", "https://dav.example/", "--user", "a", "--password", "x"), "unknown option --password"),
        (("add", "--file", "none.csv"), "There is no such file"),
        (("remove", "nobody"), "There is no such directory"),
        (("sync", "nobody"), "There is no such directory"),
        (("sync", "--id", "7"), "There is no such directory"),
        (("sync", "--id", "-7"), "no number of a directory"),
        (("list", "--sandbox"), "The sandbox has no directories"),
    ],
)
def test_what_cannot_be_done_is_said(line: CommandLine, words: tuple[str, ...], said: str) -> None:
    runner = line.bare if "--sandbox" in words else line.run
    outcome = runner("directories", *words, stdin="x\n")
    assert outcome.status == 2
    assert said in outcome.err


@pytest.mark.parametrize("action", ["add", "books"])
@pytest.mark.parametrize(
    "address", [f"https://{USER}:{PASSWORD}@localhost/", f"{USER}:{PASSWORD}@localhost", f"localhost/?p={PASSWORD}"]
)
def test_a_password_in_an_address_is_refused_and_kept_and_repeated_nowhere(
    line: CommandLine, address: str, action: str
) -> None:
    needles = Needles(PASSWORD)
    outcome = line.run("directories", action, "--carddav", address, "--user", USER, stdin="of-its-own-field\n")
    assert (outcome.status, outcome.out) == (2, "")
    assert "That directory address cannot be used" in outcome.err
    assert not needles.ways_in(outcome.err.encode())
    assert listed(line.run("directories", "list", "--json")) == []
    assert list(needles.in_files(line.home)[1]) == []


@pytest.mark.usefixtures("keyring")
def test_the_sandbox_neither_reads_nor_deletes_a_password_of_the_real_keyring(
    line: CommandLine, server: Radicale
) -> None:
    def sandbox(*words: str) -> Outcome:
        return line.bare("--sandbox", "--data-dir", str(line.data), "directories", *words)

    assert add(line, server).status == 0
    asked = sandbox("sync")
    assert (asked.status, "Its password is not in your keyring." in asked.out) == (1, True)
    assert line.run("directories", "sync").status == 0
    assert sandbox("remove", "The team").status == 0
    with closing(SqliteDirectoryStore(line.data / "contacts.sqlite3", SystemClock())) as store:
        store.add(server.directory)
    assert line.run("directories", "sync").status == 0


@pytest.mark.usefixtures("keyring")
def test_a_directory_is_added_updated_found_offline_and_removed(line: CommandLine, server: Radicale) -> None:
    outcome = add(line, server)
    assert (outcome.status, outcome.out, outcome.err) == (0, "The team  1 contact, 1 changed\n", "")
    server.put("b.vcf", card("u2", "Bob Gray"))
    synced = line.run("directories", "sync", "--json")
    (told,) = listed(synced)
    assert synced.status == 0
    assert {name: told[name] for name in ("name", "kind", "address", "user", "region", "contacts", "changed")} == {
        "name": "The team", "kind": "carddav", "address": f"{server.url}/asha/team/", "user": USER, "region": "GB",
        "contacts": 2, "changed": 1,
    }  # fmt: skip
    assert told["next_at"] == told["updated_at"] + 900
    server.stop()
    away = line.run("directories", "sync", "the TEAM")
    assert away.status == 1
    assert away.out == "The team  2 contacts, 1 changed  localhost cannot be reached. Check your network.\n"
    assert line.run("directories", "list").status == 0
    (found,) = json.loads(line.run("contacts", "search", "ann", "--json").out)
    assert found["numbers"] == [{"e164": "+442079460001", "kind": "other", "as_written": "020 7946 0001"}]
    assert line.run("directories", "remove", "The team").status == 0
    assert json.loads(line.run("contacts", "search", "ann", "--json").out) == []
    server.start()
    again = SharedDirectory(0, "Again", DirectoryKind.CARDDAV, f"{server.url}/asha/team/", USER, "GB")
    with closing(SqliteDirectoryStore(line.data / "contacts.sqlite3", SystemClock())) as store:
        store.add(again)
    forgotten = line.run("directories", "sync", "Again")
    assert (forgotten.status, "Its password is not in your keyring." in forgotten.out) == (1, True)


@pytest.mark.usefixtures("keyring")
def test_directories_of_one_server_share_a_password_until_the_last_one_goes(
    line: CommandLine, server: Radicale
) -> None:
    server.make_book("/asha/other/", "Other")
    several = add(line, server)
    assert several.status == 2
    assert f"{server.url}/asha/other/  Other" in several.err
    for path in ("other", "team"):
        words = ("--carddav", f"{server.url}/asha/{path}/", "--user", USER, "--name", path)
        assert line.run("directories", "add", *words, stdin=f"{PASSWORD}\n").status == 0
    assert line.run("directories", "remove", "other").status == 0
    assert line.run("directories", "sync").status == 0


@pytest.mark.usefixtures("keyring")
def test_the_password_is_asked_for_at_a_terminal_and_not_shown(line: CommandLine, server: Radicale) -> None:
    with Terminal(line, "directories", "books", "--carddav", server.url, "--user", USER) as terminal:
        terminal.wait_for("Password (not shown): ")
        terminal.press(f"{PASSWORD}\n")
        outcome = terminal.end()
    assert (outcome.status, outcome.out) == (0, f"{server.url}/asha/team/  The team\n")
    assert PASSWORD not in outcome.err
    told = line.run("directories", "books", "--carddav", server.url, "--user", USER, "--json", stdin="wrong\n").told
    assert told == {
        "books": [],
        "error": {
            "title": "The directory could not be updated",
            "message": "localhost refused the user name or the password.",
            "next_step": "fix_sign_in",
        },
    }


@pytest.mark.usefixtures("keyring")
def test_the_password_is_in_no_file_argument_or_environment(line: CommandLine, server: Radicale) -> None:
    needles = Needles(PASSWORD)
    with ProcessWitness() as witness:
        said = [add(line, server), line.run("directories", "sync"), line.run("directories", "list", "--json")]
        (told,) = listed(said[-1])
        with closing(SqliteDirectoryStore(line.data / "contacts.sqlite3", SystemClock())) as store:
            runner, states = InlineRunner(), list[DirectoryState]()
            command = (sys.executable, "-m", "c2c_desktop")
            with (
                pytest.MonkeyPatch.context() as patch,
                closing(ProcessDirectoryUpdater(command, line.data, store, runner)) as updater,
            ):
                for name, value in line.environment.items():
                    patch.setenv(name, value)
                updater.update(store.states()[0].directory, states.append)
                until(lambda: runner.work(0.01) and states, PATIENCE)
        assert (states[0].problem, states[0].contacts, told["contacts"]) == ("", 1, 1)
    assert any(b"directories" in sample[1] and b"--id" in sample[1] for sample in witness.samples)
    assert not any(needles.ways_in(b"\n".join(parts)) for _, *parts in witness.samples)
    assert not any(needles.ways_in(f"{one.out}\n{one.err}".encode()) for one in said)
    files, found = needles.in_files(line.home)
    assert (files > 0, list(found)) == (True, [])

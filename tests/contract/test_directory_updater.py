"""Updates in processes of their own: the window hears how each went, whatever becomes of the process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.adapters.directory_updater import ProcessDirectoryUpdater
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.services.ports import Lane
from tests.contract.radicale import USER, Radicale
from tests.contract.waiting import until
from tests.fakes import FakeClock, ManualRunner

TEAM = SharedDirectory(0, "The team", DirectoryKind.CARDDAV, "https://dav.example/team/", "asha", "GB")
CANARY = "canary-of-the-directory"
PROGRAM = (sys.executable, "-m", "c2c_desktop")


class Window:
    """A main thread with one updater, whose processes run `command`."""

    def __init__(self, folder: Path, command: Sequence[str] = PROGRAM) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.runner = InlineRunner()
        self.store = SqliteDirectoryStore(folder / "contacts.sqlite3", FakeClock())
        self.updater = ProcessDirectoryUpdater(command, folder, self.store, self.runner)
        self.told: list[DirectoryState] = []
        self.found: list[SharedDirectory] = []
        self.failures: list[Exception] = []

    def update(self, directory: SharedDirectory) -> None:
        self.updater.update(directory, self.told.append)

    def check(self, directory: SharedDirectory, password: str = CANARY) -> None:
        self.updater.check(directory, Secret(password), self.found.extend, self.failures.append)

    def work(self, condition: Callable[[], object]) -> None:
        """Do what comes to the main thread until `condition` holds."""
        until(lambda: condition() or (self.runner.work(0.01) and condition()), 60)

    def close(self) -> None:
        self.updater.close()
        self.store.close()


def script(folder: Path, text: str) -> tuple[str, ...]:
    """Return the words of a program that does `text`; it notes what it is asked in `asked`."""
    path = folder / "program.py"
    noting = f"import os, sys, time\nopen({str(folder / 'asked')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    path.write_text(noting + text)
    return sys.executable, str(path)


@pytest.fixture
def open_window(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def build(text: str) -> Window:
        opened.append(Window(tmp_path / "data", script(tmp_path, text)))
        return opened[-1]

    yield build
    for window in opened:
        window.close()


def test_a_failure_is_written_where_no_call_waits_for_it(tmp_path: Path) -> None:
    runner = ManualRunner()
    with closing(SqliteDirectoryStore(tmp_path / "contacts.sqlite3", FakeClock())) as store:
        told: list[DirectoryState] = []
        updater = ProcessDirectoryUpdater((str(tmp_path / "none"),), tmp_path, store, runner)
        updater.update(store.add(TEAM), told.append)
        assert [job.lane for job in runner.jobs] == [Lane.CHANGING]
        runner.finish()
    assert [state.failures for state in told] == [1]


@pytest.mark.parametrize("text", ["os.kill(os.getpid(), 9)", "raise SystemExit(1)", "raise SystemExit(2)", ""])
def test_a_process_that_ends_unawares_is_a_failure_that_is_remembered(
    open_window: Callable[..., Window], text: str
) -> None:
    window = open_window(text)
    team = window.store.add(TEAM)
    window.update(team)
    window.work(lambda: window.told)
    (state,) = window.told
    assert (state.problem, state.failures) == ("The update ended before it was done.", 1)
    assert window.store.states() == [state]


def test_a_program_that_cannot_be_started_is_a_failure_too(tmp_path: Path) -> None:
    with closing(Window(tmp_path / "data", (str(tmp_path / "none"),))) as window:
        window.update(window.store.add(TEAM))
        assert [state.failures for state in window.told] == [1]
        window.check(TEAM)
        assert [str(error) for error in window.failures] == [
            "The directory could not be looked at: The program cannot be started (No such file or directory)."
        ]


def test_a_directory_that_is_gone_and_a_list_that_cannot_be_read_are_told(open_window: Callable[..., Window]) -> None:
    window = open_window("print([])")
    window.update(replace(TEAM, id=5))
    window.work(lambda: window.told)
    assert window.told[0].problem == "This directory was removed meanwhile."
    team = window.store.add(TEAM)
    window.store.close()
    path = window.folder / "contacts.sqlite3"
    path.unlink()
    for name in ("contacts.sqlite3-wal", "contacts.sqlite3-shm"):
        (window.folder / name).unlink(missing_ok=True)
    path.symlink_to(window.folder / "nowhere" / "deep")
    window.update(team)
    window.work(lambda: len(window.told) == 2)
    assert window.told[1].problem.startswith("Your data could not be stored")
    assert window.told[1].failures == 1


def test_directories_are_updated_one_after_the_other_and_one_that_runs_is_waited_for(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    window = open_window(f"while not os.path.exists({str(tmp_path / 'go')!r}): time.sleep(0.01)\nprint([])")
    team = window.store.add(TEAM)
    other = window.store.add(replace(TEAM, name="Other"))
    for directory in (team, other, team, other):
        window.update(directory)
    asked = tmp_path / "asked"
    until(lambda: asked.exists() and asked.read_text().endswith("\n"))
    words = f"directories sync --data-dir {tmp_path / 'data'} --id {team.id} --json\n"
    assert asked.read_text() == words
    (tmp_path / "go").touch()
    window.work(lambda: len(window.told) == 4)
    assert [state.directory for state in window.told] == [team, team, other, other]
    assert asked.read_text().count("\n") == 2
    window.update(team)
    window.work(lambda: len(window.told) == 5)
    assert asked.read_text().count(words) == 2


def test_closing_ends_what_runs_and_tells_nobody(
    open_window: Callable[..., Window], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("open('pid', 'w').write(str(os.getpid()) + '\\n')\nsys.stdin.read()\ntime.sleep(600)")
    monkeypatch.chdir(tmp_path)
    team = window.store.add(TEAM)
    window.update(team)
    window.check(TEAM)
    asked = tmp_path / "asked"
    until(lambda: asked.exists() and asked.read_text().count("\n") == 2)
    running = list(window.updater._running)
    window.updater.close()
    assert [process.poll() is not None for process in running] == [True, True]
    while window.runner.work(0):
        pass
    assert (window.told, window.failures, window.found) == ([], [], [])
    assert window.store.states() == [DirectoryState(team)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise SystemExit(3)", "The directory could not be looked at: Exit status 3."),
        ("print('no JSON')", "The directory could not be looked at: Exit status 0."),
        ("print('[]')", "The directory could not be looked at: Exit status 0."),
        (
            'print(\'{"books": [], "error": {"title": "No", "message": "Not you.", "next_step": "fix_sign_in"}}\')',
            "No: Not you.",
        ),
    ],
)
def test_a_look_that_fails_is_told_in_words(open_window: Callable[..., Window], text: str, words: str) -> None:
    window = open_window(text)
    window.check(TEAM)
    window.work(lambda: window.failures)
    assert [str(error) for error in window.failures] == [words]
    assert window.found == []


@pytest.mark.parametrize(
    ("address", "user", "title"),
    [
        (f"https://asha:{CANARY}@dav.example/", "asha", "That directory address cannot be used"),
        (f"https://{CANARY}@dav.example/", "asha", "That directory address cannot be used"),
        (f"asha:{CANARY}@dav.example", "asha", "That directory address cannot be used"),
        (f"asha%3A{CANARY}@dav.example", "asha", "That directory address cannot be used"),
        (f"//asha:{CANARY}@dav.example/", "asha", "That directory address cannot be used"),
        (f"dav.example/?password={CANARY}", "asha", "That directory address cannot be used"),
        (f"dav.example/#{CANARY}", "asha", "That directory address cannot be used"),
        ("dav.example", f"asha:{CANARY}", "That user name cannot be used"),
    ],
)
def test_an_address_or_a_user_with_a_password_in_it_starts_nothing(
    open_window: Callable[..., Window], tmp_path: Path, address: str, user: str, title: str
) -> None:
    window = open_window("raise SystemExit(1)")
    window.check(replace(TEAM, address=address, user=user), "of-its-own-field")
    (error,) = window.failures
    assert isinstance(error, UserFacingError)
    assert error.title == title
    assert CANARY not in str(error)
    assert (window.updater._running, (tmp_path / "asked").exists()) == ({}, False)


def test_an_e_mail_address_is_one_of_a_server_and_holds_no_password(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    window = open_window("raise SystemExit(1)")
    window.check(replace(TEAM, address="asha@dav.example", user="asha@dav.example"))
    window.work(lambda: window.failures)
    assert "--carddav asha@dav.example --user asha@dav.example" in (tmp_path / "asked").read_text()


def test_the_password_goes_by_standard_input_only(open_window: Callable[..., Window], tmp_path: Path) -> None:
    window = open_window(
        f"assert {CANARY!r} not in repr(sys.argv) + repr(os.environ)\n"
        f"assert sys.stdin.readline() == {CANARY!r} + chr(10)\n"
        'print(\'{"books": [{"name": "The team", "address": "https://dav.example/t/"}], "error": null}\')'
    )
    window.check(TEAM)
    window.work(lambda: window.found or window.failures)
    assert window.found == [
        SharedDirectory(0, "The team", DirectoryKind.CARDDAV, "https://dav.example/t/", "asha", "GB")
    ]
    assert CANARY not in (tmp_path / "asked").read_text()


def test_the_program_itself_looks_at_a_real_server(tmp_path: Path) -> None:
    with Radicale(tmp_path / "radicale") as server, closing(Window(tmp_path / "data")) as window:
        wanted = replace(server.directory, address=server.url, user=USER)
        window.check(wanted, server.password.reveal())
        window.work(lambda: window.found or window.failures)
        assert window.found == [server.directory]
        window.check(wanted, "wrong")
        window.work(lambda: window.failures)
    (error,) = window.failures
    assert isinstance(error, UserFacingError)
    assert (error.message, error.next_step) == (
        "localhost refused the user name or the password.",
        NextStep.FIX_SIGN_IN,
    )

"""A disk that takes nothing refuses a call before it is placed, in words; a damaged journal stops nobody."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.sandbox.answers import SECRET
from tests.contract.permissions import without_root
from tests.e2e.rig import HAPPY, ONE_CALL, PATIENCE, CommandLine, Outcome
from tests.faults.beside import Run
from tests.faults.full_disk import no_more_than
from tests.faults.servers import MisbehavingServer, answer, says


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with MisbehavingServer(says(answer())) as server:
        yield server


def placed(store: SqliteCallStore, api_url: str) -> Call:
    """What becomes of a call whose journal is `store`."""
    run = Run(store, api_url, InlineRunner())
    try:
        proposal = run.consider()
        return run.place(proposal)
    finally:
        run.close()


def test_a_read_only_folder_refuses_the_call_before_it_is_placed(tmp_path: Path, server: MisbehavingServer) -> None:
    placed(SqliteCallStore(tmp_path / "calls.sqlite3"), server.api_url)  # loads what only the owner of Python may read
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with without_root():
            call = placed(SqliteCallStore(folder / "calls.sqlite3"), server.api_url)
        folder.chmod(0o700)
    assert call.state is CallState.NOT_SENT
    assert f"The folder {folder} cannot be written. Check its permissions." in call.message
    assert server.begun == 1


def test_a_disk_that_fills_up_while_the_program_runs_refuses_the_next_call(
    tmp_path: Path, server: MisbehavingServer
) -> None:
    store = SqliteCallStore(tmp_path / "calls.sqlite3")
    assert placed(store, server.api_url).state is CallState.INITIATED
    run = Run(store, server.api_url, InlineRunner())
    with no_more_than((tmp_path / "calls.sqlite3-wal").stat().st_size if run.open() else 0):
        call = run.place(run.consider())
        assert call.state is CallState.NOT_SENT
        assert "Your data could not be stored." in call.message
        assert server.begun == 1
    assert [c.state for c in store.recent(9)] == [CallState.INITIATED]
    again = run.place(run.consider())
    assert again.state is CallState.INITIATED
    run.close()
    assert [c.id for c in run.journal.recent()][:2] == [again.id, call.id]
    store.close()


Full = Callable[[CommandLine, ExitStack], tuple[str, ...]]


def small_files(_: CommandLine, __: ExitStack) -> tuple[str, ...]:
    """The words that keep every file of a run small."""
    return ("sh", "-c", 'ulimit -f 8 && exec "$@"', "sh")


def small_disk(line: CommandLine, stack: ExitStack) -> tuple[str, ...]:
    """A full disk of its own, where one may be mounted."""
    disk = line.home / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        return small_files(line, stack)
    stack.callback(subprocess.run, ["umount", str(disk)], check=True)
    line.data = disk / "data"
    line.data.mkdir(mode=0o700)
    with (disk / "filler").open("wb") as filler:
        filler.write(b"x" * 256 * 1024)
    return ()


@pytest.mark.parametrize("full", [small_files, small_disk])
def test_on_a_full_disk_the_command_line_says_so_and_sends_nothing(
    tmp_path: Path, server: MisbehavingServer, full: Full
) -> None:
    line = CommandLine(tmp_path / "home", server.api_url)
    with ExitStack() as stack:
        before = full(line, stack)
        done = subprocess.run(
            [*before, *line.command("dial", *ONE_CALL, "--yes", "--json", HAPPY)],
            input=f"{SECRET}\n",
            capture_output=True,
            text=True,
            env=line.environment,
            timeout=PATIENCE,
            check=False,
        )
    outcome = Outcome(done.returncode, done.stdout, done.stderr)
    assert outcome.status == 5
    assert outcome.told["state"] == "NOT_SENT"
    assert outcome.told["message"].startswith("Your data could not be stored.")
    assert server.connections == 0


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(("damage", "is_said"), [(garbage, True), (cut, True), (a_folder, True), (emptied, False)])
def test_after_a_damaged_journal_was_set_aside_and_told_calls_go_on(
    tmp_path: Path, server: MisbehavingServer, damage: Callable[[Path], None], is_said: bool
) -> None:
    line = CommandLine(tmp_path / "home", server.api_url)
    assert line.dial(HAPPY, "--yes").status == 0
    damage(line.data / "calls.sqlite3")
    outcome = line.dial(HAPPY, "--yes")
    assert outcome.status == 0
    assert ("a damaged file was set aside as calls.sqlite3.damaged-" in outcome.err) == is_said
    assert len(list(line.data.glob("calls.sqlite3.damaged-*"))) == is_said
    assert [call.state for call in line.calls()] == [CallState.INITIATED]
    assert server.begun == 2

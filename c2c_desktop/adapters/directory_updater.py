"""Updates of shared directories, each in a process of its own: the window stays as fast as it is.

The process is this program's own command; it finds the password in the keyring by itself, and writes what came of it
into the contact list's file, which is read here when it ended.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.dav_address import checked_dav_address
from c2c_desktop.adapters.own_process import start_own
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.services.directory_ports import DirectoryStore
from c2c_desktop.services.ports import Lane, Runner

UPDATE_SECONDS = 45 * 60.0
"""What an update may take; its requests together have half an hour."""

LOOK_SECONDS = 60.0
_END_SECONDS = 0.5
"""How long the end of a killed process is waited for: one on a share that hangs can take its time."""
_ENDED = "The update ended before it was done."

Done = Callable[[DirectoryState], None]
Failed = Callable[[Exception], None]


class ProcessDirectoryUpdater:
    """Implements the `DirectoryUpdater` port. Main thread."""

    def __init__(self, command: Sequence[str], data_dir: Path, store: DirectoryStore, runner: Runner) -> None:
        """`command`: the words that start this program."""
        self._command = (*command, "directories")
        self._data = ("--data-dir", str(data_dir))
        self._store = store
        self._runner = runner
        self._waiting: dict[int, tuple[SharedDirectory, list[Done]]] = {}
        """By id, in their order; the first one is being updated."""
        self._running: dict[subprocess.Popen[str], threading.Thread] = {}
        self._is_closed = False

    def update(self, directory: SharedDirectory, done: Done) -> None:
        """Begin, or wait in line, or for the update that runs."""
        if directory.id in self._waiting:
            self._waiting[directory.id][1].append(done)
            return
        self._waiting[directory.id] = directory, [done]
        if len(self._waiting) == 1:
            self._begin(directory)

    def check(
        self,
        directory: SharedDirectory,
        password: Secret,
        done: Callable[[list[SharedDirectory]], None],
        failed: Failed,
    ) -> None:
        """Look for address books; the password goes through the process's standard input."""
        words = ("books", "--carddav", directory.address, "--user", directory.user, "--json")
        try:
            _refuse_what_others_could_read(directory)
            process = self._start(words)
        except UserFacingError as error:
            failed(error)
            return
        except OSError as error:
            failed(_not_started(error))
            return

        def ended(status: int, out: str) -> None:
            try:
                found = _told(status, out)
                books = [_book(book, directory) for book in found]
            except UserFacingError as error:
                failed(error)
            else:
                done(books)

        self._follow(process, f"{password.reveal()}\n", LOOK_SECONDS, ended)

    def close(self) -> None:
        """End what runs."""
        self._is_closed = True
        self._waiting.clear()
        running = dict(self._running)
        for process in running:
            process.kill()
        for thread in running.values():
            thread.join(_END_SECONDS)

    def _begin(self, directory: SharedDirectory) -> None:
        try:
            process = self._start(("sync", "--id", str(directory.id), "--json"))
        except OSError:
            self._read_state(directory, is_recorded=False)
            return
        self._follow(process, "", UPDATE_SECONDS, lambda _, out: self._read_state(directory, is_recorded=bool(out)))

    def _read_state(self, directory: SharedDirectory, *, is_recorded: bool) -> None:
        """Ask the store how it went; a process that said nothing did not come to record it."""

        def read() -> DirectoryState:
            if not is_recorded:
                return self._store.failed(directory.id, _ENDED)
            return next(
                (state for state in self._store.states() if state.directory.id == directory.id),
                DirectoryState(directory, problem="This directory was removed meanwhile."),
            )

        def unreadable(error: Exception) -> None:
            self._tell(DirectoryState(directory, problem=clean_text(str(error)), failures=1))

        lane = Lane.DATABASE if is_recorded else Lane.CHANGING  # to write can mean to wait for an import
        self._runner.run(lane, read, self._tell, unreadable)

    def _tell(self, state: DirectoryState) -> None:
        _, listeners = self._waiting.pop(state.directory.id, (None, []))
        following = next(iter(self._waiting.values()), None)
        if following is not None:
            self._begin(following[0])
        for done in listeners:
            done(state)

    def _start(self, words: Sequence[str]) -> subprocess.Popen[str]:
        return start_own([*self._command, *words[:1], *self._data, *words[1:]])

    def _follow(
        self, process: subprocess.Popen[str], told: str, seconds: float, ended: Callable[[int, str], None]
    ) -> None:
        """Wait for a process on a thread of its own; then `ended` on the main thread."""

        def wait() -> None:
            try:
                out, _ = process.communicate(told, seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                out, _ = process.communicate()
            self._runner.post(lambda: finish(out))

        def finish(out: str) -> None:
            thread = self._running.pop(process)
            thread.join()
            if not self._is_closed:
                ended(process.returncode, out)

        self._running[process] = threading.Thread(target=wait, name="directory", daemon=True)
        self._running[process].start()


def _not_started(error: OSError) -> UserFacingError:
    return UserFacingError("The directory could not be looked at", f"The program cannot be started ({error.strerror}).")


def _refuse_what_others_could_read(directory: SharedDirectory) -> None:
    """Raise `UserFacingError` where a password may be in the address or the user: they are words of a process."""
    checked_dav_address(directory.address)
    if ":" in directory.user:
        raise UserFacingError("That user name cannot be used", "It holds no colon; the password has its own field.")


def _told(status: int, out: str) -> list[dict[str, Any]]:
    """Return the address books a process found. Raises `UserFacingError` as it told it."""
    try:
        told = json.loads(out)
    except ValueError:
        told = {}
    if not isinstance(told, dict) or "error" not in told:
        told = {"error": {"title": "The directory could not be looked at", "message": f"Exit status {status}."}}
    if (error := told.get("error")) is not None:
        raise UserFacingError(error["title"], error["message"], NextStep(error.get("next_step", "none")))
    books: list[dict[str, Any]] = told["books"]
    return books


def _book(book: dict[str, Any], asked: SharedDirectory) -> SharedDirectory:
    return SharedDirectory(0, book["name"], DirectoryKind.CARDDAV, book["address"], asked.user, asked.region)

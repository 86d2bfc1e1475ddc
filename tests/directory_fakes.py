"""Stand-ins for what shared directories need from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from c2c_desktop.domain.errors import NextStep, StorageError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryError,
    DirectoryKind,
    DirectoryState,
    FileContents,
    SharedDirectory,
)
from c2c_desktop.services.shared_directories import SharedDirectories
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore

TEAM = SharedDirectory(1, "Team", DirectoryKind.CARDDAV, "https://dav.example.org/team/", "asha", "IN")
PRICES = SharedDirectory(2, "Suppliers", DirectoryKind.FILE, "/srv/share/suppliers.csv", region="GB")
PASSWORD = "app-password-of-the-server"
REFUSED = DirectoryError(
    "dav.example.org refused the user name or the password.", NextStep.FIX_SIGN_IN, title="No address book was found"
)


class MemoryDirectoryStore:
    """Directories in memory. `fails` is raised by every call."""

    def __init__(self, states: Iterable[DirectoryState] = ()) -> None:
        self.by_id = {state.directory.id: state for state in states}
        self.fails: Exception | None = None

    def states(self) -> list[DirectoryState]:
        self._maybe_fail()
        return list(self.by_id.values())

    def add(self, directory: SharedDirectory) -> SharedDirectory:
        self._maybe_fail()
        stored = replace(directory, id=max(self.by_id, default=0) + 1)
        self.by_id[stored.id] = DirectoryState(stored)
        return stored

    def rename(self, directory_id: int, name: str) -> None:
        self._maybe_fail()
        state = self.by_id[directory_id]
        self.by_id[directory_id] = replace(state, directory=replace(state.directory, name=name))

    def remove(self, directory_id: int) -> None:
        self._maybe_fail()
        self.by_id.pop(directory_id, None)

    def cursor(self, directory_id: int) -> DirectoryCursor:
        raise NotImplementedError(directory_id)

    def apply(
        self, directory_id: int, changes: Iterable[DirectoryChange], cursor: Callable[[], DirectoryCursor]
    ) -> DirectoryState:
        raise NotImplementedError(directory_id, changes, cursor)

    def failed(self, directory_id: int, problem: str, not_before: float = 0.0) -> DirectoryState:
        raise NotImplementedError(directory_id, problem, not_before)

    def _maybe_fail(self) -> None:
        if self.fails is not None:
            raise self.fails


@dataclass
class FakeUpdater:
    """Keeps what it is asked until a test answers."""

    asked: list[SharedDirectory] = field(default_factory=list)
    checks: list[SharedDirectory] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self._done: list[Callable[[DirectoryState], None]] = []
        self._found: Callable[[list[SharedDirectory]], None] = lambda _: None
        self._failed: Callable[[Exception], None] = lambda _: None

    def update(self, directory: SharedDirectory, done: Callable[[DirectoryState], None]) -> None:
        self.asked.append(directory)
        self._done.append(done)

    def check(
        self,
        directory: SharedDirectory,
        password: Secret,
        done: Callable[[list[SharedDirectory]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.checks.append(directory)
        self.passwords.append(password.reveal())
        self._found, self._failed = done, failed

    def close(self) -> None:
        self.closed = True

    def answer(self, state: DirectoryState) -> None:
        """The oldest update is over."""
        self.asked.pop(0)
        self._done.pop(0)(state)

    def find(self, *books: SharedDirectory) -> None:
        """The last check found these."""
        self._found(list(books))

    def refuse(self, error: Exception = REFUSED) -> None:
        """The last check failed."""
        self._failed(error)


CONTENTS = FileContents(212, ("Asha Rao", "Ben Carter"))
"""What stands in every file."""


class DirectoryRig:
    """The service on fakes."""

    def __init__(self, *states: DirectoryState) -> None:
        self.store = MemoryDirectoryStore(states)
        self.updater = FakeUpdater()
        self.keyring = MemorySecretStore()
        self.runner = ManualRunner()
        self.clock = FakeClock()
        self.bugs: list[Exception] = []
        self.failed: list[str] = []
        self.done: list[object] = []
        self.told = 0
        self.told_contacts = 0
        self.looked_at: list[str] = []
        self.unreadable: Exception | None = None
        self.shared = SharedDirectories(
            self.store, self.updater, self.keyring, self.runner, self.clock, self.bugs.append, self._look
        )
        self.shared.listen(self._tell)
        self.shared.listen_for_contacts(self._tell_contacts)

    def opened(self) -> DirectoryRig:
        self.shared.open()
        self.runner.finish()
        return self

    def state(self, directory: SharedDirectory = TEAM) -> DirectoryState:
        return next(s for s in self.shared.states if s.directory.id == directory.id)

    def succeed(self, directory: SharedDirectory = TEAM, changed: int = 0, contacts: int = 3) -> None:
        """The oldest update, of that directory, succeeds now."""
        now = self.clock.now()
        state = DirectoryState(directory, contacts, changed, updated_at=now, tried_at=now)
        self.store.by_id[directory.id] = state
        self.updater.answer(state)

    def fail(self, directory: SharedDirectory = TEAM, problem: str = "The server is away.") -> None:
        """The oldest update, of that directory, fails now."""
        before = self.state(directory)
        state = replace(before, tried_at=self.clock.now(), problem=problem, failures=before.failures + 1)
        self.store.by_id[directory.id] = state
        self.updater.answer(state)

    def hear(self, error: Exception) -> None:
        self.failed.append(str(error))

    def _look(self, path: str) -> FileContents:
        self.looked_at.append(path)
        if self.unreadable is not None:
            raise self.unreadable
        return CONTENTS

    def _tell(self) -> None:
        self.told += 1

    def _tell_contacts(self) -> None:
        self.told_contacts += 1


FULL = StorageError("The disk is full", "Make room.")

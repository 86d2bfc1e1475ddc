"""The directories a team shares, as the window uses them: how they stand, and when they are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryKind,
    DirectoryOffer,
    DirectoryState,
    FileContents,
    SharedDirectory,
    directory_name,
)
from c2c_desktop.domain.update_schedule import seconds_to_next
from c2c_desktop.services.directory_look import DirectoryLook
from c2c_desktop.services.directory_passwords import DirectoryPasswords
from c2c_desktop.services.directory_ports import DirectoryStore, DirectoryUpdater
from c2c_desktop.services.ports import Clock, Lane, Runner, SecretStore

Failed = Callable[[UserFacingError], None]


def _nothing() -> None:
    """Nobody waits for it."""


class SharedDirectories:
    """Adds, updates and removes directories. Main thread; the disk, the keyring and the servers are elsewhere.

    Their passwords are in the keyring under `SharedDirectory.secret_name`, where the updater's process finds them.
    What fails while nobody waits for it (an update) stands in the directory's state and is told nowhere else.
    """

    def __init__(
        self,
        store: DirectoryStore,
        updater: DirectoryUpdater,
        secrets: SecretStore,
        runner: Runner,
        clock: Clock,
        failed: Callable[[Exception], None],
        look_at_file: Callable[[str], FileContents],
    ) -> None:
        """`failed` hears of bugs, and of what went wrong where no dialog waits for it.

        `look_at_file` raises `UserFacingError` where a path leads to no contact file; it may hang with its share.
        """
        self._store = store
        self._updater = updater
        self._passwords = DirectoryPasswords(secrets, runner, failed)
        self._runner = runner
        self._clock = clock
        self._failed = failed
        self._look = DirectoryLook(updater, runner, look_at_file)
        self._states: dict[int, DirectoryState] = {}
        self._updating: set[int] = set()
        self._again: set[int] = set()
        """Those that changed while they were being read."""
        self._is_open = False
        self._listeners: list[Callable[[], None]] = []
        self._contact_listeners: list[Callable[[], None]] = []

    # What is known

    @property
    def states(self) -> tuple[DirectoryState, ...]:
        """Every directory, in the order they were added."""
        return tuple(self._states.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of those that are files, to be watched."""
        return tuple(s.directory.address for s in self.states if s.directory.kind is DirectoryKind.FILE)

    def name_of(self, directory_id: int) -> str:
        """Return the name a contact of that directory is marked with; "" for the person's own list."""
        state = self._states.get(directory_id)
        return state.directory.name if state is not None else ""

    def is_updating(self, directory_id: int) -> bool:
        """Whether it is being read just now."""
        return directory_id in self._updating

    def seconds_to_next(self, state: DirectoryState) -> float:
        """Return in how many seconds `state` is read again by itself; 0 where it is due."""
        return seconds_to_next([state], self._clock.now()) or 0.0

    def seconds_to_any(self) -> float | None:
        """Return in how many seconds one is due; None where none is waiting."""
        waiting = [state for state in self.states if self._is_open and not self.is_updating(state.directory.id)]
        return seconds_to_next(waiting, self._clock.now())

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change of how directories stand; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def listen_for_contacts(self, listener: Callable[[], None]) -> None:
        """Call `listener` after contacts of a directory came, changed or went."""
        self._contact_listeners.append(listener)

    # Updates

    def open(self) -> None:
        """Read how they stand and update all of them. After the window's first paint."""
        self._is_open = True
        self.load(lambda: self._update_all(state.directory.id for state in self.states))

    def load(self, done: Callable[[], None] = _nothing) -> None:
        """Read how they stand: another process may have changed that."""

        def take(states: list[DirectoryState]) -> None:
            self._states = {state.directory.id: state for state in states}
            self._tell()
            done()

        self._runner.run(Lane.DATABASE, self._store.states, take, self._failed)

    def update_due(self) -> None:
        """Update those whose time has come."""
        self._update_all(s.directory.id for s in self.states if not self.seconds_to_next(s))

    def update(self, directory_id: int) -> None:
        """Update one now, unless it is under way or gone."""
        self._update_all([directory_id])

    def file_changed(self, path: str) -> None:
        """Update what is read from `path`; where it is under way, once more after it."""
        found = [s.directory.id for s in self.states if s.directory.address == path]
        self._again.update(directory_id for directory_id in found if self.is_updating(directory_id))
        self._update_all(found)

    def close(self) -> None:
        """End what runs, and tell nobody any more: the program ends."""
        self._is_open = False
        self._listeners.clear()
        self._contact_listeners.clear()
        self._updater.close()

    def _update_all(self, directory_ids: Iterable[int]) -> None:
        begun = [at for at in directory_ids if at in self._states and at not in self._updating]
        self._updating.update(begun)
        if begun:
            self._tell()
        for directory_id in begun:
            self._updater.update(self._states[directory_id].directory, self._updated)

    def _updated(self, state: DirectoryState) -> None:
        directory_id = state.directory.id
        self._updating.discard(directory_id)
        again = directory_id in self._again
        self._again.discard(directory_id)
        known = self._states.get(directory_id)
        if known is None:
            return  # removed meanwhile
        self._states[directory_id] = replace(state, directory=known.directory)  # renamed meanwhile, perhaps
        self._tell()
        if state.changed and not state.failures:
            self._tell_contacts()
        if again:
            self.update(directory_id)

    # What a person does

    def check(
        self,
        directory: SharedDirectory,
        password: Secret,
        done: Callable[[DirectoryOffer], None],
        failed: Failed,
    ) -> None:
        """Hand to `done` what address books stand at an address, or what the file holds; stores nothing."""
        self._look.look(directory, password, done, self._failing(failed))

    def add(
        self, directory: SharedDirectory, password: Secret, done: Callable[[SharedDirectory], None], failed: Failed
    ) -> None:
        """Keep the password, then the directory, then begin to read it. Where one fails nothing stays."""
        try:
            directory = replace(directory, id=0, name=self._checked_name(directory.name, 0))
            self._check_new(directory)
        except UserFacingError as error:
            failed(error)
            return
        fail = self._failing(failed)

        def added(stored: SharedDirectory) -> None:
            self._states[stored.id] = DirectoryState(stored)
            self._tell()
            done(stored)
            self.update(stored.id)

        def not_added(error: Exception) -> None:
            self._forget_password(directory)
            fail(error)

        def kept(_: None) -> None:
            self._runner.run(Lane.CHANGING, lambda: self._store.add(directory), added, not_added)

        self._passwords.keep(directory, password, kept, fail)

    def change_password(self, directory_id: int, password: Secret, done: Callable[[], None], failed: Failed) -> None:
        """Keep another password, and try with it at once."""
        state = self._states.get(directory_id)
        if state is None:
            done()
            return
        if not password:
            failed(UserFacingError("The password is missing", "Type the one that is used from now on."))
            return

        def kept(_: None) -> None:
            done()
            self.update(directory_id)

        self._passwords.keep(state.directory, password, kept, self._failing(failed))

    def rename(self, directory_id: int, name: str, done: Callable[[], None], failed: Failed) -> None:
        """Mark its contacts with another name."""
        try:
            name = self._checked_name(name, directory_id)
        except UserFacingError as error:
            failed(error)
            return

        def renamed(_: None) -> None:
            state = self._states.get(directory_id)
            if state is not None:
                self._states[directory_id] = replace(state, directory=replace(state.directory, name=name))
                self._tell()
            done()

        self._runner.run(Lane.CHANGING, lambda: self._store.rename(directory_id, name), renamed, self._failing(failed))

    def remove(self, directory_id: int, done: Callable[[], None], failed: Failed) -> None:
        """Forget one, its contacts and its password; nothing is deleted where it comes from.

        An update of it that is under way must find it gone: the store takes no contacts of a directory it has not.
        """

        def removed(_: None) -> None:
            state = self._states.pop(directory_id, None)
            if state is not None:
                self._forget_password(state.directory)
            self._tell()
            self._tell_contacts()
            done()

        self._runner.run(Lane.CHANGING, lambda: self._store.remove(directory_id), removed, self._failing(failed))

    def _checked_name(self, name: str, directory_id: int) -> str:
        """Return `name` as it is kept. Raises `UserFacingError` where it is empty or another one's."""
        return directory_name(name, (s.directory.name for s in self.states if s.directory.id != directory_id))

    def _check_new(self, directory: SharedDirectory) -> None:
        for state in self.states:
            known = state.directory
            if (known.address, known.user) == (directory.address, directory.user):
                raise UserFacingError("It is here already", f"Its name is “{known.name}”.")

    def _forget_password(self, directory: SharedDirectory) -> None:
        """Forget it once none of those that are left uses it: one user of one server has one password."""
        used = {state.directory.secret_name for state in self.states if state.directory.user}
        if directory.user and directory.secret_name not in used:
            self._passwords.forget(directory)

    # Telling

    def _failing(self, failed: Failed) -> Callable[[Exception], None]:
        """Return what hands errors for a person to `failed`, and has bugs logged beside."""

        def fail(error: Exception) -> None:
            if not isinstance(error, UserFacingError):
                self._failed(error)
                error = UserFacingError("Something went wrong inside", "The log says more.")
            failed(error)

        return fail

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _tell_contacts(self) -> None:
        for listener in tuple(self._contact_listeners):
            listener()

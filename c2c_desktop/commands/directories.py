"""`c2c-desktop directories`: list, update, add and remove the directories a team shares."""

from __future__ import annotations

import argparse
import json
import os
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.admin_file import AdminFile, default_admin_file
from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.directory_sources import DirectorySources
from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.adapters.mapping_file import MappingFile
from c2c_desktop.adapters.secret_stores import KeyringSecretStore, SessionSecretStore
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.commands.terminal import read_secret
from c2c_desktop.composition import CONTACTS_FILE, default_data_dir, options_from
from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.errors import SecretUnavailableError, UserFacingError
from c2c_desktop.domain.plain_text import clean_text, fold
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, DirectoryState, SharedDirectory
from c2c_desktop.domain.update_schedule import due_at
from c2c_desktop.services.directory_update import update_directory
from c2c_desktop.services.ports import SecretStore

_PROMPT = "Password (not shown): "


def run_directories(options: argparse.Namespace) -> int:
    """Carry the action out; return the exit status. Raises `UserFacingError`."""
    given = options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url)
    if given.sandbox and given.data_dir is None:
        raise UserFacingError("The sandbox has no directories", "Its data is thrown away: give it --data-dir too.")
    folder = given.data_dir or default_data_dir()
    settings = SettingsFile(folder / "settings.json", AdminFile(default_admin_file())).load()
    region = getattr(options, "region", None) or settings.region
    secrets: SecretStore = SessionSecretStore({}) if given.sandbox else KeyringSecretStore()
    sources = DirectorySources(secrets, NetworkOptions.of(settings), MappingFile(folder))
    if options.action == "books":
        return _books(options, sources, region)
    with closing(SqliteDirectoryStore(folder / CONTACTS_FILE, SystemClock())) as store:
        command = _Directories(store, sources, secrets)
        if options.action == "list":
            command.show(store.states() if (folder / CONTACTS_FILE).exists() else [], as_json=options.json)
            return 0
        if options.action == "sync":
            return command.update(options)
        if options.action == "add":
            return command.add(options, region)
        return command.remove(options.name)


class _Directories:
    def __init__(self, store: SqliteDirectoryStore, sources: DirectorySources, secrets: SecretStore) -> None:
        self._store = store
        self._sources = sources
        self._secrets = secrets

    def show(self, states: list[DirectoryState], *, as_json: bool) -> int:
        if as_json:
            print(json.dumps([_facts(state) for state in states], indent=1))
        elif not states:
            print("No shared directories. Use: c2c-desktop directories add --help")
        else:
            for state in states:
                print(_line(state))
        return 1 if any(state.problem for state in states) else 0

    def update(self, options: argparse.Namespace) -> int:
        states = self._store.states()
        if options.id is not None:
            states = [state for state in states if state.directory.id == options.id]
        elif options.name is not None:
            states = [self._named(options.name)]
        if options.id is not None and not states:
            raise _no_such()
        return self.show([self._update(state.directory) for state in states], as_json=options.json)

    def add(self, options: argparse.Namespace, region: str) -> int:
        if options.file is not None:
            path = os.path.abspath(os.path.expanduser(options.file))
            if not os.path.isfile(path):
                raise UserFacingError("There is no such file", "Nothing was added.")
            wanted = SharedDirectory(0, options.name or Path(path).stem, DirectoryKind.FILE, path, "", region)
            return self.show([self._update(self._store.add(wanted))], as_json=False)
        password = _password(options)
        books = self._sources.find(options.carddav, options.user, password, region)
        if len(books) > 1:
            lines = "\n".join(_columns(book.address, book.name) for book in books)
            raise UserFacingError("There are several address books", f"Add one of these with --carddav:\n{lines}")
        return self.show([self._add(replace(books[0], name=options.name or books[0].name), password)], as_json=False)

    def remove(self, name: str) -> int:
        directory = self._named(name).directory
        self._store.remove(directory.id)
        names = {state.directory.secret_name for state in self._store.states()}
        if directory.user and directory.secret_name not in names:
            self._secrets.delete(directory.secret_name)
        print("Removed: the directory, its contacts here and its password.")
        return 0

    def _add(self, directory: SharedDirectory, password: Secret) -> DirectoryState:
        """Store a directory and its password, or neither."""
        stored = self._store.add(directory)
        try:
            self._secrets.set(stored.secret_name, password)
        except SecretUnavailableError:
            self._store.remove(stored.id)
            raise
        return self._update(stored)

    def _update(self, directory: SharedDirectory) -> DirectoryState:
        return update_directory(self._store, directory, partial(self._sources.open, directory), SystemClock())

    def _named(self, name: str) -> DirectoryState:
        found = [state for state in self._store.states() if fold(state.directory.name) == fold(name.strip())]
        if not found:
            raise _no_such()
        return found[0]


def _books(options: argparse.Namespace, sources: DirectorySources, region: str) -> int:
    try:
        books = sources.find(options.carddav, options.user, _password(options), region)
    except UserFacingError as error:
        if not options.json:
            raise
        told = {"title": error.title, "message": error.message, "next_step": error.next_step.value}
        print(json.dumps({"books": [], "error": told}))
        return 1
    if options.json:
        found = [{"name": book.name, "address": book.address} for book in books]
        print(json.dumps({"books": found, "error": None}, indent=1))
    else:
        for book in books:
            print(_columns(book.address, book.name))
    return 0


def _password(options: argparse.Namespace) -> Secret:
    if not options.user or ":" in options.user:
        raise UserFacingError("Who signs in there?", "Give --user; a user name holds no colon.")
    return read_secret(_PROMPT)


def _no_such() -> UserFacingError:
    return UserFacingError("There is no such directory", "“c2c-desktop directories list” names them.")


def _facts(state: DirectoryState) -> dict[str, Any]:
    directory = state.directory
    return {
        "id": directory.id,
        "name": directory.name,
        "kind": directory.kind.value,
        "address": directory.address,
        "user": directory.user,
        "region": directory.region,
        "contacts": state.contacts,
        "changed": state.changed,
        "skipped": state.skipped,
        "updated_at": state.updated_at,
        "tried_at": state.tried_at,
        "problem": state.problem,
        "failures": state.failures,
        "next_at": due_at(state),
    }


def _line(state: DirectoryState) -> str:
    known = "no contacts yet"
    if state.updated_at is not None:
        known = f"{contacts_words(state.contacts)}, {state.changed:,} changed"
    skipped = f"{state.skipped:,} not read whole" if state.skipped else ""
    return _columns(state.directory.name, known, skipped, state.problem)


def _columns(*parts: str) -> str:
    """Return one line without anything that would move a terminal's cursor."""
    return "  ".join(filter(None, (clean_text(part, 500) for part in parts)))

"""Updating one shared directory, and remembering how that went."""

from __future__ import annotations

from collections.abc import Callable

from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.shared_directory import DirectoryError, DirectoryState, SharedDirectory
from c2c_desktop.services.directory_ports import DirectorySource, DirectoryStore
from c2c_desktop.services.ports import Clock


def update_directory(
    store: DirectoryStore, directory: SharedDirectory, open_source: Callable[[], DirectorySource], clock: Clock
) -> DirectoryState:
    """Take what changed into the contact list. Blocks, for minutes where there is much to read.

    Where the source cannot be opened or read nothing changes but the state that is returned. Raises `StorageError`.
    """
    cursor = store.cursor(directory.id)
    try:
        source = open_source()
        return store.apply(directory.id, source.changes(cursor), source.cursor)
    except DirectoryError as error:
        not_before = clock.now() + error.retry_after if error.retry_after else 0.0
        return store.failed(directory.id, error.message, not_before)
    except StorageError:
        raise
    except UserFacingError as error:
        return store.failed(directory.id, f"{error.title}. {error.message}")

"""What it means that a file of ours cannot be read or written."""

from __future__ import annotations

from pathlib import Path

from c2c_desktop.domain.errors import BusyStorageError, NextStep, StorageError

_TITLE = "Your data could not be stored"


def storage_error(error: Exception, path: Path) -> StorageError:
    """Return what an error of SQLite, or of the system under it, means for the file at `path`."""
    words = str(error).lower()
    if "full" in words or "no space" in words:
        message = "The disk is full. Free some space and try again."
    elif "readonly" in words or "unable to open" in words or "permission" in words or "read-only" in words:
        message = f"The folder {path.parent} cannot be written. Check its permissions."
    elif "locked" in words:
        return BusyStorageError(_TITLE, "Another program holds the file. Try again.", NextStep.RETRY)
    else:
        message = f"{path.name} cannot be read or written."
    return StorageError(_TITLE, message, NextStep.RETRY)

"""Which folder a file dialog begins in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

Location = QStandardPaths.StandardLocation


def proposed_folder(location: QStandardPaths.StandardLocation) -> Path:
    """Return that folder of the person's, or their home where they have none: the system names it all the same."""
    folder = Path(QStandardPaths.writableLocation(location))
    return folder if folder.is_dir() else Path.home()

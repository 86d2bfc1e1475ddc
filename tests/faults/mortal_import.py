"""One import by the program's own parts, in a process that is killed on the way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from c2c_desktop.adapters import contact_import, contact_index
from c2c_desktop.adapters.contact_import import ContactImport
from c2c_desktop.adapters.import_staging import Staging
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact_import import ImportProgress, ImportWish, Stage
from c2c_desktop.domain.contact_record import SkippedRecord

POINTS: dict[str, Callable[[ImportProgress], bool]] = {
    "before the file is read": lambda p: p.stage is Stage.READING,
    "in the middle of the file": lambda p: p.stage is Stage.READING and p.contacts > 0,
    "when it is known who is known": lambda p: p.stage is Stage.SAVING,
    "when all is planned": lambda p: p.stage is Stage.SAVING and p.part >= 0.2,
    "while contacts are written": lambda p: p.stage is Stage.SAVING and p.part >= 0.3,
    "while they are indexed": lambda p: p.stage is Stage.SAVING and p.part >= 0.7,
    "when all is written": lambda p: p.stage is Stage.SAVING and p.part == 1,
}
"""In the order an import comes by them."""

LAST = ("before the commit", "after the commit", "when all of it is staged")
"""Those no progress tells of."""


def die() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return False


def main(point: str, book: str, file: str) -> None:
    """Import, or take the last import back for an empty `file`; the process does not live beyond `point`."""
    contact_import._TOLD_EVERY = 0.0
    contact_import._AT_ONCE = 3
    contact_index._CHUNK = 200

    def told(progress: ImportProgress) -> None:
        if point in POINTS and POINTS[point](progress):
            die()

    group = Staging.group

    def group_and_maybe_die(staging: Staging) -> list[SkippedRecord]:
        found = group(staging)
        if point == LAST[2]:
            die()
        return found

    Staging.group = group_and_maybe_die  # type: ignore[method-assign, assignment]
    importing = ContactImport(Path(book), told, die if point == LAST[0] else lambda: True)
    if file:
        importing.run(ImportWish(file, "IN"), RememberedMappings())
    else:
        importing.undo()
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])

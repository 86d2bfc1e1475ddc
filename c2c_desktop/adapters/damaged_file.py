"""Moving a file that cannot be read out of the way: dated, and never deleted."""

from __future__ import annotations

import itertools
import logging
import time
from pathlib import Path

_log = logging.getLogger(__name__)


def set_aside(path: Path) -> Path:
    """Rename `path` to a free name that says when it was found damaged, and return that. Raises `OSError`."""
    dated = f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    names = itertools.chain([dated], (f"{dated}-{count}" for count in itertools.count(2)))
    aside = next(free for free in map(path.with_name, names) if not free.exists())
    path.rename(aside)
    _log.warning("a damaged file was set aside as %s", aside.name)
    return aside


def newest_aside(path: Path) -> str:
    """Return the name of what was set aside last in the place of `path`; "" where nothing was."""
    return max((file.name for file in path.parent.glob(f"{path.name}.damaged-*")), default="")

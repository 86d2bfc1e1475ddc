"""Handing a start of the program over to the instance that runs: one window, one tray icon, one hotkey."""

from __future__ import annotations

import os
import sys

from c2c_desktop.composition import Options, default_data_dir
from c2c_desktop.desktop.instance.door_client import NoAnswerError, knock
from c2c_desktop.services.door_line import HandOver, Wish

TAKEN = 0
REFUSED = 3
UNREACHABLE = 5


def hand_over(what: HandOver, options: Options) -> int | None:
    """Hand `what` over and return the exit status; None where a program is to be started for it.

    One that hangs is no reason not to get a window: for `SHOW` another one is started.
    """
    if options.data_dir is not None or not options.sandbox:  # a throw-away folder is known to nobody
        try:
            why = knock(what, options.data_dir or default_data_dir())
        except NoAnswerError as error:
            if what.wish is not Wish.SHOW:
                return _end(UNREACHABLE, f"{error.title}. {error.message}")
            why = None
        if why is not None:
            subject = "The link" if what.link else "That"
            return TAKEN if not why else _end(REFUSED, f"{subject} was not taken. {why}")
    if not _has_screen():
        return _end(UNREACHABLE, "No program runs, and there is no display to open its window on.")
    return None


def _has_screen() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in names)


def _end(status: int, words: str) -> int:
    print(f"c2c-desktop: {words}", file=sys.stderr)
    return status

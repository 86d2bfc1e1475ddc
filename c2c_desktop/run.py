"""One run of the window, from the options to the exit status."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from c2c_desktop.app import Application
from c2c_desktop.composition import options_from
from c2c_desktop.runtime.collector import Collector
from c2c_desktop.services.door_line import HandOver, Wish

SWITCH_SECONDS = 0.0005
"""How long one thread keeps the interpreter from another: a call's request must not wait while the window paints."""


def run_window(arguments: argparse.Namespace, what: HandOver) -> int:
    """Run the window until it is quit; return the exit status. It does `what` it was started for once it can."""
    options = options_from(
        sandbox=arguments.sandbox,
        data_dir=arguments.data_dir,
        api_url=arguments.api_url,
        minimised=arguments.minimized,
        quick=bool(arguments.demo),
    )
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    collector = Collector(application)
    application.setApplicationName("C2C Desktop")
    application.setDesktopFileName("c2c-desktop")
    application.setQuitOnLastWindowClosed(False)
    signals = None
    if os.name == "posix":
        from c2c_desktop.runtime.unix_signals import UnixSignals  # noqa: PLC0415

        signals = UnixSignals(application)
    program = Application(application, options)
    sys.excepthook = program.hook
    if signals is not None:
        signals.quit_asked.connect(program.quit)
    demo = None
    if arguments.demo:
        from c2c_desktop.demo import Demo  # noqa: PLC0415

        demo = Demo(program, Path(arguments.demo))
        demo.start()
    if what.wish not in {Wish.SHOW, Wish.HELLO}:  # these are what starting does
        program.door.take(what)
    program.start()
    status = application.exec()
    program.stop()
    collector.stop()
    if signals is not None:
        signals.close()
    sys.excepthook = sys.__excepthook__
    return demo.status if demo is not None else status

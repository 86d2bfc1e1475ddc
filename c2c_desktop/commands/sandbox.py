"""`c2c-desktop sandbox`: the loopback service alone."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time

from c2c_desktop.commands.terminal import tell
from c2c_desktop.sandbox.magic import MAGIC_NUMBERS
from c2c_desktop.sandbox.server import Pace, SandboxServer


def run_sandbox(options: argparse.Namespace) -> int:
    """Serve until interrupted; return the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    server = SandboxServer(pace=Pace[options.pace.upper()], port=options.port, log=tell)
    try:
        server.start()
    except OSError as error:
        print(f"c2c-desktop: Port {options.port} cannot be used: {os.strerror(error.errno or 0)}.", file=sys.stderr)
        return 1
    try:
        _welcome(server)
        while True:
            time.sleep(3600)  # woken by a signal, on every system
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    finally:
        server.stop()
    return 0


def _welcome(server: SandboxServer) -> None:
    tell(f"API URL: {server.api_url}")
    tell(f"User ID: {server.user_id}")
    tell(f"Secret:  {server.secret}")
    tell("Magic numbers:")
    for magic in MAGIC_NUMBERS:
        tell(f"  +{magic.number}  {magic.description}")
    tell("Any other number rings, is answered and ends. Stop with Ctrl+C.")

"""`c2c-desktop sandbox`: the loopback service alone."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from c2c_desktop.domain.errors import UserFacingError


def run_sandbox(options: argparse.Namespace) -> int:
    """Serve until interrupted; return the exit status."""
    from c2c_desktop.sandbox.magic import MAGIC_NUMBERS  # noqa: PLC0415
    from c2c_desktop.sandbox.server import SandboxServer  # noqa: PLC0415

    server = SandboxServer(port=options.port, log=lambda line: print(line, flush=True))
    try:
        server.start()
    except OSError as error:
        raise UserFacingError("The sandbox cannot start", f"Port {options.port}: {error.strerror}.") from error
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    print(f"API URL: {server.api_url}")
    print(f"User ID: {server.user_id}")
    print(f"Secret:  {server.secret}")
    print("Magic numbers:")
    for magic in MAGIC_NUMBERS:
        print(f"  +{magic.number}  {magic.description}")
    print("Anything else rings, is answered and ends. Stop with Ctrl+C.", flush=True)
    ended.wait()
    server.stop()
    print("Stopped.", file=sys.stderr)
    return 0

"""Runs a command on a virtual X screen: `python3 packaging/virtual_screen.py COMMAND …`.

Like xvfb-run, without its guessed display numbers and its need for xauth: Xvfb itself chooses a free display and
tells it. It does not reset when its last program leaves: one that is just starting would lose its connection. Text is
set in Inter there, so that pictures are alike on every machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FONTS = Path(__file__).parent / "linux" / "screen-fonts.conf"


@contextmanager
def virtual_screen(size: str = "1280x1024") -> Iterator[dict[str, str]]:
    """Start Xvfb and yield the environment of programs that shall use it; end it afterwards."""
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{size}x24", "-noreset", "-nolisten", "tcp", "-dpi", "96"],
        pass_fds=(tell,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    try:
        with os.fdopen(told) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield {
            **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "FONTCONFIG_FILE": str(FONTS),
        }
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that both programs end with this one
    with virtual_screen() as environment:
        raise SystemExit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)

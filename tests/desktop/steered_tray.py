"""The tray's own process, steered by a test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop.program_rig import ROOT, Program
from tests.desktop.rig import Environment, end, until


class Steered(Program):
    """The process, told what to do."""

    def do(self, **wishes: object) -> None:
        """Have it done before this returns."""
        assert self.process.stdin is not None
        line = json.dumps(wishes)
        before = self.told("done").count(line)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        until(lambda: self.told("done").count(line) > before, f"{line} done")


@contextmanager
def lone_tray(environment: Environment, **settings: object) -> Iterator[Steered]:
    """Run it; whatever it says besides its facts fails the test."""
    errors = Path(environment["HOME"]) / "tray-stderr"
    with errors.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.lone_tray", json.dumps(settings)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
        try:
            steered = Steered(process, environment)
            until(lambda: steered.told("started"), "the tray's process")
            yield steered
        finally:
            end(process)
    assert errors.read_text(encoding="utf-8") == ""

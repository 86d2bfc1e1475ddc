"""Asking a program of the desktop, with a deadline that holds for whatever it starts too."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

from c2c_desktop.domain.plain_text import clean_text

TOOL_SECONDS = 5.0
"""What a tool may take."""


class ToolError(Exception):
    """A tool that failed or gave no answer in time, in words."""


def has_tool(name: str, environment: Mapping[str, str]) -> bool:
    """Whether there is such a program."""
    return shutil.which(name, path=environment.get("PATH")) is not None


def run_tool(words: Sequence[str], environment: Mapping[str, str], seconds: float = TOOL_SECONDS) -> str:
    """Run `words` and return what they print. Blocks, `seconds` and a moment at most. Raises `ToolError`.

    At the deadline the whole session is killed: a shell script's own children would hold its output open.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  # no shell, and words of this program
            list(words),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"{words[0]} cannot be started ({error.strerror}).") from None
    try:
        out, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise ToolError(f"{words[0]} did not answer within {seconds:g} seconds.") from None
    finally:
        _end(process)
    if process.returncode:
        raise ToolError(f"{words[0]} failed ({clean_text(errors) or f'exit status {process.returncode}'}).")
    return out


def _end(process: subprocess.Popen[str]) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()  # killed, so at once
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()

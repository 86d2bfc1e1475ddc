"""A link opened on a real screen while no program runs: it starts the program, which asks about it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.ui.armed import ARMED_MS
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment, end, until
from tests.desktop.screen_rig import QUESTION, keys_to, shown_window

LINK = "tel:+919840222222"


def calls(folder: Path) -> list[Call]:
    with closing(SqliteCallStore(folder / "calls.sqlite3")) as store:
        return store.recent(10)


@contextmanager
def opening(desktop: Environment, folder: Path, link: str) -> Iterator[subprocess.Popen[str]]:
    """The command a desktop opens links with."""
    process = subprocess.Popen(
        [sys.executable, "-m", "c2c_desktop", "open-link", "--sandbox", "--data-dir", str(folder), "--", link],
        env=desktop,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        end(process)


def test_the_first_link_starts_the_program_and_the_next_ones_reach_it(desktop: Environment, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with opening(desktop, folder, LINK) as program:
        asked = until(lambda: shown_window(desktop, QUESTION), "the question")
        keys_to(desktop, asked, "Escape")
        until(lambda: not shown_window(desktop, QUESTION), "the question's end")
        assert calls(folder) == []
        with opening(desktop, folder, LINK) as second:
            assert second.wait(10) == 0
        asked = until(lambda: shown_window(desktop, QUESTION), "the second question")
        since = time.monotonic()
        until(lambda: time.monotonic() - since > 2.5 * ARMED_MS / 1000, "a question that takes an answer")
        assert calls(folder) == []
        keys_to(desktop, asked, "Return")
        (call,) = until(lambda: calls(folder), "the call")
        assert (call.e164, call.source) == (LINK.removeprefix("tel:"), Source.LINK)
        program.terminate()
        assert program.communicate(timeout=10) == ("", "")
        assert program.returncode == 0
    assert not (folder / "link.sock").exists()

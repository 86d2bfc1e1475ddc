"""Threads that start at the same time are measured all; beside it, what happens without the lock."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading, time
from tests.trace_lock import install_one_after_the_other

def give_way(event, _):
    if event == "sys.settrace":
        time.sleep(0)

sys.addaudithook(give_way)
threading.settrace(lambda *_: None)
{lock}
died = []
sys.unraisablehook = died.append
for _ in range(400):
    threads = [threading.Thread(target=lambda: None) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(len(died))
"""


def died(lock: str) -> int:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(lock=lock)], capture_output=True, text=True, check=True, timeout=60
    )
    return int(ended.stdout)


@pytest.mark.parametrize(("lock", "all_live"), [("install_one_after_the_other()", True), ("", False)])
def test_no_thread_dies_of_being_measured(lock: str, *, all_live: bool) -> None:
    assert (died(lock) == 0) is all_live

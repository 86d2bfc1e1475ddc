"""This program started once more: what it says is heard whatever it is, and what it complains of is not."""

from __future__ import annotations

import os
import sys

import pytest

from c2c_desktop.adapters.own_process import start_own


def test_it_is_told_and_heard_in_utf_8() -> None:
    says = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    with start_own([sys.executable, "-c", says]) as process:
        assert process.communicate("Bürö, राजेश 🎉\n")[0] == "Bürö, राजेश 🎉\n"


def test_what_is_no_text_and_what_goes_wrong_there_stops_nobody() -> None:
    says = r"import os; os.write(1, b'a\xff\xfeb\n'); os.write(2, b'trouble'); raise SystemExit(3)"
    with start_own([sys.executable, "-c", says]) as process:
        assert process.communicate("")[0] == "a\ufffd\ufffdb\n"
    assert process.returncode == 3


def test_its_environment_is_ours_or_the_one_it_is_given() -> None:
    says = "import os; print(os.environ.get('C2C_ASKED', 'none'))"
    with start_own([sys.executable, "-c", says], {**os.environ, "C2C_ASKED": "yes"}) as process:
        assert process.communicate("")[0] == "yes\n"
    with start_own([sys.executable, "-c", says]) as process:
        assert process.communicate("")[0] == "none\n"


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        start_own(["/nowhere/c2c-desktop"])

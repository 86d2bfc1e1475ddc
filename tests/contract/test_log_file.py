"""The log: private, small, and without anybody's whole number."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from c2c_desktop.adapters.log_file import LOG_LIMIT, start_log


@contextmanager
def logging_to(folder: Path) -> Iterator[logging.Handler]:
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in (None, "httpx", "httpcore", "keyring", "jaraco")}
    handler = start_log(folder)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        handler.close()
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@pytest.mark.logs("the number|it broke")
def test_numbers_are_masked_in_messages_arguments_and_tracebacks(tmp_path: Path) -> None:
    log = logging.getLogger("tests.log")
    with logging_to(tmp_path / "data"):
        log.warning("the number %s", "+91 98402 22222")
        try:
            int("call 919840222222")
        except ValueError:
            log.exception("it broke")
    written = (tmp_path / "data" / "c2c-desktop.log").read_text()
    assert "WARNING tests.log: the number …2222" in written
    assert "ValueError: invalid literal for int() with base 10: 'call …2222'" in written
    assert "98402" not in written


def test_the_log_and_its_folder_are_private(tmp_path: Path) -> None:
    with logging_to(tmp_path / "data"):
        logging.getLogger("tests.log").info("begun")
    path = tmp_path / "data" / "c2c-desktop.log"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "INFO tests.log: begun" in path.read_text()


def test_what_the_libraries_say_of_every_request_is_not_logged(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        for name in ("httpx", "httpcore", "keyring", "jaraco"):
            logging.getLogger(name).info("https://127.0.0.1/v2?secret=canary")
    assert (tmp_path / "c2c-desktop.log").read_text() == ""


def test_a_log_that_grew_too_long_is_begun_anew_and_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "c2c-desktop.log"
    path.write_bytes(b"x" * (LOG_LIMIT + 1))
    with logging_to(tmp_path):
        logging.getLogger("tests.log").info("begun")
    assert path.stat().st_size < 200
    assert (tmp_path / "c2c-desktop.log.old").stat().st_size == LOG_LIMIT + 1


def test_a_folder_that_cannot_be_written_leaves_the_log_on_the_terminal(
    read_only_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_to(read_only_folder / "data"):
        logging.getLogger("tests.log").info("calling +91 98402 22222")
    assert "calling …2222" in capsys.readouterr().err

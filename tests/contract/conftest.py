"""Folders that cannot be written or read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.permissions import without_root


@contextmanager
def _folder(mode: int) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="locked-"))
    folder.chmod(mode)
    try:
        with without_root():
            yield folder
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    with _folder(0o555) as folder:
        yield folder


@pytest.fixture
def unreadable_folder() -> Iterator[Path]:
    with _folder(0o000) as folder:
        yield folder

"""The program and the parts widgets are built from."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.number import load_facts
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import running


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen platform tells what it cannot do with windows and trays."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged", extend=True))


@pytest.fixture(scope="session", autouse=True)
def _modules_are_collected_no_more(qapp: QApplication) -> None:  # noqa: ARG001  # Qt is loaded before the freeze
    """Looking through what is imported for good, at the end of each test, would take most of the time."""
    load_facts()
    gc.collect()
    gc.freeze()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """The whole program on its sandbox, whose calls live through their legs at once."""
    with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as started:
        yield started


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The look, for widgets that stand alone."""
    theme = Theme(qapp)
    yield theme
    theme.deleteLater()
    QCoreApplication.sendPostedEvents(theme, QEvent.Type.DeferredDelete)


@pytest.fixture
def icons(qapp: QApplication) -> Icons:  # noqa: ARG001  # icons are drawn by Qt
    """Icons, for widgets that stand alone."""
    return Icons()

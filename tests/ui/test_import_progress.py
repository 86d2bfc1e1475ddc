"""How far an import is, as it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact_import import ImportProgress, Stage
from c2c_desktop.ui.import_progress import ImportProgressDialog
from c2c_desktop.ui.theme import Theme


@pytest.fixture
def progress(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Iterator[ImportProgressDialog]:  # noqa: ARG001
    dialog = ImportProgressDialog("/contacts/" + "long name " * 30 + ".csv")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def test_a_bar_never_goes_back(progress: ImportProgressDialog) -> None:
    for part, at in ((0.6, 300), (0.2, 300), (-1.0, 300), (7.0, 500)):
        progress.show_progress(ImportProgress(Stage.READING, part, 10, 3.0))
        assert progress.bar.value() == at
    progress.show_progress(ImportProgress(Stage.SAVING, 1.0, 10, 5.0))
    assert progress.bar.value() == progress.bar.maximum()


def test_it_blocks_no_other_window(progress: ImportProgressDialog) -> None:
    assert not progress.isModal()


def test_before_anything_is_known_nothing_is_claimed(progress: ImportProgressDialog) -> None:
    assert progress.stage.text() == "Opening the file"
    progress.show_progress(ImportProgress(Stage.READING, 0.01, 20, 0.3))
    assert progress.stage.text() == "20 contacts read"
    assert progress.remaining.text() == "Working out how long it takes…"


def test_rate_and_remaining_time_are_told_in_words(progress: ImportProgressDialog) -> None:
    progress.show_progress(ImportProgress(Stage.READING, 0.42, 420_000, 14.0))
    assert progress.stage.text() == "420,000 contacts read · 30,000 a second"
    assert progress.remaining.text() == "About 1 minute left"
    assert progress.bar.accessibleDescription() == "21 %"
    progress.show_progress(ImportProgress(Stage.SAVING, 0.9, 1_000_000, 62.0))
    assert progress.stage.text() == "Saving 1,000,000 contacts"


def test_enter_does_no_harm_for_the_focus_is_on_hide(progress: ImportProgressDialog) -> None:
    assert progress.primary.text() == "Hide"
    assert progress.focusWidget() is progress.primary
    progress.submit()
    assert not progress.isVisible()
    assert progress.cancel.isEnabled()


def test_cancelling_takes_the_keys_to_hide(qtbot: QtBot, progress: ImportProgressDialog) -> None:
    progress.cancel.setFocus()
    with qtbot.waitSignal(progress.cancel_asked):
        progress.cancel.click()
    assert progress.focusWidget() is progress.primary
    assert progress.isVisible()


def test_a_long_file_name_widens_nothing(qtbot: QtBot, progress: ImportProgressDialog) -> None:
    progress.resize(320, 240)
    qtbot.waitUntil(lambda: progress.width() == 320)

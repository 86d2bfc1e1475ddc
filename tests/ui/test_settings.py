"""Settings: each field goes there and comes back, and what is wrong is told before anything is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QSpinBox, QTimeEdit
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import click, dialog, press
from tests.ui.settings_form import ONE, TWO, Form


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Form:  # noqa: ARG001  # the form is measured in its style
    return Form(qtbot, tmp_path, ONE, TWO)


@pytest.mark.parametrize(
    "proxy", ["proxy.example:8080", "ftp://proxy.example", "http://", "http://proxy:x", "socks5://p"]
)
def test_a_wrong_proxy_is_told_and_nothing_is_stored(form: Form, proxy: str) -> None:
    before = form.store.settings
    form.dialog.network.proxy.setText(proxy)
    form.dialog.general.theme.setCurrentIndex(2)
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text() == "The proxy must be an address like http://proxy.example:8080."
    assert form.store.settings == before


def test_a_missing_ca_file_is_told_and_nothing_is_stored(form: Form, tmp_path: Path) -> None:
    before = form.store.settings
    form.dialog.network.ca_file.path.setText(str(tmp_path / "none.pem"))
    form.save()
    assert form.dialog.error.text().startswith("There is no CA file at")
    assert form.store.settings == before


def test_settings_that_cannot_be_written_are_told(form: Form) -> None:
    form.dialog.network.connect_timeout.setValue(9)
    form.store.fails = StorageError("The disk is full", "Make room.")
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text() == "The disk is full. Make room."


def test_every_field_goes_there_and_comes_back(form: Form, tmp_path: Path) -> None:
    ca_file = tmp_path / "company.pem"
    ca_file.touch()
    general, network = form.dialog.general, form.dialog.network
    general.region.choose("FR")
    general.route.setCurrentIndex(2)
    general.extensions.setText("1xx;2001")
    general.kinds[NotificationKind.ENDED].setChecked(False)
    general.theme.setCurrentIndex(2)
    for box in (*general.switches.values(), *form.dialog.desktop.switches.values()):
        box.setChecked(not box.isChecked())
    network.proxy.setText(" http://proxy.example:8080 ")
    network.ca_file.path.setText(str(ca_file))
    network.connect_timeout.setValue(7)
    network.request_timeout.setValue(30)
    form.save()
    stored = form.store.settings
    assert stored == Settings(
        accounts=(
            Account(ONE.user_id, region="FR", route=Route.NEITHER, internal_extensions="1xx, 2001"),
            TWO,
        ),
        active_user_id=ONE.user_id,
        muted=frozenset({NotificationKind.ENDED}),
        show_tray=False,
        close_to_tray=False,
        start_minimised=True,
        mask_numbers=True,
        notifications_paused=True,
        tray_opens_quick_dial=True,
        offer_clipboard=True,
        theme=ThemeChoice.DARK,
        proxy="http://proxy.example:8080",
        ca_file=str(ca_file),
        connect_timeout=7,
        request_timeout=30,
    )
    form.open()
    form.save()
    assert form.store.settings == stored


def test_what_another_program_stored_meanwhile_stays(form: Form) -> None:
    form.dialog.network.proxy.setText("http://proxy.example:8080")
    other = replace(
        form.store.settings, theme=ThemeChoice.DARK, accounts=(replace(ONE, caller_id="+442079460123"), TWO)
    )
    form.store.settings = other
    form.save()
    assert form.store.settings == replace(other, proxy="http://proxy.example:8080")


def test_saving_without_a_change_writes_nothing(form: Form) -> None:
    form.store.fails = StorageError("The disk is full", "Make room.")
    form.save()
    assert not form.dialog.isVisible()


def test_extensions_that_make_no_sense_are_told_and_nothing_is_lost(form: Form) -> None:
    form.dialog.choose_page(2)
    form.dialog.general.extensions.setText("1-9")
    form.save()
    assert form.dialog.isVisible()
    assert form.dialog.error.text().startswith("That is no list of extensions.")
    assert form.dialog.general.extensions.isVisible()  # on the page where it stands
    assert form.dialog.general.extensions.text() == "1-9"


@pytest.mark.parametrize(("keys", "number"), [("1", 0), ("2", 1), ("3", 2)])
def test_the_keyboard_reaches_every_page(form: Form, keys: str, number: int) -> None:
    form.dialog.choose_page((number + 1) % 3)
    press(Qt.Key(ord(keys)), Qt.KeyboardModifier.ControlModifier)
    assert form.dialog.tabs.checkedId() == number


@pytest.mark.parametrize("chosen", [True, False])
def test_a_ca_file_is_chosen_from_the_files(form: Form, tmp_path: Path, chosen: bool) -> None:
    company = tmp_path / "company.pem"
    company.touch()

    def answer() -> None:
        files = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
        files.selectFile(str(company))
        files.done(int(chosen))

    QTimer.singleShot(0, form.dialog, answer)
    form.dialog.network.ca_file.choose.click()
    assert form.dialog.network.ca_file.text == (str(company) if chosen else "")


def test_labels_stand_above_their_fields_where_it_is_narrow(qtbot: QtBot, form: Form) -> None:
    form.dialog.resize(520, 600)
    qtbot.waitUntil(lambda: form.dialog.width() == 520)
    beside = form.dialog.general.region.mapTo(form.dialog, form.dialog.general.region.rect().topLeft()).x()
    form.dialog.resize(340, 560)
    qtbot.waitUntil(
        lambda: form.dialog.general.region.mapTo(form.dialog, form.dialog.general.region.rect().topLeft()).x() < beside
    )
    assert form.dialog.general.fields.width() <= 340


def test_the_theme_changes_at_once_and_is_stored(program: Application) -> None:
    press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.general.theme.setCurrentIndex(opened.general.theme.findData(ThemeChoice.DARK))
    click(opened.primary)
    assert program.theme.tokens.dark
    assert program.core.settings_file.load().theme is ThemeChoice.DARK
    assert program.window.palette().window().color() == program.theme.tokens.colour("bg")


def test_changed_network_settings_are_taken_by_the_next_call(qtbot: QtBot, program: Application) -> None:
    program.core.accounts.change(request_timeout=0.2)
    program.pad.load("+917000000007")
    click(program.pad.call_button)
    qtbot.waitUntil(lambda: bool(program.core.journal.recent()))
    qtbot.waitUntil(lambda: not program.core.journal.recent()[0].is_placing)
    assert program.core.journal.recent()[0].state is CallState.UNCERTAIN


def test_the_tray_can_be_turned_off(program: Application) -> None:
    assert program.tray.is_enabled
    program.core.accounts.change(show_tray=False)
    assert not program.tray.is_enabled


def test_a_wheel_that_passes_over_the_form_changes_nothing(form: Form) -> None:
    dialog = form.dialog
    choices, numbers = dialog.findChildren(QComboBox), dialog.findChildren(QSpinBox)
    assert (len(choices), len(numbers)) == (11, 6)
    times = dialog.findChildren(QTimeEdit)
    assert len(times) == 2

    def values() -> list[object]:
        return [b.currentIndex() for b in choices] + [b.value() for b in numbers] + [b.time() for b in times]

    before = values()
    for box in (*choices, *numbers, *times):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(box.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, event)
    assert values() == before


def test_diagnostics_are_one_click_and_what_came_of_it_is_said_in_place(program: Application) -> None:
    asked: list[str] = []
    program.dialogs.diagnostics_asked.connect(lambda: asked.append("once"))
    program.dialogs.settings()
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.choose_page(2)
    click(opened.network.diagnostics)
    assert asked == ["once"]
    program.dialogs.tell("Saved.")
    assert opened.error.text() == "Saved."
    opened.reject()
    program.dialogs.tell("Saved later.")
    assert program.window.toast.label.text() == "Saved later."

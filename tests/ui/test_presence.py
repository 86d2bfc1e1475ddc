"""Where the window is: closing it, bringing it up, and the place it stood at last time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.desktop.presence import READING_MS
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.note_dialog import NoteDialog
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from tests.ui.rig import dialog, make_call, press, running, sent, settle

WORDS = "There is no tray here, so closing minimises the window. Ctrl+Q quits."


def status_when(qapp: QApplication, act: object) -> int:
    """Run the event loop as the program does; the exit status that `act` leads to, 99 where it leads to none."""
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(lambda: qapp.exit(99))
    limit.start(8000)
    QTimer.singleShot(0, act)  # type: ignore[call-overload]  # any callable
    status = qapp.exec()
    limit.stop()
    return status


def test_closing_without_a_tray_minimises_and_says_so_once(qtbot: QtBot, program: Application) -> None:
    window = program.window
    window.close()
    assert window.isVisible()
    assert not window.isMinimized()
    assert window.toast.label.text() == WORDS
    qtbot.waitUntil(window.isMinimized, timeout=READING_MS + 5000)
    assert program.core.settings_file.load().told_about_minimising
    window.showNormal()
    window.toast.label.setText("")
    window.close()
    assert window.isMinimized()
    assert window.toast.label.text() == ""


@pytest.mark.parametrize("way", ["shortcut", "close", "tray"])
def test_quitting_ends_the_program_with_status_zero(qapp: QApplication, program: Application, way: str) -> None:
    program.core.accounts.change(close_to_tray=way != "close")
    acts = {
        "shortcut": lambda: press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        "close": program.window.close,
        "tray": program.tray.quit_asked.emit,
    }
    assert status_when(qapp, acts[way]) == 0


def test_a_click_on_the_tray_hides_and_brings_back(program: Application) -> None:
    program.tray.toggled.emit()
    assert not program.window.isVisible()
    program.tray.toggled.emit()
    assert program.window.isVisible()
    program.window.showMinimized()
    program.tray.toggled.emit()
    assert program.presence.is_seen


@pytest.mark.parametrize("minimised", ["option", "setting"])
def test_it_can_start_without_its_window_and_is_ready_all_the_same(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, minimised: str
) -> None:
    if minimised == "setting":
        with running(qapp, qtbot, Options(sandbox=True, instant=True, data_dir=tmp_path)) as first:
            first.core.accounts.change(start_minimised=True)
    options = Options(sandbox=True, instant=True, data_dir=tmp_path, minimised=minimised == "option")
    with running(qapp, qtbot, options) as program:
        assert not program.presence.is_seen
        assert program.contacts.view.rows.rowCount() > 2
        program.presence.bring_up()
        assert program.presence.is_seen


def test_without_a_window_nobody_is_asked_to_sign_in(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, Options(api_url="http://127.0.0.1:9/v2", data_dir=tmp_path, minimised=True)) as program:
        assert dialog() is None
        program.desk.sign_in_asked.emit()
        opened = dialog()
        assert isinstance(opened, SignInDialog)
        assert program.window.isVisible()
        opened.reject()


def test_size_and_place_are_kept_for_the_next_run(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    account = Account("101_1111112")
    options = Options(api_url="http://127.0.0.1:9/v2", data_dir=tmp_path)
    with running(qapp, qtbot, options, account) as first:
        first.window.resize(700, 600)
    with running(qapp, qtbot, options) as second:
        assert (second.window.width(), second.window.height()) == (700, 600)


def test_what_cannot_be_told_outside_waits_for_whoever_looks(program: Application) -> None:
    program.window.hide()
    program.desk.call_changed.emit(make_call(CallState.UNCERTAIN))
    assert not program.window.toast.isVisible()
    program.presence.bring_up()
    assert program.window.toast.isVisible()
    assert program.window.toast.label.text().startswith("No answer from the service.")


def test_the_tray_calls_the_same_way_as_the_window(qtbot: QtBot, program: Application) -> None:
    program.tray.opening.emit()
    program.tray.call_asked.emit(DialRequest("+919840222222", Source.TRAY, "Asha Rao"))
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    settle(qtbot, program)
    program.tray.route_chosen.emit(Route.MOBILE)
    assert program.pad.mobile.isChecked()


def test_the_tray_opens_the_settings_over_the_window(program: Application) -> None:
    program.window.hide()
    program.tray.settings_asked.emit()
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    assert program.window.isVisible()
    opened.reject()


def test_a_press_on_a_notification_acts_on_its_call(qtbot: QtBot, program: Application) -> None:
    call = make_call(CallState.UNCERTAIN)
    program.core.journal.adopt([call])
    program.window.hide()
    program.notifier.acted.emit(NextStep.COPY_REQUEST_ID, call.id)
    assert QApplication.clipboard().text() == "r-1"
    assert not program.window.isVisible()
    program.notifier.acted.emit(NextStep.FIX_SIGN_IN, call.id)
    opened = dialog()
    assert isinstance(opened, SignInDialog)
    assert program.window.isVisible()
    opened.reject()
    program.notifier.acted.emit(NextStep.OPEN_SETTINGS, call.id)
    opened = dialog()
    assert isinstance(opened, SettingsDialog)
    opened.reject()
    program.notifier.acted.emit(NextStep.RETRY, "unknown")
    program.notifier.acted.emit(NextStep.USE_SOFTPHONE, call.id)  # it does not offer that
    assert dialog() is None
    refused = replace(call, id="c-2", state=CallState.REFUSED, next_step=NextStep.USE_SOFTPHONE, route=Route.MOBILE)
    program.core.journal.adopt([refused, call])
    program.notifier.acted.emit(NextStep.USE_SOFTPHONE, refused.id)
    asked = dialog()
    assert isinstance(asked, AskDialog)
    asked.accept()
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["webrtc"] is True
    settle(qtbot, program)
    program.notifier.acted.emit(NextStep.USE_SOFTPHONE, refused.id)  # followed already
    assert dialog() is None
    assert len(sent(program)) == 1


def test_a_note_goes_from_the_menu_and_from_a_notification_to_the_journal(qtbot: QtBot, program: Application) -> None:
    program.core.journal.adopt([make_call(CallState.ENDED)])
    program.recents.note_asked.emit(make_call(CallState.ENDED))
    for words in ("Wants the offer", "Wants nothing"):
        opened = dialog()
        assert isinstance(opened, NoteDialog)
        opened.edit.setPlainText(words)
        opened.submit()
        settle(qtbot, program)
        (stored,) = program.core.journal.recent()
        assert stored.note == words
        program.notifier.acted.emit(NextStep.ADD_NOTE, "c-1")
    opened = dialog()
    assert isinstance(opened, NoteDialog)
    assert opened.edit.toPlainText() == "Wants nothing"
    opened.reject()

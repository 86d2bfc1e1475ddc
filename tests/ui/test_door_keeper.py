"""Links from other programs, from the door to the question: each asks, none is lost, none calls by itself."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.desktop.instance.door_address import door_address
from c2c_desktop.desktop.instance.door_claim import DoorClaim
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.services.door_line import HandOver, Wish, door_line
from c2c_desktop.services.link_gate import MOST_LINKS
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from tests.desktop.door_rig import Opened
from tests.ui.rig import INDIAN, PATIENCE_MS, click, dialog, put_away, ready, running, sent, settle

LINK = f"tel:{INDIAN}"


def asked(qtbot: QtBot) -> list[str]:
    """The words of the question, once there is one."""
    qtbot.waitUntil(lambda: isinstance(dialog(), AskDialog), timeout=PATIENCE_MS)
    question = dialog()
    assert question is not None
    return [label.text() for label in question.findChildren(QLabel)]


def answer_no(program: Application, qtbot: QtBot) -> None:
    question = dialog()
    assert question is not None
    question.reject()
    settle(qtbot, program)
    assert sent(program) == []
    assert program.core.journal.recent() == []


class HangingInstance:
    """Keeps the door as an instance does that was stopped: it takes the line and never answers."""

    def __init__(self, folder: Path) -> None:
        self._claim = DoorClaim(folder)
        assert self._claim.take()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(door_address(folder))
        self._listener.listen(8)

    def close(self) -> None:
        self._listener.close()
        self._claim.give_up()


def say_at_door(folder: Path, what: HandOver) -> None:
    """Say it at the door and leave."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(door_address(folder))
        line.sendall(door_line(what))


def hand_over(folder: Path, link: str) -> None:
    say_at_door(folder, HandOver(link=link))


def test_a_link_that_starts_the_program_is_asked_about_once_everything_is_loaded(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program = Application(qapp, Options(sandbox=True, instant=True, data_dir=tmp_path))
    try:
        program.door.take(HandOver(link=LINK))
        assert dialog() is None
        program.start()
        words = asked(qtbot)
        assert "+91 98402 22222" in words
        assert "Asha Rao" in words
        answer_no(program, qtbot)
    finally:
        put_away(program)


def test_the_command_hands_a_link_to_the_question_of_the_running_program(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    link = f"{LINK};x=$(true)?--yes"
    command = [sys.executable, "-m", "c2c_desktop", "open-link", "--data-dir", str(tmp_path), "--", link]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=2 * PATIENCE_MS)
        assert process.communicate() == ("", "")
    assert process.returncode == 0
    assert link in asked(qtbot)
    answer_no(program, qtbot)


def test_only_a_yes_calls_and_the_call_says_it_came_from_a_link(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    hand_over(tmp_path, LINK)
    asked(qtbot)
    question = dialog()
    assert isinstance(question, AskDialog)
    ready(qtbot)
    assert sent(program) == []
    click(question.go_on)
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
    (call,) = program.core.journal.recent()
    assert (call.source, call.e164, call.state is CallState.PLACING) == (Source.LINK, INDIAN, False)


def test_a_link_waits_for_the_sign_in(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    program.core.accounts.change(accounts=(), active_user_id="")
    hand_over(tmp_path, "tel:+12025550143")
    hand_over(tmp_path, LINK)
    qtbot.waitUntil(lambda: isinstance(dialog(), SignInDialog), timeout=PATIENCE_MS)
    form = dialog()
    assert isinstance(form, SignInDialog)
    form.user_id.setText(USER_ID)
    form.secret.setText(SECRET)
    click(form.primary)
    lines = asked(qtbot)
    assert "+1 202-555-0143" in lines
    assert "1 more link came meanwhile and was left alone." in lines
    answer_no(program, qtbot)
    program.door.resume()
    assert dialog() is None


@pytest.mark.parametrize("link", ["tel:112", "tel:*31%23", "sip:asha@example.com", "tel:", "tel:+99"])
def test_a_link_that_cannot_be_called_says_why_and_asks_nothing(
    link: str, qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    hand_over(tmp_path, link)
    qtbot.waitUntil(program.window.toast.isVisible, timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert dialog() is None
    assert program.pad.field.text() == ""
    assert sent(program) == []


def test_one_link_too_many_is_said(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    for _ in range(MOST_LINKS + 1):
        hand_over(tmp_path, LINK)
        QApplication.processEvents()
    qtbot.waitUntil(
        lambda: program.window.toast.label.text() == "1 link was left alone: too many came at once.",
        timeout=PATIENCE_MS,
    )
    assert f"{MOST_LINKS - 1} more links came meanwhile and were left alone." in asked(qtbot)
    answer_no(program, qtbot)


@pytest.mark.parametrize(
    "given",
    [[HandOver(link=LINK)], [HandOver(Wish.QUICK)], [], [HandOver(link=LINK), HandOver(link="tel:+12025550143")]],
)
def test_a_start_that_was_overtaken_hands_over_what_it_was_for_and_ends(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, given: list[HandOver]
) -> None:
    first = Opened(tmp_path)
    ended: list[bool] = []
    second = Application(qapp, Options(sandbox=True, instant=True, data_dir=tmp_path))
    second.door.redundant.disconnect(second.quit)  # it would end the event loop of the tests too
    second.door.redundant.connect(lambda: ended.append(True))
    try:
        for what in given:
            second.door.take(what)
        second.start()
        qtbot.waitUntil(lambda: ended == [True], timeout=PATIENCE_MS)
        settle(qtbot, second)
        assert first.came == (given or [HandOver(Wish.SHOW)])
        assert dialog() is None
    finally:
        put_away(second)
    hand_over(tmp_path, LINK)
    qtbot.waitUntil(lambda: len(first.came) == max(len(given), 1) + 1, timeout=PATIENCE_MS)
    first.close()


def test_one_that_keeps_the_door_and_hangs_is_told_of_and_the_link_asked_about_here(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hanging = HangingInstance(tmp_path)
    options = Options(sandbox=True, instant=True, data_dir=tmp_path)
    try:
        with running(qapp, qtbot, options, what=HandOver(link=LINK)) as second:
            assert "+91 98402 22222" in asked(qtbot)
            assert "does not answer" in second.window.toast.label.text()
            answer_no(second, qtbot)
    finally:
        hanging.close()


def test_the_number_called_last_is_asked_about_again(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    say_at_door(tmp_path, HandOver(Wish.REDIAL))
    qtbot.waitUntil(lambda: "no call to repeat" in program.window.toast.label.text(), timeout=PATIENCE_MS)
    assert dialog() is None
    program.desk.ask_for(DialRequest(INDIAN, Source.PAD))
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
    say_at_door(tmp_path, HandOver(Wish.REDIAL))
    assert "+91 98402 22222" in asked(qtbot)
    assert len(sent(program)) == 1


def test_a_number_from_a_terminal_is_asked_about(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    say_at_door(tmp_path, HandOver(dial="98402 22222 Asha"))
    assert "+91 98402 22222" in asked(qtbot)
    answer_no(program, qtbot)


def test_a_start_without_a_wish_leaves_the_window_where_it_is(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    program.window.hide()
    say_at_door(tmp_path, HandOver(Wish.HELLO))
    settle(qtbot, program)
    assert not program.window.isVisible()
    say_at_door(tmp_path, HandOver(Wish.SHOW))
    qtbot.waitUntil(program.window.isVisible, timeout=PATIENCE_MS)


@pytest.mark.usefixtures("program")
def test_the_settings_open_from_outside(qtbot: QtBot, tmp_path: Path) -> None:
    say_at_door(tmp_path, HandOver(Wish.SETTINGS))
    qtbot.waitUntil(lambda: isinstance(dialog(), SettingsDialog), timeout=PATIENCE_MS)

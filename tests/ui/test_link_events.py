"""Links that the system brings as events, from the event to the question: as `open-link`, each can only ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.call import Source
from c2c_desktop.runtime import link_events
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.services.door_line import LINK_LIMIT
from c2c_desktop.services.link_gate import MOST_LINKS
from c2c_desktop.ui.ask_dialog import AskDialog
from c2c_desktop.ui.choice_dialog import ChoiceDialog
from c2c_desktop.ui.sign_in_dialog import SignInDialog
from tests.ui.rig import INDIAN, PATIENCE_MS, click, dialog, is_ready, put_away, ready, sent, settle

LINK = f"tel:{INDIAN}"


@pytest.fixture(autouse=True)
def links_come_as_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_events, "COME_SO", True)


def bring(link: str | QUrl) -> bool:
    """What macOS does when a link is opened; return whether somebody took it."""
    event = QFileOpenEvent(QUrl(link))
    event.ignore()
    application = QApplication.instance()
    assert application is not None
    return QCoreApplication.sendEvent(application, event)


def question(qtbot: QtBot) -> AskDialog:
    qtbot.waitUntil(lambda: isinstance(dialog(), AskDialog), timeout=PATIENCE_MS)
    shown = dialog()
    assert isinstance(shown, AskDialog)
    return shown


def words(qtbot: QtBot) -> list[str]:
    return [label.text() for label in question(qtbot).findChildren(QLabel)]


def nothing_came_of_it(qtbot: QtBot, program: Application) -> None:
    settle(qtbot, program)
    assert dialog() is None
    assert sent(program) == []
    assert program.core.journal.recent() == []


HOSTILE = {
    "https://example.com/tel:+919840222222": "starts with tel:",
    "javascript:alert(1)": "starts with tel:",
    "c2c://settings": "starts with tel:",
    "--yes": "starts with tel:",
    "": "starts with tel:",
    "tel:": "",
    "tel:112": "",
    "tel:*31%23": "",
    "sip:asha@example.com": "",
    f"tel:{'9' * LINK_LIMIT}": f"more than {LINK_LIMIT} characters",
    f"tel:+919840222222?{'%E2%80%AE' * 100_000}": f"more than {LINK_LIMIT} characters",
}


@pytest.mark.parametrize("link", HOSTILE, ids=lambda link: repr(link[:24]))
def test_what_is_no_link_that_can_be_called_is_said_and_asks_nothing(
    link: str, qtbot: QtBot, program: Application
) -> None:
    assert bring(link)
    qtbot.waitUntil(program.window.toast.isVisible, timeout=PATIENCE_MS)
    assert HOSTILE[link] in program.window.toast.label.text()
    assert program.pad.field.text() == ""
    nothing_came_of_it(qtbot, program)


def test_two_numbers_in_one_link_are_offered_and_neither_is_taken(qtbot: QtBot, program: Application) -> None:
    bring("tel:+919840222222%0A+442079460018")
    qtbot.waitUntil(lambda: isinstance(dialog(), ChoiceDialog), timeout=PATIENCE_MS)
    offered = dialog()
    assert offered is not None
    offered.reject()
    nothing_came_of_it(qtbot, program)


def test_a_url_that_cannot_be_read_asks_nothing(qtbot: QtBot, program: Application) -> None:
    broken = QUrl("tel://[", QUrl.ParsingMode.StrictMode)
    assert not broken.isValid()
    assert bring(broken)
    qtbot.waitUntil(program.window.toast.isVisible, timeout=PATIENCE_MS)
    nothing_came_of_it(qtbot, program)


def test_a_file_is_left_to_others(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    assert not bring(QUrl.fromLocalFile(str(tmp_path / LINK)))
    assert not program.window.toast.isVisible()
    nothing_came_of_it(qtbot, program)


@pytest.mark.parametrize(
    "link",
    [
        f"{LINK};x=$(true)?--yes",
        "tel:+91%0098402%0A22222",
        "TEL:+91-98402-22222",
        "callto:+919840222222",
        "sip:+919840222222@example.com",
    ],
)
def test_a_link_asks_and_a_no_calls_nobody(link: str, qtbot: QtBot, program: Application) -> None:
    assert bring(link)
    assert "+91 98402 22222" in words(qtbot)
    assert sent(program) == []
    question(qtbot).reject()
    nothing_came_of_it(qtbot, program)


def test_only_a_yes_calls_and_the_call_says_it_came_from_a_link(qtbot: QtBot, program: Application) -> None:
    bring(LINK)
    asked = question(qtbot)
    ready(qtbot)
    assert sent(program) == []
    click(asked.go_on)
    qtbot.waitUntil(lambda: len(sent(program)) == 1, timeout=PATIENCE_MS)
    settle(qtbot, program)
    (call,) = program.core.journal.recent()
    assert (call.source, call.e164) == (Source.LINK, INDIAN)


def test_a_flood_leaves_one_question_and_is_told_of(qtbot: QtBot, program: Application) -> None:
    for _ in range(MOST_LINKS + 2):
        bring(LINK)
    qtbot.waitUntil(
        lambda: program.window.toast.label.text() == "2 links were left alone: too many came at once.",
        timeout=PATIENCE_MS,
    )
    assert f"{MOST_LINKS - 1} more links came meanwhile and were left alone." in words(qtbot)
    question(qtbot).reject()
    nothing_came_of_it(qtbot, program)


@pytest.mark.parametrize("minimised", [False, True])
def test_a_link_that_starts_the_program_waits_until_everything_is_loaded(
    minimised: bool, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    options = Options(sandbox=True, instant=True, data_dir=tmp_path, minimised=minimised)
    program = Application(qapp, options)
    try:
        bring(LINK)
        bring("tel:+12025550143")  # the first comes first, and is not lost
        bring("https://example.com/")  # what is no link takes no link's place
        assert dialog() is None
        program.start()
        told = words(qtbot)
        assert "+91 98402 22222" in told
        assert "Asha Rao" in told
        assert "1 more link came meanwhile and was left alone." in words(qtbot)
        question(qtbot).reject()
        nothing_came_of_it(qtbot, program)
    finally:
        put_away(program)


def test_a_link_waits_for_the_sign_in(qtbot: QtBot, program: Application) -> None:
    program.core.accounts.change(accounts=(), active_user_id="")
    bring(LINK)
    qtbot.waitUntil(lambda: isinstance(dialog(), SignInDialog), timeout=PATIENCE_MS)
    form = dialog()
    assert isinstance(form, SignInDialog)
    form.user_id.setText(USER_ID)
    form.secret.setText(SECRET)
    click(form.primary)
    assert "+91 98402 22222" in words(qtbot)
    question(qtbot).reject()
    nothing_came_of_it(qtbot, program)


def test_once_the_program_was_put_away_it_takes_no_link(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    program = Application(qapp, Options(sandbox=True, instant=True, data_dir=tmp_path))
    program.start()
    qtbot.waitUntil(lambda: is_ready(program), timeout=PATIENCE_MS)
    put_away(program)
    assert not bring(LINK)
    assert dialog() is None

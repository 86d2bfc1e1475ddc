"""The window's door on the session bus: what another program asks for is asked about, and never called by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jeepney import new_method_call
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.desktop.bus.bus_calls import NAME, TOO_MANY
from c2c_desktop.ui.ask_dialog import AskDialog
from tests.desktop.bus_calls_rig import CALLS
from tests.desktop.bus_client import PATIENCE_MS, Client, tool
from tests.desktop.bus_rig import Bus
from tests.ui.rig import is_ready, put_away, sent, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged", extend=True)
ASK = ("gdbus", "call", "--session", "--dest", NAME, "--object-path", CALLS.object_path, "--method")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, own_bus: Bus, tmp_path: Path) -> Iterator[Application]:
    program = Application(qapp, Options(sandbox=True, data_dir=tmp_path / "data", instant=True))
    try:
        program.start()
        qtbot.waitUntil(lambda: is_ready(program) and bool(own_bus.owner(NAME)), timeout=PATIENCE_MS)
        yield program
    finally:
        put_away(program)


def questions() -> list[AskDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, AskDialog) and w.isVisible()]


@pytest.mark.parametrize("text", ["+919840222222", "tel:+91-98402-22222"])
def test_what_another_program_asks_for_is_asked_about_and_only_a_yes_calls(
    window: Application, own_bus: Bus, qtbot: QtBot, text: str
) -> None:
    assert tool(own_bus, qtbot, *ASK, f"{NAME}.AskToCall", text) == (0, "(true, '')\n", "")
    qtbot.waitUntil(lambda: len(questions()) == 1, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert sent(window) == []
    with closing(Client(own_bus, qtbot)) as client:
        assert client.call(CALLS, "Calls").body == ([],)
        questions()[0].accept()
        qtbot.waitUntil(lambda: len(sent(window)) == 1, timeout=PATIENCE_MS)
        settle(qtbot, window)
        (calls,) = client.call(CALLS, "Calls").body
    assert [(call["number"], call["source"]) for call in calls] == [(("s", "+919840222222"), ("s", "link"))]
    assert [(c.e164, c.source.value) for c in window.core.journal.recent()] == [("+919840222222", "link")]


def test_a_flood_over_the_bus_makes_one_question_and_no_call(window: Application, own_bus: Bus, qtbot: QtBot) -> None:
    with closing(Client(own_bus, qtbot)) as client:
        for number in range(100):
            client.send(new_method_call(CALLS, "AskToCall", "s", (f"+44207946{number:04d}",)))
        assert client.call(CALLS, "AskToCall", "s", ("+919840222222",)).body == (False, TOO_MANY)
    qtbot.waitUntil(lambda: len(questions()) == 1, timeout=PATIENCE_MS)
    settle(qtbot, window)
    questions()[0].reject()
    settle(qtbot, window)
    assert questions() == []
    assert sent(window) == []
    assert window.core.journal.recent() == []


def test_without_a_sign_in_nothing_is_taken(window: Application, own_bus: Bus, qtbot: QtBot) -> None:
    active = window.core.accounts.active
    assert active is not None
    window.core.accounts.forget(active.user_id, done=lambda: None, failed=print)
    settle(qtbot, window)
    with closing(Client(own_bus, qtbot)) as client:
        taken, why = client.call(CALLS, "AskToCall", "s", ("+919840222222",)).body
    assert (taken, why) == (False, "Nobody is signed in.")
    assert questions() == []

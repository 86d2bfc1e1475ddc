"""A number in any program becomes one call: link, hotkey over a selection, tray; on real parts, to one request."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.domain.call import Call, Source
from tests.desktop.bus_rig import Bus
from tests.desktop.fake_daemon import FakeDaemon
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import Environment, end, need, until
from tests.desktop.screen_rig import QUESTION, answer_yes, keys_to, shown_window, xdotool

QUICK = "^Quick dial$"
NUMBER = "+919840222222"
LINK = f"tel:{NUMBER}"


class Agent:
    """Somebody at a desktop of their own: programs they start, and the calls that came of it."""

    def __init__(self, desktop: Environment, folder: Path, stack: ExitStack) -> None:
        self.desktop = dict(desktop)
        self.folder = folder
        self._stack = stack

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*words], env=self.desktop, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )

    def begin(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            words, env=self.desktop, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )
        self._stack.callback(end, process)
        return process

    def program(self, *words: str) -> subprocess.Popen[str]:
        return self.begin(sys.executable, "-m", "c2c_desktop", "--sandbox", "--data-dir", str(self.folder), *words)

    def calls(self) -> list[Call]:
        if not (self.folder / "calls.sqlite3").exists():
            return []
        with closing(SqliteCallStore(self.folder / "calls.sqlite3")) as store:
            return store.recent(10)

    def open_links_here(self) -> None:
        """Make the program the desktop's own for links, as `links --install` does."""
        done = self.run(
            *(sys.executable, "-m", "c2c_desktop", "links", "--install", "--sandbox"),
            *("--data-dir", str(self.folder)),
        )
        assert done.returncode == 0, done.stderr

    def say_yes(self) -> None:
        answer_yes(self.desktop)

    def end_what_was_started(self) -> None:
        """A program a link started is nobody's child here: it is asked to end."""
        self._stack.close()
        for process in _programs_on(self.folder):
            os.kill(process, signal.SIGTERM)
        until(lambda: not _programs_on(self.folder), "the program's end")


def _programs_on(folder: Path) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"c2c_desktop" in b" ".join(words) and str(folder).encode() in words:
            found.append(int(path.parent.name))
    return found


@pytest.fixture
def agent(desktop: Environment, tmp_path: Path) -> Iterator[Agent]:
    with ExitStack() as stack:
        agent = Agent(desktop, tmp_path / "data", stack)
        yield agent
        agent.end_what_was_started()


@pytest.mark.parametrize("opener", [("gio", "open"), ("xdg-open",)])
def test_a_link_from_any_program_starts_it_and_then_reaches_it_and_enter_places_one_call_each(
    agent: Agent, opener: tuple[str, ...]
) -> None:
    need(opener[0])
    agent.open_links_here()
    for count in (1, 2):  # cold, then warm
        agent.begin(*opener, LINK if count == 1 else "tel:+442079460018")
        until(lambda: shown_window(agent.desktop, QUESTION), "the question")
        assert len(agent.calls()) == count - 1
        agent.say_yes()
        until(lambda c=count: len(agent.calls()) == c or shown_window(agent.desktop, QUESTION), "more")  # type: ignore[misc]
        if len(agent.calls()) < count:  # the first call began to ring meanwhile, which is asked about too
            agent.say_yes()
        until(lambda c=count: len(agent.calls()) == c, "the call")  # type: ignore[misc]
    assert {call.source for call in agent.calls()} == {Source.LINK}
    assert all(call.request_id for call in until(lambda: settled(agent), "both initiated"))


def settled(agent: Agent) -> list[Call]:
    calls = agent.calls()
    return calls if all(call.request_id for call in calls) else []


def select(agent: Agent, text: str) -> str:
    """Another program in front, with `text` selected in it; its window."""
    code = (
        "import sys; from PySide6.QtWidgets import QApplication, QLineEdit; a = QApplication([]);"
        "e = QLineEdit(sys.argv[1]); e.setWindowTitle('CRM'); e.resize(400, 60); e.show(); a.exec()"
    )
    agent.begin(sys.executable, "-c", code, text)
    window = until(lambda: shown_window(agent.desktop, "^CRM$"), "the other program")
    xdotool(agent.desktop, "windowactivate", "--sync", window)
    keys_to(agent.desktop, window, "ctrl+a")  # only a hand's selection is one to other programs
    return window


@pytest.fixture
def waiting(agent: Agent) -> Agent:
    """The program in the background, with its hotkey."""
    agent.program("--minimized")
    until((agent.folder / "link.sock").exists, "the door, which opens after the keys are taken")
    return agent


def test_the_hotkey_asks_about_the_one_number_that_is_selected_and_enter_calls_it(waiting: Agent) -> None:
    crm = select(waiting, "Asha Rao, 98402 22222")
    keys_to(waiting.desktop, crm, "ctrl+alt+p")
    until(lambda: shown_window(waiting.desktop, QUESTION), "the question")
    assert waiting.calls() == []
    waiting.say_yes()
    (call,) = until(waiting.calls, "the call")
    assert (call.e164, call.source) == (NUMBER, Source.HOTKEY)


def test_a_link_that_cannot_be_called_says_why_although_no_window_is_seen(agent: Agent, bus: Bus) -> None:
    with FakeDaemon(bus) as daemon:
        agent.program("--minimized")
        until((agent.folder / "link.sock").exists, "the door")
        for link, words in (("tel:112", "mergency"), ("tel:hello", "“tel:hello”")):
            agent.run(
                *(sys.executable, "-m", "c2c_desktop", "open-link", "--sandbox"),
                *("--data-dir", str(agent.folder), "--", link),
            )
            until(lambda w=words: daemon.notices and w in str(daemon.notices[-1]), "the reason")  # type: ignore[misc]
        assert [notice.actions for notice in daemon.notices] == [("default", "Open")] * 2
    assert agent.calls() == []


def test_several_selected_numbers_give_a_pick_list_and_the_one_chosen_is_asked_about(waiting: Agent) -> None:
    crm = select(waiting, "020 7946 0018 is London: +44 20 7946 0018; Chennai: +91 98402 22222")
    keys_to(waiting.desktop, crm, "ctrl+alt+p")
    popup = until(lambda: shown_window(waiting.desktop, QUICK), "the pick list")
    keys_to(waiting.desktop, popup, "Escape")
    until(lambda: not shown_window(waiting.desktop, QUICK), "the end of the pick list")
    assert waiting.calls() == []


def test_without_a_number_it_opens_empty_and_two_letters_and_enter_call(waiting: Agent) -> None:
    crm = select(waiting, "no number here")
    keys_to(waiting.desktop, crm, "ctrl+alt+p")
    popup = until(lambda: shown_window(waiting.desktop, QUICK), "quick dial")
    xdotool(waiting.desktop, "type", "--delay", "60", "asha")
    keys_to(waiting.desktop, popup, "Return")
    (call,) = until(waiting.calls, "the call")
    assert (call.e164, call.source, call.contact_name) == (NUMBER, Source.POPUP, "Asha Rao")


def test_the_command_for_a_key_of_the_desktops_own_does_the_same(waiting: Agent) -> None:
    select(waiting, "98402 22222")
    done = waiting.run(
        *(sys.executable, "-m", "c2c_desktop", "quick", "--selection", "--sandbox"),
        *("--data-dir", str(waiting.folder)),
    )
    assert done.returncode == 0, done.stderr
    until(lambda: shown_window(waiting.desktop, QUESTION), "the question")
    assert waiting.calls() == []


def test_what_comes_of_it_is_told_to_scripts(waiting: Agent) -> None:
    watching = subprocess.Popen(
        [sys.executable, "-m", "c2c_desktop", "watch", "--json", "--sandbox", "--data-dir", str(waiting.folder)],
        env=waiting.desktop, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        crm = select(waiting, NUMBER)
        keys_to(waiting.desktop, crm, "ctrl+alt+p")
        until(lambda: shown_window(waiting.desktop, QUESTION), "the question")
        waiting.say_yes()
        assert watching.stdout is not None
        told = json.loads(watching.stdout.readline())
        assert told["e164"] == NUMBER
    finally:
        end(watching)

"""How the program's ties to its desktop stand and are mended: what fails first, before and after they begin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.desktop_ties import DesktopTies
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, StorageError
from c2c_desktop.domain.health import HealthItem, HealthName, Trouble
from c2c_desktop.services.health import Health
from tests.desktop.links_home import LinksHome
from tests.fakes import MemorySecretStore
from tests.ui.rig import PATIENCE_MS, make_call, running, settle


@pytest.fixture
def closed(program: Application) -> Iterator[DesktopTies]:
    """Ties that have not begun."""
    ties = DesktopTies(program.core, program.lanes, Health(), program.tray, program)
    yield ties
    ties.close()
    ties.deleteLater()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LinksHome:
    """The home of who runs the program."""
    home = LinksHome(tmp_path)
    for name, value in home.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def own(qapp: QApplication, qtbot: QtBot, tmp_path: Path, home: LinksHome) -> Iterator[Application]:  # noqa: ARG001
    """The program on data of its own, on a service that is not there, and in a home that opens no links yet."""
    options = Options(api_url="http://127.0.0.1:9/v2", data_dir=tmp_path / "data", minimised=True)
    with running(qapp, qtbot, options) as program:
        yield program


def stands(program: Application, name: HealthName) -> HealthItem:
    return program.health.item(name)


def test_before_they_begin_settings_and_keys_change_nothing(closed: DesktopTies) -> None:
    closed.take_settings()
    closed.rest_keys(resting=True)
    closed.close()
    assert closed.children() == []


def test_before_they_begin_a_call_tells_of_the_service_all_the_same(program: Application) -> None:
    health = Health()
    ties = DesktopTies(program.core, program.lanes, health, program.tray, program)
    ties.take_call(make_call(CallState.NOT_SENT, next_step=NextStep.RETRY))
    assert health.item(HealthName.SERVICE).trouble is Trouble.UNREACHABLE
    ties.deleteLater()


@pytest.mark.parametrize(
    ("state", "step", "trouble"),
    [
        (CallState.NOT_SENT, NextStep.RETRY, Trouble.UNREACHABLE),
        (CallState.NOT_SENT, NextStep.FIX_SIGN_IN, None),
        (CallState.UNCERTAIN, NextStep.NONE, None),
        (CallState.INITIATED, NextStep.NONE, None),
    ],
)
def test_a_call_that_was_not_sent_tells_that_the_service_is_away(
    state: CallState, step: NextStep, trouble: Trouble | None, program: Application
) -> None:
    program.ties.take_call(make_call(state, next_step=step))
    assert stands(program, HealthName.SERVICE).trouble is trouble


def test_without_a_network_nothing_else_is_said_of_the_service(program: Application, qtbot: QtBot) -> None:
    network = program.ties.network
    assert network is not None
    network._take(False)
    program.ties.take_call(make_call(CallState.NOT_SENT, next_step=NextStep.RETRY))
    assert stands(program, HealthName.SERVICE).trouble is Trouble.OFFLINE
    network._take(True)
    assert stands(program, HealthName.SERVICE).trouble is None
    settle(qtbot, program)


def test_a_service_that_is_away_stays_so_until_it_answers(program: Application, qtbot: QtBot) -> None:
    sandbox = program.core.sandbox
    assert sandbox is not None
    sandbox.stop()
    program.ties.mend(HealthName.SERVICE)
    qtbot.waitUntil(lambda: stands(program, HealthName.SERVICE).trouble is Trouble.UNREACHABLE, timeout=PATIENCE_MS)


def test_a_service_that_answers_is_fine(program: Application, qtbot: QtBot) -> None:
    program.ties.take_call(make_call(CallState.NOT_SENT, next_step=NextStep.RETRY))
    program.ties.mend(HealthName.SERVICE)
    qtbot.waitUntil(lambda: stands(program, HealthName.SERVICE).fine is True, timeout=PATIENCE_MS)


def test_a_keyring_that_stays_locked_is_told_and_one_that_opens_is_fine(program: Application, qtbot: QtBot) -> None:
    account = program.core.accounts.active
    assert account is not None
    keyring = MemorySecretStore()
    keyring.fails = SecretUnavailableError("Your keyring is locked", "Unlock it.")
    program.core.accounts._secret_store = keyring
    program.core.accounts._held = None
    program.core.accounts._session.clear()
    program.ties.mend(HealthName.KEYRING)
    qtbot.waitUntil(lambda: stands(program, HealthName.KEYRING).trouble is Trouble.KEYRING, timeout=PATIENCE_MS)
    keyring.fails = None
    keyring.texts[account.user_id] = "of-a-test"
    program.ties.mend(HealthName.KEYRING)
    qtbot.waitUntil(lambda: stands(program, HealthName.KEYRING).fine is True, timeout=PATIENCE_MS)


def test_signed_out_the_keyring_is_not_asked(program: Application, qtbot: QtBot) -> None:
    before = stands(program, HealthName.KEYRING)
    program.core.accounts.change(accounts=(), active_user_id="")
    program.ties.mend(HealthName.KEYRING)
    settle(qtbot, program)
    assert stands(program, HealthName.KEYRING) == before


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (HealthName.ACCOUNT, "sign-in"),
        (HealthName.HOTKEY, "settings 3"),
        (HealthName.TRAY, "settings 3"),
        (HealthName.LINKS, "settings 3"),  # a sandbox takes no links
    ],
)
def test_what_only_a_person_can_mend_is_brought_to_them(name: HealthName, asked: str, closed: DesktopTies) -> None:
    told: list[str] = []
    closed.sign_in_asked.connect(lambda: told.append("sign-in"))
    closed.settings_asked.connect(lambda page: told.append(f"settings {page}"))
    closed.mend(name)
    assert told == [asked]


def test_a_tray_that_is_not_wanted_is_no_trouble(program: Application) -> None:
    program.core.accounts.change(show_tray=False)
    assert stands(program, HealthName.TRAY).words == "Turned off"


def test_keys_rest_while_others_are_chosen_and_are_taken_afterwards(
    program: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotkey = program.ties.hotkey
    assert hotkey is not None
    bound: list[str] = []
    monkeypatch.setattr(hotkey, "bind", bound.append)
    program.ties.rest_keys(resting=True)
    program.ties.rest_keys(resting=False)
    assert bound == ["", program.core.accounts.settings.hotkey]


def test_keys_nobody_can_press_are_told(program: Application) -> None:
    program.core.accounts.change(hotkey="")
    quiet = stands(program, HealthName.HOTKEY)
    assert (quiet.fine, quiet.trouble) == (None, None)


def test_what_is_copied_is_looked_at_only_where_that_is_wanted(
    qapp: QApplication, qtbot: QtBot, program: Application
) -> None:
    told: list[str] = []
    program.ties.copied.connect(told.append)
    qapp.clipboard().setText("+44 20 7946 0018")
    program.core.accounts.change(offer_clipboard=True)
    qapp.clipboard().setText("+44 20 7946 0019")
    qtbot.waitUntil(lambda: "+44 20 7946 0019" in told, timeout=PATIENCE_MS)
    program.core.accounts.change(offer_clipboard=False)
    told.clear()
    qapp.clipboard().setText("+44 20 7946 0020")
    qapp.processEvents()
    assert "+44 20 7946 0020" not in told
    qapp.clipboard().clear()


def test_links_that_cannot_be_taken_are_told_and_stay_where_they_are(
    own: Application, home: LinksHome, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: stands(own, HealthName.LINKS).fine is False, timeout=PATIENCE_MS)
    told: list[Exception] = []
    own.ties.failed.connect(told.append)
    home.applications.parent.mkdir(parents=True, exist_ok=True)
    home.applications.write_text("")  # a file where the folder should be
    own.ties.mend(HealthName.LINKS)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=PATIENCE_MS)
    assert isinstance(told[0], StorageError)
    assert str(home.applications) in told[0].message
    settle(qtbot, own)
    assert stands(own, HealthName.LINKS).trouble is Trouble.LINKS_ELSEWHERE


def test_links_are_taken_by_their_mend_and_one_who_takes_them_later_is_told_of(
    own: Application, home: LinksHome, qtbot: QtBot
) -> None:
    own.ties.mend(HealthName.LINKS)
    qtbot.waitUntil(lambda: stands(own, HealthName.LINKS).fine is True, timeout=PATIENCE_MS)
    home.other("other.desktop", "Other Phone")
    home.choose("other.desktop")
    assert own.ties.integration is not None
    own.ties.integration.look()
    qtbot.waitUntil(lambda: stands(own, HealthName.LINKS).trouble is Trouble.CONFLICT, timeout=PATIENCE_MS)
    assert "Other Phone" in stands(own, HealthName.LINKS).words


def test_links_the_person_gave_back_are_not_missed(own: Application, home: LinksHome, qtbot: QtBot) -> None:
    home.other("other.desktop", "Other Phone")
    home.choose("other.desktop")
    own.ties.mend(HealthName.LINKS)
    qtbot.waitUntil(lambda: stands(own, HealthName.LINKS).fine is True, timeout=PATIENCE_MS)
    assert own.ties.integration is not None
    own.ties.integration.open_links(on=False)
    qtbot.waitUntil(lambda: stands(own, HealthName.LINKS).fine is False, timeout=PATIENCE_MS)
    assert stands(own, HealthName.LINKS).trouble is Trouble.LINKS_ELSEWHERE
    assert stands(own, HealthName.LINKS).words == "Other Phone opens tel:, callto: and sip: links"


def test_waking_up_drops_old_connections_and_looks_at_the_journal_of_others(
    program: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(program.core.gateway, "close", lambda: done.append("dropped"))
    # The follower, which looks every now and then, waits for an answer.
    monkeypatch.setattr(program.core.journal, "follow_behind", lambda *told: None if told else done.append("looked"))
    assert program.ties._sleep is not None
    program.ties._sleep.woke_up.emit()
    settle(qtbot, program)
    assert sorted(done) == ["dropped", "looked"]
    monkeypatch.undo()

"""Settings, "Desktop": who opens links, the hotkey, start at login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.hotkeys.hotkey import Hotkey
from c2c_desktop.desktop.integration import Integration
from c2c_desktop.desktop.registration.link_handlers import SCHEMES, SchemeStatus
from c2c_desktop.desktop.system.session_kind import SessionKind
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.desktop_page import DesktopPage
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.settings_dialog import SettingsDialog
from c2c_desktop.ui.theme import Theme
from tests.fakes import FakeClock, ManualRunner, MemorySecretStore, MemorySettingsStore
from tests.ui.rig import click, press

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Links:
    """A desktop's links, as `LinkHandler` tells them."""

    def __init__(self) -> None:
        self.why_not = ""
        self.by_hand = "Choose C2C Desktop in the system's settings."
        self.holder = "Other Phone"
        self.holders: dict[str, str] = {}
        self.ours = False
        self.fails: Exception | None = None

    @property
    def is_available(self) -> bool:
        return not self.why_not

    def status(self) -> list[SchemeStatus]:
        holders = dict.fromkeys(SCHEMES, "C2C Desktop" if self.ours else self.holder) | self.holders
        return [SchemeStatus(scheme, self.ours, holders[scheme]) for scheme in SCHEMES]

    def install(self) -> None:
        if self.fails is not None:
            raise self.fails
        self.ours = True

    def remove(self) -> None:
        self.ours = False


class Login:
    """A desktop's login, as `Autostart` tells it."""

    def __init__(self) -> None:
        self.on = False

    def is_on(self) -> bool:
        return self.on

    def turn_on(self) -> None:
        self.on = True

    def turn_off(self) -> None:
        self.on = False


class Rig:
    """The settings over a desktop of its own."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.runner, self.store = ManualRunner(), MemorySettingsStore()
        self.accounts = Accounts(self.store, MemorySecretStore(), self.runner, FakeClock())
        self.links, self.login = Links(), Login()
        self.integration = Integration(self.runner, None, self.window, self.links, self.login)
        self.failures: list[object] = []
        self.integration.failed.connect(self.failures.append)
        self.hotkey = Hotkey(self.window, SessionKind.NONE)
        said: Callable[[object], None] = self.failures.append
        self.dialog = SettingsDialog(
            self.accounts, folder, Icons(), said, said, self.window, self.integration, self.hotkey
        )
        self.dialog.open()
        self.dialog.choose_page(3)
        qtbot.waitExposed(self.dialog)

    @property
    def page(self) -> DesktopPage:
        return self.dialog.desktop


@pytest.fixture
def rig(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Rig]:  # noqa: ARG001  # measured in its style
    rig = Rig(qtbot, tmp_path)
    yield rig
    rig.dialog.reject()
    with qtbot.waitSignal(rig.dialog.destroyed):
        rig.dialog.deleteLater()


def test_who_opens_links_is_looked_at_and_mended(rig: Rig) -> None:
    assert rig.page.links.text() == "Looking who opens links…"
    rig.runner.finish()
    assert rig.page.links.text() == "Other Phone opens tel:, callto: and sip: links."
    assert not rig.page.give_back.isVisible()
    click(rig.page.take)
    assert not rig.page.take.isEnabled()
    rig.runner.finish()
    assert rig.page.links.text().startswith("C2C Desktop opens tel:")
    assert (rig.page.take.isVisible(), rig.page.give_back.isVisible()) == (False, True)
    click(rig.page.give_back)
    rig.runner.finish()
    assert rig.page.links.text().startswith("Other Phone")


def test_of_each_program_only_the_links_it_opens_are_told(rig: Rig) -> None:
    rig.links.holders = {"tel": "Other Phone", "callto": "", "sip": "A Phone"}
    rig.integration.look()
    rig.runner.finish()
    assert rig.page.links.text() == "A Phone opens sip: links; Other Phone opens tel: links."
    rig.links.holders = {}
    rig.links.holder = ""
    rig.integration.look()
    rig.runner.finish()
    assert rig.page.links.text() == "No program opens tel:, callto: and sip: links yet."


def test_links_that_cannot_be_taken_are_told_and_can_be_tried_again(rig: Rig) -> None:
    rig.runner.finish()
    rig.links.fails = StorageError("Links could not be set", "The folder cannot be written.")
    click(rig.page.take)
    rig.runner.finish()
    assert rig.failures == [rig.links.fails]
    assert rig.page.take.isEnabled()


def test_start_at_login_is_changed_with_save_and_not_before(rig: Rig) -> None:
    assert not rig.page.at_login.isEnabled()
    rig.runner.finish()
    rig.page.at_login.click()
    rig.runner.finish()
    assert not rig.login.on
    click(rig.dialog.primary)
    rig.runner.finish()
    assert rig.login.on
    assert rig.store.settings == rig.accounts.settings


@pytest.mark.parametrize(
    ("key", "modifiers", "keys"),
    [
        (Key.Key_K, Mod.ControlModifier | Mod.AltModifier, "Ctrl+Alt+K"),
        (Key.Key_F9, Mod.NoModifier, "F9"),
        (Key.Key_Backspace, Mod.NoModifier, ""),
    ],
)
def test_keys_that_are_pressed_are_kept_with_save(
    rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier, keys: str
) -> None:
    rig.page.keys.setFocus()
    press(key, modifiers)
    assert rig.page.keys.keys == keys
    click(rig.dialog.primary)
    assert rig.accounts.settings.hotkey == keys


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_P, Mod.NoModifier), (Key.Key_C, Mod.ControlModifier)])
def test_keys_that_text_needs_are_refused_in_words(rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    rig.page.keys.setFocus()
    before = rig.page.keys.keys
    press(key, modifiers)
    assert rig.page.keys.keys == before
    assert rig.page.hotkey_words.text()
    assert rig.page.changes() == {}


def test_while_keys_are_pressed_the_old_ones_rest(rig: Rig) -> None:
    told: list[bool] = []
    rig.page.capturing.connect(told.append)
    rig.page.keys.setFocus()
    rig.page.at_login.setEnabled(True)
    rig.page.at_login.setFocus()
    assert told == [True, False]

"""Settings, "Desktop": links, hotkey, start, tray and clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind
from c2c_desktop.desktop.integration import Integration
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.forms import help_label
from c2c_desktop.ui.hotkey_field import HotkeyField
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox
from c2c_desktop.ui.settings_page import SettingsPage, plain_button, side_by_side
from c2c_desktop.ui.switches import Switches

if TYPE_CHECKING:
    from c2c_desktop.desktop.hotkeys.hotkey import Hotkey

_START = {"start_minimised": "Always start without showing the window"}
_TRAY = {
    "show_tray": "Show an icon in the tray",
    "tray_opens_quick_dial": "A click on the icon opens quick dial",
    "close_to_tray": "Closing keeps the program in the tray",
}
_CLIPBOARD = {"offer_clipboard": "Offer a number that was copied"}
_SANDBOX = "The sandbox leaves your desktop as it is."


class DesktopPage(SettingsPage):
    """Edits a copy of what it shows; links are given and taken at once: the system has the last word. Main thread."""

    capturing = Signal(bool)
    """Whether keys for the hotkey are being pressed: the old ones must not act meanwhile."""

    def __init__(
        self, accounts: Accounts, icons: Icons, integration: Integration | None, hotkey: Hotkey | None
    ) -> None:
        """`integration` is None in the sandbox, which changes nothing outside; `hotkey` where there is none."""
        super().__init__("Desktop")
        self._integration = integration
        self._hotkey = hotkey
        self._was_asked = False
        self._shown_keys = accounts.settings.hotkey
        self._switches = Switches(self, accounts, icons)
        self._add_links()
        self._add_hotkey()
        self.fields.add_heading("Start")
        self.at_login = CheckBox("Start when you log in")
        self.at_login.setEnabled(False)
        self.fields.add("", self.at_login)
        self._shown_at_login = False
        self._switches.add(_START)
        self.fields.add_heading("Tray")
        self._switches.add(_TRAY)
        self.fields.add_heading("Clipboard")
        self._switches.add(_CLIPBOARD)
        self.fields.add("", help_label("In the window and the tray’s menu. It never dials by itself."))
        if integration is not None:
            integration.links_changed.connect(self._show_links)
            integration.autostart_changed.connect(self._show_login)
            integration.look()
            self._show_links()

    @property
    def switches(self) -> dict[str, CheckBox]:
        """The boxes by the field they are for."""
        return self._switches.boxes

    def changes(self) -> dict[str, object]:
        """Return what was changed."""
        changed = self._switches.changes()
        if self.keys.keys != self._shown_keys:
            changed["hotkey"] = self.keys.keys
        return changed

    def saved(self) -> None:
        """What is no setting but the desktop's own is changed with them."""
        if self._integration is not None and self.at_login.isChecked() != self._shown_at_login:
            self._integration.start_at_login(on=self.at_login.isChecked())

    def _add_links(self) -> None:
        self.fields.add_heading("Links")
        self.links = QLabel(_SANDBOX if self._integration is None else "Looking who opens links…")
        self.links.setWordWrap(True)
        self.fields.add("", self.links)
        self.take = plain_button("Open phone links with C2C Desktop", lambda: self._open_links(on=True))
        self.give_back = plain_button("Give links back", lambda: self._open_links(on=False))
        for button in (self.take, self.give_back):
            button.hide()
        self.fields.add("", side_by_side(self.take, self.give_back))
        self.by_hand = help_label("")
        self.by_hand.hide()
        self.fields.add("", self.by_hand)

    def _add_hotkey(self) -> None:
        self.fields.add_heading("Hotkey")
        self.keys = HotkeyField(self._shown_keys)
        self.hotkey_words = help_label("")
        self.keys.refused.connect(self._show_refused)
        self.keys.capturing.connect(self.capturing)
        self.fields.add_field(
            "Keys",
            self.keys,
            "Opens quick dial from every program, with the numbers you selected there. Backspace for none.",
        )
        self.fields.add("", self.hotkey_words)
        if self._hotkey is not None:
            self._hotkey.state_changed.connect(self._show_hotkey)
            self._show_hotkey()

    def _show_hotkey(self, _: object = None) -> None:
        if self._hotkey is not None and not self.keys.hasFocus():
            state = self._hotkey.state
            self._tell_hotkey(state.words, wrong=state.kind in {HotkeyKind.CONFLICT, HotkeyKind.UNAVAILABLE})

    def _show_refused(self, words: str) -> None:
        self._tell_hotkey(words, wrong=bool(words))

    def _tell_hotkey(self, words: str, *, wrong: bool) -> None:
        self.hotkey_words.setText(words)
        self.hotkey_words.setProperty("role", "warn" if wrong else "muted")
        repolish(self.hotkey_words)

    def _open_links(self, *, on: bool) -> None:
        if self._integration is not None:
            for button in (self.take, self.give_back):
                button.setEnabled(False)
            self._was_asked = on
            self._integration.open_links(on=on)

    def _show_links(self) -> None:
        integration = self._integration
        if integration is None:
            return
        if integration.why_no_links or integration.schemes:
            self.links.setText(f"{integration.words.rstrip('.')}.")
        if integration.why_no_links or not integration.schemes:
            return
        ours = integration.opens_links
        self._show_button(self.take, not ours)
        self.by_hand.setText(integration.by_hand)
        self.by_hand.setVisible(self._was_asked and not ours)  # the system leaves it to the person
        self._show_button(self.give_back, any(scheme.ours for scheme in integration.schemes))

    def _show_button(self, button: QPushButton, shown: bool) -> None:
        button.setEnabled(True)
        button.setVisible(shown)

    def _show_login(self) -> None:
        if self._integration is not None and self._integration.starts_at_login is not None:
            self._shown_at_login = self._integration.starts_at_login
            self.at_login.setEnabled(True)
            self.at_login.setChecked(self._shown_at_login)

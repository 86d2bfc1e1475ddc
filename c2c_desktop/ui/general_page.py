"""Settings, "General": the account, notifications and the window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.extensions import checked_extensions
from c2c_desktop.domain.rule_keys import MASK_NUMBERS
from c2c_desktop.domain.settings import NotificationKind, ThemeChoice
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox
from c2c_desktop.ui.region_box import RegionBox
from c2c_desktop.ui.settings_page import SettingsPage, WrongFieldError, plain_button, side_by_side
from c2c_desktop.ui.sign_in_dialog import ROUTE_CHOICES
from c2c_desktop.ui.switches import Switches

_KIND_WORDS = {
    NotificationKind.AGENT_RINGING: "Your phone is ringing",
    NotificationKind.CONNECTED: "Connected",
    NotificationKind.ENDED: "Call ended",
    NotificationKind.REFUSED: "Refused by the service",
    NotificationKind.NOT_SENT: "Not sent",
    NotificationKind.UNCERTAIN: "Uncertain",
}
_THEME_WORDS = {
    ThemeChoice.SYSTEM: "As the desktop",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
}
_PAUSED = {"notifications_paused": "Pause notifications"}
_PRIVACY = {MASK_NUMBERS: "Hide numbers on the screen (privacy mode)"}


class GeneralPage(SettingsPage):
    """Edits a copy of what it shows."""

    sign_in_asked = Signal()
    forget_asked = Signal(str)
    """The user ID of the account to forget."""

    def __init__(self, accounts: Accounts, icons: Icons) -> None:
        super().__init__("General")
        self._accounts = accounts
        self._shown_user = ""
        self._belonging_to = ""
        self._shown_account: tuple[object, ...] = ()
        self._switches = Switches(self, accounts, icons)
        self._add_account()
        self._add_notifications()
        self._add_window()

    def changes(self) -> dict[str, object]:
        """Return what was changed: accounts, the active one, notifications, look and switches."""
        settings = self._accounts.settings
        changed: dict[str, object] = {}
        accounts = tuple(self._edited(account) for account in settings.accounts)
        if accounts != settings.accounts:
            changed["accounts"] = accounts
        if self.account.currentData() != self._shown_user:
            changed["active_user_id"] = self.account.currentData() or ""
        muted = self._muted()
        if muted != self._shown_muted:
            changed["muted"] = muted
        if self.theme.currentData() is not self._shown_theme:
            changed["theme"] = self.theme.currentData()
        return changed | self._switches.changes()

    @property
    def switches(self) -> dict[str, CheckBox]:
        """The boxes by the field they are for."""
        return self._switches.boxes

    def show_accounts(self) -> None:
        """Show the accounts as they are now; what was typed for the one that is chosen stays where it still is."""
        known = {account.user_id: account for account in self._accounts.settings.accounts}
        active = self._accounts.active
        chosen = self.account.currentData()
        if active is not None and active.user_id != self._shown_user:
            chosen = active.user_id
        self._shown_user = active.user_id if active is not None else ""
        self.account.blockSignals(True)
        self.account.clear()
        for account in known.values():
            self.account.addItem(account.masked_user_id, account.user_id)
        self.account.setCurrentIndex(self.account.findData(chosen if chosen in known else self._shown_user))
        self.account.blockSignals(False)
        if self.account.currentData() != self._belonging_to:
            self._show_account()
        self.forget.setEnabled(bool(known))

    def _add_account(self) -> None:
        self.fields.add_heading("Account")
        self.account = ChoiceBox()
        self.fields.add_field("Signed in as", self.account)
        self.forget = plain_button("Forget this account", self._forget)
        self.forget.setProperty("kind", "danger")
        self.forget.setToolTip("Deletes the account here and its secret from the keyring")
        self.fields.add("", side_by_side(plain_button("Sign in…", self.sign_in_asked.emit), self.forget))
        self.region = RegionBox("IN")
        self.route = ChoiceBox()
        for route, words in ROUTE_CHOICES:
            self.route.addItem(words, route)
        self.extensions = QLineEdit()
        self.extensions.setPlaceholderText("1xx, 2001")
        self.fields.add_field("Your country", self.region, "For numbers without a country code.")
        self.fields.add_field("Ring first", self.route)
        self.fields.add_field(
            "Extensions", self.extensions, "Short numbers of your own telephone system; x is any digit."
        )
        self.show_accounts()
        self.account.currentIndexChanged.connect(self._show_account)

    def _show_account(self) -> None:
        """Country, route and extensions belong to the account that is chosen."""
        self._belonging_to = user_id = self.account.currentData() or ""
        account = next((a for a in self._accounts.settings.accounts if a.user_id == user_id), None)
        if account is not None:
            self.region.choose(account.region)
            self.route.setCurrentIndex(self.route.findData(account.route))
            self.extensions.setText(account.internal_extensions)
        self._shown_account = self._entered()

    def _entered(self) -> tuple[object, ...]:
        return self.region.region(), self.route.currentData(), self.extensions.text().strip()

    def _edited(self, account: Account) -> Account:
        """Return `account` with what was entered for it; what was not touched stays as it is by now."""
        if account.user_id != self._belonging_to:
            return account
        region, route, extensions = (
            (now if now != before else None) for now, before in zip(self._entered(), self._shown_account, strict=True)
        )
        if extensions is not None:
            try:
                extensions = checked_extensions(str(extensions))
            except UserFacingError as error:
                raise WrongFieldError(self.extensions, f"{error.title}. {error.message}") from error
        fields = {"region": region, "route": route, "internal_extensions": extensions}
        return replace(account, **{name: value for name, value in fields.items() if value is not None})  # type: ignore[arg-type]

    def _forget(self) -> None:
        self.forget.setEnabled(False)
        self.forget_asked.emit(str(self.account.currentData()))

    def _add_notifications(self) -> None:
        self.fields.add_heading("Notify me when")
        self.kinds: dict[NotificationKind, CheckBox] = {}
        for kind, words in _KIND_WORDS.items():
            self.kinds[kind] = box = CheckBox(words)
            box.setChecked(kind not in self._accounts.settings.muted)
            self.fields.add("", box)
        self._shown_muted = self._muted()
        self._switches.add(_PAUSED)

    def _muted(self) -> frozenset[NotificationKind]:
        return frozenset(kind for kind, box in self.kinds.items() if not box.isChecked())

    def _add_window(self) -> None:
        settings = self._accounts.settings
        self.fields.add_heading("Window")
        self.theme = ChoiceBox()
        for choice, words in _THEME_WORDS.items():
            self.theme.addItem(words, choice)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self._shown_theme = settings.theme
        self.fields.add_field("Colours", self.theme)
        self._switches.add(_PRIVACY)

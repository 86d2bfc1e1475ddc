"""Keeps the tray's icon, tooltip and menu up to date with calls, contacts, the account and the program's health."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.desktop.tray_icon.tray_entries import Health, TrayChoices
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.announcer import announce
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers

LONGEST_TOOLTIP_LINE = 56
"""Characters: with the program's name, two of them are within the 127 that Windows shows."""


class TrayContents(QObject):
    """Feeds one tray. Main thread."""

    def __init__(
        self, tray: Tray, accounts: Accounts, directory: Directory, journal: Journal, numbers: ShownNumbers
    ) -> None:
        super().__init__(tray)
        self._numbers = numbers
        self._told: tuple[Call, bool] | None = None
        self._health = Health()
        self._tray = tray
        self._accounts = accounts
        self._directory = directory
        self._journal = journal
        self._favourites: Sequence[Contact] = ()
        directory.listen(self.refresh_favourites)
        numbers.listen(self.refresh)

    def refresh(self) -> None:
        """Offer what can be called now, and show how things stand after a change of settings."""
        settings = self._accounts.settings
        self._tray.show_choices(
            TrayChoices(
                self._favourites,
                self._journal.recent(),
                self._accounts.active,
                settings.notifications_paused,
                settings.offer_clipboard,
                settings.tray_opens_quick_dial,
                self._health,
            )
        )
        self._show_state()

    def refresh_favourites(self) -> None:
        """Read the favourites anew."""
        self._directory.favourites(self._take_favourites)

    def tell(self, call: Call, *, has_feed: bool) -> None:
        """Show how the newest call stands: ready, calling, trouble."""
        self._told = call, has_feed
        self._show_state()

    def show_health(self, words: str, mend_label: str, mend_name: str, *, offline: bool = False) -> None:
        """Show what is wrong, as the icon unless a call goes on, and as a line of the menu; `words` "": all is well.

        `mend_label`: what the line offers, like "Fix sign-in"; "" where nobody can mend it here. `mend_name`: what
        `Tray.mend_asked` then tells. `offline`: it is the network that is missing.
        """
        health = Health(words, mend_label, mend_name, offline) if words else Health()
        if health != self._health:
            self._health = health
            self.refresh()

    def _show_state(self) -> None:
        state, words = self._state()
        self._tray.show_state(state, f"{clean_text(words, LONGEST_TOOLTIP_LINE)}\n{self._whose()}")

    def _state(self) -> tuple[str, str]:
        """Return the icon and the words of what matters most now: a call that goes on, trouble, a pause."""
        health, paused = self._health, self._accounts.settings.notifications_paused
        quiet = "tray-paused" if paused else "tray-ready"
        if self._told is None:
            told = None
        else:
            call, has_feed = self._told
            told = announce(self._numbers.call(call), has_feed=has_feed)
            if not told.is_over:
                return "tray-calling", told.title
        if health.words:
            return "tray-offline" if health.offline else "tray-trouble", self._numbers.text(health.words)
        if told is None:
            return quiet, "notifications are paused" if paused else "ready"
        trouble = told.kind is not None and told.kind.is_trouble
        return "tray-trouble" if trouble else quiet, told.title

    def _whose(self) -> str:
        account = self._accounts.active
        if account is None:
            return "not signed in"
        return clean_text(f"{account.masked_user_id} · {account.route.own_phone} rings", LONGEST_TOOLTIP_LINE)

    def _take_favourites(self, contacts: list[Contact]) -> None:
        self._favourites = contacts
        self.refresh()

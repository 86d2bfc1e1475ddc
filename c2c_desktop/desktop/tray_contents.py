"""Keeps the tray's icon and menu up to date with calls, contacts and the account."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from c2c_desktop.desktop.tray import Tray
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.announcer import announce
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers


class TrayContents(QObject):
    """Feeds one tray. Main thread."""

    def __init__(
        self, tray: Tray, accounts: Accounts, directory: Directory, journal: Journal, numbers: ShownNumbers
    ) -> None:
        super().__init__(tray)
        self._numbers = numbers
        self._told: tuple[Call, bool] | None = None
        self._tray = tray
        self._accounts = accounts
        self._directory = directory
        self._journal = journal
        self._favourites: Sequence[Contact] = ()
        directory.listen(self.refresh_favourites)
        numbers.listen(self._show_anew)

    def refresh(self) -> None:
        """Offer what can be called now."""
        account = self._accounts.active or Account("")
        self._tray.show_choices(self._favourites, self._journal.recent(), account.route, account.region)

    def refresh_favourites(self) -> None:
        """Read the favourites anew."""
        self._directory.favourites(self._take_favourites)

    def tell(self, call: Call, *, has_feed: bool) -> None:
        """Show how the newest call stands: ready, calling, trouble."""
        self._told = call, has_feed
        words = announce(self._numbers.call(call), has_feed=has_feed)
        trouble = words.kind is not None and words.kind.is_trouble
        icon = "tray-trouble" if trouble else "tray-ready" if words.is_over else "tray-calling"
        self._tray.show_state(icon, words.title)

    def _show_anew(self) -> None:
        self.refresh()
        if self._told is not None:
            self.tell(self._told[0], has_feed=self._told[1])

    def _take_favourites(self, contacts: list[Contact]) -> None:
        self._favourites = contacts
        self.refresh()

"""What is shown of calls and of how things stand: in the window, the tray and notifications."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from c2c_desktop.desktop.notifier import Notifier
from c2c_desktop.desktop.presence import Presence
from c2c_desktop.desktop.tray_icon.tray_contents import TrayContents
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.health import Trouble
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.announcer import Tone
from c2c_desktop.services.health import Health
from c2c_desktop.services.health_items import account_health
from c2c_desktop.ui.call_desk import CallDesk
from c2c_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from c2c_desktop.ui.reminder_card import ReminderCard


class Display(QObject):
    """Tells the same of a call everywhere. Main thread."""

    def __init__(
        self,
        window: MainWindow,
        accounts: Accounts,
        desk: CallDesk,
        tray_contents: TrayContents,
        notifier: Notifier,
        presence: Presence,
        health: Health,
        new_reminder: Callable[[], ReminderCard],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._accounts = accounts
        self._desk = desk
        self._tray_contents = tray_contents
        self._notifier = notifier
        self._presence = presence
        self._health = health
        self._new_reminder = new_reminder
        health.listen(self._show_trouble)
        self._reminder: ReminderCard | None = None

    def show_call(self, call: Call) -> None:
        """Tell of a call that is new or has changed; the banner keeps to the newest one."""
        banner, has_feed = self._window.banner, self._desk.follows_calls
        if call.state is CallState.DRAFT and not self._presence.is_seen:
            self._presence.bring_up()  # else nobody could cancel it
        newest = banner.call
        begins = call.state in {CallState.DRAFT, CallState.PLACING}
        if newest is None or begins or call.id == newest.id or call.started_at >= newest.started_at:
            banner.show_call(call, has_feed=has_feed)
            self._tray_contents.tell(call, has_feed=has_feed)
            self._remind(call)
        if call.next_step is NextStep.FIX_SIGN_IN or call.state is CallState.INITIATED:
            self.show_health(refused=call.next_step is NextStep.FIX_SIGN_IN)
        self._notifier.tell(call, has_feed=has_feed)
        if not call.is_placing:
            self._tray_contents.refresh()

    def _remind(self, call: Call) -> None:
        if self._reminder is None and call.post_dial:
            self._reminder = self._new_reminder()
            self._window.add_to_foot(self._reminder)
        if self._reminder is not None:
            self._reminder.show_call(call)

    def show_refusal(self, error: UserFacingError) -> None:
        """Say why nothing was called, where the number stands and where it is seen."""
        self._window.pad.say(error.title, Tone.BAD)
        self.say(f"{error.title}. {error.message}".strip())

    def say(self, words: str) -> None:
        """Say one sentence over the window's foot."""
        self._window.toast.say(words)

    def tell_in_window(self, words: str) -> None:
        """Nobody outside could show it: the banner has said it to whoever looks, the rest are told when they do."""
        if not self._presence.is_seen:
            self.say(words)
            QApplication.alert(self._window)

    def _show_trouble(self) -> None:
        words, item = self._health.summary()
        if item is None:
            self._tray_contents.show_health("", "", "")
        else:
            offline = item.trouble is Trouble.OFFLINE
            self._tray_contents.show_health(words, item.mend, item.name.value, offline=offline)

    def show_health(self, *, refused: bool = False) -> None:
        """Say how calls stand. `refused`: the service did not take the sign-in, or it could not be read."""
        account = self._accounts.active
        self._health.report(account_health(account.masked_user_id if account else "", refused=refused))

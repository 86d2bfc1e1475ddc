"""Tells of calls outside the window: the session bus, else the tray, else the window itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from c2c_desktop.desktop.tray_icon.tray import Tray
from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.settings import NotificationKind
from c2c_desktop.services.announcer import ACTION_LABELS, Announcement, announce
from c2c_desktop.services.shown_numbers import ShownNumbers

if TYPE_CHECKING:
    from c2c_desktop.desktop.bus.bus_notifications import BusNotifications

_CALLING = frozenset({NextStep.RETRY, NextStep.CALL_AGAIN, NextStep.USE_SOFTPHONE})
_SAFE = _CALLING | {NextStep.COPY_REQUEST_ID, NextStep.FIX_SIGN_IN, NextStep.ADD_NOTE}
_TROUBLE = frozenset({NotificationKind.REFUSED, NotificationKind.NOT_SENT, NotificationKind.UNCERTAIN})
_SAID = "said"
"""The key of what is about no call; calls have IDs."""

MOST_BUTTONS = 3
"""Desktops show no more of them."""

MESSAGE_MS = 8000


class Notifier(QObject):
    """One notification per call; a new call to the same number takes the earlier one's away. Main thread."""

    acted = Signal(object, str)
    """A `NextStep` and the call's id."""
    body_clicked = Signal()
    untold = Signal(str)
    """Words that neither the session bus nor a tray could show."""

    def __init__(
        self,
        tray: Tray,
        muted: Callable[[], frozenset[NotificationKind]],
        parent: QObject | None = None,
        numbers: ShownNumbers | None = None,
        paused: Callable[[], bool] = lambda: False,
    ) -> None:
        """`muted`: the moments nobody wants to be told of. `paused`: whether nothing at all is to be shown outside."""
        super().__init__(parent)
        self._numbers = numbers or ShownNumbers()
        self._told: tuple[Call, bool] | None = None
        self._tray = tray
        self._muted = muted
        self._paused = paused
        self._newest: dict[str, str] = {}
        """For each number the ID of the call to it that began last."""
        self._begun: set[str] = set()
        self._bus: BusNotifications | None = None
        self._is_open = False
        # A click on a message only shows the window: under XEmbed any click on the icon can count as one.
        tray.message_clicked.connect(self.body_clicked)
        self._numbers.listen(self._show_anew)

    def open(self) -> None:
        """Load the way over the session bus, ahead of the first call: the first paint does not wait for it."""
        if self._is_open:
            return
        self._is_open = True
        if sys.platform.startswith("linux"):
            from c2c_desktop.desktop.bus.bus_notifications import BusNotifications  # noqa: PLC0415

            self._bus = BusNotifications(self)
            self._bus.acted.connect(self._act)
            self._bus.failed.connect(lambda _key, title, body: self._show_otherwise(title, body))

    @property
    def activation_token(self) -> str:
        """What the desktop gave with the last press, to raise the window with; "" where it gave none.

        Good for once: read again it is "" too.
        """
        return self._bus.take_activation_token() if self._bus is not None else ""

    def tell(self, call: Call, *, has_feed: bool) -> None:
        """Show what this moment of the call calls for; a muted one only brings a notification up to date.

        While notifications are paused, one that is shown is still brought up to date, and goes with the call's end;
        trouble is `untold`, which leaves it to the window.
        """
        self.open()
        self._told = call, has_feed
        self._supersede(call)
        words = announce(self._numbers.call(call), has_feed=has_feed)
        actions = self._actions(call, words)
        is_paused, is_muted = self._paused(), words.kind is None or words.kind in self._muted()
        if is_paused and not is_muted and words.kind in _TROUBLE:
            self.untold.emit(f"{words.title}. {words.detail}")
        if is_paused and words.is_over:
            self._withdraw(call.id)
            return
        if is_paused or is_muted:
            if self._bus is not None:
                self._bus.update(call.id, words.title, words.detail, actions)
            return
        if self._bus is None or not self._bus.notify(call.id, words.title, words.detail, actions):
            self._show_otherwise(words.title, words.detail)

    def say(self, words: str) -> None:
        """Show one sentence that is about no call; the next one takes its place."""
        self.open()
        title, _, body = self._numbers.text(words).partition(". ")
        if self._paused() or self._bus is None or not self._bus.notify(_SAID, title, body, []):
            self._show_otherwise(title, body)

    def close(self) -> None:
        """Leave the bus."""
        if self._bus is not None:
            self._bus.close()

    def _show_anew(self) -> None:
        self._withdraw(_SAID)  # it may hold a number
        if self._bus is not None and self._told is not None:
            call, has_feed = self._told
            words = announce(self._numbers.call(call), has_feed=has_feed)
            self._bus.update(call.id, words.title, words.detail, self._actions(call, words))

    def _supersede(self, call: Call) -> None:
        """A call that begins takes away what the one before it to the same number left: its buttons would call too."""
        if call.id in self._begun or call.state in {CallState.DRAFT, CallState.CANCELLED}:
            return
        self._begun.add(call.id)
        self._withdraw(self._newest.get(call.e164, ""))
        self._newest[call.e164] = call.id

    def _withdraw(self, call_id: str) -> None:
        if self._bus is not None:
            self._bus.withdraw(call_id)

    def _actions(self, call: Call, words: Announcement) -> list[tuple[str, str]]:
        steps = _SAFE if self._newest.get(call.e164, call.id) == call.id else _SAFE - _CALLING
        return [(step.value, ACTION_LABELS[step]) for step in words.actions if step in steps][:MOST_BUTTONS]

    def _show_otherwise(self, title: str, body: str) -> None:
        icon = self._tray.icon
        # A StatusNotifier icon tells no place, and Qt hands its messages to the daemon that just did not take ours.
        takes_messages = icon is not None and (self._bus is None or icon.geometry().isValid())
        if icon is not None and takes_messages and not self._paused():
            icon.showMessage(title, body, QSystemTrayIcon.MessageIcon.NoIcon, MESSAGE_MS)
        else:
            self.untold.emit(f"{title}. {body}".strip())

    def _act(self, key: str, action: str) -> None:
        if action == "default":
            self.body_clicked.emit()
            return
        self.acted.emit(NextStep(action), key)

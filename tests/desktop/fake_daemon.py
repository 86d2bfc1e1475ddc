"""A notification daemon that a test tells how to misbehave."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from jeepney import Message

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer, BusService

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"


@dataclass(frozen=True)
class Notice:
    """One `Notify` as it arrived."""

    id: int
    replaces: int
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, tuple[str, object]]
    call: Message


class FakeDaemon(BusService):
    """Answers as the specification says, unless told otherwise."""

    name = NAME

    def __init__(
        self,
        on: Bus,
        *,
        first_id: int = 1,
        capabilities: Answer | None = ("as", (["actions", "body", "body-markup"],)),
        answers: bool = True,
        odd_id: Answer | None = None,
        refuses: bool = False,
    ) -> None:
        super().__init__(on)
        self.notices: list[Notice] = []
        """What was to be shown, each once it was answered: a button that is pressed sooner has no notification yet."""
        self._unanswered: Notice | None = None
        self.closed: list[int] = []
        """The ids that `CloseNotification` named, in order."""
        self.answers = answers
        self.refuses = refuses
        self._odd_id = odd_id
        self._capabilities = capabilities
        self._ids = count(first_id)

    def answer(self, call: Message, member: str) -> Answer | None:
        if member == "GetCapabilities":
            if self._capabilities is None:
                raise LookupError(member)
            return self._capabilities
        if member == "CloseNotification":
            self.closed.append(call.body[0])
            self.close_notice(call.body[0], 3)
            return "", ()
        _, replaces, _, title, body, actions, hints, _ = call.body
        number = replaces or next(self._ids)
        notice = Notice(number, replaces, title, body, tuple(actions), hints, call)
        if self.refuses:
            self.notices.append(notice)
            raise LookupError("too many notifications")
        if not self.answers:
            self.notices.append(notice)
            return None
        self._unanswered = notice
        return self._odd_id or ("u", (number,))

    def reply(self, call: Message, signature: str, values: tuple[Any, ...]) -> None:
        super().reply(call, signature, values)
        if self._unanswered is not None and self._unanswered.call is call:
            self.notices.append(self._unanswered)

    def press(self, number: int, action: str) -> None:
        self.emit(PATH, NAME, "ActionInvoked", "us", (number, action))

    def give_token(self, number: int, token: str) -> None:
        """What a daemon under Wayland sends ahead of a press."""
        self.emit(PATH, NAME, "ActivationToken", "us", (number, token))

    def close_notice(self, number: int, reason: int = 2) -> None:
        self.emit(PATH, NAME, "NotificationClosed", "uu", (number, reason))

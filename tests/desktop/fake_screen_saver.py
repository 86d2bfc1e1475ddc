"""A screen saver that a test locks."""

from __future__ import annotations

from typing import Any

from jeepney import HeaderFields, Message

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer, BusService


class FakeScreenSaver(BusService):
    """Answers as `name` does, unless told otherwise."""

    def __init__(self, on: Bus, name: str, *, locked: bool = False, answers: bool = True) -> None:
        self.name = name
        super().__init__(on)
        self.locked = locked
        self.answers = answers
        self.odd: Answer | None = None
        self.asked = 0

    @property
    def path(self) -> str:
        return f"/{self.name.replace('.', '/')}"

    def answer(self, call: Message, member: str) -> Answer | None:
        fields = call.header.fields
        asked_for = (fields[HeaderFields.path], fields[HeaderFields.interface], member)
        assert asked_for == (self.path, self.name, "GetActive")
        if not self.answers:
            self.asked += 1
            return None
        return self.odd or ("b", (self.locked,))

    def reply(self, call: Message, signature: str, values: tuple[Any, ...]) -> None:
        super().reply(call, signature, values)
        self.asked += 1  # only now: a test that locks at once shall not come before the answer

    def lock(self, *, on: bool = True) -> None:
        self.locked = on
        self.emit(self.path, self.name, "ActiveChanged", "b", (on,))

"""NetworkManager and logind, as far as the program listens to them, on a bus of the test's own.

What they say is typed as the real ones declare it: `PYTHONPATH=packaging python -m tests.desktop.fake_system FILE…`
compares this with introspection data, as of `/usr/share/dbus-1/interfaces/org.freedesktop.NetworkManager.xml` (Debian's
network-manager-dev) and of `/lib/systemd/systemd-logind --bus-introspect=/org/freedesktop/login1`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from jeepney import HeaderFields, Message

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer, BusService

NM, LOGIN = "org.freedesktop.NetworkManager", "org.freedesktop.login1"
MANAGER = f"{LOGIN}.Manager"
PROPERTIES = "org.freedesktop.DBus.Properties"
DECLARED = f"""
<node>
  <interface name="{NM}">
    <property name="State" type="u" access="read"/>
    <signal name="StateChanged"><arg type="u"/></signal>
  </interface>
  <interface name="{MANAGER}">
    <signal name="PrepareForSleep"><arg type="b"/></signal>
  </interface>
</node>
"""


def types(xml: str) -> dict[tuple[str, str], str]:
    """The types of each property and signal by its interface and name."""
    found: dict[tuple[str, str], str] = {}
    for interface in ET.fromstring(xml).iter("interface"):
        for member in interface:
            key = interface.get("name", ""), member.get("name", "")
            if member.tag == "property":
                found[key] = member.get("type", "")
            elif member.tag == "signal":
                found[key] = "".join(argument.get("type", "") for argument in member.iter("arg"))
    return found


TYPES = types(DECLARED)


class FakeNetworkManager(BusService):
    """Knows its state; `odd` answers in its place."""

    name = NM
    path = "/org/freedesktop/NetworkManager"

    def __init__(self, on: Bus, state: int = 70, *, answers: bool = True) -> None:
        super().__init__(on)
        self.state = state
        self.answers = answers
        self.odd: Answer | None = None
        self.asked = 0

    def answer(self, call: Message, member: str) -> Answer | None:
        fields = call.header.fields
        question = fields[HeaderFields.path], fields[HeaderFields.interface], member, call.body
        assert question == (self.path, PROPERTIES, "Get", (NM, "State"))
        if not self.answers:
            self.asked += 1
            return None
        return self.odd or ("v", ((TYPES[NM, "State"], self.state),))

    def reply(self, call: Message, signature: str, values: tuple[Any, ...]) -> None:
        """Count what was answered: what is told after that is heard after it."""
        super().reply(call, signature, values)
        self.asked += 1

    def become(self, state: int) -> None:
        """Change its state and tell."""
        self.state = state
        self.emit(self.path, NM, "StateChanged", TYPES[NM, "StateChanged"], (state,))


class FakeLogind(BusService):
    """Sends the computer to sleep."""

    name = LOGIN
    path = "/org/freedesktop/login1"

    def prepare(self, *, start: bool) -> None:
        """Tell that sleep begins, or that it is over."""
        self.emit(self.path, MANAGER, "PrepareForSleep", TYPES[MANAGER, "PrepareForSleep"], (start,))


def main(files: list[str]) -> int:
    """Compare with the real declarations in `files`."""
    real: dict[tuple[str, str], str] = {}
    for file in files:
        real |= types(Path(file).read_text(encoding="utf-8"))
    differing = {key: (ours, real.get(key)) for key, ours in TYPES.items() if real.get(key) != ours}
    print(differing or "as declared")
    return bool(differing)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

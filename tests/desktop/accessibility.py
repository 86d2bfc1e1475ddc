"""What assistive technology sees: the tree of a program on the accessibility bus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.bus_rig import Bus
from tests.desktop.rig import AT_SPI_LAUNCHER, PATIENCE, Environment, need, running, until

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_FOCUSABLE, _SHOWING = 11, 25
"""Numbers of states in AT-SPI's enumeration."""
_LABELLED_BY = 2
"""The number of that relation."""
_LIMIT = 5000
Reference = tuple[str, str]


@dataclass(frozen=True)
class Seen:
    """One thing in the tree. `label`: what labels it beside its own name; `path`: what it stands in."""

    role: str
    name: str
    label: str
    focusable: bool
    showing: bool
    path: tuple[str, ...]


class Tree:
    """Walks programs on the accessibility bus."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def program(self) -> Reference:
        """The one program there, once it has a window."""
        return until(lambda: self._children(_REGISTRY), "a program on the accessibility bus")[0]

    def window(self, title: str) -> list[Seen]:
        """Everything in a window of that title that is on the screen, the window included."""
        found = until(lambda: self._find(title), f"the window “{title}” in the tree")
        return list(self._walk(found[0], ()))

    def _find(self, title: str) -> list[Reference]:
        windows = self._children(self.program())
        return [child for child in windows if self._name(child) == title and self._states(child)[1]]

    def _walk(self, start: Reference, path: tuple[str, ...]) -> Iterator[Seen]:
        waiting = [(start, path)]
        for _ in range(_LIMIT):
            if not waiting:
                return
            reference, path = waiting.pop()
            role = str(self._ask(reference, "GetRoleName")[0])
            name = self._name(reference)
            focusable, showing = self._states(reference)
            yield Seen(role, name, self._label(reference), focusable, showing, path)
            waiting += [(child, (*path, f"{role} {name}".strip())) for child in self._children(reference)]
        raise AssertionError(f"more than {_LIMIT} things in the tree")

    def _label(self, reference: Reference) -> str:
        """Qt names a choice box by what is chosen; what it chooses only its label says."""
        relations = self._ask(reference, "GetRelationSet")[0]
        labels = [(str(n), str(p)) for kind, targets in relations if kind == _LABELLED_BY for n, p in targets]
        return " ".join(self._name(label) for label in labels)

    def _children(self, reference: Reference) -> list[Reference]:
        return [(str(name), str(path)) for name, path in self._ask(reference, "GetChildren")[0]]

    def _name(self, reference: Reference) -> str:
        address = DBusAddress(reference[1], reference[0], _ACCESSIBLE)
        reply = self._connection.send_and_get_reply(Properties(address).get("Name"), timeout=PATIENCE)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return str(reply.body[0][1])

    def _states(self, reference: Reference) -> tuple[bool, bool]:
        low = self._ask(reference, "GetState")[0][0]
        return bool(low >> _FOCUSABLE & 1), bool(low >> _SHOWING & 1)

    def _ask(self, reference: Reference, member: str) -> tuple[Any, ...]:
        call = new_method_call(DBusAddress(reference[1], reference[0], _ACCESSIBLE), member)
        reply = self._connection.send_and_get_reply(call, timeout=PATIENCE)
        assert reply.header.message_type is MessageType.method_return, (member, reply.body)
        return tuple(reply.body)


@contextmanager
def accessibility(environment: Environment, bus: Bus) -> Iterator[Tree]:
    """Run the accessibility bus beside the private session bus, and connect to it."""
    need(AT_SPI_LAUNCHER)
    with running([AT_SPI_LAUNCHER, "--launch-immediately"], environment):
        until(lambda: bus.owner("org.a11y.Bus"), "the accessibility bus")
        with bus.connect() as session:
            ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            address = str(session.send_and_get_reply(ask, timeout=PATIENCE).body[0])
        with open_dbus_connection(address) as connection:
            yield Tree(connection)

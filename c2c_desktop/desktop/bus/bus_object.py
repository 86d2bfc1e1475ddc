"""One object on a message bus: what it answers to calls, the standard interfaces included.

Any program of this user can call it with anything: whatever comes gets an answer or an error, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import HeaderFields, Message, MessageFlag, MessageType, new_error, new_method_return

from c2c_desktop.desktop.bus.session_bus import signature_of
from c2c_desktop.domain.plain_text import clean_text

ERROR = "org.freedesktop.DBus.Error."
NAME_LIMIT = 80
"""Characters of a caller's words that are said back."""

_INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
_PEER = "org.freedesktop.DBus.Peer"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_MACHINE_ID = ("/etc/machine-id", "/var/lib/dbus/machine-id")
_HEAD = """\
<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
"""
_STANDARD = """\
  <interface name="org.freedesktop.DBus.Introspectable">
    <method name="Introspect"><arg name="xml" type="s" direction="out"/></method>
  </interface>
  <interface name="org.freedesktop.DBus.Peer">
    <method name="Ping"/>
    <method name="GetMachineId"><arg name="machine_uuid" type="s" direction="out"/></method>
  </interface>
  <interface name="org.freedesktop.DBus.Properties">
    <method name="Get">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="out"/>
    </method>
    <method name="GetAll">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="properties" type="a{sv}" direction="out"/>
    </method>
    <method name="Set">
      <arg name="interface_name" type="s" direction="in"/>
      <arg name="property_name" type="s" direction="in"/>
      <arg name="value" type="v" direction="in"/>
    </method>
  </interface>
"""


class RefusedCallError(Exception):
    """A call that is answered with an error of the bus's own: the end of its name, and words."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


@dataclass(frozen=True, slots=True)
class Method:
    """What a method takes and gives, as D-Bus types, and what it does; it may raise `RefusedCallError`."""

    takes: str
    gives: str
    run: Callable[..., tuple[Any, ...]]


class BusObject:
    """Answers for one path with one interface of its own, whose properties never change."""

    def __init__(
        self,
        path: str,
        interface: str,
        xml: str,
        methods: Mapping[str, Method],
        properties: Mapping[str, tuple[str, Any]],
    ) -> None:
        """`xml`: how the interface introspects. `properties`: a D-Bus type and a value for each name."""
        self._path = path
        self._interface = interface
        self._xml = xml
        self._properties = dict(properties)
        self._own: dict[str, Mapping[str, Method]] = {
            interface: methods,
            _PROPERTIES: {
                "Get": Method("ss", "v", self._get),
                "GetAll": Method("s", "a{sv}", self._get_all),
                "Set": Method("ssv", "", self._set),
            },
        }

    def answer(self, call: Message) -> Message | None:
        """Do what a method call asks for; return the answer, None where none is wanted. Raises nothing of its own."""
        if call.header.message_type is not MessageType.method_call:
            return None
        try:
            method = self._method(call)
            answer = new_method_return(call, method.gives or None, method.run(*call.body))
        except RefusedCallError as error:
            answer = new_error(call, ERROR + error.name, "s", (str(error),))
        return None if call.header.flags & MessageFlag.no_reply_expected else answer

    def _method(self, call: Message) -> Method:
        """Return the method a call is for, with what that takes. Raises `RefusedCallError`."""
        path = _said(call, HeaderFields.path)
        children = self._children(path)
        if path != self._path and not children:
            raise RefusedCallError("UnknownObject", f"There is nothing at {_short(path)}.")
        known: dict[str, Mapping[str, Method]] = {
            _INTROSPECTABLE: {"Introspect": Method("", "s", lambda: (self._introspected(path, children),))},
            _PEER: {"Ping": Method("", "", tuple), "GetMachineId": Method("", "s", _machine_id)},
        }
        if path == self._path:
            known |= self._own
        interface, member = _said(call, HeaderFields.interface), _said(call, HeaderFields.member)
        if interface and interface not in known:
            raise RefusedCallError("UnknownInterface", f"There is no interface {_short(interface)} here.")
        for methods in (known[interface],) if interface else known.values():
            if member in methods:
                return _checked(methods[member], call)
        raise RefusedCallError("UnknownMethod", f"There is no method {_short(member)} here.")

    def _children(self, path: str) -> str:
        """Return the next part of our path below `path`, "" where that does not lead to us."""
        above = path.rstrip("/") + "/"
        return self._path[len(above) :].partition("/")[0] if self._path.startswith(above) else ""

    def _introspected(self, path: str, child: str) -> str:
        inside = _STANDARD + self._xml if path == self._path else f'  <node name="{child}"/>\n'
        return f"{_HEAD}<node>\n{inside}</node>\n"

    def _get(self, interface: str, name: str) -> tuple[Any, ...]:
        self._check(interface)
        if name not in self._properties:
            raise RefusedCallError("UnknownProperty", f"There is no property {_short(name)} here.")
        return (self._properties[name],)

    def _get_all(self, interface: str) -> tuple[Any, ...]:
        self._check(interface)
        return (self._properties,)

    def _set(self, interface: str, name: str, _: object) -> tuple[Any, ...]:
        self._get(interface, name)
        raise RefusedCallError("PropertyReadOnly", f"{name} cannot be changed.")

    def _check(self, interface: str) -> None:
        if interface not in {"", self._interface}:
            raise RefusedCallError("UnknownInterface", f"{_short(interface)} has no properties here.")


def _checked(method: Method, call: Message) -> Method:
    if signature_of(call) != method.takes:
        takes = f"“{method.takes}”" if method.takes else "nothing"
        raise RefusedCallError("InvalidArgs", f"{_said(call, HeaderFields.member)} takes {takes}.")
    return method


def _said(call: Message, field: HeaderFields) -> str:
    return str(call.header.fields.get(field, ""))


def _short(words: str) -> str:
    return clean_text(words, NAME_LIMIT)


def _machine_id() -> tuple[str]:
    for name in _MACHINE_ID:
        try:
            return (Path(name).read_text(encoding="ascii").strip(),)
        except (OSError, ValueError):
            continue
    raise RefusedCallError("FileNotFound", "This computer has no ID.")

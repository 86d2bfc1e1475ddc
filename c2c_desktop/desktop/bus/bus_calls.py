"""A door on the session bus for other programs: they ask for a call, see the newest calls, and hear of changes.

What comes in is guarded as a link is: it can only ask. Numbers are masked in privacy mode, as on the screen.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jeepney import DBusAddress, Message, MessageType, message_bus, new_signal
from PySide6.QtCore import QObject, QTimer

from c2c_desktop import __version__
from c2c_desktop.desktop.bus.bus_object import BusObject, Method
from c2c_desktop.desktop.bus.session_bus import SessionBus, signature_of
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.door_line import LINK_LIMIT, DoorLineError, checked_link, checked_text
from c2c_desktop.services.journal import RECENT_LIMIT, Journal
from c2c_desktop.services.link_gate import LinkGate
from c2c_desktop.services.shown_numbers import ShownNumbers

NAME = "org.c2cdesktop.Calls1"
"""Of the bus name and of the interface."""

PATH = "/org/c2cdesktop/Calls1"
NEWEST = 50
"""Calls that `Calls` tells."""

AGAIN_MS, LONGEST_MS = 1000, 60_000
"""How soon a bus that went away is looked for, and how seldom at last."""

TOO_MANY = "Too many calls were asked for at once; this one was left alone."
DO_NOT_QUEUE = 4
_OURS = frozenset({1, 4})
"""Answers to a wish for a name: it is ours, now or already."""

_SCHEMES = ("tel:", "callto:", "sip:", "sips:")
_XML = """\
  <interface name="org.c2cdesktop.Calls1">
    <method name="AskToCall">
      <arg name="number" type="s" direction="in"/>
      <arg name="taken" type="b" direction="out"/>
      <arg name="why" type="s" direction="out"/>
    </method>
    <method name="Calls"><arg name="calls" type="aa{sv}" direction="out"/></method>
    <signal name="CallChanged"><arg name="call" type="a{sv}"/></signal>
    <property name="Version" type="s" access="read">
      <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="const"/>
    </property>
  </interface>
"""
_log = logging.getLogger(__name__)


class BusCalls(QObject):
    """Keeps the door while it is open. Main thread."""

    def __init__(
        self,
        journal: Journal,
        numbers: ShownNumbers,
        ask: Callable[[str], str],
        parent: QObject | None = None,
        *,
        again_ms: int = AGAIN_MS,
    ) -> None:
        """`ask` gets a checked link or number to ask about, and returns why it cannot, "" where it does."""
        super().__init__(parent)
        self._journal = journal
        self._numbers = numbers
        self._ask = ask
        self._again_ms = again_ms
        self._gate = LinkGate()
        self._told: dict[str, Call] = {}
        self._is_open = False
        methods = {
            "AskToCall": Method("s", "bs", self._ask_to_call),
            "Calls": Method("", "aa{sv}", lambda: ([self._facts(call) for call in self._journal.recent()[:NEWEST]],)),
        }
        self._object = BusObject(PATH, NAME, _XML, methods, {"Version": ("s", __version__)})
        self._bus = SessionBus(self)
        self._bus.received.connect(self._take)
        self._bus.lost.connect(self._lose)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._come_back)
        journal.listen(self._note)
        journal.watch_others(self._note_others)

    @property
    def is_open(self) -> bool:
        """Whether other programs find it; without a bus, or where another instance keeps it, it stays closed."""
        return self._is_open

    def open(self) -> None:
        """Let other programs in, once the journal is loaded: only what changes from now on is told."""
        self._told = {call.id: _without_note(call) for call in reversed(self._journal.recent())}
        if not self._bus.is_open:
            self._again.stop()
            self._connect()

    def close(self) -> None:
        """Leave the bus."""
        self._again.stop()
        self._is_open = False
        self._bus.close()

    def _connect(self) -> bool:
        if not self._bus.open():
            return False
        self._bus.send(message_bus.RequestName(NAME, DO_NOT_QUEUE), self._take_name)
        return True

    def _take_name(self, reply: Message) -> None:
        taken = reply.header.message_type is MessageType.method_return and signature_of(reply) == "u"
        if taken and reply.body[0] in _OURS:
            self._is_open = True
            self._again.setInterval(self._again_ms)
            return
        _log.info("the door on the session bus stays closed: %s is another instance’s", NAME)
        self._bus.close()

    def _lose(self) -> None:
        self._is_open = False
        self._again.start(self._again_ms)

    def _come_back(self) -> None:
        if not self._connect():
            self._again.start(min(self._again.interval() * 2, LONGEST_MS))

    def _take(self, message: Message) -> None:
        answer = self._object.answer(message)
        if answer is not None:
            self._bus.tell(answer)

    def _ask_to_call(self, text: str) -> tuple[bool, str]:
        try:
            checked = _checked(text)
        except DoorLineError as error:
            return False, f"{error.title}. {error.message}"
        if not self._gate.take(time.monotonic()):
            if self._gate.left_alone == 1:
                _log.info("other programs ask for too many calls")
            return False, TOO_MANY
        why = clean_text(self._ask(checked))
        return not why, why

    def _note(self, call: Call) -> None:
        """Tell of a call, unless nothing but its note is new."""
        bare = _without_note(call)
        if self._told.get(call.id) == bare:
            return
        self._told[call.id] = bare
        if len(self._told) > RECENT_LIMIT:
            del self._told[next(iter(self._told))]
        if self._is_open:
            self._bus.tell(new_signal(DBusAddress(PATH, NAME, NAME), "CallChanged", "a{sv}", (self._facts(call),)))

    def _note_others(self) -> None:
        for call in reversed(self._journal.recent()):
            self._note(call)

    def _facts(self, call: Call) -> dict[str, tuple[str, Any]]:
        """Describe a call as the bus does: what is not known has no key. Times are UTC seconds."""
        shown = self._numbers.call(call)
        facts: dict[str, tuple[str, Any]] = {
            "id": ("s", clean_text(call.id)),
            "state": ("s", call.state.value),
            "number": ("s", clean_text(self._numbers.number(call.e164))),
            "source": ("s", call.source.value),
            "started_at": ("d", call.started_at),
        }
        if call.outcome is not None:
            facts["outcome"] = ("s", call.outcome.value)
        if shown.contact_name:
            facts["name"] = ("s", clean_text(shown.contact_name))
        for key, value in (("ended_at", call.ended_at), ("talk_seconds", call.talk_seconds)):
            if value is not None:
                facts[key] = ("d", value)
        return facts


def _without_note(call: Call) -> Call:
    return replace(call, note="")


def _checked(text: str) -> str:
    """Return a link or a number as the instance's door takes it. Raises `DoorLineError`."""
    if text[:LINK_LIMIT].lstrip().lower().startswith(_SCHEMES):
        return checked_link(text)
    return checked_text(text)

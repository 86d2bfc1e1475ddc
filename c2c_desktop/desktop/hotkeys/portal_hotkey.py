"""Keys asked of the desktop's GlobalShortcuts portal: the way on Wayland, where the desktop and the person decide.

Nothing here waits: every answer comes by itself or is given up on.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from PySide6.QtCore import QObject, QTimer

from c2c_desktop.desktop.bus.session_bus import SessionBus, ignore, signature_of
from c2c_desktop.desktop.hotkeys.hotkey_way import (
    BIND_COMMAND,
    NO_DESKTOP_KEYS,
    HotkeyKind,
    HotkeyState,
    HotkeyWay,
    bound,
)
from c2c_desktop.desktop.hotkeys.key_codes import portal_trigger
from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination
from c2c_desktop.domain.plain_text import clean_text

APP_ID = "c2c-desktop"
SHORTCUT = "quick-dial"
ANSWER_MS = 5000
"""How long the portal may take to answer."""

CHOICE_MS = 120_000
"""How long the person may take in the desktop's own dialog."""

_NAME = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_SHORTCUTS = DBusAddress(_PATH, _NAME, "org.freedesktop.portal.GlobalShortcuts")
_REGISTRY = DBusAddress(_PATH, _NAME, "org.freedesktop.host.portal.Registry")
_REQUEST = "org.freedesktop.portal.Request"
_SESSION = "org.freedesktop.portal.Session"
_BUS_NAME = "org.freedesktop.DBus"
_DESCRIPTION = "Call the selected number"
_BOUND_ELSEWHERE = HotkeyState(HotkeyKind.BOUND, "Your desktop chooses the keys: see its keyboard settings.")
_ASKING = HotkeyState(HotkeyKind.UNAVAILABLE, "Your desktop has been asked for the keys.")
_SILENT = HotkeyState(HotkeyKind.UNAVAILABLE, f"This desktop does not answer when asked for keys. {BIND_COMMAND}")
_DECLINED = HotkeyState(HotkeyKind.UNAVAILABLE, "The keys were not allowed. Set them once more to be asked again.")
_Results = Callable[[dict[str, Any]], None]


class PortalHotkey(HotkeyWay):
    """A session with the portal and one shortcut in it."""

    def __init__(
        self, parent: QObject | None = None, *, answer_ms: int = ANSWER_MS, choice_ms: int = CHOICE_MS
    ) -> None:
        super().__init__(parent)
        self._answer_ms, self._choice_ms = answer_ms, choice_ms
        self._bus = SessionBus(self)
        self._bus.received.connect(self._take)
        self._bus.lost.connect(self._lose)
        self._combination: KeyCombination | None = None
        self._portal = ""
        self._session = ""
        self._token = ""
        self._handle = ""
        self._on_results: _Results | None = None
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(lambda: self._fail(_SILENT))

    def bind(self, combination: KeyCombination) -> None:
        """Ask for these keys; the desktop may ask the person, and may choose others."""
        self._end_session()
        self._combination = combination
        if not self._connect():
            self._fail(NO_DESKTOP_KEYS)
            return
        self.state_changed.emit(_ASKING)
        options = {"session_handle_token": ("s", secrets.token_hex(8))}
        self._request("CreateSession", "a{sv}", (), options, self._take_session)

    def release(self) -> None:
        """Give the keys back and leave the bus."""
        self._combination = None
        self._end_session()
        self._bus.close()

    def _connect(self) -> bool:
        if self._bus.is_open:
            return True
        if not self._bus.open():
            return False
        for interface in (_SHORTCUTS.interface, _REQUEST, _SESSION):
            self._bus.send(message_bus.AddMatch(MatchRule(type="signal", sender=_NAME, interface=interface)), ignore)
        gone = MatchRule(type="signal", sender=_BUS_NAME, interface=_BUS_NAME, member="NameOwnerChanged")
        gone.add_arg_condition(0, _NAME)
        self._bus.send(message_bus.AddMatch(gone), ignore)
        # Newer portals want to know whose keys these are; older ones know no such call.
        self._bus.send(new_method_call(_REGISTRY, "Register", "sa{sv}", (APP_ID, {})), ignore)
        return self._bus.is_open

    def _request(
        self, member: str, signature: str, values: tuple[Any, ...], options: dict[str, Any], on_results: _Results
    ) -> None:
        """Call a method whose outcome comes as a signal of a request object."""
        token = self._token = secrets.token_hex(8)
        self._handle, self._on_results = "", on_results
        body = (*values, {**options, "handle_token": ("s", token)})
        self._deadline.start(self._answer_ms)
        self._bus.send(new_method_call(_SHORTCUTS, member, signature, body), lambda reply: self._begin(token, reply))

    def _begin(self, token: str, reply: Message) -> None:
        """Take the request's path. Its outcome may have come already: nothing forbids that."""
        if token != self._token:
            return
        if reply.header.message_type is not MessageType.method_return or signature_of(reply) != "o":
            self._fail(NO_DESKTOP_KEYS)
            return
        self._portal = str(reply.header.fields.get(HeaderFields.sender, ""))
        self._handle = reply.body[0]
        if self._session:
            self._deadline.start(self._choice_ms)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        told = (str(fields.get(HeaderFields.interface, "")), str(fields.get(HeaderFields.member, "")))
        types, sender = signature_of(message), fields.get(HeaderFields.sender)
        if (told, types, sender) == ((_BUS_NAME, "NameOwnerChanged"), "sss", _BUS_NAME):
            self._note_owner(*message.body)
        elif (told, types) == ((_REQUEST, "Response"), "ua{sv}"):
            self._take_response(str(fields.get(HeaderFields.path, "")), *message.body)
        elif sender != self._portal or not self._session:
            return  # a stranger who sends us what only the portal may
        elif (told, types) == ((_SHORTCUTS.interface, "Activated"), "osta{sv}"):
            session, shortcut, _, options = message.body
            if (session, shortcut) == (self._session, SHORTCUT):
                self.pressed.emit(_text(options, "activation_token"))
        elif (told, types) == ((_SHORTCUTS.interface, "ShortcutsChanged"), "oa(sa{sv})"):
            if message.body[0] == self._session:
                self._note_shortcuts(message.body[1])
        elif told == (_SESSION, "Closed") and fields.get(HeaderFields.path) == self._session:
            self._session = ""
            self._fail(_DECLINED)

    def _take_response(self, path: str, code: int, results: dict[str, Any]) -> None:
        # The token is a secret of ours and the portal's.
        on_results = self._on_results
        if on_results is None or (path != self._handle and path.rpartition("/")[2] != self._token):
            return
        self._on_results = None
        self._deadline.stop()
        if code == 0:
            on_results(results)
        else:
            self._fail(_DECLINED if code == 1 else NO_DESKTOP_KEYS)

    def _take_session(self, results: dict[str, Any]) -> None:
        # Specified as an object path, sent as a string.
        session, combination = _text(results, "session_handle", 255), self._combination
        if not session.startswith("/") or combination is None:
            self._fail(NO_DESKTOP_KEYS)
            return
        self._session = session
        wanted = {"description": ("s", _DESCRIPTION), "preferred_trigger": ("s", portal_trigger(combination))}
        values = (session, [(SHORTCUT, wanted)], "")
        self._request("BindShortcuts", "oa(sa{sv})sa{sv}", values, {}, self._take_shortcuts)

    def _take_shortcuts(self, results: dict[str, Any]) -> None:
        kind, shortcuts = results.get("shortcuts", ("", []))
        if kind != "a(sa{sv})" or not any(name == SHORTCUT for name, _ in shortcuts):
            self._fail(_DECLINED)
            return
        self._note_shortcuts(shortcuts)

    def _note_shortcuts(self, shortcuts: list[tuple[str, dict[str, Any]]]) -> None:
        """Tell which keys the desktop gave: they may be others than we asked for, or ones it does not name."""
        for name, facts in shortcuts:
            if name == SHORTCUT:
                keys = _text(facts, "trigger_description", 60)
                self.state_changed.emit(bound(keys) if keys else _BOUND_ELSEWHERE)

    def _note_owner(self, name: str, _: str, owner: str) -> None:
        if name != _NAME or self._combination is None:
            return
        was = self._portal
        if not owner:
            if was:
                self._forget()
                self.state_changed.emit(NO_DESKTOP_KEYS)
        elif owner != was and not self._deadline.isActive():
            self._forget()
            self.bind(self._combination)

    def _fail(self, state: HotkeyState) -> None:
        self._end_session()
        self.state_changed.emit(state)

    def _lose(self) -> None:
        self._forget()
        self.state_changed.emit(NO_DESKTOP_KEYS)

    def _end_session(self) -> None:
        if self._session:
            at = DBusAddress(self._session, _NAME, _SESSION)
            self._bus.send(new_method_call(at, "Close"), ignore)
        self._forget()

    def _forget(self) -> None:
        self._deadline.stop()
        self._portal = self._session = self._token = self._handle = ""
        self._on_results = None


def _text(facts: dict[str, Any], name: str, limit: int = 300) -> str:
    kind, value = facts.get(name, ("", ""))
    return clean_text(value, limit) if kind in {"s", "o"} else ""

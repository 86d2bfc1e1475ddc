"""A GlobalShortcuts portal that a test makes grant, refuse, hang or die."""

from __future__ import annotations

from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_signal

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer, BusService

PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
REGISTRY = "org.freedesktop.host.portal.Registry"


class FakePortal(BusService):
    """Grants what is asked for, unless told otherwise.

    `lacks`: methods it does not know. `silent`: requests whose outcome it keeps. `hangs`: methods it does not answer.
    `codes`: outcomes other than 0. `results`: outcomes other than its own.
    """

    name = "org.freedesktop.portal.Desktop"

    def __init__(self, on: Bus) -> None:
        super().__init__(on)
        self.lacks: set[str] = set()
        self.silent: set[str] = set()
        self.hangs: set[str] = set()
        self.codes: dict[str, int] = {}
        self.results: dict[str, dict[str, Any]] = {}
        self.trigger = "Ctrl+Alt+P"
        self.early = False
        """Whether the outcome comes before the answer of the method."""
        self.odd_handle = False
        """Whether the request is named as portals did before 0.9."""
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.caller = ""
        self.session = ""

    def names(self) -> list[str]:
        """The methods that were called."""
        return [name for name, _ in self.asked]

    def answer(self, call: Message, member: str) -> Answer | None:
        if call.header.message_type is not MessageType.method_call:
            return None
        interface = str(call.header.fields[HeaderFields.interface])
        self.caller = str(call.header.fields[HeaderFields.sender])
        self.asked.append((member, call.body))
        if member in self.lacks:
            raise LookupError(member)
        if interface in {REGISTRY, SESSION}:
            return "", ()
        assert interface == SHORTCUTS
        if member in self.hangs:
            return None
        options = call.body[-1]
        sender = self.caller[1:].replace(".", "_")
        token = options["handle_token"][1]
        handle = f"{PATH}/request/{sender}/{token}" if not self.odd_handle else f"{PATH}/request/r{len(self.asked)}"
        if member == "CreateSession":
            self.session = f"{PATH}/session/{sender}/{options['session_handle_token'][1]}"
        if self.early:
            self.outcome(member, handle)
            return "o", (handle,)
        self.reply(call, "o", (handle,))
        self.outcome(member, handle)
        return None

    def outcome(self, member: str, handle: str) -> None:
        if member in self.silent:
            return
        own: dict[str, Any] = {"session_handle": ("s", self.session)}
        if member == "BindShortcuts":
            own = {"shortcuts": ("a(sa{sv})", [self.shortcut()])}
        code = self.codes.get(member, 0)
        self.tell(handle, REQUEST, "Response", "ua{sv}", (code, self.results.get(member, own)))

    def shortcut(self) -> tuple[str, dict[str, Any]]:
        return "quick-dial", {"description": ("s", "Call"), "trigger_description": ("s", self.trigger)}

    def press(self, shortcut: str = "quick-dial", session: str = "", **options: Any) -> None:
        """Let the desktop say that the keys were pressed."""
        body = (session or self.session, shortcut, 1, options)
        self.tell(PATH, SHORTCUTS, "Activated", "osta{sv}", body)

    def change(self, trigger: str) -> None:
        """Let the person choose other keys in the desktop's settings."""
        self.trigger = trigger
        self.tell(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, [self.shortcut()]))

    def close_session(self) -> None:
        self.tell(self.session, SESSION, "Closed", "a{sv}", ({},))

    def tell(self, path: str, interface: str, member: str, signature: str, values: tuple[Any, ...]) -> None:
        """Send a signal to the caller alone, as portals do."""
        signal = new_signal(DBusAddress(path, interface=interface), member, signature, values)
        signal.header.fields[HeaderFields.destination] = self.caller
        self.connection.send(signal)

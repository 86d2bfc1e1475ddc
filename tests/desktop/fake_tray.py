"""A StatusNotifier tray without a face: the watcher a panel would bring, and a hand on its items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Properties, new_method_call

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import Answer, BusService
from tests.desktop.rig import PATIENCE, until

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


class FakeTray(BusService):
    """Takes items as a panel does."""

    name = WATCHER

    def __init__(self, on: Bus) -> None:
        super().__init__(on)
        self.items: list[str] = []

    def answer(self, call: Message, member: str) -> Answer | None:
        if member == "RegisterStatusNotifierItem":
            self.items.append(str(call.header.fields[HeaderFields.sender]))
            return "", ()
        if member == "Get" and call.body[1] == "IsStatusNotifierHostRegistered":
            return "v", (("b", True),)
        return super().answer(call, member)


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    number: int
    label: str
    enabled: bool
    checked: bool
    entries: tuple[Entry, ...] = ()


class TrayHand:
    """Sees and presses the one item in a tray."""

    def __init__(self, tray: FakeTray, on: Bus) -> None:
        owner = until(lambda: tray.items, "an icon in the tray")[-1]
        self._connection = on.connect()
        self._item = DBusAddress("/StatusNotifierItem", owner, ITEM)
        self._menu = DBusAddress(str(self._property("Menu")), owner, MENU)

    def close(self) -> None:
        self._connection.close()

    def tooltip(self) -> str:
        return str(self._property("ToolTip")[2])

    def picture(self) -> bytes:
        """The pixels of the largest icon."""
        return bytes(max(self._property("IconPixmap"))[2])

    def sizes(self) -> list[int]:
        """The widths of the icon that a panel can choose from."""
        return sorted(int(width) for width, _, _ in self._property("IconPixmap"))

    def icon_name(self) -> str:
        """The name under which a panel looks for an installed icon; "" for none."""
        return str(self._property("IconName"))

    def click(self) -> None:
        self._call(self._item, "Activate", "ii", (0, 0))

    def middle_click(self) -> None:
        self._call(self._item, "SecondaryActivate", "ii", (0, 0))

    def entries(self) -> list[Entry]:
        """Open the menu, as a panel does, and read it."""
        self._call(self._menu, "AboutToShow", "i", (0,))
        layout = self._call(self._menu, "GetLayout", "iias", (0, -1, []))[1]
        return _entries(layout)

    def labels(self) -> list[str]:
        return [entry.label for entry in self.entries()]

    def shown(self) -> list[str]:
        """What a panel that shows the menu all the while has in it: nobody opens it for this."""
        return [entry.label for entry in _entries(self._call(self._menu, "GetLayout", "iias", (0, -1, []))[1])]

    def shut(self) -> None:
        """Close the menu without choosing."""
        self._call(self._menu, "Event", "isvu", (0, "closed", ("s", ""), 0))

    def entry(self, *labels: str) -> Entry:
        """The entry under these labels: more than one lead through submenus, which open."""
        entries = self.entries()
        for label in labels[:-1]:
            submenu = next(entry for entry in entries if entry.label == label)
            self._call(self._menu, "AboutToShow", "i", (submenu.number,))
            entries = list(submenu.entries)
        return next(entry for entry in entries if entry.label == labels[-1])

    def choose(self, *labels: str) -> None:
        """Press an entry of the open menu, or of a submenu."""
        self.press(self.entry(*labels))

    def press(self, entry: Entry) -> None:
        self._call(self._menu, "Event", "isvu", (entry.number, "clicked", ("s", ""), 0))

    def _property(self, name: str) -> Any:
        return self._ask(Properties(self._item).get(name))[0][1]

    def _call(self, to: DBusAddress, member: str, signature: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return self._ask(new_method_call(to, member, signature, values))

    def _ask(self, call: Message) -> tuple[Any, ...]:
        reply = self._connection.send_and_get_reply(call, timeout=PATIENCE)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return tuple(reply.body)


def _entries(layout: tuple[int, dict[str, tuple[str, Any]], list[Any]]) -> list[Entry]:
    return [_entry(child[1]) for child in layout[2] if "label" in child[1][1]]


def _entry(item: tuple[int, dict[str, tuple[str, Any]], list[Any]]) -> Entry:
    number, facts, _ = item
    label = str(facts["label"][1]).replace("__", "\0").replace("_", "").replace("\0", "_")
    enabled, checked = facts.get("enabled", ("b", True)), facts.get("toggle-state", ("i", 0))
    return Entry(number, label, bool(enabled[1]), checked[1] == 1, tuple(_entries(item)))

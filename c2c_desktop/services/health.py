"""Collects how the program stands, and says what hinders calling most."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from c2c_desktop.domain.health import HealthItem, HealthName


class Summary(NamedTuple):
    """One line about everything: `item` is the trouble it tells, None where all is fine or nothing worth a word."""

    words: str
    item: HealthItem | None


class Health:
    """Takes what each part knows of itself. Main thread."""

    def __init__(self) -> None:
        self._items = {name: HealthItem(name) for name in HealthName}
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change."""
        self._listeners.append(listener)

    def stop_listening(self) -> None:
        """Tell nobody any more: the window is closing."""
        self._listeners.clear()

    def report(self, item: HealthItem) -> None:
        """Take how one thing stands now, in place of what was known of it; nobody is told where it is the same."""
        if self._items[item.name] == item:
            return
        self._items[item.name] = item
        for listener in list(self._listeners):
            listener()

    def items(self) -> list[HealthItem]:
        """Return all six, in the order they are listed; what nobody reported is not known."""
        return list(self._items.values())

    def item(self, name: HealthName) -> HealthItem:
        """Return how that one stands."""
        return self._items[name]

    def worst(self) -> HealthItem | None:
        """Return the trouble that hinders calling most, a minor one included; None where there is none."""
        troubles = [(item.trouble, item) for item in self.items() if item.trouble is not None]
        return min(troubles, key=lambda pair: pair[0])[1] if troubles else None

    def summary(self) -> Summary:
        """Return the line for the window's foot: the worst trouble unless it is minor, else that all is well."""
        worst = self.worst()
        if worst is not None and worst.trouble is not None and not worst.trouble.is_minor:
            return Summary(worst.words, worst)
        account = self._items[HealthName.ACCOUNT]
        return Summary(f"Ready · {account.words}" if account.fine and account.words else "Ready", None)

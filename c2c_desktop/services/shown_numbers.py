"""How phone numbers stand in the window, the tray and notifications: whole, or masked in privacy mode.

What is dialled, stored, searched or copied is never what stands there. How to mask is imported inside the methods:
without privacy mode nobody needs to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.contact import Contact


class ShownNumbers:
    """The one place that decides it; everything that shows a number asks here. Main thread."""

    def __init__(self, *, masked: bool = False) -> None:
        self._masked = masked
        self._listeners: list[Callable[[], object]] = []

    @property
    def masked(self) -> bool:
        """Whether privacy mode is on."""
        return self._masked

    def listen(self, listener: Callable[[], object]) -> None:
        """Call `listener` after each switch, to show everything anew."""
        self._listeners.append(listener)

    def mask(self, *, on: bool) -> None:
        """Switch privacy mode on or off; the listeners hear of a change."""
        if on == self._masked:
            return
        self._masked = on
        for listener in self._listeners:
            listener()

    def number(self, shown: str) -> str:
        """Return a number, grouped for people, as it stands on the screen."""
        if not self._masked:
            return shown
        from c2c_desktop.domain.masking import masked_number  # noqa: PLC0415

        return masked_number(shown)

    def text(self, words: str) -> str:
        """Return words that may hold numbers as they stand on the screen."""
        if not self._masked:
            return words
        from c2c_desktop.domain.masking import masked_text  # noqa: PLC0415

        return masked_text(words)

    def contact(self, contact: Contact) -> Contact:
        """Return `contact` as it is shown: its name stays, unless that is a number."""
        if not self._masked:
            return contact
        numbers = tuple(replace(n, shown=self.number(n.shown)) for n in contact.numbers)
        return replace(contact, name=self.text(contact.name), company=self.text(contact.company), numbers=numbers)

    def call(self, call: Call) -> Call:
        """Return `call` as it is shown: its name stays, unless that is a number."""
        if not self._masked:
            return call
        return replace(
            call,
            shown_number=self.number(call.shown_number),
            contact_name=self.text(call.contact_name),
            message=self.text(call.message),
        )

"""Panes of many contacts."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact
from c2c_desktop.services.directory import MORE_LIMIT, SEARCH_LIMIT
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import INDIAN, make_contact
from tests.ui.test_search import Pane

MANY = SEARCH_LIMIT + MORE_LIMIT + 30


def pane_maker(qtbot: QtBot, theme: Theme, icons: Icons) -> Callable[..., Pane]:
    """Return what makes a pane of some contacts."""

    def make(*contacts: Contact) -> Pane:
        return Pane(qtbot, theme, icons, *contacts)

    return make


def people(number: int, number_of: Callable[[int], str] = lambda _: INDIAN) -> list[Contact]:
    """Return so many, in the order of the alphabet."""
    return [make_contact(at + 1, f"Person {at:05}", number_of(at)) for at in range(number)]


def scroll_down(rig: Pane) -> None:
    """Go to the end of what is there."""
    rig.pane.view.scrollToBottom()

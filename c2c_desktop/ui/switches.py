"""Settings that are on or off, as check boxes of a page."""

from __future__ import annotations

from collections.abc import Mapping

from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox
from c2c_desktop.ui.locks import lock_field, lock_on
from c2c_desktop.ui.settings_page import SettingsPage


class Switches:
    """Check boxes for fields of `Settings`, and what the person changed of them."""

    def __init__(self, page: SettingsPage, accounts: Accounts, icons: Icons) -> None:
        self._page, self._accounts, self._icons = page, accounts, icons
        self.boxes: dict[str, CheckBox] = {}
        self._shown: dict[str, bool] = {}

    def add(self, words: Mapping[str, str]) -> None:
        """Add a box for each field, with its words."""
        for name, label in words.items():
            self.boxes[name] = box = CheckBox(label)
            box.setChecked(bool(getattr(self._accounts.settings, name)))
            self._shown[name] = box.isChecked()
            self._page.fields.add("", box)
            note = lock_field(box, lock_on(self._accounts.locks, name), self._icons)
            if note is not None:
                self._page.fields.add("", note)

    def changes(self) -> dict[str, object]:
        """Return the fields that were changed."""
        return {name: box.isChecked() for name, box in self.boxes.items() if box.isChecked() != self._shown[name]}

"""Choosing a country."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.ui.inputs import ChoiceBox


class RegionBox(ChoiceBox):
    """All regions by name; typing finds one."""

    def __init__(self, region: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        for code, name in sorted(COUNTRY_NAMES.items(), key=lambda item: item[1]):
            if code != "001":
                self.addItem(name, code)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.choose(region)

    def choose(self, region: str) -> None:
        """Show the region with that ISO 3166 code."""
        self.setCurrentIndex(max(self.findData(region), 0))

    def region(self) -> str:
        """Return the ISO 3166 code; a text that names no country counts as the last choice."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(index if index >= 0 else self.currentIndex()))

"""The tabs of the window, and the number of contacts in the first one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

CONTACTS, RECENTS, PAD = 0, 1, 2
EDGE = 12
"""What is left free at both ends, in pixels."""

_GAP = 4


class Tabs(QButtonGroup):
    """Buttons of which one is down, by the numbers above. Main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._count = ""
        self._width = 0
        self._with_pad = True
        self.row = QHBoxLayout()
        self.row.setSpacing(_GAP)
        self.row.setContentsMargins(EDGE, 0, EDGE, 0)
        for number, words in ((CONTACTS, "Contacts"), (RECENTS, "Recents"), (PAD, "Dial pad")):
            tab = QPushButton(words)
            tab.setProperty("kind", "tab")
            tab.setCheckable(True)
            self.addButton(tab, number)
            self.row.addWidget(tab)
        self.row.addStretch(1)

    def show_count(self, count: str) -> None:
        """Say how many contacts there are, "" for nothing."""
        self._count = count
        self._label()

    def fit(self, width: int, *, with_pad: bool) -> None:
        """Take no more than `width`; a window with two panes has no tab for the pad."""
        self._width, self._with_pad = width, with_pad
        self.button(PAD).setVisible(with_pad)
        self._label()

    def _label(self) -> None:
        """Leave the count out where it would push other tabs out of a narrow window."""
        tab = self.button(CONTACTS)
        tab.setText(f"Contacts {self._count}" if self._count else "Contacts")
        needed = sum(button.sizeHint().width() + _GAP for button in self.buttons())
        if self._with_pad and needed > self._width - 2 * EDGE:
            tab.setText("Contacts")

"""What the questions before a call have in common: Enter answers once it was read, Esc never calls."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from c2c_desktop.ui.armed import Armed
from c2c_desktop.ui.forms import help_label
from c2c_desktop.ui.key_hint_button import KeyHintButton


class Question(QDialog):
    """A small window with a column of facts and two buttons under it. Main thread."""

    def __init__(self, title: str, answer: str, width: int, keys: Iterable[int], parent: QWidget | None) -> None:
        """`answer`: the words of the button that goes on. `keys`: further keys that answer."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(320)
        self.resize(width, 200)
        self.armed = Armed(self, keys)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 18)
        self.left_alone = help_label("")
        self.left_alone.hide()
        self.go_on = KeyHintButton(answer, "↵")
        self.go_on.setProperty("kind", "primary")
        self.go_on.setDefault(True)
        self.armed.watch(self.go_on)
        self.dont = KeyHintButton("Don’t call", "Esc")
        self.dont.setAutoDefault(False)
        self.dont.clicked.connect(self.reject)

    def add_buttons(self) -> None:
        """Put the buttons under what stands in the column."""
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.dont)
        buttons.addWidget(self.go_on)
        self.column.addLayout(buttons)

    def show_left_alone(self, words: str) -> None:
        """Say what else came and was not followed."""
        self.left_alone.setText(words)
        self.left_alone.setVisible(bool(words))
        self.fit()

    def fit(self) -> None:
        """Be as high as what wraps at this width needs."""
        needed = self.column.totalHeightForWidth(self.width())
        self.setMinimumHeight(max(needed, self.column.totalSizeHint().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the person sees the question."""
        super().showEvent(event)
        self.fit()
        self.armed.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What wraps needs another height now."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter only when it answers this question."""
        if self.armed.turns_away(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.dont.hasFocus():
            self.reject()  # Qt would press the default button: the one that calls
            return
        super().keyPressEvent(event)

"""A dialog in which nothing that was typed is dropped without a word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from c2c_desktop.ui.forms import AnswerDialog


class UnsavedDialog(AnswerDialog):
    """Ctrl+Enter saves. What was typed is dropped by the button Discard and nothing else: Esc, Cancel and the window's
    own button ask first, and a second time go back to writing.
    """  # noqa: D205

    def __init__(self, title: str, primary: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(title, primary, body, parent)
        self.question = "Your changes are not saved yet. Discard them?"
        self._wrote_in: QWidget | None = None
        self.primary.setToolTip("Ctrl+Enter")
        self.discard = QPushButton("Discard")
        self.discard.setProperty("kind", "danger")
        self.discard.setAutoDefault(False)
        self.discard.clicked.connect(self._drop)
        self.discard.hide()
        self.footer.insertWidget(0, self.discard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.submit)

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close where nothing was typed; else ask once, and take a second time for going back to writing."""
        if not self.is_changed:
            super().reject()
        elif self.discard.isVisible():
            self.go_on()
        else:
            self._wrote_in = self.focusWidget()
            self.discard.show()
            self.cancel.setText("Keep writing")
            self.show_note(self.question)
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Go back to writing."""
        self.take_question_back()
        self.show_note("")
        if self._wrote_in is not None and self._wrote_in is not self.cancel:
            self._wrote_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_question_back(self) -> None:
        """Whoever types keeps writing."""
        self.discard.hide()
        self.cancel.setText("Cancel")

    def _drop(self) -> None:
        super().reject()

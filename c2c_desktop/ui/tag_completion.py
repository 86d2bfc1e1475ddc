"""Offers the tags in use where somebody types one into a search."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from c2c_desktop.domain.contact_search import tag_search

_BEGUN = re.compile(r"""(?<!\S)#["“”„]?([^#"“”„]*)$""")
"""A tag the cursor stands at the end of, with blanks in it or without; no further than to a second quotation mark."""

AskForTags = Callable[[Callable[[list[str]], None]], None]
"""Hands the tags in use to what it is given, sooner or later."""


class TagCompletion(QObject):
    """Completes #ho to #"hot lead" in `field`. The arrows choose; Enter without that is the field's. Main thread."""

    def __init__(self, field: QLineEdit, ask: AskForTags) -> None:
        super().__init__(field)
        self._field = field
        self._ask = ask
        self._is_asked = False
        self._known: list[str] = []
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(field)
        self.popup = QListView()
        self.popup.setObjectName("choices")
        self._completer.setPopup(self.popup)
        self.popup.installEventFilter(self)
        self._completer.activated.connect(self._take)
        field.textEdited.connect(self._follow)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter for the chosen tag alone: else the field would see it too, and leave for the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            chosen = self.popup.currentIndex()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen.isValid():
                self.popup.hide()
                self._take(str(chosen.data()))
                return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        begun = self._begun()
        if begun is None:
            self._is_asked = False
            self.popup.hide()
        elif self._is_asked:
            self._offer(begun[1])
        else:
            self._is_asked = True  # once for each tag that is begun
            self._ask(self._learn)

    def _learn(self, tags: list[str]) -> None:
        self._known = tags
        begun = self._begun()
        if begun is not None and self._field.hasFocus():
            self._offer(begun[1])

    def _offer(self, start: str) -> None:
        self._offered.setStringList(self._known)
        self._completer.setCompletionPrefix(start)
        if start and self._completer.completionCount() and self._completer.currentCompletion() != start:
            self._completer.complete()
        else:
            self.popup.hide()

    def _begun(self) -> re.Match[str] | None:
        return _BEGUN.search(self._field.text()[: self._field.cursorPosition()])

    def _take(self, tag: str) -> None:
        text, at = self._field.text(), self._field.cursorPosition()
        begun = self._begun()
        start = begun.start() if begun is not None else at
        before = f"{text[:start]}{tag_search(tag)} "
        self._field.setText(before + text[at:].lstrip())
        self._field.setCursorPosition(len(before))

"""The tags of a contact on one line, with commas between them, and those in use offered as one types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


class TagField(QLineEdit):
    """Completes the tag the cursor stands in; those that stand there already are not offered again."""

    def __init__(self, tags: str) -> None:
        super().__init__(tags)
        self._known: tuple[str, ...] = ()
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setObjectName("choices")
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer)
        self.setCursorPosition(0)

    def offer(self, tags: Iterable[str]) -> None:
        """Offer `tags` from now on."""
        self._known = tuple(tags)

    def _offer(self) -> None:
        start, end = self._span()
        begun = self.text()[start:end].strip().lstrip("#").strip()
        there = {tag.strip().lstrip("#").casefold() for tag in (self.text()[:start] + self.text()[end:]).split(",")}
        self._offered.setStringList([tag for tag in self._known if tag.casefold() not in there])
        self._completer.setCompletionPrefix(begun)
        if begun and self._completer.completionCount() and self._completer.currentCompletion() != begun:
            self._completer.complete()
        else:
            self._popup.hide()

    def _take(self, tag: str) -> None:
        start, end = self._span()
        before = f"{self.text()[:start].rstrip()} " if start else ""
        self.setText(f"{before}{tag}{self.text()[end:]}")
        self.setCursorPosition(len(before) + len(tag))

    def _span(self) -> tuple[int, int]:
        """Return where the tag at the cursor begins and ends, between its commas."""
        text, at = self.text(), self.cursorPosition()
        end = text.find(",", at)
        return text.rfind(",", 0, at) + 1, end if end >= 0 else len(text)

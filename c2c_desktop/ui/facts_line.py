"""What is known about the number in the field, on one line that never cuts a fact in half."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from c2c_desktop.services.announcer import Tone
from c2c_desktop.ui.focus_ring import repolish


class FactsLine(QLabel):
    """Facts, or one sentence about what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts: list[str] = []
        self._dispensable: list[str] = []

    def show_facts(self, facts: list[str], dispensable: list[str]) -> None:
        """Show `facts`; where there is little room, leave out the `dispensable` ones, the first of them first."""
        self._facts = [fact for fact in facts if fact]
        self._dispensable = dispensable
        self._colour("")
        self._fit()

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show one sentence instead."""
        self._facts, self._dispensable = [words], []
        self._colour("bad" if tone is Tone.BAD else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        facts = list(self._facts)
        metrics = self.fontMetrics()
        for fact in self._dispensable:
            if metrics.horizontalAdvance(" · ".join(facts)) <= self.width():
                break
            if fact in facts:
                facts.remove(fact)
        shown = metrics.elidedText(" · ".join(facts), Qt.TextElideMode.ElideRight, self.width())
        whole = " · ".join(self._facts)
        if self.text() != shown:
            self.setText(shown)
        from html import escape  # noqa: PLC0415  # not on the way to the first paint

        self.setToolTip(f"<qt>{escape(whole)}</qt>" if whole != shown else "")  # as plain text a name could be HTML
        self.setAccessibleName(whole)

    def _colour(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)

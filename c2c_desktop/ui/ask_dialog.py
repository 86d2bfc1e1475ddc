"""The guard's question: one small window. Enter calls, Esc does not."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import Proposal
from c2c_desktop.domain.number import local_time_there
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.announcer import outcome_words
from c2c_desktop.services.guard import source_reason
from c2c_desktop.ui.key_hint_button import KeyHintButton
from c2c_desktop.ui.when import moment_words

ARMED_MS = 400
"""A key or a click that comes sooner was meant for what stood here before the question."""

_LINK_SHOWN = 120
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})

_QUESTIONS = {
    Source.LINK: "Call this number from a link?",
    Source.HOTKEY: "Call this selected number?",
}


class AskDialog(QDialog):
    """Shows exactly what would be dialled, and why the guard asks."""

    def __init__(self, proposal: Proposal, last_call: Call | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        number, request = proposal.number, proposal.request
        self.setWindowTitle("Call this number?")
        self.setMinimumWidth(320)
        self.resize(440, 200)
        self._shown_for = QElapsedTimer()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 18)
        self._column.setSpacing(4)
        self._column.addWidget(_label(_QUESTIONS.get(request.source, "Call this number?"), "muted"))
        self._column.addWidget(_label(number.shown, "big"))
        if request.contact_name:
            self._column.addWidget(_label(request.contact_name, "muted"))
        self._column.addSpacing(10)
        self._column.addLayout(self._facts(proposal, last_call))
        told_already = source_reason(request.source) if request.source in _QUESTIONS else ""
        for reason in proposal.decision.reasons:
            if reason != told_already:
                self._column.addSpacing(8)
                self._column.addWidget(_label(reason, "warn"))
        self.call = KeyHintButton("Call", "↵")
        self.call.setProperty("kind", "primary")
        self.call.setDefault(True)
        self.call.installEventFilter(self)
        self.call.clicked.connect(self.accept)
        self.dont = KeyHintButton("Don’t call", "Esc")
        self.dont.setAutoDefault(False)
        self.dont.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.dont)
        buttons.addWidget(self.call)
        self._column.addSpacing(12)
        self._column.addLayout(buttons)
        self.call.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the person sees the question."""
        super().showEvent(event)
        self.setMinimumHeight(self._column.totalHeightForWidth(self.width()))
        self._shown_for.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter only when it answers this question."""
        if self._is_early(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.dont.hasFocus():
            self.reject()  # Qt would press the default button: the one that calls
            return
        super().keyPressEvent(event)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """The same for the button that has the focus."""
        if event.type() in _PRESSES:
            return not self._shown_for.hasExpired(ARMED_MS)
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_early(event)

    def _is_early(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        return enter and (event.isAutoRepeat() or not self._shown_for.hasExpired(ARMED_MS))

    def _facts(self, proposal: Proposal, last_call: Call | None) -> QFormLayout:
        number, request = proposal.number, proposal.request
        facts = QFormLayout()
        facts.setHorizontalSpacing(24)
        facts.setVerticalSpacing(6)
        there = local_time_there(number, datetime.datetime.now(datetime.UTC))
        where = [number.country, number.kind.value, f"{there} there" if there else ""]
        lines = [("Country", " · ".join(part for part in where if part))]
        if last_call is not None:
            lines.append(("Last call", f"{moment_words(last_call.started_at)}, {outcome_words(last_call).lower()}"))
        lines.append(("Rings first", proposal.route.device))
        if proposal.caller_id:
            lines.append(("Caller ID", proposal.caller_id))
        if request.source is Source.LINK:
            lines.append(("Link", clean_text(request.text, _LINK_SHOWN)))
        for name, value in lines:
            facts.addRow(_label(name, "muted"), _label(value, ""))
        return facts


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label

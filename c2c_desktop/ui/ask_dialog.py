"""The guard's question: one small window. Enter calls, Esc does not."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Proposal
from c2c_desktop.domain.number import local_time_there

_QUESTIONS = {
    Source.LINK: "Call this number from a link?",
    Source.HOTKEY: "Call this selected number?",
}


class AskDialog(QDialog):
    """Shows exactly what would be dialled, and why the guard asks."""

    def __init__(self, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        number, request = proposal.number, proposal.request
        self.setWindowTitle("Call this number?")
        self.setMinimumWidth(340)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(6)
        column.addWidget(_label(_QUESTIONS.get(request.source, "Call this number?"), "muted"))
        column.addWidget(_label(number.shown, "big"))
        if request.contact_name:
            column.addWidget(_label(request.contact_name, "muted"))
        facts = QFormLayout()
        facts.setHorizontalSpacing(24)
        there = local_time_there(number, datetime.datetime.now(datetime.UTC))
        where = " · ".join(
            part for part in (number.country, number.kind.value, f"{there} there" if there else "") if part
        )
        lines = [("Country", where), ("Rings first", proposal.route.device)]
        if proposal.caller_id:
            lines.append(("Caller ID", proposal.caller_id))
        if request.source is Source.LINK:
            lines.append(("Link", request.text[:120]))
        for name, value in lines:
            facts.addRow(_label(name, "muted"), _label(value, ""))
        column.addSpacing(6)
        column.addLayout(facts)
        for reason in proposal.decision.reasons:
            column.addSpacing(6)
            column.addWidget(_label(reason, "warn"))
        self.call = QPushButton("Call")
        self.call.setProperty("kind", "primary")
        self.call.setDefault(True)
        self.call.setToolTip("Enter")
        self.call.clicked.connect(self.accept)
        self.dont = QPushButton("Don’t call")
        self.dont.setAutoDefault(False)
        self.dont.setToolTip("Esc")
        self.dont.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.dont)
        buttons.addWidget(self.call)
        column.addSpacing(10)
        column.addLayout(buttons)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label

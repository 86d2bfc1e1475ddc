"""The guard's question: one small window. Enter calls, Esc does not."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import Proposal, Verdict
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.domain.policy import TRUST
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.announcer import outcome_words, press_words
from c2c_desktop.services.guard_rules import source_reason
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox
from c2c_desktop.ui.locks import lock_field, lock_on
from c2c_desktop.ui.question import Question
from c2c_desktop.ui.when import clock_there_words, moment_words

_SHOWN = 120
"""Characters shown of what another program handed over."""

_QUESTIONS = {
    Source.LINK: "Call this number from a link?",
    Source.HOTKEY: "Call this selected number?",
}
_TRUST_WORDS = {
    Source.LINK: "Always call numbers of my contacts from links without asking",
    Source.HOTKEY: "Always call numbers of my contacts from selections (hotkey) without asking",
}


class AskDialog(Question):
    """Shows exactly what would be dialled, and why the guard asks."""

    def __init__(
        self, proposal: Proposal, last_call: Call | None, accounts: Accounts, parent: QWidget | None = None
    ) -> None:
        super().__init__("Call this number?", "Call", 480, (), parent)
        number, request = proposal.number, proposal.request
        self.column.setSpacing(4)
        self.column.addWidget(_label(_QUESTIONS.get(request.source, "Call this number?"), "muted"))
        if request.contact_name:
            self.column.addWidget(_label(request.contact_name, "name"))
        self.column.addWidget(_label(number.shown, "big"))
        there = clock_there_words(number, datetime.datetime.now(datetime.UTC))
        where = [number.country, number.kind.value, there]
        self.column.addWidget(_label(" · ".join(part for part in where if part), "muted"))
        self.column.addSpacing(8)
        self.column.addLayout(_facts(proposal, last_call))
        self._add_reasons(proposal)
        self.column.addSpacing(4)
        self.column.addWidget(self.left_alone)
        self.trust: CheckBox | None = None
        """The choice not to be asked any more, where there is one."""
        self._add_trust(proposal, accounts)
        self.go_on.clicked.connect(self.accept)
        self.column.addSpacing(12)
        self.add_buttons()
        self.go_on.setFocus()

    @property
    def trusts_contacts(self) -> bool:
        """Whether the person chose not to be asked about contacts any more."""
        return self.trust is not None and self.trust.isEnabled() and self.trust.isChecked()

    def _add_reasons(self, proposal: Proposal) -> None:
        """Why it asks, but for what the headline says; then what else is good to know."""
        source = proposal.request.source
        told_already = source_reason(source) if source in _QUESTIONS else ""
        for reason in proposal.decision.reasons:
            if reason != told_already:
                self.column.addSpacing(6)
                self.column.addWidget(_label(reason, "warn"))
        for information in proposal.decision.information:
            self.column.addSpacing(2)
            self.column.addWidget(_label(information, "muted"))

    def _add_trust(self, proposal: Proposal, accounts: Accounts) -> None:
        """Offer it only where it would have made a difference: nothing but the source asks."""
        source = proposal.request.source
        asks = accounts.settings.guard.sources.get(source, TRUST[source]) is Verdict.ASK
        alone = proposal.decision.reasons == (source_reason(source),)
        if accounts.rules_trouble:
            return  # storing it would end the trouble unnoticed
        if not (source in _TRUST_WORDS and proposal.request.contact_name and asks and alone):
            return
        self.trust = CheckBox(_TRUST_WORDS[source])
        self.column.addSpacing(8)
        self.column.addWidget(self.trust)
        note = lock_field(self.trust, lock_on(accounts.locks, "guard.trusted_for_contacts"), Icons())
        if note is not None:
            note.setContentsMargins(28, 0, 0, 0)
            self.column.addWidget(note)


def _facts(proposal: Proposal, last_call: Call | None) -> QGridLayout:
    number, request = proposal.number, proposal.request
    facts = QGridLayout()
    facts.setColumnStretch(1, 1)
    facts.setHorizontalSpacing(20)
    facts.setVerticalSpacing(6)
    handed_over = request.origin or (request.text if request.source is Source.LINK else "")
    lines: list[tuple[str, str]] = []
    if handed_over:
        lines.append(("Link" if request.source is Source.LINK else "From", clean_text(handed_over, _SHOWN)))
    if _digits(request.text.partition(",")[0]) != number.digits:
        lines.append(("Reads as", f"{number.shown} ({number.why})" if handed_over else number.reading))
    if last_call is not None:
        lines.append(("Last call", f"{moment_words(last_call.started_at)}, {outcome_words(last_call).lower()}"))
    lines.append(("Rings first", proposal.route.device))
    if proposal.caller_id:
        lines.append(("Caller ID", proposal.caller_id))
    if number.post_dial:
        lines.append(("Afterwards", press_words(number.post_dial)))
    for row, (name, value) in enumerate(lines):
        label = _label(name, "muted")
        label.setWordWrap(False)
        label.setMinimumHeight(20)  # as high as a line of its value
        facts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        facts.addWidget(_label(value, ""), row, 1)
    return facts


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label

"""What several contacts are, and what they become: with the choices only a person can make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import Choice, Field, Merge, merge
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.contact_card import ContactCard, card_title, plain_label
from c2c_desktop.ui.forms import FieldGrid
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox

SIDE_BY_SIDE = 520
"""Width from which on what they are stands beside what they become."""

_CHOOSE = "Choose…"
_FEWEST = 2


class MergePreview(QWidget):
    """Shows one group. Main thread."""

    merge_asked = Signal(object)
    """The `Merge` as it stands, which is ready."""
    apart_asked = Signal()

    def __init__(self, numbers: ShownNumbers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._members: Sequence[Contact] = ()
        self._chosen: dict[Field, str] = {}
        self._boxes: list[tuple[Contact, CheckBox]] = []
        self.choices: dict[Field, ChoiceBox] = {}
        self._merge: Merge | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words = plain_label("", "muted")
        self.go = QPushButton("Merge")
        self.go.setProperty("kind", "primary")
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._ask_merge)
        self.apart = QPushButton("Not the same")
        self.apart.setToolTip("Keep them as they are, and never ask about them again")
        self.apart.setAccessibleDescription(self.apart.toolTip())
        self.apart.setAutoDefault(False)
        self.apart.clicked.connect(self.apart_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.apart)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.words)
        foot.addLayout(buttons)
        column.addLayout(foot)
        self.clear()

    @property
    def is_ready(self) -> bool:
        """Whether it can be merged as it stands."""
        return self._merge is not None and self._merge.is_ready

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Everything Tab goes to here, in the order in which it is read."""
        return (*(box for _, box in self._boxes), *self.choices.values(), self.apart, self.go)

    def clear(self, words: str = "") -> None:
        """Show no group, and `words` in its place."""
        self._members, self._merge = (), None
        self._chosen.clear()
        self._build()
        self._say(words)

    def show_members(self, members: Sequence[Contact]) -> None:
        """Show a group as it stands now."""
        if len(members) < _FEWEST:
            self.clear("Of these contacts only one is left. Look again.")
            return
        self._members = members
        self._chosen.clear()
        self._build()
        self._refresh()

    def enable(self, *, on: bool) -> None:
        """Let the person decide, or not while something else is under way."""
        self.go.setEnabled(on and self.is_ready)
        self.apart.setEnabled(on and self._merge is not None)

    def focus_undecided(self) -> None:
        """Go to the first choice that must be made."""
        for field in self._merge.undecided if self._merge is not None else ():
            self.choices[field].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(self.choices[field])
            return

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _build(self) -> None:
        """Make the cards anew: a card for each contact, then the choices and the card of what they become."""
        body = QWidget()
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._panes.setContentsMargins(16, 12, 16, 12)
        self._panes.setSpacing(16)
        self._boxes, self.choices = [], {}
        self._result = ContactCard(self._numbers)
        if self._members:
            these, this = QVBoxLayout(), QVBoxLayout()
            these.setSpacing(8)
            this.setSpacing(8)
            these.addWidget(plain_label(f"These {len(self._members)}", "heading"))
            for member in self._members:
                these.addWidget(self._card(member))
            these.addStretch(1)
            this.addWidget(plain_label("Become this one", "heading"))
            self._fields = FieldGrid()
            this.addWidget(self._fields)
            this.addWidget(self._result)
            this.addStretch(1)
            self._panes.addLayout(these, 1)
            self._panes.addLayout(this, 1)
            for choice in merge(self._members).choices:
                self._add_choice(choice)
            self._fields.setVisible(bool(self.choices))
            self._fields.arrange(narrow=True)
        self._scroll.setWidget(body)
        self._arrange()

    def _card(self, member: Contact) -> ContactCard:
        if len(self._members) > _FEWEST:
            box = CheckBox(card_title(member, self._numbers))
            box.setChecked(True)
            box.setAccessibleDescription("Merge this one too")
            box.toggled.connect(self._refresh)
            self._boxes.append((member, box))
            card = ContactCard(self._numbers, box)
        else:
            card = ContactCard(self._numbers)
        card.show_contact(member)
        return card

    def _add_choice(self, choice: Choice) -> None:
        box = ChoiceBox()
        if choice.is_open:
            box.addItem(_CHOOSE, "")
        for option in choice.options:
            is_number = choice.field in (Field.PREFERRED, Field.CALLER_ID)
            words = self._numbers.number(option.words) if is_number else self._numbers.text(option.words)
            box.addItem(words, (option.value,))
        box.activated.connect(lambda _: self._choose(choice.field, box))
        self.choices[choice.field] = box
        self._fields.add_field(choice.field.value, box)

    def _choose(self, field: Field, box: ChoiceBox) -> None:
        self._chosen.pop(field, None)
        data = box.currentData()
        if data:
            (self._chosen[field],) = data
        self._refresh()

    def _refresh(self) -> None:
        left_out = {member.id for member, box in self._boxes if not box.isChecked()}
        members = [member for member in self._members if member.id not in left_out]
        if len(members) < _FEWEST:
            self._merge = None
            self._say("Tick at least two.")
        else:
            self._merge = merge(members, self._chosen)
            self._result.show_contact(_decided(self._merge))
            there = {choice.field for choice in self._merge.choices}
            for field, box in self.choices.items():
                box.setEnabled(field in there)
            self._say(self._merge.obstacle or _undecided_words(self._merge))
        self._result.setVisible(self._merge is not None)
        self.enable(on=True)

    def _ask_merge(self) -> None:
        if self._merge is not None and self._merge.is_ready:
            self.merge_asked.emit(self._merge)

    def _arrange(self) -> None:
        is_wide = self.width() >= SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._panes.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one above the other."""
        super().resizeEvent(event)
        self._arrange()


def _undecided_words(told: Merge) -> str:
    if not told.undecided:
        return ""
    *fields, last = (_UNDECIDED[field] for field in told.undecided)
    before = f"{', '.join(fields)} and " if fields else ""
    return f"They contradict: choose {before}{last}."


def _decided(told: Merge) -> Contact:
    """Return what they become as far as it is decided."""
    blank: dict[str, object] = {}
    for field in told.undecided:
        blank.update(_BLANK[field])
    contact = replace(told.contact, **blank)  # type: ignore[arg-type]
    if Field.PREFERRED in told.undecided:
        contact = replace(contact, numbers=tuple(replace(number, preferred=False) for number in contact.numbers))
    return contact


_UNDECIDED = {
    Field.NAME: "a name",
    Field.COMPANY: "a company",
    Field.PREFERRED: "the number called first",
    Field.ROUTE: "the phone that rings first",
    Field.CALLER_ID: "a caller ID",
}
_BLANK: dict[Field, dict[str, object]] = {
    Field.NAME: {"name": "…", "note": ""},
    Field.COMPANY: {"company": "", "note": ""},
    Field.PREFERRED: {},
    Field.ROUTE: {"route": None},
    Field.CALLER_ID: {"caller_id": None},
}
"""What is not shown before somebody decides; the note tells what was decided against."""

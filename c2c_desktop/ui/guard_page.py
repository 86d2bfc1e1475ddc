"""Settings, "Rules": every rule of the guard, in people's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import Verdict
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.number import LineKind
from c2c_desktop.domain.policy import (
    MOST_A_MINUTE,
    MOST_DUPLICATE_SECONDS,
    MOST_UNDO_SECONDS,
    TRUST,
    CallingHours,
    GuardPolicy,
)
from c2c_desktop.domain.rule_keys import TABLES
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.ui.country_text import countries_from, country_text, prefixes_from
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox, NumberBox, SecondsBox, TimeBox
from c2c_desktop.ui.locks import lock_field, lock_on
from c2c_desktop.ui.settings_page import FileField, SettingsPage, WrongFieldError, side_by_side

_VERDICTS = {Verdict.ASK: "Ask first", Verdict.REFUSE: "Refuse", Verdict.ALLOW: "Call at once"}
_SOURCES = {Source.LINK: "Links", Source.HOTKEY: "Hotkey", Source.COMMAND_LINE: "Command line"}
_KINDS = {
    LineKind.PREMIUM: "Premium rate",
    LineKind.SHARED_COST: "Shared cost",
    LineKind.SATELLITE: "Satellite",
}
_TRUSTED = {
    Source.LINK: "Call my contacts from links at once",
    Source.HOTKEY: "Call my contacts from selections at once",
}
_USUAL_HOURS = CallingHours(9 * 60, 20 * 60)
_DAY = 24 * 60


@dataclass(frozen=True)
class _Rule:
    """One rule on the page: what stands there, what it means, and what stood there at first."""

    key: str
    field: QWidget
    state: Callable[[], object]
    value: Callable[[], object]
    shown: object


class GuardPage(SettingsPage):
    """Edits a copy of the policy; a locked rule cannot be reached and says why."""

    def __init__(self, accounts: Accounts, icons: Icons) -> None:
        super().__init__("Rules")
        self._accounts = accounts
        self._icons = icons
        self._rules: list[_Rule] = []
        policy = accounts.settings.guard
        if accounts.rules_trouble:
            trouble = QLabel(accounts.rules_trouble)
            trouble.setProperty("role", "warn")
            trouble.setWordWrap(True)
            self.fields.add("", trouble)
        self._add_sources(policy)
        self._add_costs(policy)
        self._add_places(policy)
        self._add_times(policy)

    def changes(self) -> dict[str, object]:
        """Return the policy with what was changed, as it stands now; nothing where nothing was."""
        changed: dict[str, object] = {}
        for rule in self._rules:
            if rule.state() == rule.shown:
                continue
            try:
                changed[rule.key] = rule.value()
            except UserFacingError as error:
                raise WrongFieldError(rule.field, f"{error.title}. {error.message}") from error
        return {"guard": changed_policy(self._accounts.settings.guard, changed)} if changed else {}

    def _add_sources(self, policy: GuardPolicy) -> None:
        self.fields.add_heading("When another program asks for a call")
        self.sources = {
            source: self._add_choice(words, f"sources.{source.value}", policy.sources.get(source, TRUST[source]))
            for source, words in _SOURCES.items()
        }
        self.trusted = {source: CheckBox(words) for source, words in _TRUSTED.items()}
        for source, box in self.trusted.items():
            box.setChecked(source in policy.trusted_for_contacts)
        boxes = tuple(self.trusted.values())
        self._add_boxes("trusted_for_contacts", boxes, self._trusted_sources)
        limits = {source: policy.rates.get(source, 0) for source in (Source.LINK, Source.HOTKEY)}
        self.rates = {source: NumberBox(limit, 0, MOST_A_MINUTE, "a minute") for source, limit in limits.items()}
        for source, words in ((Source.LINK, "Links at most"), (Source.HOTKEY, "Hotkey at most")):
            self._add_rate(words, source)
        self.while_locked = CheckBox("Refuse links and the hotkey while the screen is locked")
        self.while_locked.setChecked(policy.refuse_while_locked)
        self._add_boxes("refuse_while_locked", (self.while_locked,), self.while_locked.isChecked)

    def _add_rate(self, words: str, source: Source) -> None:
        box = self.rates[source]
        box.setSpecialValueText("no limit")
        self._add_number(words, f"rates.{source.value}", box, lambda: box.value() or None)

    def _add_costs(self, policy: GuardPolicy) -> None:
        self.fields.add_heading("Numbers that can cost more")
        self.kinds = {
            kind: self._add_choice(words, f"kinds.{kind.value}", policy.kinds.get(kind, Verdict.ALLOW))
            for kind, words in _KINDS.items()
        }
        self.unknown_country = self._add_choice("Unknown country", "unknown_country", policy.unknown_country)

    def _add_places(self, policy: GuardPolicy) -> None:
        self.fields.add_heading("Where you call")
        self.allowed = self._add_text(
            "Allowed countries", "allowed_countries", country_text(policy.allowed_countries), countries_from,
            "By name or code, like India, GB. Empty: all but the blocked ones.",
        )  # fmt: skip
        self.blocked = self._add_text(
            "Blocked countries", "blocked_countries", country_text(policy.blocked_countries), countries_from
        )
        self.blocked_prefixes = self._add_text(
            "Blocked prefixes", "blocked_prefixes", ", ".join(policy.blocked_prefixes), prefixes_from,
            "Like +4470, +1900.",
        )  # fmt: skip
        self.allowed_prefixes = self._add_text(
            "Allowed prefixes", "allowed_prefixes", ", ".join(policy.allowed_prefixes), prefixes_from,
            "Called whatever their country.",
        )  # fmt: skip
        self.do_not_call = FileField(policy.do_not_call_file, "Do-not-call list", "Text (*.txt *.csv);;All files (*)")
        self._add("Do-not-call list", "do_not_call_file", self.do_not_call, lambda: self.do_not_call.text,
                  self._do_not_call_file, "A text or CSV file with a number on each line. Its numbers are refused.",
        )  # fmt: skip

    def _add_times(self, policy: GuardPolicy) -> None:
        self.fields.add_heading("When")
        hours = policy.calling_hours or _USUAL_HOURS
        self.in_hours = CheckBox("Ask outside these hours")
        self.in_hours.setChecked(policy.calling_hours is not None)
        self.start, self.end = TimeBox(hours.start % _DAY), TimeBox(hours.end % _DAY)
        self.start.setAccessibleName("Calling hours from")
        self.end.setAccessibleName("Calling hours to")
        for box in (self.start, self.end):
            box.setEnabled(self.in_hours.isChecked())
            self.in_hours.toggled.connect(box.setEnabled)
        self._add_boxes("calling_hours", (self.in_hours,), self._calling_hours, self._hours_state)
        column = side_by_side(self.start, QLabel("to"), self.end)
        column.setEnabled(not lock_on(self._accounts.locks, "guard.calling_hours"))
        self.fields.add_field("Calling hours", column, "By the clock of whoever you call.")
        self.duplicate = SecondsBox(policy.duplicate_seconds, 0, MOST_DUPLICATE_SECONDS)
        self.duplicate.setSpecialValueText("never")
        self._add_number("Same number within", "duplicate_seconds", self.duplicate, self.duplicate.value,
                         "Asks before it calls a number again so soon.",
        )  # fmt: skip
        self.undo = SecondsBox(policy.undo_seconds, 0, MOST_UNDO_SECONDS)
        self.undo.setSpecialValueText("off")
        self._add_number("Time to cancel", "undo_seconds", self.undo, self.undo.value,
                         "Seconds a call waits before it is sent.",
        )  # fmt: skip

    # What a field means

    def _trusted_sources(self) -> frozenset[Source]:
        chosen = {source for source, box in self.trusted.items() if box.isChecked()}
        return (self._accounts.settings.guard.trusted_for_contacts - self.trusted.keys()) | chosen

    def _hours_state(self) -> tuple[bool, int, int]:
        return self.in_hours.isChecked(), self.start.minutes, self.end.minutes

    def _calling_hours(self) -> CallingHours | None:
        if not self.in_hours.isChecked():
            return None
        if self.start.minutes == self.end.minutes:
            raise UserFacingError("Calling hours are missing", "Choose two different times, or untick the box.")
        return CallingHours(self.start.minutes, self.end.minutes)

    def _do_not_call_file(self) -> str:
        path = self.do_not_call.text
        if path and not Path(path).is_file():
            raise UserFacingError("The do-not-call list is missing", f"There is no file at {path}.")
        return path

    # How a field is added

    def _add_choice(self, words: str, key: str, chosen: Verdict) -> ChoiceBox:
        box = ChoiceBox()
        for verdict, label in _VERDICTS.items():
            box.addItem(label, verdict)
        box.setCurrentIndex(box.findData(chosen))
        self._add(words, key, box, box.currentData, box.currentData)
        return box

    def _add_text(
        self, words: str, key: str, text: str, read: Callable[[str], object], help_text: str = ""
    ) -> QLineEdit:
        field = QLineEdit(text)
        self._add(words, key, field, lambda: field.text().strip(), lambda: read(field.text()), help_text)
        return field

    def _add_number(
        self, words: str, key: str, box: NumberBox, value: Callable[[], object], help_text: str = ""
    ) -> None:
        self._add(words, key, box, box.value, value, help_text)

    def _add(
        self,
        words: str,
        key: str,
        field: QWidget,
        state: Callable[[], object],
        value: Callable[[], object],
        help_text: str = "",
    ) -> None:
        self._rules.append(_Rule(key, field, state, value, state()))
        note = lock_field(field, lock_on(self._accounts.locks, f"guard.{key}"), self._icons)
        self.fields.add_field(words, field, help_text, note)

    def _add_boxes(
        self,
        key: str,
        boxes: tuple[CheckBox, ...],
        value: Callable[[], object],
        state: Callable[[], object] | None = None,
    ) -> None:
        """Add check boxes that are one rule, with one note below."""
        state = state or (lambda: tuple(box.isChecked() for box in boxes))
        self._rules.append(_Rule(key, boxes[0], state, value, state()))
        note = None
        for box in boxes:
            note = lock_field(box, lock_on(self._accounts.locks, f"guard.{key}"), self._icons)
            self.fields.add("", box)
        if note is not None:
            self.fields.add("", note)


def changed_policy(policy: GuardPolicy, changed: dict[str, object]) -> GuardPolicy:
    """Return `policy` with `changed` rules; an entry of a table by its key, like `sources.link`, None to drop it."""
    fields: dict[str, object] = {}
    for key, value in changed.items():
        name, _, entry = key.partition(".")
        if not entry:
            fields[name] = value
            continue
        table = dict(fields.get(name, getattr(policy, name)))  # type: ignore[call-overload]
        member = TABLES[name](entry)
        table[member] = value
        if value is None:
            del table[member]
        fields[name] = table
    return replace(policy, **fields)  # type: ignore[arg-type]  # the keys are the policy's own

"""What quick dial offers for a text: the number itself, and the contacts that match; without a text whom one calls."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError
from c2c_desktop.domain.found_contacts import Found
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_for
from c2c_desktop.domain.plain_text import clean_text
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.quick_picks import call_row, choice_row, chosen_text, contact_rows, number_row
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.search_field import LONGEST_SEARCH

PATIENCE_MS = 200
"""How long rows of an older text may stand while the contacts are asked."""

MOST_ROWS = 60
MOST_RECENTS = 6
_SHOWN_TEXT = 32
"""Characters of a text that are shown where it found nothing."""


class QuickResults(QObject):
    """One text and what answers it. What is shown while it is open does not change by itself. Main thread."""

    changed = Signal()
    """There is something to show for the text as it is now."""

    def __init__(
        self, directory: Directory, journal: Journal, accounts: Accounts, numbers: ShownNumbers, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._journal = journal
        self._accounts = accounts
        self._numbers = numbers
        self.generation = 0
        """Another for each text."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.changed)
        self.forget()

    def forget(self) -> None:
        """Know nothing any more; what is still on its way is not taken."""
        self._patience.stop()
        self.generation += 1
        self.text = ""
        self.choices: tuple[PhoneNumber, ...] = ()
        self._source = self._choices_source = Source.POPUP
        self._origin = ""
        self._names: dict[str, Contact] = {}
        self._calls: list[Call] = []
        self._clear()

    def begin(self, text: str, choices: tuple[PhoneNumber, ...], source: Source) -> str:
        """Begin with a text, or with the `choices` found in it; return what belongs in the field.

        In privacy mode a number nobody typed here is offered as the one choice: in the field it could be read.
        """
        self.forget()
        self._calls = self._journal.recent()
        if not choices and source is not Source.POPUP and self._numbers.masked:
            choices = tuple(self._read(text))
        self.choices, self._source, self._origin = choices, source, text
        text = clean_text(text, LONGEST_SEARCH)
        if choices:
            self._choices_source = Source.HOTKEY if source is Source.POPUP else source
            text = ""
            for number in choices:
                self._directory.find_number(number.e164, partial(self._take_name, number.e164))
        self._ask(text)
        return text

    def look_for(self, text: str) -> None:
        """Look for what a hand typed: from now on it is the hand's."""
        if text.strip():
            self._source = Source.POPUP
        self._ask(text)

    @property
    def is_settled(self) -> bool:
        """Whether `rows` is all there is for the text."""
        return self._awaited == 0

    @property
    def starts_chosen(self) -> bool:
        """Whether the first row is the current one from the start.

        Not where nobody asked for anything yet; nor where digits can be a number of their own, that is refused or
        not in use, as well as a part of somebody's.
        """
        is_refused = isinstance(self._trouble, RefusedNumberError) and not any(c.isalpha() for c in self.text)
        is_clear = all(number.in_use for number in self._found) or not self._contacts
        return bool(self.text or self.choices) and is_clear and not is_refused

    @property
    def typed(self) -> DialRequest | None:
        """What calls the number that stands in the field, where it is one number in use; whoever has it."""
        if len(self._found) == 1 and self._found[0].in_use:
            return self._typed_request()
        return None

    def rows(self) -> list[Row]:
        """Return what is known for the text; nobody for an emergency number, however many numbers hold its digits."""
        if isinstance(self._trouble, EmergencyNumberError):
            return []
        if self.text:
            return self._rows_for_text()
        if self.choices:
            rows = [
                choice_row(number, self._names.get(number.e164), self._numbers, self._choices_source, self._origin)
                for number in self.choices
            ]
            return [Row("Which number?" if len(rows) > 1 else "Selected number", is_heading=True), *rows]
        return self._rows_to_start()

    def words(self) -> str:
        """Return what is said where there is no row."""
        text = self.text if len(self.text) <= _SHOWN_TEXT else f"{self.text[:_SHOWN_TEXT]}…"
        trouble = self._trouble
        if trouble is not None and (isinstance(trouble, EmergencyNumberError) or not any(c.isalpha() for c in text)):
            return f"{trouble.title}. {trouble.message}".strip()
        if not self.is_settled:
            return "Searching…"
        if not text:
            return "Type a name or a number."
        return f"Nobody here is called “{text}”."

    def _clear(self) -> None:
        self._found: list[PhoneNumber] = []
        self._trouble: NumberError | None = None
        self._owner: Contact | None = None
        self._contacts: list[Contact] = []
        self._awaited = 0

    def _ask(self, text: str) -> None:
        self.generation += 1
        self._clear()
        self.text = text.strip()
        self._region = self._accounts.region
        if not self.text:
            if self.choices:
                self._settle()
                return
            self._awaited = 1
            self._patience.start()
            self._directory.favourites(partial(self._take, self.generation))
            return
        self._found = self._read(self.text)
        self._awaited = 1
        self._patience.start()
        if len(self._found) == 1:
            self._awaited = 2
            self._directory.find_number(self._found[0].e164, partial(self._take_owner, self.generation))
        self._directory.search(self.text, partial(self._take_found, self.generation))

    def _read(self, text: str) -> list[PhoneNumber]:
        """Return the number, or the numbers, in `text`."""
        if not any(character.isdigit() for character in text):
            return []
        try:
            return [parse_for(self._accounts.active, text)]
        except SeveralNumbersError as error:
            return list(error.choices)
        except NumberError as error:
            self._trouble = error
            return []

    def _take_found(self, generation: int, found: Found) -> None:
        self._take(generation, found.contacts)

    def _take(self, generation: int, contacts: list[Contact]) -> None:
        if generation == self.generation:
            self._contacts = contacts
            self._count_down()

    def _take_owner(self, generation: int, contact: Contact | None) -> None:
        if generation == self.generation:
            self._owner = contact
            self._count_down()

    def _take_name(self, e164: str, contact: Contact | None) -> None:
        """Know whose a choice is; whenever it comes, it is right for that number."""
        if contact is not None and any(number.e164 == e164 for number in self.choices):
            self._names[e164] = contact
            if not self.text:
                self.changed.emit()

    def _count_down(self) -> None:
        self._awaited -= 1
        if not self._awaited:
            self._settle()

    def _settle(self) -> None:
        self._patience.stop()
        self.changed.emit()

    def _typed_request(self) -> DialRequest:
        return DialRequest(self.text, self._source, region=self._region)

    def _rows_for_text(self) -> list[Row]:
        rows: list[Row] = []
        own: list[Row] = []
        if len(self._found) == 1:
            number = self._found[0]
            own = self._rows_of_owner(number) or [number_row(number, self._typed_request())]
        else:
            own = [
                number_row(number, DialRequest(chosen_text(number), self._source, region=self._region))
                for number in self._found
            ]
        for contact in self._contacts[:MOST_ROWS]:
            rows += self._rows_of(contact, self._source, search=self.text)
        taken = {row.payload.id for row in own}
        rows = [row for row in rows if row.payload.id not in taken][:MOST_ROWS]
        # Many unfinished numbers can be read as a number; then whose number begins so comes first.
        return [*own, *rows] if all(number.in_use for number in self._found) else [*rows, *own]

    def _rows_of_owner(self, number: PhoneNumber) -> list[Row]:
        if self._owner is None or number.post_dial:
            return []
        return list(self._rows_of(self._owner, self._source, only=number.e164))

    def _rows_of(self, contact: Contact, source: Source, *, search: str = "", only: str = "") -> Iterable[Row]:
        return contact_rows(contact, self._numbers, source, search, only, self._directory.directory_name(contact))

    def _rows_to_start(self) -> list[Row]:
        favourites = [row for c in self._contacts for row in self._rows_of(c, Source.POPUP)]
        known = {number.e164 for contact in self._contacts for number in contact.numbers}
        last: dict[str, Call] = {}
        for call in self._calls:
            if call.e164 not in known:
                last.setdefault(call.e164, call)
        recents = [call_row(call, self._numbers) for call in list(last.values())[:MOST_RECENTS]]
        rows: list[Row] = []
        for title, part in (("Favourites", favourites), ("Recent", recents)):
            if part:
                rows += [Row(title, is_heading=True), *part]
        return rows

"""Reads vCard 2.1, 3.0 and 4.0 as phones and programs really write them.

Not by vobject, which the tests hold this against: it reads 3,000 cards a second where this reads 38,000 (12 times as
many; 9 in quoted-printable, 4 with photos; measured in one run), ends a whole file at the first line that is none,
takes one encoding for all of a file, and cuts a note at a comma nobody escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from c2c_desktop.adapters.vcard_card import AGENT_LEFT_OUT, OLD_VERSION, Card
from c2c_desktop.adapters.vcard_lines import LONGEST_LINE, UnfoldedLines
from c2c_desktop.adapters.vcard_property import READ_NAMES, PropertyHead, PropertyHeads
from c2c_desktop.adapters.vcard_text import cleaned
from c2c_desktop.domain.contact_record import SKIPPED_TEXT_LENGTH, ContactRecord, SkippedRecord

MOST_CARD_LINES = 100_000
"""Lines of one card, folds undone; a longer one is left out."""

LINE_TOO_LONG = f"This line is longer than {LONGEST_LINE // 1024:,} KB."
CARD_TOO_LONG = f"This card has more than {MOST_CARD_LINES:,} lines."
NO_END = "This card has no end: the file is cut off or damaged here."
NO_BEGIN = "This is the end of a card that does not begin."
NO_CARD = "This is no part of a contact card."
NO_PROPERTY = "This line in a card cannot be read."

_BORDERS = {"BEGIN", "END"}
_TURNS = {"AGENT", "VERSION"}
"""Properties that change how the next lines are read."""

_NOTHING = "\ufeff \t\0"


def read_vcards(stream: BinaryIO) -> Iterator[ContactRecord | SkippedRecord]:
    """Yield every contact of `stream`, and everything left out, in the order of the file.

    A contact of which a part was left out is followed by the reports of that. Memory stays flat whatever comes:
    a part of the file, the card being read within its limits. Never raises for what it reads; errors of `stream` pass.
    """
    return _Cards(stream).read()


class _Cards:
    """The state between two lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = UnfoldedLines(stream)
        self._heads = PropertyHeads()
        self._card: Card | None = None
        self._is_dropping = False
        """Whether the card that is being read was given up."""
        self._agents = 0
        """How many cards deep inside the card, where what stands there is of somebody else."""
        self._agent_follows = False
        self._has_odd_line = False
        self._stray: SkippedRecord | None = None
        """The first of the lines outside cards since the last card."""

    def read(self) -> Iterator[ContactRecord | SkippedRecord]:
        known, last = self._heads.known, ""
        for line, text, is_cut in self._lines:
            before, colon, value = text.partition(":")
            head = known.get(before)
            if head is None or not colon:
                found = self._heads.split(text)
                if found is None:
                    self._take_odd_line(line, text, last, is_cut=is_cut)
                    continue
                head, value = found
            last, card = head.name, self._card
            if last in _BORDERS and value.strip(_NOTHING).upper() == "VCARD":
                yield from self._begin(line) if last == "BEGIN" else self._end(line, text)
            elif card is None or is_cut or self._agents or last in _TURNS or card.lines >= MOST_CARD_LINES:
                yield from self._take_unusual(line, text, head, value, is_cut=is_cut)
            else:
                card.take(head, value, line)
        if self._card is not None:
            yield self._card.left_out(NO_END)
        yield from self._strays()

    def _begin(self, line: int) -> Iterator[ContactRecord | SkippedRecord]:
        card = self._card
        if card is not None and self._agent_follows:
            self._agents += 1
            self._agent_follows = False
            card.report(line, AGENT_LEFT_OUT, "BEGIN:VCARD")
            return
        if card is not None:
            yield card.left_out(NO_END)
        yield from self._strays()
        self._card, self._agents = Card(line), 0
        self._is_dropping = self._agent_follows = self._has_odd_line = self._lines.keeps_blanks = False

    def _end(self, line: int, text: str) -> Iterator[ContactRecord | SkippedRecord]:
        self._agent_follows = False
        if self._card is None:
            yield from self._strays()
            if not self._is_dropping:
                yield SkippedRecord(line, NO_BEGIN, cleaned(text, SKIPPED_TEXT_LENGTH))
            self._is_dropping = False
        elif self._agents:
            self._agents -= 1
        else:
            yield from self._card.finished()
            self._card = None

    def _take_unusual(
        self, line: int, text: str, head: PropertyHead, value: str, *, is_cut: bool
    ) -> Iterator[ContactRecord | SkippedRecord]:
        card = self._card
        self._agent_follows = False
        if card is None:
            self._take_stray(line, text, is_cut=is_cut)
        elif card.lines >= MOST_CARD_LINES:
            yield card.left_out(CARD_TOO_LONG)
            self._card, self._is_dropping = None, True
        elif head.name == "AGENT" and not value.strip():
            self._agent_follows = True
        elif self._agents:
            pass
        elif is_cut:
            if head.name in READ_NAMES:
                card.report(line, LINE_TOO_LONG, text)
        else:
            card.take(head, value, line)
            self._lines.keeps_blanks = card.version == OLD_VERSION

    def _take_odd_line(self, line: int, text: str, last: str, *, is_cut: bool) -> None:
        """Take a line without a name and a colon: blank, below a note or a photo without being folded, or garbage."""
        card = self._card
        if not text.strip(_NOTHING):
            return
        if card is None:
            self._take_stray(line, text, is_cut=is_cut)
        elif self._agents or (last and last not in READ_NAMES):
            pass
        elif last == "NOTE" and not is_cut:
            card.go_on_with_note(text)
        elif not self._has_odd_line:
            self._has_odd_line = True
            card.report(line, LINE_TOO_LONG if is_cut else NO_PROPERTY, text)

    def _take_stray(self, line: int, text: str, *, is_cut: bool) -> None:
        if self._stray is None and not self._is_dropping:
            reason = LINE_TOO_LONG if is_cut else NO_CARD
            self._stray = SkippedRecord(line, reason, cleaned(text, SKIPPED_TEXT_LENGTH))

    def _strays(self) -> Iterator[SkippedRecord]:
        if self._stray is not None:
            yield self._stray
            self._stray = None

"""The dial pad: number, keys, which phone rings, and the one button that calls."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.contact_dialing import dialled_text
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError
from c2c_desktop.domain.number import PhoneNumber, local_time_there, parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.services.announcer import Tone
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.call_way import CallWay
from c2c_desktop.ui.dial_keys import DialKeys
from c2c_desktop.ui.facts_line import FactsLine
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.number_field import NumberField
from c2c_desktop.ui.theme import Theme

_COMPACT = 460
"""Height below which everything moves closer."""

_FROM_A_LIST = frozenset({Source.CONTACT, Source.HISTORY})
"""Where numbers come from that nobody typed."""


class DialPad(QWidget):
    """Builds a dial request from what a person types or chooses. Main thread."""

    call_asked = Signal(object)
    intent = Signal()
    route_chosen = Signal(object)
    options_asked = Signal()
    recall_asked = Signal()

    def __init__(
        self,
        directory: Directory,
        theme: Theme,
        icons: Icons,
        numbers: ShownNumbers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = numbers or ShownNumbers()
        self.setObjectName("pad")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._directory = directory
        self._theme = theme
        self._icons = icons
        self._region = "IN"
        self._extensions = ""
        self._contact_name = ""
        self._contact_e164 = ""
        self._source = Source.PAD
        self._is_loaded = False
        self._is_listed = False
        """Whether what was loaded came from a list: nobody typed it."""
        self._number: PhoneNumber | None = None
        self._why = ""
        self._compact: bool | None = None
        self.field = NumberField(theme, icons, self)
        self.field.changed.connect(self._read)
        self.field.call_asked.connect(self.call)
        self.field.recall_asked.connect(self.recall_asked)
        self.field.eye.clicked.connect(self._show_button)
        self.facts = FactsLine()
        self.keys = DialKeys(theme, self)
        self.keys.typed.connect(self._press)
        self.way = CallWay(theme)
        self.way.route_chosen.connect(self.route_chosen)
        self.softphone, self.mobile, self.route_note = self.way.softphone, self.way.mobile, self.way.note
        self.call_button = QPushButton("Call")
        self.call_button.setProperty("kind", "call")
        self.call_button.clicked.connect(self.call)
        self.options_link = QPushButton("Options: caller ID, parameters")
        self.options_link.setProperty("kind", "link")
        self.options_link.clicked.connect(self.options_asked)
        self._lay_out()
        self.show_route(Route.SOFTPHONE)
        self._show_button()
        theme.theme_changed.connect(self._show_button)
        self._numbers.listen(self._show_anew)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.facts)
        column.addWidget(self.keys, 4)
        column.addWidget(self.way)
        column.addWidget(self.call_button)
        column.addWidget(self.options_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._set_compact(on=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer where it is low."""
        super().resizeEvent(event)
        self._set_compact(on=event.size().height() < _COMPACT)

    def _set_compact(self, *, on: bool) -> None:
        if on == self._compact:
            return
        self._compact = on
        self._column.setContentsMargins(*((12, 8, 12, 4) if on else (24, 16, 24, 12)))
        self._column.setSpacing(4 if on else 8)
        self.keys.set_compact(on=on)
        self.way.set_compact(on=on)
        self.call_button.setProperty("compact", on)
        repolish(self.call_button)

    def use_account(self, account: Account | None) -> None:
        """Take region and route of the account calls are placed with."""
        if account is None:
            return
        self._region, self._extensions = account.region, account.internal_extensions
        self.field.set_region(account.region, account.internal_extensions)
        self.show_route(account.route)
        if self.field.text():
            is_loaded = self._is_loaded
            self._read(self.field.text())
            self._is_loaded = is_loaded
        extras = [
            part for part, there in (("caller ID", account.caller_id), ("parameters", account.extra_params)) if there
        ]
        self.options_link.setText(
            f"Options: {' and '.join(extras)} set" if extras else "Options: caller ID, parameters"
        )

    def show_route(self, route: Route) -> None:
        """Make the two toggles show `route`, unless a contact was chosen that has its own."""
        self.way.show_route(route)

    def load(self, number: str, contact_name: str = "", source: Source = Source.PAD) -> None:
        """Put a number in the field, of a contact where there is one; nothing is called."""
        self._contact_name = contact_name
        self._contact_e164 = ""
        self.way.choose_contact(None)
        self.field.set_text(number, masked=self._numbers.masked and source in _FROM_A_LIST)
        self._is_listed = source in _FROM_A_LIST
        self._source = source
        self._contact_name = contact_name
        self._contact_e164 = self._number.e164 if self._number and contact_name else ""
        self._is_loaded = True
        self._show()

    def load_contact(self, contact: Contact, number: ContactNumber) -> None:
        """Put a contact's number in the field, which can be called; what the contact says of its calls is shown."""
        self.load(dialled_text(number), contact.name or contact.company, Source.CONTACT)
        self._contact_e164 = number.e164  # of a contact without a name too
        self.way.choose_contact(contact)

    def request(self) -> DialRequest:
        """What pressing Call now would ask for."""
        return DialRequest(
            text=self.field.text(),
            source=self._source,
            contact_name=self._contact_name,
            route=self.way.route,
            caller_id=self.way.caller_id,
        )

    def call(self) -> None:
        """Ask for the call."""
        self.call_asked.emit(self.request())

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show why a number cannot be called, in place."""
        self.facts.say(self._numbers.text(words), tone)

    def type_text(self, text: str) -> None:
        """Take digits typed elsewhere in the window; they begin a new number where the last one was not typed."""
        if self._is_loaded:
            self.field.set_text("")
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        for character in text:
            self.field.insert(character)

    def _press(self, digit: str) -> None:
        self.field.insert(digit)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, text: str) -> None:
        self.intent.emit()
        self._is_loaded = False
        self._number, self._why = None, ""
        try:
            self._number = parse_number(text, self._region, self._extensions)
        except RefusedNumberError as error:
            # Every number is a short code while its first digits are typed.
            self._why = error.title if isinstance(error, EmergencyNumberError) else ""
        except NumberError:
            pass  # unfinished: pressing Call says why
        if self._number is None:
            self._forget_contact()
        elif self._number.e164 != self._contact_e164:
            self._forget_contact()
            e164 = self._number.e164
            self._directory.find_number(e164, lambda contact: self._recognise(e164, contact))
        self._show()

    def _forget_contact(self) -> None:
        self._contact_name = self._contact_e164 = ""
        self._source = Source.PAD
        self.way.choose_contact(None)

    def _recognise(self, e164: str, contact: Contact | None) -> None:
        if contact is not None and self._number is not None and self._number.e164 == e164 and not self._contact_name:
            self._contact_name, self._contact_e164 = contact.name, e164
            self._show()

    def _show(self) -> None:
        number = self._number
        if number is None:
            self.facts.say(self._why, Tone.BAD)
        else:
            there = local_time_there(number, datetime.datetime.now(datetime.UTC))
            kind = number.kind.value
            name = self._numbers.text(self._contact_name)
            facts = [name, number.country, kind, f"{there} there" if there else ""]
            if number.post_dial:
                facts.append(f"then press {number.post_dial}")
            self.facts.show_facts(facts, [kind, name])
        self._show_button()

    def _show_anew(self) -> None:
        if not self._numbers.masked:
            self.field.reveal()
        elif self._is_loaded and self._is_listed:
            self.field.conceal()
        self._show()

    def _show_button(self) -> None:
        number = self._number.shown if self._number else ""
        callee = self._numbers.text(self._contact_name) or (
            self._numbers.number(number) if self.field.is_masked else number
        )
        text = f"Call {callee}" if callee else "Call"
        spaced = f"\u2002{text}"
        metrics = self.call_button.fontMetrics()
        self.call_button.setText(metrics.elidedText(spaced, Qt.TextElideMode.ElideRight, 230).replace("&", "&&"))
        self.call_button.setAccessibleName(text)
        self.call_button.setEnabled(bool(self.field.text().strip()))
        token = "on_accent" if self.call_button.isEnabled() else "muted"
        self.call_button.setIcon(self._icons.icon("phone", self._theme.tokens[token], 18))

"""Which phone rings first: two toggles, and a line where a contact has a way of its own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.toggle_switch import ToggleSwitch

_NEITHER = "Both are off: the service rings neither of your phones."
_ONLY_THIS = "Set for this contact; a change here is for this call."


class CallWay(QWidget):
    """Shows how the next call will be placed: as the account says, or as the chosen contact does."""

    route_chosen = Signal(object)
    """The `Route` from now on; not told of a change for one call."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._route = Route.SOFTPHONE
        self._contact: Contact | None = None
        self.softphone = ToggleSwitch("Ring my softphone", theme)
        self.softphone.setToolTip("The service rings your logged-in TeleCMI client first (webrtc)")
        self.mobile = ToggleSwitch("Ring my mobile", theme)
        self.mobile.setToolTip("The service rings your registered mobile first (followme)")
        self.softphone.clicked.connect(lambda on: self._choose(self._route_now.with_softphone(on=on)))
        self.mobile.clicked.connect(lambda on: self._choose(self._route_now.with_mobile(on=on)))
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.softphone, self.mobile, self.note):
            self._column.addWidget(part)
        self._show()

    def set_compact(self, *, on: bool) -> None:
        """Move closer where it is low."""
        self._column.setSpacing(4 if on else 8)
        self.softphone.set_compact(on=on)
        self.mobile.set_compact(on=on)

    def show_route(self, route: Route) -> None:
        """Show what the account says, unless the chosen contact has its own."""
        self._route = route
        self._show()

    def choose_contact(self, contact: Contact | None) -> None:
        """Show how `contact` wants to be called; None: as the account says again."""
        self._contact = contact
        self._show()

    @property
    def route(self) -> Route | None:
        """The route of the chosen contact, or what was chosen instead for this call; None: as the account says."""
        return self._contact.route if self._contact is not None else None

    @property
    def caller_id(self) -> str | None:
        """The caller ID of the chosen contact; None: as the account says."""
        return self._contact.caller_id if self._contact is not None else None

    @property
    def _route_now(self) -> Route:
        return self.route or self._route

    def _choose(self, route: Route) -> None:
        if self._contact is not None and self._contact.route is not None:
            self._contact = replace(self._contact, route=route)
        else:
            self._route = route
        self._show()
        if self.route is None:
            self.route_chosen.emit(route)

    def _show(self) -> None:
        self.softphone.setChecked(self._route_now.webrtc)
        self.mobile.setChecked(self._route_now.followme)
        words = [_NEITHER] if self._route_now is Route.NEITHER else []
        if self.route is not None:
            words.append(_ONLY_THIS)
        if self.caller_id is not None:
            words.append(f"Caller ID of this contact: {self.caller_id or 'as chosen at TeleCMI'}.")
        self.note.setText(" ".join(words))
        self.note.setVisible(bool(words))

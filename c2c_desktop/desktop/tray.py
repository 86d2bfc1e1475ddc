"""The tray icon: state at a glance, and calls without the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.services.shown_numbers import ShownNumbers

LOOK_AGAIN_MS = 3000
"""How often a missing tray is looked for."""

RECENT_NUMBERS = 5
CLIPBOARD_LIMIT = 80
_ROUTES = ((Route.SOFTPHONE, "Ring my softphone"), (Route.MOBILE, "Ring my mobile"), (Route.NEITHER, "Ring neither"))


class Tray(QObject):
    """One icon while the desktop has a tray. Main thread.

    A tray that appears late, or comes back after its panel restarted, takes only a new QSystemTrayIcon.
    """

    toggled = Signal()
    call_asked = Signal(object)
    route_chosen = Signal(object)
    settings_asked = Signal()
    quit_asked = Signal()
    opening = Signal()
    message_clicked = Signal()
    availability_changed = Signal(bool)

    def __init__(
        self, icon: Callable[[str], QIcon], parent: QObject | None = None, numbers: ShownNumbers | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_for = icon
        self._numbers = numbers or ShownNumbers()
        self._icon: QSystemTrayIcon | None = None
        self._state = "tray-ready"
        self._tooltip = "C2C Desktop: ready"
        self._region = "IN"
        self._route = Route.SOFTPHONE
        self._favourites: Sequence[Contact] = ()
        self._recents: Sequence[Call] = ()
        self._menu: QMenu | None = None
        self._routes: QActionGroup | None = None
        self._clipboard = ""
        self._enabled = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_shown(self) -> bool:
        """Whether there is a tray with our icon in it."""
        return self._icon is not None

    @property
    def is_enabled(self) -> bool:
        """Whether an icon is shown as soon as there is a tray."""
        return self._enabled

    @property
    def menu(self) -> QMenu | None:
        """The menu while there is an icon."""
        return self._menu

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """Qt's icon, for messages."""
        return self._icon

    def enable(self, *, on: bool) -> None:
        """Show the icon, now or when a tray appears; or take it away."""
        self._enabled = on
        if on:
            self._timer.start()
            self._look()
        else:
            self._timer.stop()
            self._drop()

    def show_state(self, state: str, tooltip: str) -> None:
        """Show `state` ("tray-ready", "tray-calling", "tray-trouble") and say more under the pointer."""
        self._tooltip = f"C2C Desktop: {_plain(tooltip)}"
        changed, self._state = state != self._state, state
        if self._icon is not None:
            if changed:
                self._icon.setIcon(self._icon_for(state))
            self._icon.setToolTip(self._tooltip)

    def retint(self) -> None:
        """Take the icon anew after the colours changed."""
        if self._icon is not None:
            self._icon.setIcon(self._icon_for(self._state))

    def show_choices(self, favourites: Sequence[Contact], recents: Sequence[Call], route: Route, region: str) -> None:
        """Take what the menu offers."""
        self._favourites, self._recents, self._route, self._region = favourites, recents, route, region
        if self._menu is not None and not self._menu.isVisible():
            self.fill_menu()  # not under somebody's pointer: what they aim at would move

    def _look(self) -> None:
        available = QSystemTrayIcon.isSystemTrayAvailable()
        if available and self._icon is None:
            self._show()
            self.availability_changed.emit(True)
        elif not available and self._icon is not None:
            self._drop()
            self.availability_changed.emit(False)

    def _show(self) -> None:
        icon = QSystemTrayIcon(self._icon_for(self._state), self)
        self._menu = QMenu()
        self._routes = QActionGroup(self._menu)
        self._menu.aboutToShow.connect(self._open)
        self.fill_menu()
        icon.setContextMenu(self._menu)
        icon.setToolTip(self._tooltip)
        icon.activated.connect(self._activate)
        icon.messageClicked.connect(self.message_clicked)
        icon.show()
        self._icon = icon

    def _drop(self) -> None:
        icon, self._icon = self._icon, None
        menu, self._menu = self._menu, None
        if icon is not None:
            icon.hide()
            icon.deleteLater()
        if menu is not None:
            menu.deleteLater()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.toggled.emit()

    def _open(self) -> None:
        self.opening.emit()
        self._clipboard = QGuiApplication.clipboard().text()
        self.fill_menu()

    def fill_menu(self) -> None:
        """Put into the menu what can be called now."""
        menu, routes = self._menu, self._routes
        if menu is None or routes is None:
            return
        menu.clear()
        menu.addAction("Show or hide C2C Desktop", self.toggled.emit)
        self._add_clipboard(menu)
        for title, entries in (("Favourites", self._favourite_entries()), ("Recent", self._recent_entries())):
            if entries:
                menu.addSeparator()
                heading = menu.addAction(title)
                heading.setEnabled(False)
                for label, request in entries:
                    self._add_call(menu, label, request)
        menu.addSeparator()
        for route, words in _ROUTES:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(route is self._route)
            action.triggered.connect(lambda _=False, r=route: self.route_chosen.emit(r))
            routes.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("Settings…", self.settings_asked.emit)
        menu.addAction("Quit", self.quit_asked.emit)

    def _add_call(self, menu: QMenu, label: str, request: DialRequest) -> None:
        action = menu.addAction(label.replace("&", "&&"))
        action.triggered.connect(lambda _=False: self.call_asked.emit(request))

    def _add_clipboard(self, menu: QMenu) -> None:
        if not self._clipboard or len(self._clipboard) > CLIPBOARD_LIMIT:
            return
        try:
            number = parse_number(self._clipboard, self._region)
        except NumberError:
            return
        self._add_call(
            menu, f"Call from clipboard: {self._numbers.number(number.shown)}", DialRequest(number.e164, Source.TRAY)
        )

    def _favourite_entries(self) -> list[tuple[str, DialRequest]]:
        return [
            (f"Call {shown.label} · {shown.numbers[0].shown}", DialRequest(n.e164 or n.shown, Source.TRAY, c.name))
            for c, shown in ((c, self._numbers.contact(c)) for c in self._favourites)
            for n in c.numbers[:1]
        ]

    def _recent_entries(self) -> list[tuple[str, DialRequest]]:
        entries: dict[str, tuple[str, DialRequest]] = {}
        for call in self._recents:
            shown = self._numbers.call(call)
            label = " · ".join(filter(None, (shown.contact_name, shown.shown_number)))
            entries.setdefault(call.e164, (f"Call {label}", DialRequest(call.e164, Source.TRAY, call.contact_name)))
            if len(entries) == RECENT_NUMBERS:
                break
        return list(entries.values())


def _plain(text: str) -> str:
    """Return `text` so that nobody takes it for markup: some desktops read a tooltip as such, others don't."""
    return text.replace("<", "‹").replace(">", "›")

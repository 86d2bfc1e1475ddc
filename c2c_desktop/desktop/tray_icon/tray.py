"""The tray icon: state at a glance, and calls without the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from c2c_desktop.desktop.tray_icon.tray_entries import Entry, Gesture, Group, TrayChoices, menu_groups
from c2c_desktop.desktop.tray_icon.tray_menu import TrayMenu
from c2c_desktop.services.shown_numbers import ShownNumbers

LOOK_AGAIN_MS = 3000
"""How often a missing tray is looked for."""

_Reason = QSystemTrayIcon.ActivationReason


class Tray(QObject):
    """One icon while the desktop has a tray. Main thread.

    A tray that appears late, or comes back after its panel restarted, takes only a new QSystemTrayIcon.
    """

    toggled = Signal()
    """The window is wanted, or wanted away."""
    quick_asked = Signal()
    """Quick dial is wanted."""
    call_asked = Signal(object)
    """A `DialRequest`."""
    route_chosen = Signal(object)
    """The `Route` that rings from now on."""
    pause_chosen = Signal(bool)
    """Whether notifications shall be paused."""
    mend_asked = Signal(str)
    """The name of a mend, as `show_health` of the contents was given it."""
    settings_asked = Signal()
    quit_asked = Signal()
    opening = Signal()
    message_clicked = Signal()
    availability_changed = Signal(bool)

    def __init__(
        self, icon: Callable[[str], QIcon], parent: QObject | None = None, numbers: ShownNumbers | None = None
    ) -> None:
        """`icon` draws a state of `tray_look.STATES`."""
        super().__init__(parent)
        self._icon_for = icon
        self._numbers = numbers or ShownNumbers()
        self._icon: QSystemTrayIcon | None = None
        self._menu: TrayMenu | None = None
        self._state = "tray-ready"
        self._tooltip = "C2C Desktop: ready"
        self._choices = TrayChoices()
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
        return self._menu.menu if self._menu is not None else None

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
        """Show `state`, one of `tray_look.STATES`, and say more under the pointer."""
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

    def show_choices(self, choices: TrayChoices) -> None:
        """Take what the menu offers and what a click does."""
        self._choices = choices
        if self._menu is not None:
            self._menu.refresh()

    def fill_menu(self) -> None:
        """Put into the menu at once what can be called now."""
        if self._menu is not None:
            self._menu.fill()

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
        self._menu = TrayMenu(self._read_groups, self)
        self._menu.opening.connect(self._open)
        self._menu.chosen.connect(self._do)
        icon.setContextMenu(self._menu.menu)
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
            menu.discard()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason not in {_Reason.Trigger, _Reason.MiddleClick}:
            return
        if (reason == _Reason.Trigger) == self._choices.opens_quick_dial:
            self.quick_asked.emit()
        else:
            self.toggled.emit()

    def _open(self) -> None:
        self.opening.emit()
        # Only when asked to: whose clipboard it is may be slow to hand it over, and it is none of our business.
        self._clipboard = QGuiApplication.clipboard().text() if self._choices.offers_clipboard else ""

    def _read_groups(self) -> tuple[Group, ...]:
        return menu_groups(self._choices, self._clipboard, self._numbers)

    def _do(self, entry: Entry) -> None:
        bare = {
            Gesture.QUICK_DIAL: self.quick_asked,
            Gesture.TOGGLE: self.toggled,
            Gesture.SETTINGS: self.settings_asked,
            Gesture.QUIT: self.quit_asked,
        }
        telling = {
            Gesture.CALL: self.call_asked,
            Gesture.ROUTE: self.route_chosen,
            Gesture.PAUSE: self.pause_chosen,
            Gesture.MEND: self.mend_asked,
        }
        if entry.gesture in bare:
            bare[entry.gesture].emit()
        elif entry.gesture in telling:
            telling[entry.gesture].emit(entry.value)


def _plain(text: str) -> str:
    """Return `text` so that nobody takes it for markup: some desktops read a tooltip as such, others don't."""
    return text.replace("<", "‹").replace(">", "›")

"""Keys taken from the X server: they reach no other program, and no other keystroke reaches us.

Loads python-xlib: import it after the first paint.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer
from Xlib import X
from Xlib.error import BadAccess, CatchError
from Xlib.protocol.event import ClientMessage

from c2c_desktop.desktop.hotkeys.hotkey_way import HotkeyKind, HotkeyState, HotkeyWay, bound, conflict
from c2c_desktop.desktop.hotkeys.key_codes import x11_keysym
from c2c_desktop.desktop.hotkeys.key_combination import KeyCombination, Modifier
from c2c_desktop.desktop.selections.x11_connection import X11Connection

REBIND_MS = 50
"""A new keyboard layout is told in several messages; one look after the last of them."""

_NUM_LOCK = 0xFF7F
_MODIFIER_KEYSYMS = {Modifier.ALT: (0xFFE9, 0xFFEA), Modifier.SUPER: (0xFFEB, 0xFFEC)}
"""Which of Mod1 to Mod5 these are, every keyboard says for itself."""
_USUAL_MASKS = {
    Modifier.CTRL: X.ControlMask,
    Modifier.SHIFT: X.ShiftMask,
    Modifier.ALT: X.Mod1Mask,
    Modifier.SUPER: X.Mod4Mask,
}
_BY_THE_PERSON = 2
"""Who asks for a window to be in front: not a program on its own account."""

_NO_SERVER = HotkeyState(HotkeyKind.UNAVAILABLE, "The screen's X server cannot be reached: no keys can be taken.")
_Grab = tuple[int, int]
"""Key code and modifier mask."""


class X11Hotkey(HotkeyWay):
    """XGrabKey on a connection of its own."""

    def __init__(self, parent: QObject | None = None, display_name: str | None = None) -> None:
        """`display_name`: another server than that of DISPLAY."""
        super().__init__(parent)
        self._x11 = X11Connection(self, display_name)
        self._x11.received.connect(self._take)
        self._x11.lost.connect(self._lose)
        self._combination: KeyCombination | None = None
        self._grabs: frozenset[_Grab] = frozenset()
        self._is_held = False
        self._released_at = -1
        self._pressed_at = X.CurrentTime
        self._rebinding = QTimer(self)
        self._rebinding.setSingleShot(True)
        self._rebinding.setInterval(REBIND_MS)
        self._rebinding.timeout.connect(self._rebind)

    def bind(self, combination: KeyCombination) -> None:
        """Take these keys; waits for nobody but the server."""
        self._give_up()
        self._combination = combination
        if not self._x11.open():
            self.state_changed.emit(_NO_SERVER)
            return
        with self._x11.asking():
            self._grab(combination, self._wanted(combination))

    def release(self) -> None:
        """Give the keys back and leave the server."""
        self._rebinding.stop()
        self._combination, self._grabs = None, frozenset()
        self._is_held, self._released_at = False, -1
        self._x11.close()

    def bring_forward(self, window: int) -> None:
        """Ask the window manager for it, with the time of the last press."""
        if not self._x11.is_open:
            return
        with self._x11.asking():
            display = self._x11.display
            asked = ClientMessage(
                window=display.create_resource_object("window", window),
                client_type=display.get_atom("_NET_ACTIVE_WINDOW"),
                data=(32, [_BY_THE_PERSON, self._pressed_at, 0, 0, 0]),
            )
            self._root().send_event(asked, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)

    def _grab(self, combination: KeyCombination, wanted: frozenset[_Grab]) -> None:
        if not wanted:
            words = f"This keyboard has no key for {combination.key}."
            self.state_changed.emit(HotkeyState(HotkeyKind.UNAVAILABLE, words))
            return
        root, taken = self._root(), CatchError(BadAccess)
        for code, mask in wanted:
            root.grab_key(code, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken)
        self._grabs = wanted
        self._x11.display.sync()
        if taken.get_error() is not None:
            self._ungrab()
            self.state_changed.emit(conflict(combination.text))
            return
        self.state_changed.emit(bound(combination.text))

    def _ungrab(self) -> None:
        """Give back what is ours; what is not, the server leaves alone."""
        for code, mask in self._grabs:
            self._root().ungrab_key(code, mask)
        self._grabs = frozenset()

    def _give_up(self) -> None:
        self._rebinding.stop()
        if self._grabs and self._x11.is_open:
            with self._x11.asking():
                self._ungrab()
        self._grabs = frozenset()
        self._is_held, self._released_at = False, -1

    def _rebind(self) -> None:
        """Follow the keyboard: the same keys may have other codes now."""
        if self._combination is None or not self._x11.is_open:
            return
        with self._x11.asking():
            wanted = self._wanted(self._combination)
            if wanted != self._grabs:
                self._ungrab()
                self._grab(self._combination, wanted)

    def _wanted(self, combination: KeyCombination) -> frozenset[_Grab]:
        """Return the grabs that stand for the keys, whatever the lock keys say; none where no key gives them."""
        found = sorted(self._x11.display.keysym_to_keycodes(x11_keysym(combination)), key=lambda pair: pair[1])
        codes = {code for code, level in found if level == found[0][1]}
        mapping = [list(codes) for codes in self._x11.display.get_modifier_mapping()]
        mask = 0
        for modifier in combination.modifiers:
            mask |= self._mask(mapping, _MODIFIER_KEYSYMS.get(modifier, ())) or _USUAL_MASKS[modifier]
        num_lock = self._mask(mapping, (_NUM_LOCK,)) & ~mask
        locks = {0, X.LockMask, num_lock, X.LockMask | num_lock}
        return frozenset((code, mask | lock) for code in codes for lock in locks)

    def _mask(self, mapping: list[list[int]], keysyms: tuple[int, ...]) -> int:
        """Return the modifier bit that a key with one of `keysyms` sets, or 0."""
        codes = {code for keysym in keysyms for code, _ in self._x11.display.keysym_to_keycodes(keysym)}
        return next((1 << place for place, keys in enumerate(mapping) if codes & set(keys)), 0)

    def _root(self) -> Any:
        return self._x11.display.screen().root

    def _take(self, event: Any) -> None:
        if event.type == X.MappingNotify:
            with self._x11.asking():
                self._x11.display.refresh_keyboard_mapping(event)
            self._rebinding.start()
        elif event.send_event:
            return  # no key: another program made it up
        elif event.type == X.KeyRelease:
            self._is_held, self._released_at = False, event.time
        elif event.type == X.KeyPress:
            self._press(event)

    def _press(self, event: Any) -> None:
        # A key that is held is told as released and pressed again in the same moment.
        is_repeat = self._is_held or event.time == self._released_at
        self._is_held = True
        if not is_repeat and any(code == event.detail for code, _ in self._grabs):
            self._pressed_at = event.time
            self.pressed.emit("")

    def _lose(self) -> None:
        self._rebinding.stop()
        self._grabs = frozenset()
        self.state_changed.emit(_NO_SERVER)

"""What kind of desktop session this is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class SessionKind(Enum):
    """Whose keys, selections and clipboard there are. NONE: no screen, or one that is only painted in memory."""

    X11 = "x11"
    WAYLAND = "wayland"
    WINDOWS = "windows"
    MACOS = "macos"
    NONE = "none"


def session_kind(qt_platform: str, environment: Mapping[str, str]) -> SessionKind:
    """Tell it from `QGuiApplication.platformName()` and the environment.

    An X11 window on a Wayland desktop counts as Wayland: X11 there tells only of keys pressed in X11 windows.
    """
    if qt_platform.startswith("wayland"):
        return SessionKind.WAYLAND
    if qt_platform == "xcb":
        return SessionKind.WAYLAND if environment.get("WAYLAND_DISPLAY") else SessionKind.X11
    return {"windows": SessionKind.WINDOWS, "cocoa": SessionKind.MACOS}.get(qt_platform, SessionKind.NONE)

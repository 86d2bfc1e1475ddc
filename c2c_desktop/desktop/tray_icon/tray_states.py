"""The states of the tray's icon, and the names of their symbolic icons. Needs no Qt."""

from __future__ import annotations

STATES = ("tray-ready", "tray-calling", "tray-trouble", "tray-paused", "tray-offline")
"""Each is the name of an icon of its own shape: who sees no colours tells them apart too."""


def symbolic_name(state: str) -> str:
    """Return the name under which the icon of `state` is installed in hicolor/symbolic/apps."""
    return f"c2c-desktop-{state}-symbolic"

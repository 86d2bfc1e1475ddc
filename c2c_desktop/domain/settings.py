"""What a person can set, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from c2c_desktop.domain.account import DEFAULT_REGION, Account
from c2c_desktop.domain.policy import GuardPolicy

DEFAULT_HOTKEY = "Ctrl+Alt+P"
"""Free on the common desktops, and typed by no common keyboard layout."""


class ThemeChoice(Enum):
    """Light, dark, or as the desktop says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class NotificationKind(Enum):
    """The moments a notification can tell; each can be muted."""

    AGENT_RINGING = "agent_ringing"
    CONNECTED = "connected"
    ENDED = "ended"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"

    @property
    def is_trouble(self) -> bool:
        """Whether the call did not get as far as ringing anybody, for all that is known."""
        return self in {NotificationKind.REFUSED, NotificationKind.NOT_SENT, NotificationKind.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything in the settings file. Timeouts are seconds."""

    accounts: tuple[Account, ...] = ()
    active_user_id: str = ""
    muted: frozenset[NotificationKind] = frozenset()
    show_tray: bool = True
    start_minimised: bool = False
    close_to_tray: bool = True
    told_about_minimising: bool = False
    theme: ThemeChoice = ThemeChoice.SYSTEM
    proxy: str = ""
    ca_file: str = ""
    connect_timeout: float = 5.0
    request_timeout: float = 20.0
    window_geometry: str = ""
    guard: GuardPolicy = field(default_factory=GuardPolicy)
    mask_numbers: bool = False
    """Privacy mode: numbers are masked on the screen."""
    hotkey: str = DEFAULT_HOTKEY
    """Keys that open quick dial from every program, as "Ctrl+Alt+P"; "" for none."""
    tray_opens_quick_dial: bool = False
    """Whether a click on the tray's icon opens quick dial, and not the window."""
    offer_clipboard: bool = False
    """Whether a copied number offers itself in the window and the tray's menu."""
    notifications_paused: bool = False
    unknown: dict[str, object] = field(default_factory=dict)
    """Keys a newer version wrote: kept as they are."""

    @property
    def active_account(self) -> Account | None:
        """The account calls are placed with, or None before the first sign-in."""
        for account in self.accounts:
            if account.user_id == self.active_user_id:
                return account
        return self.accounts[0] if self.accounts else None

    @property
    def region(self) -> str:
        """The ISO 3166 country of numbers without a country code: that account's."""
        account = self.active_account
        return account.region if account is not None else DEFAULT_REGION

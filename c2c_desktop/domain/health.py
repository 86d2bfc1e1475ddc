"""How the program stands: what calling needs, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from c2c_desktop.domain.plain_text import clean_text

LONGEST_WORDS = 160


class HealthName(Enum):
    """The six things that are looked after, in the order they are listed."""

    ACCOUNT = "account"
    SERVICE = "service"
    LINKS = "links"
    HOTKEY = "hotkey"
    TRAY = "tray"
    KEYRING = "keyring"


class Trouble(IntEnum):
    """What can be wrong, what hinders calling most first."""

    OFFLINE = 1
    SIGNED_OUT = 2
    SIGN_IN_REFUSED = 3
    KEYRING = 4
    UNREACHABLE = 5
    CONFLICT = 6
    """Another program took what was ours: keys, or links that opened with us before."""
    LINKS_ELSEWHERE = 7
    """Links open with another program, as they may well be meant to."""
    NO_TRAY = 8

    @property
    def is_minor(self) -> bool:
        """Whether calling goes on as well without it: listed, but nobody is bothered with it."""
        return self >= Trouble.LINKS_ELSEWHERE


_USUAL = {
    HealthName.ACCOUNT: Trouble.SIGNED_OUT,
    HealthName.SERVICE: Trouble.UNREACHABLE,
    HealthName.LINKS: Trouble.LINKS_ELSEWHERE,
    HealthName.HOTKEY: Trouble.CONFLICT,
    HealthName.TRAY: Trouble.NO_TRAY,
    HealthName.KEYRING: Trouble.KEYRING,
}


@dataclass(frozen=True, slots=True)
class HealthItem:
    """How one of them stands. Words are cleaned and capped: some come from other programs."""

    name: HealthName
    fine: bool | None = None
    """None: not known yet, or it does not apply, like keys that were turned off."""
    words: str = ""
    """One short sentence; of a fine account, its masked user ID."""
    mend: str = ""
    """What the button that mends it says; "" for none."""
    kind: Trouble | None = None
    """Which trouble it is; None for the usual one of that name. Of no meaning where nothing is wrong."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean_text(self.words, LONGEST_WORDS))

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong; None where nothing is."""
        return (self.kind or _USUAL[self.name]) if self.fine is False else None

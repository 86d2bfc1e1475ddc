"""What people must know of the engines teams run before they can sign in to an address book there."""

from __future__ import annotations

_ANY = "If signing in there takes a second step, make a password for programs there and use that."
_HINTS = (
    (
        ("gmail.", "google.", "googlemail."),
        (
            "Google takes no usual password here. Turn on 2-step verification, then make an app password in your "
            "Google Account under Security."
        ),
    ),
    (
        ("icloud.", "apple.", "@me.com", "@mac.com"),
        (
            "Apple takes no usual password here. Make an app-specific password in your Apple Account under Sign-In and "
            "Security."
        ),
    ),
    (
        ("nextcloud", "owncloud", "cloud.", "/remote.php"),
        "Nextcloud: make an app password in its settings under Security. A share of somebody else is found too.",
    ),
)


def hint_for(text: str) -> str:
    """Return a hint about the password for an address or user, as far as it is typed."""
    folded = text.casefold()
    return next((hint for signs, hint in _HINTS if any(sign in folded for sign in signs)), _ANY)

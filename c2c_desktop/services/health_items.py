"""The words for how each thing stands, in one place."""

from __future__ import annotations

from c2c_desktop.domain.health import HealthItem, HealthName, Trouble


def account_health(masked_user_id: str, *, refused: bool = False) -> HealthItem:
    """How the sign-in stands. `masked_user_id`: "" where nobody is signed in. `refused`: by the service."""
    if not masked_user_id:
        return HealthItem(HealthName.ACCOUNT, fine=False, words="Not signed in", mend="Sign in")
    if refused:
        return HealthItem(
            HealthName.ACCOUNT,
            fine=False,
            words="The sign-in does not work",
            mend="Fix sign-in",
            kind=Trouble.SIGN_IN_REFUSED,
        )
    return HealthItem(HealthName.ACCOUNT, fine=True, words=masked_user_id)


def service_health(*, online: bool, trouble: str = "", reached: bool = False) -> HealthItem:
    """How the way to the service stands. `trouble`: why it cannot be reached; `reached`: it answered last time.

    Where the system knows of no network nothing else is worth saying, and nothing here mends it.
    """
    if not online:
        return HealthItem(HealthName.SERVICE, fine=False, words="There is no network", kind=Trouble.OFFLINE)
    if trouble:
        return HealthItem(HealthName.SERVICE, fine=False, words=trouble, mend="Try again")
    return HealthItem(HealthName.SERVICE, fine=True if reached else None, words="It answers" if reached else "")


def keyring_health(trouble: str) -> HealthItem:
    """How the keyring stands, once it was asked. `trouble`: what it said instead of the secret, "" for nothing."""
    if trouble:
        return HealthItem(HealthName.KEYRING, fine=False, words=trouble, mend="Try again")
    return HealthItem(HealthName.KEYRING, fine=True, words="Your app secret can be read")


def tray_health(*, wanted: bool, shown: bool) -> HealthItem:
    """How the icon in the tray stands. `wanted`: whether the settings ask for one."""
    if not wanted:
        return HealthItem(HealthName.TRAY, words="Turned off", mend="Settings")
    if shown:
        return HealthItem(HealthName.TRAY, fine=True, words="The icon is in the tray")
    return HealthItem(HealthName.TRAY, fine=False, words="This desktop shows no tray; the window stays in reach")


def hotkey_health(words: str, *, ours: bool, taken: bool) -> HealthItem:
    """How the keys stand. `taken`: another program has them; neither: turned off, or the desktop knows no such keys."""
    if taken:
        return HealthItem(HealthName.HOTKEY, fine=False, words=words, mend="Choose other keys")
    return HealthItem(HealthName.HOTKEY, fine=True if ours else None, words=words, mend="" if ours else "Settings")


def links_health(words: str, *, ours: bool, were_ours: bool = False) -> HealthItem:
    """How links to numbers stand. `were_ours`: another program took them from us."""
    kind = Trouble.CONFLICT if were_ours else Trouble.LINKS_ELSEWHERE
    return HealthItem(HealthName.LINKS, fine=ours, words=words, mend="" if ours else "Open links here", kind=kind)

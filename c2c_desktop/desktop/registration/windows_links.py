"""Links on Windows: a class and capabilities of this user. Which program opens them is the person's to choose there.

Held to a recorded registry by the tests; not run on Windows.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from c2c_desktop.desktop.registration.link_handlers import SCHEMES, SchemeStatus
from c2c_desktop.desktop.registration.windows_registry import Registry
from c2c_desktop.domain.plain_text import clean_text

PROGRAM = "C2C Desktop"
CLASS_ID = "C2CDesktop.Link"
CLASS_KEY = rf"HKCU\Software\Classes\{CLASS_ID}"
PROGRAM_KEY = r"HKCU\Software\C2CDesktop"
CAPABILITIES = r"Software\C2CDesktop\Capabilities"
REGISTERED_KEY = r"HKCU\Software\RegisteredApplications"
CHOICE_KEY = r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{scheme}\UserChoice"
_NAME_LIMIT = 60


class WindowsLinks:
    """Implements the `LinkHandler` port. `opening` stands before a link."""

    def __init__(self, opening: Sequence[str], registry: Registry) -> None:
        self._opening = opening
        self._registry = registry

    @property
    def is_available(self) -> bool:
        """Always: a user's own classes need no rights."""
        return True

    @property
    def why_not(self) -> str:
        """Return nothing."""
        return ""

    @property
    def by_hand(self) -> str:
        """How to choose this program; Windows lets no program choose itself."""
        return "In Windows’ Settings, open Apps, Default apps, C2C Desktop, and choose it for TEL, CALLTO and SIP."

    def status(self) -> list[SchemeStatus]:
        """Return what the person chose for each scheme."""
        return [self._status(scheme) for scheme in SCHEMES]

    def install(self) -> None:
        """Write the class, the capabilities and where they stand. Raises `StorageError`."""
        command = f'{subprocess.list2cmdline(self._opening)} "%1"'
        capabilities = rf"HKCU\{CAPABILITIES}"
        values = [
            (CLASS_KEY, "", f"{PROGRAM} link"),
            (CLASS_KEY, "URL Protocol", ""),
            (rf"{CLASS_KEY}\Application", "ApplicationName", PROGRAM),
            (rf"{CLASS_KEY}\shell\open\command", "", command),
            (capabilities, "ApplicationName", PROGRAM),
            (capabilities, "ApplicationDescription", "Asks before it calls the number of a link"),
            *((rf"{capabilities}\URLAssociations", scheme, CLASS_ID) for scheme in SCHEMES),
            (REGISTERED_KEY, PROGRAM, CAPABILITIES),  # last: from here on Windows offers it
        ]
        for key, name, text in values:
            self._registry.write(key, name, text)
        self._registry.tell_shell()

    def remove(self) -> None:
        """Take away what `install` wrote; Windows then asks the person anew. Raises `StorageError`."""
        self._registry.delete(REGISTERED_KEY, PROGRAM)
        self._registry.delete_key(PROGRAM_KEY)
        self._registry.delete_key(CLASS_KEY)
        self._registry.tell_shell()

    def _status(self, scheme: str) -> SchemeStatus:
        chosen = self._text(CHOICE_KEY.format(scheme=scheme), "ProgId")
        is_written = bool(self._text(rf"{CLASS_KEY}\shell\open\command", ""))
        if chosen == CLASS_ID:
            return SchemeStatus(scheme, is_written, PROGRAM if is_written else "")
        return SchemeStatus(scheme, False, self._name(chosen) if chosen else "")

    def _name(self, class_id: str) -> str:
        """Return the program's name; a packaged one's may be a reference into its resources, which says nothing."""
        names = (
            self._text(rf"HKCR\{class_id}\Application", "ApplicationName"),
            self._text(rf"HKCR\{class_id}", ""),
        )
        return clean_text(next((name for name in names if name and not name.startswith("@")), class_id), _NAME_LIMIT)

    def _text(self, key: str, name: str) -> str:
        value = self._registry.read(key, name)
        return value if isinstance(value, str) else ""

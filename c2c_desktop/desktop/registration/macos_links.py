"""Links on macOS: the bundle's Info.plist names the schemes, and Launch Services are told whom to open them with.

Held to recorded Launch Services by the tests; not run on macOS. A running program gets its links there as an event,
not as an argument.
"""

from __future__ import annotations

import json
from pathlib import Path

from c2c_desktop.desktop.registration.launch_services import LaunchServices
from c2c_desktop.desktop.registration.link_handlers import SCHEMES, SchemeStatus
from c2c_desktop.desktop.registration.replaced_file import delete_file, replace_file
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.plain_text import clean_text

BUNDLE_ID = "org.c2cdesktop.Desktop"
"""As in packaging/macos/Info.plist."""

_NAME_LIMIT = 60


def memory_file() -> Path:
    """Return where it is kept who opened links before."""
    return Path.home() / "Library" / "Application Support" / "c2c-desktop" / "links-before.json"


class MacosLinks:
    """Implements the `LinkHandler` port. `memory` is the file that keeps who opened links before."""

    def __init__(self, services: LaunchServices, memory: Path) -> None:
        self._services = services
        self._memory = memory

    @property
    def is_available(self) -> bool:
        """Whether the program runs as the bundle that can open links."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Why it cannot open links: macOS gives them to bundles only."""
        if self._is_ours(self._services.own_bundle()):
            return ""
        return "macOS opens links with applications only: install C2C Desktop in Applications and start it from there."

    @property
    def by_hand(self) -> str:
        """How to choose this program, or another."""
        return "In FaceTime, open Settings and choose C2C Desktop as “Default for calls”."

    def status(self) -> list[SchemeStatus]:
        """Return who opens each scheme's links."""
        return [self._status(scheme) for scheme in SCHEMES]

    def install(self) -> None:
        """Ask for all schemes, and remember who had them. Raises `UserFacingError`, `StorageError`."""
        if self.why_not:
            raise UserFacingError("Links cannot be set up here", self.why_not)
        openers = {scheme: self._services.opener(scheme) for scheme in SCHEMES}
        before = self._before() | {scheme: bundle for scheme, bundle in openers.items() if not self._is_ours(bundle)}
        replace_file(self._memory, json.dumps(before).encode())
        self._choose({scheme: BUNDLE_ID for scheme, bundle in openers.items() if not self._is_ours(bundle)})

    def remove(self) -> None:
        """Give back what is still ours. What nobody had before stays: macOS knows no way to have it opened by none.

        Raises `UserFacingError`, `StorageError`.
        """
        ours = [scheme for scheme in SCHEMES if self._is_ours(self._services.opener(scheme))]
        before = self._before()
        self._choose({scheme: before[scheme] for scheme in ours if before.get(scheme)})
        delete_file(self._memory)

    def _choose(self, choices: dict[str, str]) -> None:
        failed = {
            scheme: number for scheme, bundle in choices.items() if (number := self._services.choose(scheme, bundle))
        }
        if failed:
            what = ", ".join(f"{scheme} (error {number})" for scheme, number in failed.items())
            raise UserFacingError("macOS did not change who opens links", f"Not changed: {what}. {self.by_hand}")

    def _status(self, scheme: str) -> SchemeStatus:
        opener = self._services.opener(scheme)
        if self._is_ours(opener):
            return SchemeStatus(scheme, True, "C2C Desktop")
        return SchemeStatus(scheme, False, clean_text(opener.rpartition(".")[2], _NAME_LIMIT))

    def _is_ours(self, bundle: str) -> bool:
        """Whether a bundle is this program; Launch Services write identifiers in lower case at times."""
        return bundle.lower() == BUNDLE_ID.lower()

    def _before(self) -> dict[str, str]:
        try:
            kept = json.loads(self._memory.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {scheme: bundle for scheme, bundle in kept.items() if scheme in SCHEMES and isinstance(bundle, str)}

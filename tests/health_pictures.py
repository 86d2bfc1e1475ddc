"""Pictures of the window's foot and of what it opens: all fine, with troubles, narrow and wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from c2c_desktop.domain.health import HealthItem, HealthName
from c2c_desktop.services.health_items import (
    account_health,
    hotkey_health,
    keyring_health,
    links_health,
    service_health,
    tray_health,
)

if TYPE_CHECKING:
    from tests.screenshots import Photographer

SIZES = ((360, 560), (860, 716), (1280, 800))
FINE: tuple[HealthItem, ...] = (
    account_health("101_•••••12"),
    service_health(online=True, reached=True),
    links_health("Links to numbers open here", ours=True),
    hotkey_health("Press Ctrl+Alt+P in any program.", ours=True, taken=False),
    tray_health(wanted=True, shown=True),
    keyring_health(""),
)
MINOR = (
    links_health("Links to numbers open in Other Phone", ours=False),
    hotkey_health("No keys are set.", ours=False, taken=False),
    tray_health(wanted=True, shown=False),
)
TROUBLES = (
    keyring_health("Your keyring is locked. Unlock it to call."),
    hotkey_health("Another program uses Ctrl+Alt+P.", ours=False, taken=True),
)
SCENES: dict[str, Sequence[HealthItem]] = {
    "fine": (),
    "minor": MINOR,
    "troubles": TROUBLES,
    "offline": (service_health(online=False), *TROUBLES),
    "signed-out": (account_health(""), HealthItem(HealthName.SERVICE), HealthItem(HealthName.KEYRING)),
}


class HealthPictures:
    """Reports what stands wrong, and takes pictures of the line and of the list over it."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program
        self._health = self._program.health

    def everything(self) -> None:
        """Take them in the theme that is chosen."""
        window, line = self._program.window, self._program.status
        for width, height in SIZES:
            window.resize(width, height)
            for name, wrong in SCENES.items():
                for item in (*FINE, *wrong):
                    self._health.report(item)
                self._photographer.take(f"health-line-{name}-{width}", line)
                line.show_everything()
                assert line.popup is not None
                self._photographer.take(f"health-list-{name}-{width}", line.popup)
                line.popup.close()
        line.words.setProperty("focused", True)
        self._photographer.take("health-line-focused", line)
        line.show_everything()
        assert line.popup is not None
        self._photographer.take("health-list-focused", line.popup)
        line.popup.close()
        line.words.setProperty("focused", False)

"""Pictures of quick dial: empty, with results, a number, several numbers, not signed in, private, narrow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.quick_dial import QuickDial

if TYPE_CHECKING:
    from tests.screenshots import Photographer

SELECTED = "Ring +44 20 7946 0018, or +91 98402 22222 / +39 06 5555 0142"
PEOPLE = (
    Contact(0, "अर्जुन राव", "राव एंड संस", (ContactNumber("+91 98401 11111", "+919840111111", "work"),)),
    Contact(0, "Arjun Aranya Subramaniam-Venkataraghavan", "Aravalli Road Transport and Warehousing Company",
            (ContactNumber("+91 98404 44444", "+919840444444", "mobile"),
             ContactNumber("+44 20 7946 0777", "+442079460777", "work"))),
)  # fmt: skip


class QuickPictures:
    """Opens quick dial as a hand or another program does, and takes its picture."""

    def __init__(self, photographer: Photographer, quick: QuickDial) -> None:
        self._photographer = photographer
        self._program = photographer.program
        self._quick = quick

    def everything(self) -> None:
        added = self._add_people()
        for name, width in (("", 1280), ("-narrow", 360)):
            with self._screen(width):
                self._all_of(name)
        for contact in added:
            self._program.core.directory.delete(contact)
        self._photographer.settle()

    def _all_of(self, name: str) -> None:
        self._take(f"quick-empty{name}")
        self._take(f"quick-moved{name}", downs=2)
        self._take(f"quick-results{name}", typed="ar")
        self._take(f"quick-devanagari{name}", typed="अर्जु")
        self._take(f"quick-digits{name}", typed="98402")
        self._take(f"quick-number{name}", typed="020 7946 0123", region="GB")
        self._take(f"quick-known-number{name}", typed="+44 20 7946 0018")
        self._take(f"quick-nothing{name}", typed="zzz")
        self._take(f"quick-emergency{name}", typed="112")
        self._take(f"quick-choices{name}", text=SELECTED, choices=_choices(SELECTED))
        with self._settings(accounts=(), active_user_id=""):
            self._take(f"quick-signed-out{name}")
        with self._settings(mask_numbers=True):
            self._take(f"quick-private{name}", typed="ar")
            self._take(f"quick-private-choices{name}", text=SELECTED, choices=_choices(SELECTED))
        self._routes(f"quick-routes{name}")

    def _take(
        self,
        name: str,
        *,
        typed: str = "",
        text: str = "",
        choices: tuple[PhoneNumber, ...] = (),
        downs: int = 0,
        region: str = "",
    ) -> None:
        account = self._program.core.accounts.active
        if region and account is not None:
            self._program.core.accounts.update_account(replace(account, region=region))
        self._quick.open_with(text, choices, Source.HOTKEY if choices else Source.POPUP)
        self._photographer.settle()
        for end in range(1, len(typed) + 1):
            self._quick.field.setText(typed[:end])
        self._photographer.settle()
        for _ in range(downs):
            self._quick._move(1)
        self._photographer.take(name, self._quick)
        self._quick.hide()
        if region and account is not None:
            self._program.core.accounts.update_account(account)

    def _routes(self, name: str) -> None:
        self._quick.open_with()
        self._photographer.settle()
        self._quick.foot.open_routes()
        self._photographer.take(name, self._quick.foot.menu)
        self._quick.foot.menu.close()
        self._quick.hide()

    def _add_people(self) -> list[Contact]:
        core = self._program.core
        added: list[Contact] = []
        for contact in PEOPLE:
            core.directory.save(contact, added.append)
        core.journal.adopt([_call("1", 900), _call("2", 7200, contact_name="Chen Wei", e164="+6531590100",
                            shown_number="+65 3159 0100")])  # fmt: skip
        self._photographer.settle()
        return added

    @contextmanager
    def _settings(self, **changes: Any) -> Iterator[None]:
        accounts = self._program.core.accounts
        before = {name: getattr(accounts.settings, name) for name in changes}
        accounts.change(**changes)
        yield
        accounts.change(**before)

    @contextmanager
    def _screen(self, width: int) -> Iterator[None]:
        """Have it believe in a screen of that width."""
        own = self._quick.available
        self._quick.available = lambda: QRect(0, 0, width, 800)
        yield
        self._quick.available = own


def _choices(text: str) -> tuple[PhoneNumber, ...]:
    try:
        return (parse_number(text),)
    except SeveralNumbersError as error:
        return error.choices


def _call(call_id: str, ago: float, **facts: Any) -> Call:
    nobody = {"contact_name": "", "e164": "+12025550143", "shown_number": "+1 202-555-0143"}
    common = {"source": Source.PAD, "route": Route.SOFTPHONE, "user_id": "101_1111112", "started_at": time.time() - ago}
    return Call(**{"id": call_id, "state": CallState.INITIATED, **nobody, **common, **facts})

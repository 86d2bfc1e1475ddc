"""Quick dial alone, whose directory answers when the test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.number import PhoneNumber, SeveralNumbersError, parse_number
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.journal import Journal
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.quick_dial import QuickDial
from c2c_desktop.ui.search_field import SearchField
from c2c_desktop.ui.theme import Theme
from tests.fakes import (
    FakeClock,
    ManualRunner,
    MemoryCallStore,
    MemoryContactStore,
    MemorySecretStore,
    MemorySettingsStore,
)
from tests.ui.rig import INDIAN, LONDON, PATIENCE_MS, titles

ASHA = Contact(
    1,
    "Asha Rao",
    "Acme Ltd",
    (ContactNumber("+91 98402 22222", INDIAN, "mobile"), ContactNumber("+91 44 2811 2222", "+914428112222", "work")),
    favourite=True,
)
BEN = Contact(2, "Ben Carter", "Northwind", (ContactNumber("+44 20 7946 0018", LONDON, "work"),))
ASIF = Contact(3, "Asif Khan", "", (ContactNumber("+91 98406 66666", "+919840666666", "mobile"),))
ACCOUNT = Account("101_1111112", region="IN")
PEOPLE = (ASHA, BEN, ASIF)
SELECTED = "Ring +44 20 7946 0018 or +91 98402 22222"


def numbers_in(text: str) -> tuple[PhoneNumber, ...]:
    try:
        return (parse_number(text, "IN"),)
    except SeveralNumbersError as error:
        return error.choices


class Quick:
    """The window, and what it asked for."""

    def __init__(
        self,
        qtbot: QtBot,
        theme: Theme,
        icons: Icons,
        contacts: tuple[Contact, ...],
        calls: tuple[Call, ...],
        account: Account | None,
    ) -> None:
        self.qtbot = qtbot
        self.runner = ManualRunner()
        self.errors: list[Exception] = []
        self.store = MemoryContactStore(list(contacts))
        self.directory = Directory(self.store, self.runner, self.errors.append)
        self.journal = Journal(MemoryCallStore(), self.runner)
        self.journal.adopt(list(calls))
        settings = Settings(accounts=(account,) if account else (), active_user_id=account.user_id if account else "")
        self.accounts = Accounts(MemorySettingsStore(settings), MemorySecretStore(), self.runner, FakeClock())
        self.numbers = ShownNumbers()
        self.window = QuickDial(self.directory, self.journal, self.accounts, theme, icons, self.numbers)
        self.asked: list[DialRequest] = []
        self.routes: list[Route] = []
        self.closed: list[bool] = []
        self.prepared: list[bool] = []
        self.signed_in: list[bool] = []
        self.window.call_asked.connect(self.asked.append)
        self.window.route_chosen.connect(self.routes.append)
        self.window.closed.connect(lambda: self.closed.append(True))
        self.window.prepare_asked.connect(lambda: self.prepared.append(True))
        self.window.sign_in_asked.connect(lambda: self.signed_in.append(True))

    def open(self, text: str = "", choices: tuple[PhoneNumber, ...] = (), source: Source = Source.POPUP) -> None:
        """Open it and wait until it has the keyboard; the directory has not answered."""
        self.window.open_with(text, choices, source)
        self.qtbot.waitUntil(lambda: self.window.isActiveWindow() and self.field.hasFocus(), timeout=PATIENCE_MS)

    def show(self, text: str = "", choices: tuple[PhoneNumber, ...] = (), source: Source = Source.POPUP) -> None:
        """Open it and wait until everything it offers was seen, long enough to answer to."""
        self.open(text, choices, source)
        self.answer()
        self.qtbot.waitUntil(lambda: self.window._armed.is_ready, timeout=PATIENCE_MS)

    def type(self, text: str) -> None:
        """Type, and wait until what answers it was seen."""
        for character in text:
            self.field.insert(character)
        self.answer()

    def answer(self) -> None:
        """Let the directory answer, and the window paint."""
        self.runner.finish()
        self.see()

    def see(self) -> None:
        """Let the window paint."""
        self.qtbot.waitUntil(lambda: self.window.view.was_seen or not self.window.view.isVisible(), timeout=PATIENCE_MS)

    @property
    def field(self) -> SearchField:
        return self.window.field

    @property
    def rows(self) -> list[str]:
        return titles(self.window.view)

    @property
    def current(self) -> str:
        """The title and number of the row that is marked."""
        row = self.window.view.current()
        return f"{row.title} {row.number}".strip() if row is not None else ""


@contextmanager
def quick_dial(
    qtbot: QtBot,
    theme: Theme,
    icons: Icons,
    contacts: tuple[Contact, ...] = PEOPLE,
    calls: tuple[Call, ...] = (),
    account: Account | None = ACCOUNT,
) -> Iterator[Quick]:
    """Quick dial on a screen of its own, put away at the end."""
    quick = Quick(qtbot, theme, icons, contacts, calls, account)
    quick.window.available = lambda: QRect(0, 0, 800, 800)
    try:
        yield quick
    finally:
        quick.window.hide()
        quick.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

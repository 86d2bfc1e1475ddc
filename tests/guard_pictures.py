"""Pictures of what a person sees of the guard: questions, the choice, the countdown, the reminder, its settings."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.rule_keys import RULE_KEYS
from c2c_desktop.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from tests.screenshots import Photographer

SIZES = ((360, 560), (860, 600), (1280, 800))
BEN = "tel:+44-(0)20-7946-0018"
LOCKED = "Locked by your administrator (IT desk, ext. 4040)."
PAGES = ("general", "guard", "network", "desktop")


class GuardPictures:
    """Asks for calls as other programs would, and takes a picture of each answer."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program

    def everything(self) -> None:
        window = self._program.window
        window.resize(860, 716)
        with self._guard(rates={}):
            self._questions()
            self._choice()
        self._settings()
        for width, height in SIZES:
            window.resize(width, height)
            self._countdown(width)
            self._reminder(width)
        window.resize(860, 716)

    def _questions(self) -> None:
        with self._question(BEN) as asked:
            self._take("ask-contact", asked)
            self._narrow("ask-contact", asked)
        with self._question("tel:0900 1234567", region="GB") as asked:
            self._take("ask-odd", asked)
        with self._question("tel:+449098790000") as asked:
            self._take("ask-premium", asked)
            self._narrow("ask-premium", asked)
        now = time.time()
        uncertain = _call(CallState.UNCERTAIN, e164="+447700900123", started_at=now - 40, ended_at=now - 38)
        with self._calls(uncertain), self._question("tel:+447700900123") as asked:
            self._take("ask-uncertain", asked)
        with self._question("tel:9840222222,,1234#", left_alone=9_999) as asked:
            self._take("ask-many", asked)
            self._narrow("ask-many", asked)
        with self._locks({"guard.trusted_for_contacts": LOCKED}), self._question(BEN) as asked:
            self._take("ask-locked", asked)
            self._narrow("ask-locked", asked)
        with self._question("0721 405516", Source.HOTKEY, region="IT") as asked:
            self._take("ask-selection", asked)

    def _choice(self) -> None:
        text = "+44 20 7946 0018 / +91 98402 22222 / +39 06 5555 0142"
        with self._question(f"tel:{text}") as choice:
            self._take("choice", choice)
            self._narrow("choice", choice)

    def _settings(self) -> None:
        for name, locks in (("settings", {}), ("settings-locked", dict.fromkeys(RULE_KEYS, LOCKED))):
            with self._locks(locks):
                self._program.dialogs.settings()
                shown = _dialog()
                assert isinstance(shown, SettingsDialog)
                for number, page in enumerate(PAGES):
                    shown.choose_page(number)
                    for width, height in ((520, 600), (360, 560), (860, 600)):
                        shown.resize(width, height)
                        self._take(f"{name}-{page}-{width}", shown)
                        if page == "guard":
                            bar = shown.guard.verticalScrollBar()
                            for part in (2, 3):
                                bar.setValue(bar.maximum() * (part - 1) // 2)
                                self._take(f"{name}-{page}-{width}-part{part}", shown)
                            bar.setValue(0)
                shown.reject()
                self._photographer.settle()

    def _countdown(self, width: int) -> None:
        with self._guard(undo_seconds=3):
            self._program.pad.load("+914428111111", "Chandra Iyer")  # nobody called them before: nothing asks
            self._program.pad.call()
            self._take(f"countdown-{width}")
            held = self._program.banner.call
            assert held is not None
            assert held.state is CallState.DRAFT
            self._program.desk.close()
            self._program.banner.hide()

    def _reminder(self, width: int) -> None:
        self._program.pad.load("+919840222222,,1234#", "Asha Rao")
        self._photographer.settle()
        for state in (CallState.CUSTOMER_RINGING, CallState.ENDED):
            self._program.display.show_call(_call(state, post_dial="1234#", started_at=time.time() + 60))
            if state is not CallState.ENDED:
                self._take(f"reminder-{width}")
        self._program.banner.hide()
        self._program.pad.load("")

    @contextmanager
    def _question(
        self, text: str, source: Source = Source.LINK, *, left_alone: int = 0, region: str | None = None
    ) -> Iterator[QDialog]:
        for _ in range(left_alone + 1):
            self._program.desk.ask_for(DialRequest(text, source, region=region))
        for _ in range(200):
            shown = _dialog()
            if shown is not None:
                break
            QTest.qWait(10)
        assert shown is not None, text
        self._photographer.settle()
        yield shown
        shown.reject()
        self._photographer.settle()

    @contextmanager
    def _locks(self, locks: Mapping[str, str]) -> Iterator[None]:
        from c2c_desktop.services.accounts import Accounts

        own = Accounts.locks
        Accounts.locks = property(lambda _: locks)  # type: ignore[assignment,method-assign]
        yield
        Accounts.locks = own  # type: ignore[method-assign]

    @contextmanager
    def _guard(self, **rules: Any) -> Iterator[None]:
        accounts = self._program.core.accounts
        before = accounts.settings.guard
        accounts.change(guard=replace(before, **rules))
        yield
        accounts.change(guard=before)

    @contextmanager
    def _calls(self, *calls: Call) -> Iterator[None]:
        for call in calls:
            self._program.core.journal.note(call)
        yield
        self._program.banner.hide()

    def _take(self, name: str, widget: QDialog | None = None) -> None:
        self._photographer.take(name, widget)

    def _narrow(self, name: str, widget: QDialog) -> None:
        widget.resize(330, 200)
        self._take(f"{name}-narrow", widget)


def _dialog() -> QDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()), None)


def _call(state: CallState, **facts: Any) -> Call:
    from tests.ui.rig import make_call

    return make_call(state, **{"started_at": time.time(), "id": f"guard-{state.value}", **facts})

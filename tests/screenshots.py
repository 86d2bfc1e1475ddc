"""Takes a picture of everything a person sees, light and dark: `make screenshots`.

The program runs on its sandbox as it does for `make run`; calls are put in the states that take a service to reach.
The two pictures of the README are written where it shows them.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from c2c_desktop.app import Application
from c2c_desktop.composition import Options
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import ThemeChoice
from c2c_desktop.ui.rows import RowView
from tests.contact_pictures import ContactPictures
from tests.directory_pictures import DirectoryPictures
from tests.duplicate_pictures import DuplicatePictures
from tests.export_pictures import ExportPictures
from tests.guard_pictures import GuardPictures
from tests.health_pictures import HealthPictures
from tests.import_pictures import ImportPictures
from tests.note_pictures import NotePictures
from tests.quick_pictures import QuickPictures

FOLDER = Path(os.environ.get("C2C_PICTURES", "build/screenshots"))
README_PICTURES = {"main-light": "resources/screenshot-light.png", "main-dark": "resources/screenshot-dark.png"}
S = CallState
_LEFT, _NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _call(state: CallState, *, ago: float = 0, name: str = "Asha Rao", **facts: Any) -> Call:
    now = time.time()
    call = Call(
        id=f"{state.value}-{ago}-{name}",
        e164="+919840222222" if name == "Asha Rao" else "+442079460018",
        shown_number="+91 98402 22222" if name == "Asha Rao" else "+44 20 7946 0018",
        contact_name=name,
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id="101_1111112",
        started_at=now - ago,
        state=state,
        request_id="s96C6XK1BUHX",
    )
    return Call(**{**{n: getattr(call, n) for n in Call.__dataclass_fields__}, **facts})


def _banner_calls() -> dict[str, Call]:
    now = time.time()
    ended: dict[str, Any] = {"connected_at": now - 60, "ended_at": now, "talk_seconds": 42.0, "outcome": S.CONNECTED}
    signed_out = "The user ID or app secret is wrong."
    return {
        "placing": _call(S.PLACING, request_id=""),
        "cancelled": _call(S.CANCELLED, request_id=""),
        "initiated": _call(S.INITIATED),
        "agent-ringing": _call(S.AGENT_RINGING),
        "agent-answered": _call(S.AGENT_ANSWERED),
        "customer-ringing": _call(S.CUSTOMER_RINGING),
        "connected": _call(S.CONNECTED, connected_at=now - 42),
        "ended": _call(S.ENDED, **ended),
        "agent-missed": _call(S.AGENT_MISSED, outcome=S.AGENT_MISSED),
        "agent-rejected": _call(S.AGENT_REJECTED, outcome=S.AGENT_REJECTED),
        "customer-missed": _call(S.CUSTOMER_MISSED, outcome=S.CUSTOMER_MISSED),
        "customer-busy": _call(S.CUSTOMER_MISSED, outcome=S.CUSTOMER_MISSED, message="Busy"),
        "refused": _call(S.REFUSED, request_id="", code=404, message=signed_out, next_step=NextStep.FIX_SIGN_IN),
        "not-sent": _call(
            S.NOT_SENT, request_id="", message="The service could not be reached. Check your network.",
            next_step=NextStep.RETRY,
        ),
        "uncertain": _call(S.UNCERTAIN, request_id=""),
    }  # fmt: skip


class Photographer:
    """Shows one thing after the other and takes its picture."""

    def __init__(self, program: Application) -> None:
        self.program = program
        self.theme = "light"

    def take(self, name: str, widget: QWidget | None = None) -> None:
        QApplication.processEvents()
        QTest.qWait(60)
        path = FOLDER / f"{name}-{self.theme}.png"
        (widget or self.program.window).grab().save(str(path))
        readme = README_PICTURES.get(path.stem)
        if readme is not None:
            shutil.copyfile(path, readme)
        print(path, flush=True)

    def everything(self) -> Iterator[None]:
        for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            self.theme = theme.value
            self.program.core.accounts.change(theme=theme)
            self._main()
            yield
            self._banners()
            yield
            self._dialogs()
            yield
            self._guard()
            yield
            QuickPictures(self, self.program.quick.popup).everything()
            yield
            NotePictures(self).everything()
            yield
            DuplicatePictures(self).everything()
            yield
            ContactPictures(self).everything()
            yield
            HealthPictures(self).everything()
            yield
            ExportPictures(self).everything()
            yield
            DirectoryPictures(self).everything()
            yield
            ImportPictures(self).everything()
            yield
            self._menus()
            yield

    def _main(self) -> None:
        program, window = self.program, self.program.window
        window.resize(860, 716)
        window.tabs.button(0).click()
        program.banner.hide()
        window.search.clear()
        program.pad.load("")
        window.search.setFocus()
        self.take("start")
        view = program.contacts.view
        QTest.mouseClick(view.viewport(), _LEFT, _NO_KEYS, _middle(view, 1))
        program.banner.show_call(_call(S.AGENT_RINGING), has_feed=True)
        self.take("main")
        program.banner.hide()
        window.resize(360, 560)
        window.search.setText("le")
        self.settle()
        program.banner.show_call(_call(S.AGENT_RINGING), has_feed=True)
        self.take("narrow-search")
        program.banner.hide()
        window.search.setText("zzz")
        self.settle()
        self.take("narrow-nothing-found")
        window.search.clear()
        self.settle()
        self.take("narrow-contacts")
        program.copied.offer("+44 20 7946 0018")
        self.settle()
        self.take("narrow-copied")
        window.show_dial_pad()
        self.take("narrow-pad")
        program.banner.show_call(_banner_calls()["refused"], has_feed=True)
        self.take("narrow-pad-refused")
        program.banner.hide()
        program.copied.offer("")
        window.resize(860, 716)
        window.search.setText("98 40")
        self.settle()
        self.take("search-number")
        program.copied.offer("+91 98402 22222")
        self.settle()
        self.take("copied")
        program.copied.offer("")
        window.search.clear()
        self.settle()
        self._recents()

    def _recents(self) -> None:
        program, window = self.program, self.program.window
        program.core.journal.adopt(_recents())
        window.show_recents()
        program.recents.refresh()
        self.take("recents")
        window.resize(360, 560)
        self.take("narrow-recents")
        window.resize(1280, 800)
        self.take("wide-recents")
        window.resize(860, 716)
        program.pad.show_route(Route.NEITHER)
        program.pad.load("+44 20 7946 0018")
        self.take("neither")
        program.pad.show_route(Route.SOFTPHONE)
        program.pad.load("112")
        self.take("refused-number")
        program.pad.load("")
        window.tabs.button(0).click()
        window.toast.say("Ben Carter was deleted.", "Undo", lambda: None)
        self.take("toast")
        window.toast.button.click()

    def _banners(self) -> None:
        banner = self.program.banner
        for name, call in _banner_calls().items():
            banner.show_call(call, has_feed=True)
            self.take(f"banner-{name}", banner)
        self.program.window.resize(360, 560)
        for name, call in _banner_calls().items():
            banner.show_call(call, has_feed=True)
            self.take(f"banner-{name}-narrow", banner)
        self.program.window.resize(860, 716)
        banner.hide()

    def _dialogs(self) -> None:
        dialogs = self.program.dialogs
        contact = self.program.contacts.view.rows.row(self.program.contacts.view.rows.index(1, 0))
        assert contact is not None
        openers: dict[str, Callable[[], None]] = {
            "sign-in": dialogs.sign_in,
            "options": dialogs.options,
            "contact": lambda: dialogs.contact(contact.payload),
            "contact-new": lambda: dialogs.contact(Contact(0, "")),
        }
        for name, open_it in openers.items():
            open_it()
            dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
            self.take(name, dialog)
            if name == "sign-in":
                size = dialog.size()
                dialog.resize(340, 560)
                self.take(f"{name}-narrow", dialog)
                dialog.resize(size)
            dialog.reject()
            self.settle()

    def _guard(self) -> None:
        GuardPictures(self).everything()

    def _menus(self) -> None:
        QApplication.clipboard().setText("+44 20 7946 0018")
        view = self.program.contacts.view
        first = view.rows.row(view.rows.index(1, 0))
        assert first is not None
        view.menu_asked.emit(first.payload, QPoint(100, 100))
        self._take_menu("contact-menu")
        self.program.core.accounts.change(offer_clipboard=True)
        self.program.tray.fill_menu()
        menu = self.program.tray.menu
        if menu is not None:
            menu.popup(QPoint(100, 100))
            self._take_menu("tray-menu")

    def _take_menu(self, name: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self.take(name, menu)
        menu.close()

    def settle(self) -> None:
        QTest.qWait(50)
        while not self.program.lanes.is_idle():
            QTest.qWait(10)


def _recents() -> list[Call]:
    hour = 3600.0
    now = time.time()
    talked: dict[str, Any] = {
        "outcome": S.CONNECTED,
        "connected_at": now - hour,
        "ended_at": now,
        "talk_seconds": 312.0,
    }
    return [
        _call(S.ENDED, ago=0.4 * hour, **talked),
        _call(S.UNCERTAIN, ago=0.9 * hour, name="Ben Carter", request_id=""),
        _call(S.ENDED, ago=1.6 * hour, name="Ben Carter", outcome=S.CUSTOMER_MISSED),
        _call(S.REFUSED, ago=2.2 * hour, message="The user ID or app secret is wrong."),
        _call(S.NOT_SENT, ago=3.1 * hour, name="Ben Carter", route=Route.MOBILE),
        _call(S.ENDED, ago=26 * hour, outcome=S.AGENT_MISSED),
        _call(S.INITIATED, ago=50 * hour, name="", e164="+12025550143", shown_number="+1 202-555-0143"),
    ]


def _middle(view: RowView, row: int) -> QPoint:
    return view.visualRect(view.rows.index(row, 0)).topLeft() + QPoint(80, 16)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    program = Application(application, Options(sandbox=True))
    program.start()
    steps = Photographer(program).everything()

    def step() -> None:
        if program.contacts.view.rows.rowCount() == 0:
            timer.start(50)
        elif next(steps, StopIteration) is StopIteration:
            program.quit()
        else:
            timer.start(50)

    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(step)
    timer.start(100)
    status = application.exec()
    program.stop()
    return status


if __name__ == "__main__":
    raise SystemExit(main())

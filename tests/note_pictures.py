"""Pictures of what a person sees of notes: the dialog, the marks in the recents, the menu and the banner."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from c2c_desktop.domain.call import NOTE_LIMIT, Call, CallState
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.note_dialog import NoteDialog

if TYPE_CHECKING:
    from tests.screenshots import Photographer

NOTE = "Wants the offer for 40 seats by Friday, in writing.\nCall back on Monday after 10:00 about the old contract."
NAMES = ("Asha Rao", "Ben Carter", "", "Meera Nair Krishnamurthy of Coimbatore")


class NotePictures:
    """Opens the dialog as a row's menu does, and shows calls that have notes."""

    def __init__(self, photographer: Photographer) -> None:
        self._photographer = photographer
        self._program = photographer.program

    def everything(self) -> None:
        self._dialog()
        self._recents()
        self._banner()

    def _dialog(self) -> None:
        with self._open(_call()) as dialog:
            self._take("note-new", dialog)
            dialog.edit.setPlainText(NOTE)
            dialog.reject()
            self._take("note-asks", dialog)
            dialog.resize(330, 200)
            self._take("note-asks-narrow", dialog)
        with self._open(_call(note=NOTE)) as dialog:
            self._take("note-edit", dialog)
            dialog.edit.setPlainText("")
            self._take("note-removed", dialog)
            dialog.edit.setPlainText("word " * (NOTE_LIMIT // 5 - 7))
            self._take("note-nearly-full", dialog)
            dialog.edit.setPlainText("word " * (NOTE_LIMIT // 5 + 7))
            self._take("note-too-long", dialog)
        with self._open(_call(contact_name=""), ShownNumbers(masked=True)) as dialog:
            self._take("note-masked", dialog)

    def _recents(self) -> None:
        window, recents, journal = self._program.window, self._program.recents, self._program.core.journal
        states = (CallState.UNCERTAIN, CallState.ENDED, CallState.ENDED, CallState.NOT_SENT)
        calls = [
            _call(state, id=f"noted-{n}", contact_name=name, note="" if n == 1 else NOTE, started_at=time.time() - n)
            for n, (state, name) in enumerate(zip(states, NAMES, strict=True))
        ]
        journal.adopt(calls)
        window.show_recents()
        recents.refresh()
        view = recents.view
        for width, height in ((860, 600), (360, 560)):
            window.resize(width, height)
            self._take(f"recents-notes-{width}")
            QTest.mouseClick(
                view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(0, 0)).topLeft() + _EDGE
            )
            self._take(f"recents-notes-current-{width}")
            view.clearSelection()
        window.resize(860, 600)
        view.menu_asked.emit(calls[0], QPoint(100, 100))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._photographer.take("recents-notes-menu", menu)
        menu.close()

    def _banner(self) -> None:
        banner, window = self._program.banner, self._program.window
        for width in (860, 360, 340):
            window.resize(width, 600)
            for state in (CallState.CONNECTED, CallState.ENDED):
                facts = {"connected_at": time.time() - 42, "outcome": CallState.CONNECTED, "talk_seconds": 42.0}
                banner.show_call(_call(state, **facts), has_feed=True)
                self._take(f"banner-note-{state.value.lower()}-{width}")
        banner.hide()
        window.resize(860, 716)

    @contextmanager
    def _open(self, call: Call, numbers: ShownNumbers | None = None) -> Iterator[NoteDialog]:
        dialog = NoteDialog(call, numbers, self._program.window)
        dialog.open()
        self._photographer.settle()
        yield dialog
        dialog.edit.setPlainText(dialog.note)
        dialog.reject()
        dialog.deleteLater()
        self._photographer.settle()

    def _take(self, name: str, dialog: NoteDialog | None = None) -> None:
        self._photographer.take(name, dialog)


_EDGE = QPoint(80, 16)


def _call(state: CallState = CallState.ENDED, **facts: Any) -> Call:
    from tests.ui.rig import make_call

    ended: dict[str, Any] = {"outcome": CallState.CONNECTED, "talk_seconds": 312.0} if state is CallState.ENDED else {}
    return make_call(state, **{"started_at": time.time() - 60, **ended, **facts})

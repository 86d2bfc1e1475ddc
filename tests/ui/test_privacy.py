"""Privacy mode: no whole number anywhere on the screen, while everything is still dialled, found and copied whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.domain.call import CallState, Source
from c2c_desktop.domain.contact import Contact
from c2c_desktop.ui.row_painter import more_rect
from tests.ui.rig import (
    INDIAN,
    LONDON,
    NOT_A_BUTTON,
    choose,
    click,
    make_call,
    menu_words,
    place_of,
    press,
    row_titled,
    sent,
    settle,
    titles,
)

Key = Qt.Key
ASHA, MASKED = "+91 98402 22222", "+91 ••••• •••22"
S = CallState
CTRL = Qt.KeyboardModifier.ControlModifier
EYE = "Show the whole number"


def switch(program: Application, *, on: bool) -> None:
    program.core.accounts.change(mask_numbers=on)


def fill(program: Application, qtbot: QtBot) -> None:
    """Show numbers wherever one can stand, in the window and outside."""
    numbers = {"e164": LONDON, "shown_number": "+44 20 7946 0018", "contact_name": ""}
    program.core.journal.adopt(
        [
            make_call(S.CUSTOMER_MISSED, id="1", outcome=S.CUSTOMER_MISSED),
            make_call(S.REFUSED, id="2", message="The number 442079460018 is barred.", **numbers),
            make_call(S.CONNECTED, id="3", contact_name="+91 98402 22222", connected_at=1.0),
        ]
    )
    program.recents.refresh()
    call = make_call(S.CONNECTED, id="4", connected_at=program.core.clock.now())
    program.display.show_call(call)
    program.pad.load(INDIAN, "", Source.HISTORY)
    program.window.toast.say("+91 98402 22222 was deleted.", "Undo", lambda: None)
    settle(qtbot, program)


def words_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
    if isinstance(widget, (QLabel, QLineEdit, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield from (widget.displayText(), widget.placeholderText())


def spoken(interface: QAccessibleInterface, depth: int = 12) -> Iterator[str]:
    """What assistive technology is told of a widget and everything in it."""
    yield from (
        interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    )
    for number in range(interface.childCount() if depth else 0):
        child = interface.child(number)
        if child is not None:
            yield from spoken(child, depth - 1)


def on_screen(program: Application) -> list[str]:
    """Every word in the window, under the pointer, told to assistive technology, and in the tray."""
    program.window.show_recents()
    rows = [
        str(view.rows.data(view.rows.index(number, 0), int(role)) or "")
        for view in (program.contacts.view, program.recents.view)
        for number in range(view.rows.rowCount())
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    ]
    widgets = [word for widget in [program.window, *program.window.findChildren(QWidget)] for word in words_of(widget)]
    interface = QAccessible.queryAccessibleInterface(program.window)
    assert interface is not None
    return [*rows, *widgets, *spoken(interface), *in_tray(program)]


def in_tray(program: Application) -> list[str]:
    QGuiApplication.clipboard().setText(LONDON)
    program.core.accounts.change(offer_clipboard=True)
    tray = program.tray
    if tray.menu is None:
        tray._show()  # no panel here takes the icon
    menu = tray.menu
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    icon = tray.icon
    assert icon is not None
    submenus = [submenu for action in menu.actions() if isinstance(submenu := action.menu(), QMenu)]
    return [*(action.text() for shown in (menu, *submenus) for action in shown.actions()), icon.toolTip()]


def whole_numbers(words: list[str]) -> list[str]:
    """Those in which more of a number is left than its country code and two digits."""
    return [word for word in words if re.search(r"\d(?:[ ()-]{0,3}\d){5}", word.replace("101_", ""))]


@pytest.mark.parametrize("width", [860, 360])
def test_no_whole_number_is_on_the_screen_and_every_one_without_privacy(
    qtbot: QtBot, program: Application, width: int
) -> None:
    program.window.resize(width, 640)
    fill(program, qtbot)
    for _ in range(2):  # copies a number, which then offers itself in the window
        on_screen(program)
        settle(qtbot, program)
    shown = on_screen(program)
    for text in (ASHA, "+44 20 7946 0018", "442079460018", "+91 98403 33333"):
        assert len([word for word in shown if text in word]) >= 1, text
    assert len(whole_numbers(shown)) > 20
    switch(program, on=True)
    settle(qtbot, program)
    assert whole_numbers(on_screen(program)) == []
    switch(program, on=False)
    settle(qtbot, program)
    assert set(whole_numbers(on_screen(program))) == set(whole_numbers(shown))


def test_names_stay_and_a_number_keeps_its_look(qtbot: QtBot, program: Application) -> None:
    switch(program, on=True)
    fill(program, qtbot)
    row = row_titled(program.contacts.view, "Asha Rao")
    assert (row.number, row.initials) == (MASKED, "AR")
    assert program.banner.detail.text().startswith(MASKED)
    assert program.banner.title.text().startswith("Connected to Asha Rao")
    assert titles(program.recents.view)[1] == "+44 •• •••• ••18"
    assert program.window.toast.label.text() == f"{MASKED} was deleted."
    assert in_tray(program)[2] == "Call from clipboard: +44 •• •••• ••18"
    assert {f"Call Asha Rao · {MASKED}", f"Call mobile · {MASKED}"} <= set(in_tray(program))


def test_a_search_for_a_whole_number_finds_it(qtbot: QtBot, program: Application) -> None:
    switch(program, on=True)
    fill(program, qtbot)
    program.window.search.setText("98402 22222")
    settle(qtbot, program)
    assert titles(program.contacts.view) == ["[Numbers]", "Asha Rao"]
    assert "Asha Rao" in titles(program.recents.view)
    program.window.search.setText("98402 22229")
    settle(qtbot, program)
    assert program.contacts._nobody.button.text() == "Dial 98402 22229"  # who typed it may read it


def test_what_is_copied_is_whole(qtbot: QtBot, program: Application) -> None:
    switch(program, on=True)
    view = program.contacts.view
    click(view.viewport(), place_of(view, "Asha Rao") + NOT_A_BUTTON)
    index = view.currentIndex()
    click(view.viewport(), more_rect(view.visualRect(index)).center())
    assert {f"Call {MASKED} · mobile", f"Copy {MASKED}"} <= set(menu_words())
    click(view.viewport(), more_rect(view.visualRect(index)).center())
    choose(qtbot, f"Copy {MASKED}")
    assert QGuiApplication.clipboard().text() == ASHA


def test_a_call_from_a_masked_row_goes_to_the_whole_number(qtbot: QtBot, program: Application) -> None:
    switch(program, on=True)
    settle(qtbot, program)
    view = program.contacts.view
    click(view.viewport(), place_of(view, "Ben Carter") + NOT_A_BUTTON)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(sent(program)) == 1)
    assert sent(program)[0]["to"] == int(LONDON[1:])


def test_a_reason_with_a_number_is_said_masked_in_the_pad(program: Application) -> None:
    switch(program, on=True)
    program.pad.say("919840222222 is barred")
    assert program.pad.facts.accessibleName() == "••••••••••22 is barred"


def test_an_unnamed_contact_is_shown_and_deleted_masked(qtbot: QtBot, program: Application) -> None:
    switch(program, on=True)
    asha = row_titled(program.contacts.view, "Asha Rao").payload
    program.core.directory.save(Contact(0, "", numbers=asha.numbers))
    settle(qtbot, program)
    assert MASKED in titles(program.contacts.view)
    program.gestures.offer_undo(Contact(0, "", numbers=asha.numbers))
    qtbot.waitUntil(lambda: program.window.toast.label.text() == f"{MASKED} was deleted.")


def test_a_tooltip_of_the_tray_is_no_markup(program: Application) -> None:
    program.display.show_call(make_call(S.CONNECTED, contact_name="<img src=x> & <b>Co</b>", connected_at=1.0))
    in_tray(program)
    assert program.tray.icon is not None
    assert "‹img src=x› & ‹b›Co‹/b›" in program.tray.icon.toolTip()
    assert not set("<>") & set(program.tray.icon.toolTip())

"""A number that was copied: what is none, what goes away, whose it is, and that it only ever stands there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from c2c_desktop.app import Application
from c2c_desktop.ui.clipboard_chip import ClipboardChip
from tests.ui.rig import INDIAN, LONDON, PATIENCE_MS, click, dialog, sent, settle


def chip(program: Application) -> ClipboardChip | None:
    return program.window.findChild(ClipboardChip)


@pytest.mark.parametrize("text", ["", "no number", "112", f"{INDIAN} or {LONDON}", "\x00\u202e", "9" * 100_000])
def test_a_text_that_is_not_one_number_offers_nothing(text: str, program: Application) -> None:
    program.ties.copied.emit(text)
    assert chip(program) is None


@pytest.mark.parametrize("text", ["", "no number", f"{INDIAN} or {LONDON}"])
def test_what_is_copied_next_takes_the_offer_away(text: str, program: Application) -> None:
    program.copied.offer(LONDON)
    offered = chip(program)
    assert offered is not None
    assert offered.isVisible()
    program.copied.offer(text)
    assert not offered.isVisible()
    assert offered.number is None


def test_the_name_of_the_number_before_is_not_put_to_the_next(program: Application, qtbot: QtBot) -> None:
    program.copied.offer(INDIAN)
    program.copied.offer(LONDON)
    settle(qtbot, program)
    offered = chip(program)
    assert offered is not None
    assert "+44 20 7946 0018" in offered.words.text()
    assert "Asha" not in offered.words.text()


def test_a_known_number_is_offered_with_its_name_and_calls_nobody(program: Application, qtbot: QtBot) -> None:
    program.copied.offer("98402 22222")
    offered = chip(program)
    assert offered is not None
    qtbot.waitUntil(lambda: "Asha Rao" in offered.words.text(), timeout=PATIENCE_MS)
    click(offered.use)
    assert program.pad.field.text() == "+91 98402 22222"
    assert dialog() is None
    assert sent(program) == []


def test_signed_out_it_is_read_as_in_india(program: Application) -> None:
    program.core.accounts.change(accounts=(), active_user_id="")
    program.copied.offer("98402 22222")
    offered = chip(program)
    assert offered is not None
    assert offered.number is not None
    assert offered.number.e164 == INDIAN

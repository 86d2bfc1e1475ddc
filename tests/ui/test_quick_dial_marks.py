"""What is marked of a row: that which answers the search, in whole letters of any script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme
from tests.ui.quick_rig import Quick, quick_dial
from tests.ui.rig import INDIAN

ODD = Contact(1, "अर्जुन राव 𝒜sha", "🏢 Räder & Söhne", (ContactNumber("+91 98402 22222", INDIAN, "work"),))


@pytest.fixture
def quick(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Quick]:
    with quick_dial(qtbot, theme, icons, (ODD,)) as opened:
        yield opened


def green_pixels(image: QImage) -> int:
    """Those of the words that are as green as nothing but the accent is."""
    words = range(round(60 * image.devicePixelRatio()), image.width() // 2)
    colours = (QColor(image.pixel(x, y)) for y in range(image.height()) for x in words)
    return sum(colour.green() - colour.red() > 40 for colour in colours)


@pytest.mark.parametrize("search", ["अर", "अर्जु", "ra", "asha", "98402", "räder 98402", "ash", "ohn", "098402", "2742"])
def test_what_answers_is_drawn_in_the_accent(quick: Quick, search: str) -> None:
    quick.show()
    quick.type(search)
    assert quick.rows == [ODD.name]
    assert green_pixels(quick.window.view.viewport().grab().toImage()) > 0


def test_a_mark_does_not_change_how_letters_join(quick: Quick) -> None:
    """The same letters are covered with ink, whatever their colour."""

    def inked(search: str) -> list[bool]:
        quick.show()
        quick.type(search)
        image = quick.window.view.viewport().grab().toImage()
        ground = image.pixel(58, 2)
        return [image.pixel(x, y) != ground for y in range(8, 28) for x in range(60, 160)]

    assert inked("अर") == inked("98402")


def test_a_masked_number_is_marked_nowhere(quick: Quick) -> None:
    quick.numbers.mask(on=True)
    quick.show()
    quick.type("98402")
    assert green_pixels(quick.window.view.viewport().grab().toImage()) == 0

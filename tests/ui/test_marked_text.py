"""A line in several colours looks as the line in one, but for its colours."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QRawFont, QTextLayout

from c2c_desktop.ui.marked_text import Coloured, ShapedText, apart
from c2c_desktop.ui.theme import Theme

BLACK, BLUE = QColor("black"), QColor("#3a5bd9")


@pytest.fixture
def font(theme: Theme) -> QFont:  # noqa: ARG001  # it is the program's
    return apart(QGuiApplication.font())


def painted(text: str, font: QFont, cuts: list[int], colours: list[QColor]) -> QImage:
    image = QImage(320, 32, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    stretches = [Coloured(*each) for each in zip([0, *cuts], [*cuts, len(text)], colours, strict=True)]
    painter = QPainter(image)
    ShapedText(text, font, 300).paint(painter, 8, 16, stretches)
    painter.end()
    return image


@pytest.mark.parametrize("text", ["AVATAR Wave To", "Griffin office ->", "+91 98402 22222", "Åsa Ångström", "Ελένη"])
def test_stretches_of_one_colour_are_the_whole_line(font: QFont, text: str) -> None:
    whole = painted(text, font, [], [BLACK])
    for cut in range(1, len(text)):
        assert painted(text, font, [cut], [BLACK, BLACK]) == whole, cut
    assert painted(text, font, [2], [BLACK, BLUE]) != whole


def test_every_letter_has_a_glyph_of_its_own(font: QFont) -> None:
    text = "-> ffi"

    def glyphs(used: QFont) -> list[int]:
        layout = QTextLayout(text, used)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]

    alone = list(QRawFont.fromFont(font).glyphIndexesForString(text))
    assert glyphs(font) == alone
    assert glyphs(QGuiApplication.font()) != alone, "the program's font has none that are joined: this shows nothing"

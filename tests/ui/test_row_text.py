"""The two lines of a row: what gives way when it is narrow, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from c2c_desktop.domain.contact_search import read_search
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.row_lines import Piece, RowLines, fitted
from c2c_desktop.ui.row_model import Row
from c2c_desktop.ui.rows import RowView
from c2c_desktop.ui.theme import Theme
from tests.ui.rig import NOT_A_BUTTON, click, make_contact, place_of

ROUNDING = 3
"""Pixels: widths of parts are whole numbers, and their sum is not quite that of the whole."""

NUMBER = "+91 98402 22222"
WORDS = st.text(st.characters(categories=["Lu", "Ll", "Zs"]), max_size=40)
ROWS = st.builds(
    Row,
    title=st.just("Asha"),
    outcome=st.sampled_from(["", "Uncertain", "Talked 1:02:07"]),
    before=WORDS,
    number=st.sampled_from(["", NUMBER]),
    after=st.sampled_from(["", "mobile", "mobile, 3 more", "mobile · via your mobile"]),
)


@pytest.fixture
def metrics(theme: Theme) -> QFontMetrics:  # noqa: ARG001  # measures need an application
    font = QFont()
    font.setPixelSize(12)
    return QFontMetrics(font)


def line(row: Row, metrics: QFontMetrics, width: int) -> str:
    return "".join(piece.text for piece in pieces(row, metrics, width))


def pieces(row: Row, metrics: QFontMetrics, width: int) -> Sequence[Piece]:
    return fitted((row.outcome, row.before, row.number, row.after), row.tone, metrics, width)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(-50, 600))
def test_number_and_outcome_are_never_cut_and_the_rest_never_overflows(
    metrics: QFontMetrics, row: Row, width: int
) -> None:
    shown = line(row, metrics, width)
    assert row.number in shown
    assert row.outcome in shown
    needed = metrics.horizontalAdvance(" · ".join(part for part in (row.outcome, row.number) if part))
    painted = sum(metrics.horizontalAdvance(piece.text) for piece in pieces(row, metrics, width))
    assert painted <= max(needed, width) + ROUNDING


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_with_room_everything_stands_there_with_separators_between(metrics: QFontMetrics, row: Row) -> None:
    parts = [part for part in (row.outcome, row.before, row.number, row.after) if part]
    assert line(row, metrics, 2000) == " · ".join(parts)


def test_the_company_gives_way_before_the_kind(metrics: QFontMetrics) -> None:
    row = Row("Asha", before="Acme Holdings International", number=NUMBER, after="mobile")
    narrow = metrics.horizontalAdvance(f"{NUMBER} · mobile") + 2
    assert line(row, metrics, narrow) == f"{NUMBER} · mobile"
    assert line(row, metrics, narrow - 20) == NUMBER
    shortened = line(row, metrics, narrow + 80)
    assert shortened.endswith(f"… · {NUMBER} · mobile")
    assert shortened.startswith("Acme")


def test_a_contact_without_a_number_keeps_company_and_remark_apart(metrics: QFontMetrics) -> None:
    assert line(Row("Asha", before="Acme", after="no number"), metrics, 400) == "Acme · no number"


def test_lines_follow_the_font_and_are_shaped_once(theme: Theme) -> None:  # noqa: ARG001  # fonts need an application
    lines = RowLines()
    lines.use(QFont())
    first = lines.title("Asha Rao", 200)
    lines.use(QFont())
    assert lines.title("Asha Rao", 200) is first
    slanted = QFont()
    slanted.setItalic(True)
    lines.use(slanted)
    assert not first[0].shaped.layout.font().italic()
    assert lines.title("Asha Rao", 200)[0].shaped.layout.font().italic()


def test_a_row_that_was_painted_is_marked_anew_for_another_search(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    view = RowView("People", theme, icons)
    qtbot.addWidget(view)
    view.resize(360, 120)
    view.show_rows([Row("Asha Rao", number=NUMBER, payload=make_contact(1, "Asha Rao"))])
    seen: list[QImage] = []
    for text in ("", "asha", "rao", "asha", ""):
        view.mark(read_search(text))
        seen.append(view.grab().toImage())
    assert seen[0] != seen[1] != seen[2]
    assert (seen[1], seen[0]) == (seen[3], seen[4])


def pictures(qtbot: QtBot, theme: Theme, icons: Icons, row: Row) -> tuple[QImage, QImage]:
    """The row at rest and as the current one."""
    view = RowView("People", theme, icons)
    qtbot.addWidget(view)
    view.resize(360, 120)
    view.show_rows([row])
    view.show()
    qtbot.waitExposed(view)
    resting = view.grab().toImage()
    click(view.viewport(), place_of(view, row.title) + NOT_A_BUTTON)
    return resting, view.grab().toImage()


@pytest.mark.parametrize("facts", [{"favourite": True}, {"aside": "15:42"}, {}], ids=["star", "time", "plain"])
def test_the_current_row_shows_its_buttons(
    qtbot: QtBot, theme: Theme, icons: Icons, facts: dict[str, bool | str]
) -> None:
    row = Row("Asha", number=NUMBER, payload=make_contact(1, "Asha"), **facts)  # type: ignore[arg-type]
    resting, current = pictures(qtbot, theme, icons, row)
    accent = theme.tokens.colour("accent").rgb()
    place = (360 - 20, 28)
    assert resting.pixel(*place) != accent
    assert current.pixel(*place) == accent

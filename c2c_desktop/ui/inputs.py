"""Check boxes and choice boxes drawn from the palette: style sheets alone lose their marks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTime
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QSpinBox, QStyledItemDelegate, QTimeEdit

_BOX = 18
_SPACING = 10
_PADDING = 3
_WRAPPED = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class CheckBox(QCheckBox):
    """A box, a mark and a label that wraps; the whole row is the target."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for box and label on one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + _BOX + _SPACING + 6
        return QSize(width, self._height(self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """A long label takes more lines."""
        return QSize(_BOX + _SPACING + 40, self._height(self.fontMetrics().height()))

    def hasHeightForWidth(self) -> bool:
        """The label wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the lines it takes in that width."""
        room = QRect(0, 0, width - _BOX - _SPACING - 2, 10_000)
        return self._height(self.fontMetrics().boundingRect(room, _WRAPPED, self.text()).height())

    def hitButton(self, position: object) -> bool:  # noqa: ARG002  # Qt's signature
        """Take clicks anywhere."""
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw box, mark, label and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent, muted = palette.color(QPalette.ColorRole.Accent), palette.color(QPalette.ColorRole.PlaceholderText)
        if not self.isEnabled():
            accent = muted
        top = (self._height(self.fontMetrics().height()) - _BOX) / 2
        box = QRectF(1.5, top + 0.5, _BOX - 1, _BOX - 1)
        painter.setPen(QPen(accent if self.isChecked() else muted, 1.5))
        painter.setBrush(accent if self.isChecked() else palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 2, c=Qt.PenCapStyle.RoundCap))
            tick = [QPointF(5.5, top + 9.5), QPointF(8.5, top + 12.5), QPointF(14, top + 6)]
            painter.drawPolyline(QPolygonF(tick))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText) if self.isEnabled() else muted)
        painter.drawText(self.rect().adjusted(_BOX + _SPACING, _PADDING, -2, 0), _WRAPPED, self.text())
        if self.property("focused"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 5, 5)

    def _height(self, label: int) -> int:
        return max(label + 2 * _PADDING, _BOX + 2 * _PADDING)


class ChoiceBox(QComboBox):
    """A combo box as wide as its form, with a chevron."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that style sheets reach

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it: a wheel that passes over a form changes nothing in it."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.6, c=Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 18.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))


class NumberBox(QSpinBox):
    """A whole number with its unit, typed or stepped with the arrow keys."""

    def __init__(self, value: int, least: int, most: int, unit: str) -> None:
        super().__init__()
        self.setRange(least, most)
        self.lineEdit().setTextMargins(8, 0, 8, 0)  # its padding is lost in the spin box's
        self.setSuffix(f" {unit}")
        self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it."""
        event.ignore()


class SecondsBox(NumberBox):
    """A number of seconds."""

    def __init__(self, seconds: float, least: int = 1, most: int = 120) -> None:
        super().__init__(round(seconds), least, most, "s")


class TimeBox(QTimeEdit):
    """A time of day, in minutes since midnight."""

    def __init__(self, minutes: int) -> None:
        super().__init__(QTime(minutes // 60, minutes % 60))
        self.setDisplayFormat("HH:mm")
        self.lineEdit().setTextMargins(8, 0, 8, 0)

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.time().hour() * 60 + self.time().minute()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it."""
        event.ignore()

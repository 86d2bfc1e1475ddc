"""Check boxes and choice boxes drawn from the palette: style sheets alone lose their marks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QSpinBox, QStyledItemDelegate

_BOX = 18
_SPACING = 10


class CheckBox(QCheckBox):
    """A box, a mark and a label; the whole row is the target."""

    def sizeHint(self) -> QSize:
        """Room for box and label."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + _BOX + _SPACING + 6, max(metrics.height() + 6, _BOX + 6))

    def minimumSizeHint(self) -> QSize:
        """A long label may be cut."""
        return QSize(_BOX + _SPACING + 40, self.sizeHint().height())

    def hitButton(self, position: object) -> bool:  # noqa: ARG002  # Qt's signature
        """Take clicks anywhere."""
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw box, mark, label and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent, muted = palette.color(QPalette.ColorRole.Accent), palette.color(QPalette.ColorRole.PlaceholderText)
        top = (self.height() - _BOX) / 2
        box = QRectF(1.5, top + 0.5, _BOX - 1, _BOX - 1)
        painter.setPen(QPen(accent if self.isChecked() else muted, 1.5))
        painter.setBrush(accent if self.isChecked() else palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 2, c=Qt.PenCapStyle.RoundCap))
            tick = [QPointF(5.5, top + 9.5), QPointF(8.5, top + 12.5), QPointF(14, top + 6)]
            painter.drawPolyline(QPolygonF(tick))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        label = self.rect().adjusted(_BOX + _SPACING, 0, -2, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.property("focused"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 5, 5)


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


class SecondsBox(QSpinBox):
    """A number of seconds, typed or stepped with the arrow keys."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.setRange(1, 120)
        self.lineEdit().setTextMargins(8, 0, 8, 0)  # its padding is lost in the spin box's
        self.setSuffix(" s")
        self.setValue(round(seconds))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it."""
        event.ignore()

"""A labelled on/off switch; the whole row is the target."""

from __future__ import annotations

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from c2c_desktop.ui.theme import Theme

_WIDTH, _HEIGHT, _MARGIN, _MOVE_MS = 36, 20, 3, 120


class ToggleSwitch(QAbstractButton):
    """Label left, switch right; Space toggles. Told to assistive technology as a check box."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._knob = 0.0
        self._compact = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._animation = QPropertyAnimation(self, b"knob", self)
        self._animation.setDuration(_MOVE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.toggled.connect(self._slide)
        theme.theme_changed.connect(self.update)

    def set_compact(self, *, on: bool) -> None:
        """Take less height."""
        self._compact = on
        self.updateGeometry()

    def _get_knob(self) -> float:
        return self._knob

    def _set_knob(self, value: float) -> None:
        self._knob = value
        self.update()

    knob = Property(float, _get_knob, _set_knob)

    def sizeHint(self) -> QSize:
        """Room for label and switch."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + _WIDTH + 24, 24 if self._compact else 30)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw label, track, knob and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        track = QRectF(self.width() - _WIDTH - 2, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        painter.setPen(tokens.colour("text"))
        label = self.rect().adjusted(2, 0, -_WIDTH - 12, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("accent" if self.isChecked() else "switch_off"))
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        size = _HEIGHT - 2 * _MARGIN
        x = track.x() + _MARGIN + self._knob * (_WIDTH - 2 * _MARGIN - size)
        painter.setBrush(tokens.colour("on_accent" if tokens.dark and self.isChecked() else "surface"))
        painter.drawEllipse(QRectF(x, track.y() + _MARGIN, size, size))
        if self.property("focused"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("info"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _slide(self, on: bool) -> None:
        end = 1.0 if on else 0.0
        self._animation.stop()
        if not self.isVisible() or not self._theme.moves:
            self._set_knob(end)
            return
        self._animation.setStartValue(self._knob)
        self._animation.setEndValue(end)
        self._animation.start()

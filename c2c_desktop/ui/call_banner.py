"""What is happening on both legs: two steps, one sentence, and the buttons that make sense now."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.services.announcer import ACTION_LABELS, Announcement, Step, Tone, announce
from c2c_desktop.services.ports import Clock
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.focus_ring import repolish
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

GONE_AFTER_MS = 8000
ARMED_MS = 400
"""A click that comes sooner on a button that calls was meant for what stood there before."""

_CALLING_STEPS = frozenset({NextStep.RETRY, NextStep.CALL_AGAIN, NextStep.USE_SOFTPHONE})
_TONES = {Tone.WARN: "warn", Tone.BAD: "bad"}
_WIDE = 700


class _Steps(QWidget):
    """Two circles and the line between; with room, their names below."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._steps = (Step.WAITING, Step.WAITING)
        self._names = ("", "")
        self._named = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[Step, Step], names: tuple[str, str]) -> None:
        """Draw `steps`; `names` are told to assistive technology too."""
        self._steps, self._names = steps, names
        self.setAccessibleName(", ".join(f"{n}: {s.value}" for n, s in zip(names, steps, strict=True)))
        self.update()

    def set_named(self, named: bool) -> None:
        """Show the names, or only the circles."""
        if named != self._named:
            self._named = named
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for circles, and names where they are shown."""
        return QSize(220, 46) if self._named else QSize(96, 26)

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        y = 13.0
        first, second = (55.0, 165.0) if self._named else (12.0, 82.0)
        done = self._steps[0] is Step.DONE
        painter.setPen(QPen(tokens.colour("accent" if done else "border"), 2))
        painter.drawLine(QPointF(first + 20, y), QPointF(second - 20, y))
        for number, (x, step, name) in enumerate(zip((first, second), self._steps, self._names, strict=True), start=1):
            self._paint_circle(painter, x, y, step, number)
            if self._named:
                font = painter.font()
                font.setPixelSize(12)
                font.setBold(False)
                painter.setFont(font)
                painter.setPen(tokens.colour("muted"))
                room = QRectF(x - 54, 28, 108, 18)
                text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 106)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_circle(self, painter: QPainter, x: float, y: float, step: Step, number: int) -> None:
        tokens = self._theme.tokens
        token = {
            Step.WAITING: "border",
            Step.ACTIVE: "accent",
            Step.DONE: "accent",
            Step.FAILED: "danger",
            Step.UNSURE: "warn",
        }[step]
        painter.setPen(QPen(tokens.colour(token), 2))
        painter.setBrush(tokens.colour("accent") if step is Step.DONE else Qt.BrushStyle.NoBrush)
        circle = QRectF(x - 10.5, y - 10.5, 21, 21)
        painter.drawEllipse(circle)
        scale = self.devicePixelRatioF()
        if step in (Step.DONE, Step.FAILED):
            name, colour = ("check", "on_accent") if step is Step.DONE else ("close", "danger")
            painter.drawPixmap(QPointF(x - 7, y - 7), self._icons.pixmap(name, tokens[colour], 14, scale))
            return
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(tokens.colour("muted" if step is Step.WAITING else token))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), "!" if step is Step.UNSURE else str(number))


class CallBanner(QWidget):
    """Tells of one call: the newest. Main thread."""

    acted = Signal(object, object)
    """A step that was pressed, and the call it is about."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        clock: Clock,
        numbers: ShownNumbers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = numbers or ShownNumbers()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self._call: Call | None = None
        self._has_feed = False
        self._is_over = True
        self.steps = _Steps(theme, icons, self)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.detail = QLabel()
        self.detail.setProperty("role", "muted")
        for label in (self.title, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self.steps)
        told.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(12, 10, 12, 10)
        self._box.setSpacing(8)
        self._box.addLayout(told, 1)
        self._box.addLayout(self._buttons)
        self._shown_actions: tuple[NextStep, ...] = ()
        self._shown_for = QElapsedTimer()
        self._pressed = QElapsedTimer()
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(GONE_AFTER_MS)
        self._gone.timeout.connect(self.hide)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._refresh)
        self._numbers.listen(self._show_anew)
        theme.theme_changed.connect(self.update)
        self.hide()

    @property
    def call(self) -> Call | None:
        """The call that is told of."""
        return self._call

    @property
    def is_over(self) -> bool:
        """Whether the call it tells of is: nothing more will happen to it."""
        return self._is_over

    def show_call(self, call: Call, *, has_feed: bool) -> None:
        """Tell of `call` from now on."""
        self._call, self._has_feed = call, has_feed
        words = self._refresh()
        self._is_over = words.is_over
        counts = call.state in {CallState.CONNECTED, CallState.DRAFT}
        self._second.start() if counts else self._second.stop()
        stays = call.state in {CallState.UNCERTAIN, CallState.REFUSED, CallState.NOT_SENT}
        self._gone.start() if words.is_over and not stays else self._gone.stop()
        self.show()

    def fit(self, width: int) -> None:
        """Lay out for a window `width` wide."""
        wide = width >= _WIDE
        self.steps.set_named(wide)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._fit_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as there is room for now."""
        super().resizeEvent(event)
        self._fit_buttons()

    def _show_anew(self) -> None:
        if self._call is not None:
            self._refresh()

    def _refresh(self) -> Announcement:
        assert self._call is not None  # noqa: S101  # shown only with a call
        call = self._numbers.call(self._call)
        words = announce(call, has_feed=self._has_feed, now=self._clock.now())
        self.title.setText(words.title)
        self.detail.setText(words.detail)
        tone = _TONES.get(words.tone, "")
        if self.title.property("tone") != tone:
            self.title.setProperty("tone", tone)
            repolish(self.title)
        self.steps.show_steps(words.steps, (call.route.device, call.callee))
        self.setAccessibleName(f"{words.title}. {words.detail}")
        if words.actions != self._shown_actions:
            self._show_actions(words.actions)
        return words

    def _show_actions(self, actions: tuple[NextStep, ...]) -> None:
        self._shown_actions = actions
        self._shown_for.start()
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                if widget.hasFocus():
                    self.setFocus(Qt.FocusReason.OtherFocusReason)  # else it wanders to the search, where Enter calls
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for action in actions:
            button = QPushButton(ACTION_LABELS[action])
            button.clicked.connect(lambda _=False, a=action: self._act(a))
            self._buttons.addWidget(button)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """In a narrow window leave out the last ones that do not fit: the recents' menu has them too."""
        margins = self._box.contentsMargins()
        room = self.width() - margins.left() - margins.right() + self._buttons.spacing()
        narrow = self._box.direction() is QBoxLayout.Direction.TopToBottom
        for number in range(self._buttons.count()):
            item = self._buttons.itemAt(number)
            button = item.widget() if item is not None else None
            if button is not None:
                room -= button.sizeHint().width() + self._buttons.spacing()
                button.setVisible(room >= 0 or not narrow)

    def _act(self, action: NextStep) -> None:
        twice = self._pressed.isValid() and not self._pressed.hasExpired(ARMED_MS)  # the rest of a double click
        if twice or (action in _CALLING_STEPS and not self._shown_for.hasExpired(ARMED_MS)):
            return
        self._pressed.start()
        self.acted.emit(action, self._call)

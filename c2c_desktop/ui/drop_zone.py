"""Files that are dragged onto the window: what lets go of them here does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from c2c_desktop.ui.theme import Theme

_VEIL = 235
"""How much of the window the hint covers, of 255."""

_GAP = 12
ONE = "Drop the file to import its contacts"
KINDS = "vCard, CSV or TSV"
SEVERAL = "One file at a time: drop a single one"


class DropZone(QWidget):
    """Lies over the window while files are dragged over it, and takes them, whatever stands below. Main thread.

    Text that is dragged is left to the fields.
    """

    dropped = Signal(list)
    """The paths of the files on this computer, and the addresses of what is none."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._over, self._theme = window, theme
        self.words = ONE
        self.setAcceptDrops(True)
        self.setAccessibleName("Drop a contact file here")
        self.hide()
        window.installEventFilter(self)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come before what stands under the pointer: a text field would write the file's path."""
        kind = event.type()
        if watched is self._over:
            if kind in (QEvent.Type.Show, QEvent.Type.WinIdChange):
                self._watch()
            elif kind == QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self._over.rect())
        elif isinstance(event, QDragEnterEvent) and _has_files(event.mimeData()):
            self._show_for(event.mimeData())
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _has_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Everywhere."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        """They are dragged on."""
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped. It is copied, whatever the keys say: a move would have its owner delete it."""
        self.hide()
        paths = _paths(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(paths)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the hint over what is there."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.colour("bg")
        ground.setAlpha(_VEIL)
        painter.fillRect(self.rect(), ground)
        frame = QRectF(self.rect()).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        good = self.words == ONE
        painter.setPen(QPen(tokens.colour("accent" if good else "warn"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(tokens.colour("accent_soft" if good else "warn_soft"))
        painter.drawRoundedRect(frame, 10, 10)
        font = self.font()
        font.setPixelSize(16)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(tokens.colour("text"))
        room = frame.adjusted(_GAP, 0, -_GAP, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.words)
        if good:
            font.setBold(False)
            font.setPixelSize(13)
            painter.setFont(font)
            painter.drawText(room.translated(0, 26), int(Qt.AlignmentFlag.AlignCenter), KINDS)

    def _watch(self) -> None:
        handle = self._over.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def _show_for(self, data: QMimeData) -> None:
        self.words = ONE if len(data.urls()) == 1 else SEVERAL
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()


def _has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())


def _paths(data: QMimeData) -> list[str]:
    return [url.toLocalFile() if url.isLocalFile() else url.toDisplayString() for url in data.urls()]

"""Our own SVG icons, tinted from the tokens."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Renders icons; drawn ones are kept."""

    def __init__(self) -> None:
        self._folder = files("c2c_desktop.resources").joinpath("icons")
        self._scale = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
        """Return icon `name` in `colour` ("#RRGGBB"), `size` device-independent pixels wide."""
        key = (name, colour, size, scale)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, colour, size, scale)
        return self._pixmaps[key]

    def disc(self, colour: QColor, size: int, scale: float) -> QPixmap:
        """Return a filled circle, `size` device-independent pixels wide."""
        key = ("", colour.name(), size, scale)
        if key not in self._pixmaps:
            pixmap = self._pixmaps[key] = _blank(size, scale)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(0, 0, size, size))
            painter.end()
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, size: int = 20) -> QIcon:
        """Return icon `name` for buttons and menus, crisp on the sharpest screen there is."""
        return QIcon(self.pixmap(name, colour, size, self._scale))

    def app_icon(self) -> QIcon:
        """Return the application's icon, for windows and docks."""
        icon = QIcon()
        for size in (16, 24, 32, 48, 128):
            icon.addPixmap(self.pixmap("c2c-desktop", "", size))
        return icon

    def _render(self, name: str, colour: str, size: int, scale: float) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = self._folder.joinpath(f"{name}.svg").read_text(encoding="utf-8")
        source = self._sources[name].replace("currentColor", colour) if colour else self._sources[name]
        pixmap = _blank(size, scale)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap


def _blank(size: int, scale: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap

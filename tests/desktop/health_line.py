"""A window with the foot's line and a button, as a process of its own. It tells what happens: a JSON object a line."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from c2c_desktop.domain.health import HealthName
from c2c_desktop.services.health import Health
from c2c_desktop.services.health_items import keyring_health
from c2c_desktop.ui.focus_ring import FocusRing
from c2c_desktop.ui.status_line import StatusLine
from c2c_desktop.ui.theme import Theme


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def middle(widget: QWidget) -> tuple[int, int]:
    """Where to click it, on the screen."""
    at = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return at.x(), at.y()


class Teller(QObject):
    """Tells when the list is shown and hidden."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and watched.isWidgetType():
            tell(popup="shown" if event.type() == QEvent.Type.Show else "hidden")
        return False


def main() -> int:
    application = QApplication(sys.argv[:1])
    theme, health, window = Theme(application), Health(), QWidget()
    FocusRing(application, application)
    health.report(keyring_health("Your keyring is locked"))
    window.setWindowTitle("Health")
    window.resize(600, 400)
    button = QPushButton("Elsewhere", window)
    button.setGeometry(500, 0, 90, 30)
    button.clicked.connect(lambda: tell(pressed="elsewhere"))
    line = StatusLine(theme, sandbox=False, parent=window)
    line.setGeometry(0, 364, 600, 36)
    line.follow(health)
    line.show_everything()
    assert line.popup is not None
    line.popup.close()
    teller = Teller()
    line.popup.installEventFilter(teller)
    line.mend_asked.connect(lambda name: tell(mend=name.value))
    mend = line.popup.rows[HealthName.KEYRING].mend
    line.words.clicked.connect(lambda: tell(mend_at=middle(mend)))
    application.focusChanged.connect(
        lambda _, now: tell(focus="line" if now is line.words else "mend" if now is mend else "")
    )

    class Placed(QObject):
        def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() in (QEvent.Type.Move, QEvent.Type.Show):
                tell(line=middle(line.words), button=middle(button))
            return False

    placed = Placed()
    window.installEventFilter(placed)
    window.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())

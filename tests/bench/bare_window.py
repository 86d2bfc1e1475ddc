"""The reference of start-up: PySide6 alone with a line edit, twelve buttons, a list view and a tray icon.

Prints the monotonic clock and the processor's time so far once the window is painted and the event loop has gone
round, both in seconds, then quits.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLineEdit,
    QListView,
    QMainWindow,
    QPushButton,
    QSystemTrayIcon,
    QWidget,
)


class Window(QMainWindow):
    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.tell)

    def tell(self) -> None:
        print(time.monotonic(), time.process_time(), flush=True)
        QTimer.singleShot(int(sys.argv[1]), QApplication.quit)


def main() -> int:
    application = QApplication(sys.argv[:1])
    window = Window()
    central = QWidget()
    grid = QGridLayout(central)
    grid.addWidget(QLineEdit(), 0, 0, 1, 3)
    for number in range(12):
        grid.addWidget(QPushButton(str(number)), 1 + number // 3, number % 3)
    view = QListView()
    view.setModel(QStringListModel([f"Contact {number}" for number in range(24)]))
    grid.addWidget(view, 5, 0, 1, 3)
    window.setCentralWidget(central)
    window.resize(860, 716)
    tray = QSystemTrayIcon(QIcon())
    tray.show()
    window.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())

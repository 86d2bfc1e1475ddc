"""Prints whether the look is dark while the desktop goes from light to dark and back."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel

from c2c_desktop.domain.settings import ThemeChoice
from c2c_desktop.ui.theme import Theme


def main() -> None:
    application = QApplication(sys.argv[:1])
    theme = Theme(application)
    label = QLabel("Words")
    label.show()
    hints = application.styleHints()

    def tell(moment: str) -> None:
        QCoreApplication.processEvents()
        print(moment, "dark" if theme.tokens.dark else "light", application.palette().window().color().name())

    tell("start")
    for moment, scheme in (("night", Qt.ColorScheme.Dark), ("day", Qt.ColorScheme.Light)):
        hints.setColorScheme(scheme)
        tell(moment)
    theme.choose(ThemeChoice.LIGHT)
    hints.setColorScheme(Qt.ColorScheme.Dark)
    tell("chosen-light")
    theme.choose(ThemeChoice.SYSTEM)
    tell("as-the-desktop")


if __name__ == "__main__":
    main()

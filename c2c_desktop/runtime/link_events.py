"""Links that the system brings to the program as events, as macOS does: to one that runs, and to one it starts.

Run by the tests with events of their own; not run on macOS.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent

COME_SO = sys.platform == "darwin"
"""Whether this system brings links so. Elsewhere nothing looks at events: at each key there are dozens."""


class LinkEvents(QObject):
    """An event filter for the application, there before its event loop. Main thread."""

    opened = Signal(str)
    """A link as it came: anybody can have written it, and it may be none."""

    def hear(self, application: QCoreApplication) -> None:
        """Hear them from now on, where they come."""
        if COME_SO:
            application.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own
        """Take links; files are left alone: Cocoa makes such events of the words of a command line, too."""
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        url = event.url()
        if url.isLocalFile():
            return False
        self.opened.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

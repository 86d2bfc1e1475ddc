"""The directories a team shares: which there are, how they stand, and how one more is added."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.domain.shared_directory import SharedDirectory
from c2c_desktop.services.ports import Clock
from c2c_desktop.services.shared_directories import SharedDirectories
from c2c_desktop.ui.add_directory_dialog import AddDirectoryDialog
from c2c_desktop.ui.directory_row import DirectoryRow
from c2c_desktop.ui.forms import help_label
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

REFRESH_MS = 30_000
"""How often "3 min ago" is looked at while somebody can see it; while nobody can, nothing wakes up."""


class DirectoriesWindow(QDialog):
    """Follows the service from the moment it is opened until it is closed. Main thread."""

    def __init__(
        self,
        shared: SharedDirectories,
        clock: Clock,
        region: str,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """`region`: the ISO 3166 country that is proposed for new directories."""
        super().__init__(parent)
        self.setWindowTitle("Shared directories")
        self.setMinimumSize(320, 360)
        self.resize(560, 520)
        self._shared, self._clock, self._region = shared, clock, region
        self._theme, self._icons = theme, icons
        self._is_over = False
        self.rows: dict[int, DirectoryRow] = {}
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._refresh.timeout.connect(self._go_on_showing)
        self.add = QPushButton("Add directory…")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.open_add)
        self.close_button = QPushButton("Close")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self._listen_no_more = shared.listen(self._show_states)
        shared.load()
        self._show_states()

    def open_add(self) -> None:
        """Ask for one more directory."""
        dialog = AddDirectoryDialog(self._shared, self._region, self)
        dialog.added.connect(self._go_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def done(self, result: int) -> None:
        """Every way out leads here."""
        self._is_over = True
        self._refresh.stop()
        self._listen_no_more()
        for row in self.rows.values():
            row.close_for_good()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, (QPushButton, QToolButton)) and not event.isAutoRepeat():
                focused.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Times in words are right while they are seen."""
        super().showEvent(event)
        self._go_on_showing()

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when it is minimised: nobody sees them."""
        super().hideEvent(event)
        self._refresh.stop()

    def _lay_out(self) -> None:
        title = QLabel("Shared directories")
        title.setProperty("role", "big")
        help_text = help_label("Contacts kept elsewhere. They are read here, and never changed there.")
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        self._empty = QLabel(
            "No directories yet.\nAdd your team’s address book on a server, or a CSV or vCard file on a share."
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll)
        self._stack.addWidget(self._empty)
        footer = QHBoxLayout()
        footer.addWidget(self.add)
        footer.addStretch(1)
        footer.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(help_text)
        column.addWidget(self._stack, 1)
        column.addLayout(footer)

    def _go_on_showing(self) -> None:
        self._show_states()
        self._refresh.start(REFRESH_MS)

    def _show_states(self) -> None:
        """Bring the rows up to date, keeping those that stay: somebody may be typing in one."""
        if self._is_over:
            return
        states, now = self._shared.states, self._clock.now()
        for gone in self.rows.keys() - {state.directory.id for state in states}:
            self._drop(gone)
        for place, state in enumerate(states):
            row = self.rows.get(state.directory.id)
            if row is None:
                row = self.rows[state.directory.id] = DirectoryRow(self._shared, state, self._theme, self._icons)
                self._list.insertWidget(place, row)
            row.show_state(state, now)
        self._stack.setCurrentIndex(0 if states else 1)
        self.add.setProperty("kind", "" if states else "primary")
        self.add.style().polish(self.add)

    def _drop(self, directory_id: int) -> None:
        row = self.rows.pop(directory_id)
        had_focus = row.isAncestorOf(self.focusWidget())
        row.close_for_good()
        row.hide()
        row.deleteLater()
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, directory: SharedDirectory) -> None:
        row = self.rows.get(directory.id)
        if row is not None:
            self._scroll.ensureWidgetVisible(row)
            row.sync.setFocus(Qt.FocusReason.OtherFocusReason)

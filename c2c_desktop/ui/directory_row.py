"""One shared directory in the window: how it stands, and what can be done with it, in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DIRECTORY_NAME_LENGTH, DirectoryKind, DirectoryState
from c2c_desktop.services.shared_directories import SharedDirectories
from c2c_desktop.ui.directory_words import facts_words, held_words, trouble_words
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme


class DirectoryRow(QFrame):
    """Renames, removes and updates through the service. Main thread."""

    resized = Signal()
    """What is shown takes another height."""

    def __init__(self, shared: SharedDirectories, state: DirectoryState, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._shared = shared
        self._state = state
        self._theme, self._icons = theme, icons
        self._take: Callable[[str], None] = self._rename
        self._is_over = False
        self.setObjectName("directory")
        self.name = _label("title")
        self.facts, self.trouble, self.error = _label("muted"), _label("muted"), _label("error")
        self.trouble.setProperty("tone", "warn")
        self.sync = QPushButton()
        self.sync.setAutoDefault(False)
        self.sync.clicked.connect(lambda: self._shared.update(self._state.directory.id))
        self.more = QToolButton()
        self.more.setToolTip("Rename or remove")
        self.more.clicked.connect(self._open_menu)
        self._build_editor()
        self._build_question()
        self._lay_out()
        theme.theme_changed.connect(self._tint)
        self._tint()

    @property
    def is_asking(self) -> bool:
        """Whether something is to be answered here, which Esc takes back."""
        return not self.editor.isHidden() or not self.question.isHidden()

    def show_state(self, state: DirectoryState, now: float) -> None:
        """Say how it stands; `now` in UTC seconds."""
        self._state = state
        name = state.directory.name
        updating = self._shared.is_updating(state.directory.id)
        facts = facts_words(state, now, is_updating=updating)
        trouble = "" if updating else trouble_words(state, self._shared.seconds_to_next(state))
        # Not disabled while it runs: that would throw the keyboard to another button.
        sync = "Syncing…" if updating else "Sync now"
        shown = (self.name.text(), self.facts.text(), self.trouble.text(), self.sync.text())
        if shown == (name, facts, trouble, sync):
            return
        self.name.setText(name)
        self.name.setToolTip(name)
        self.facts.setText(facts)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.sync.setText(sync)
        self.sync.setAccessibleName(f"Syncing {name}" if updating else f"Sync {name} now")
        self.sync.setAccessibleDescription(" ".join(filter(None, (facts, trouble))))
        self.more.setAccessibleName(f"More about {name}")
        self.resized.emit()

    def stop_asking(self) -> None:
        """Take back what is to be answered, and what was typed."""
        self.field.clear()
        for part in (self.editor, self.question, self.error):
            part.hide()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def close_for_good(self) -> None:
        """Show no answer that still comes."""
        self._is_over = True

    def menu(self) -> QMenu:
        """Return what the button opens."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename…", self.ask_name)
        if self._state.directory.kind is DirectoryKind.CARDDAV and self._state.directory.user:
            menu.addAction("Change password…", self.ask_password)
        menu.addAction("Remove…", self.ask_removal)
        return menu

    def ask_name(self) -> None:
        """Let another name be typed."""
        self._ask("Name", self._state.directory.name, QLineEdit.EchoMode.Normal, self._rename)
        self.field.setMaxLength(DIRECTORY_NAME_LENGTH)
        self.field.selectAll()

    def ask_password(self) -> None:
        """Let another password be typed."""
        self.field.setMaxLength(4096)
        self._ask("New password", "", QLineEdit.EchoMode.Password, self._change_password)

    def ask_removal(self) -> None:
        """Ask whether it is really to go."""
        self.editor.hide()
        self.error.hide()
        state = self._state
        there = "in the file" if state.directory.kind is DirectoryKind.FILE else "on the server"
        if state.contacts:
            goes = f"Its {held_words(state.contacts)} {'goes' if state.contacts == 1 else 'go'} from your list."
        else:
            goes = "None of your contacts comes from it."
        self.question_words.setText(f"Remove “{state.directory.name}”? {goes} Nothing is deleted {there}.")
        self.question.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed, Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking:
            self.stop_asking()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            if not event.isAutoRepeat():
                self._take(self.field.text())
        else:
            super().keyPressEvent(event)

    def _build_editor(self) -> None:
        self.editor = QWidget()
        self.field = QLineEdit()
        self.save = QPushButton("Save")
        self.save.setProperty("kind", "primary")
        self.leave = QPushButton("Cancel")
        row = QHBoxLayout(self.editor)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.field, 1)
        for button in (self.leave, self.save):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.save.clicked.connect(lambda: self._take(self.field.text()))
        self.leave.clicked.connect(self.stop_asking)
        self.field.textEdited.connect(lambda: self._say(""))
        self.editor.hide()

    def _build_question(self) -> None:
        self.question = QWidget()
        self.question_words = _label("note")
        self.keep, self.remove = QPushButton("Keep it"), QPushButton("Remove")
        self.remove.setProperty("kind", "danger")
        column = QVBoxLayout(self.question)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.question_words)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.keep, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        self.keep.clicked.connect(self.stop_asking)
        self.remove.clicked.connect(self._remove)
        self.question.hide()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.sync)
        buttons.addWidget(self.more)
        top.addLayout(buttons)
        top.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(4)
        column.addLayout(top)
        below: tuple[QWidget, ...] = (self.facts, self.trouble, self.editor, self.question, self.error)
        for under in below:
            column.addWidget(under)
        self.trouble.hide()
        self.error.hide()

    def _tint(self) -> None:
        self.more.setIcon(self._icons.icon("more", self._theme.tokens["text"], 18))

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _ask(self, name: str, text: str, echo: QLineEdit.EchoMode, take: Callable[[str], None]) -> None:
        self.question.hide()
        self.error.hide()
        self._take = take
        self.field.setEchoMode(echo)
        self.field.setText(text)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(f"{name} of {self._state.directory.name}")
        self.editor.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def _rename(self, name: str) -> None:
        self._shared.rename(self._state.directory.id, name, self._done, self._failed)

    def _change_password(self, text: str) -> None:
        self._shared.change_password(self._state.directory.id, Secret(text.strip()), self._done, self._failed)

    def _remove(self) -> None:
        self._shared.remove(self._state.directory.id, lambda: None, self._failed)

    def _done(self) -> None:
        if not self._is_over:
            self.stop_asking()

    def _failed(self, error: UserFacingError) -> None:
        if not self._is_over:
            self._say(f"{error.title}. {error.message}")

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.resized.emit()


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

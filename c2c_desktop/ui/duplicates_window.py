"""The window in which a person looks through duplicates: what they are, what they become, and nothing unasked."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_merge import Merge
from c2c_desktop.domain.duplicates import DuplicateGroup
from c2c_desktop.services.duplicates import Duplicates, counted_groups
from c2c_desktop.services.shown_numbers import ShownNumbers
from c2c_desktop.ui.contact_card import plain_label
from c2c_desktop.ui.duplicate_list import GroupView
from c2c_desktop.ui.merge_all_question import MergeAllQuestion
from c2c_desktop.ui.merge_preview import MergePreview
from c2c_desktop.ui.theme import Theme

WIDE = 700
"""From this width on the list and the group stand side by side."""

_LIST_WIDTH = 300


class DuplicatesWindow(QDialog):
    """Shows what `Duplicates` knows, and looks anew when it opens. Main thread.

    Enter merges the group that is shown, or goes to the choice that is missing; Esc leaves the group where the window
    is narrow, else the window.
    """

    def __init__(
        self, duplicates: Duplicates, theme: Theme, numbers: ShownNumbers | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Duplicates")
        self.setMinimumSize(340, 420)
        self.resize(920, 620)
        self._duplicates = duplicates
        self._numbers = numbers or ShownNumbers()
        self._shown: DuplicateGroup | None = None
        self._reading = 0
        self._trouble = ""
        self._is_inside = False
        """Whether the group is shown, where there is room for it or the list only."""
        self.summary = plain_label("", "title")
        self.all = QPushButton()
        self.all.setAutoDefault(False)
        self.all.clicked.connect(self._ask_all)
        self.again = QPushButton("Look again")
        self.again.setAutoDefault(False)
        self.again.clicked.connect(duplicates.look)
        self.list = GroupView(theme, self._numbers)
        self.list.clicked.connect(lambda _: self._go_inside())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_group())
        self.preview = MergePreview(self._numbers)
        self.preview.merge_asked.connect(self._merge)
        self.preview.apart_asked.connect(self._keep_apart)
        self.back = QPushButton("Back to the list")
        self.back.setProperty("kind", "link")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._go_outside)
        self.empty = plain_label("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = plain_label("")
        self.undo = QPushButton()
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(duplicates.undo)
        self.stop = QPushButton("Stop")
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(duplicates.stop)
        self.close_button = QPushButton("Close")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        duplicates.listen(self._refresh)
        duplicates.look()

    def done(self, result: int) -> None:
        """Every way out leads here: what is under way ends."""
        self._duplicates.stop_listening(self._refresh)
        self._duplicates.stop()
        super().done(result)

    def reject(self) -> None:
        """Leave the group where it covers the list, else the window."""
        if self._is_inside and not self._is_wide():
            self._go_outside()
        else:
            super().reject()

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = self._head_layout = QHBoxLayout(self._head)
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(8)
        head.addWidget(self.summary, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(self.all)
        buttons.addStretch(0)
        head.addLayout(buttons)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        back = QHBoxLayout()
        back.setContentsMargins(14, 4, 14, 0)
        back.addWidget(self.back)
        back.addStretch(1)
        right.addLayout(back)
        right.addWidget(self.preview, 1)
        groups = QWidget()
        self._panes = QHBoxLayout(groups)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(0)
        self._panes.addWidget(self.list)
        self._panes.addWidget(self._right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(groups)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentIndex(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        for button in (self.stop, self.undo, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(_rule())
        column.addWidget(self._stack, 1)
        column.addWidget(_rule())
        column.addLayout(foot)

    def _refresh(self) -> None:
        told = self._duplicates
        is_free = told.progress is None
        self.list.show_groups(told.groups)
        self.list.setEnabled(is_free)
        self.summary.setText(self._summary())
        self.all.setVisible(told.certain > 0)
        self.all.setEnabled(is_free and not told.is_looking)
        self.again.setVisible(told.is_known)
        self.again.setEnabled(is_free and not told.is_looking)
        self.stop.setVisible(not is_free)
        self.undo.setText(told.undo_words)
        self.undo.setVisible(bool(told.undo_words) and is_free)
        self._say()
        has_groups = bool(told.groups)
        if has_groups and self._stack.currentIndex():
            self._stack.setCurrentIndex(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not has_groups:
            self._stack.setCurrentIndex(1)
            self._is_inside = False
            self.empty.setText(self._empty_words())
        is_new_trouble, self._trouble = bool(told.trouble) and told.trouble != self._trouble, told.trouble
        self._show_group(anew=is_new_trouble)
        self.preview.enable(on=is_free)
        self._arrange()

    def _say(self) -> None:
        told = self._duplicates
        words = told.trouble or told.said
        if told.progress is not None:
            doing = "Undoing" if told.progress.is_undo else "Merging"
            words = f"{doing}: {told.progress.done:,} of {told.progress.total:,} groups."
        self.said.setText(self._numbers.text(words))
        role = "error" if told.trouble and told.progress is None else "note"
        if self.said.property("role") != role:
            self.said.setProperty("role", role)
            self.said.style().polish(self.said)

    def _summary(self) -> str:
        told = self._duplicates
        if told.is_looking:
            return "Looking through your contacts…"
        if not told.groups:
            return "Duplicates"
        count = counted_groups(len(told.groups))
        more = "" if told.is_all else " There are more: look again once these are done."
        return f"{count} of contacts may be the same.{more}"

    def _empty_words(self) -> str:
        told = self._duplicates
        if told.is_looking:
            return "This takes a few seconds with very many contacts."
        if not told.is_known:
            return "Your contacts could not be looked through."
        if told.undo_words:
            return "Nothing is left to merge."
        return "No duplicates found.\nEvery contact is there once."

    def _show_group(self, *, anew: bool = False) -> None:
        """Read the group the list stands on, unless it is shown already."""
        group = self.list.current
        if group is None:
            self._shown = None
            self._reading += 1
            self.preview.clear()
        elif anew or self._shown is None or group.ids != self._shown.ids:
            self._shown = group
            self._reading += 1
            reading = self._reading
            self.preview.clear("Reading…")
            self._duplicates.read(group, lambda members: self._take(reading, members))

    def _take(self, reading: int, members: list[Contact]) -> None:
        if reading == self._reading:
            self.preview.show_members(members)
            self._order_tabs()
            self.preview.enable(on=self._duplicates.progress is None)

    def _order_tabs(self) -> None:
        """Put what was made just now between the list and the buttons: it would come after Close."""
        parts = (self.list, self.back, *self.preview.parts, self.stop, self.undo, self.close_button)
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _merge(self, merge: Merge) -> None:
        if self._shown is not None:
            self._rest_preview()
            self._duplicates.merge(self._shown, merge)

    def _keep_apart(self) -> None:
        if self._shown is not None:
            self._rest_preview()
            self._duplicates.keep_apart(self._shown)

    def _rest_preview(self) -> None:
        """Let nothing be pressed there; the keys go on in the list, not to the button that closes the window."""
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.preview.enable(on=False)

    def _ask_all(self) -> None:
        question = MergeAllQuestion(self._duplicates.certain, self)
        question.accepted.connect(self._duplicates.merge_certain)
        question.finished.connect(question.deleteLater)
        question.open()

    def _is_wide(self) -> bool:
        return self.width() >= WIDE

    def _go_inside(self) -> None:
        if self.list.current is not None:
            self._is_inside = True
            self._arrange()
            if not self._is_wide():
                self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_outside(self) -> None:
        self._is_inside = False
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        wide = self._is_wide()
        self.list.setVisible(wide or not self._is_inside)
        self._right.setVisible(wide or self._is_inside)
        self.back.setVisible(not wide)
        if wide:
            self.list.setFixedWidth(_LIST_WIDTH)
        else:
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(16777215)
        self._head.setVisible(wide or not self._is_inside)
        direction = QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom
        self._head_layout.setDirection(direction)
        which = "all that are certain" if wide else "all certain"
        self.all.setText(f"Merge {which} ({self._duplicates.certain:,})…")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane or two."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, else it does what the group is waiting for."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if event.isAutoRepeat():
            return
        if isinstance(focused, QPushButton):
            focused.click()
        elif not self._right.isVisible():
            self._go_inside()
        elif self.preview.go.isEnabled():
            self.preview.go.click()
        else:
            self.preview.focus_undecided()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule

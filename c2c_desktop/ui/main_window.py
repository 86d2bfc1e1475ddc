"""The window: contacts and recents left, dial pad right, the call below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from c2c_desktop.ui.call_banner import CallBanner
from c2c_desktop.ui.contact_pane import ContactPane
from c2c_desktop.ui.dial_pad import DialPad
from c2c_desktop.ui.file_menu import FileMenu
from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.recents_pane import RecentsPane
from c2c_desktop.ui.search_field import SearchField
from c2c_desktop.ui.status_line import StatusLine
from c2c_desktop.ui.tabs import CONTACTS, EDGE, PAD, RECENTS, Tabs
from c2c_desktop.ui.theme import Theme
from c2c_desktop.ui.toast import Toast

WIDE = 640
"""From this width on there are two panes."""

_PAD_WIDTH = 336


class MainWindow(QMainWindow):
    """Lays out the parts it is given. Main thread."""

    closing = Signal()
    """The window was asked to close; whoever listens decides what that means."""
    painted = Signal()
    """The window stands on the screen for the first time."""
    settings_asked = Signal()
    quit_asked = Signal()
    add_asked = Signal()

    def __init__(  # the window is made of these parts
        self,
        contacts: ContactPane,
        recents: RecentsPane,
        pad: DialPad,
        banner: CallBanner,
        status: StatusLine,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self.setWindowTitle("C2C Desktop")
        self.setMinimumSize(340, 520)
        self.resize(860, 716)
        self.contacts, self.recents, self.pad, self.banner, self.status = contacts, recents, pad, banner, status
        self._theme, self._icons = theme, icons
        self._wide: bool | None = None
        self._cards: list[QWidget] = []
        self._was_painted = False
        self.may_close = False
        """Whether closing really closes; else `closing` is told."""
        self.search = SearchField(theme, icons)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._enter_list)
        self.add = self._tool("Add a contact (Ctrl+N)")
        self.add.clicked.connect(self.add_asked)
        self.file_menu = FileMenu(self, theme, icons)
        self.settings = self._tool("Settings (Ctrl+,)")
        self.settings.clicked.connect(self.settings_asked)
        self.tabs = Tabs(self)
        self._stack = QStackedWidget()
        self._lay_out()
        self.toast = Toast(self, self._foot_height)
        banner.installEventFilter(self)
        contacts.count_changed.connect(self.tabs.show_count)
        theme.theme_changed.connect(self._tint)
        self._tint()
        self._add_shortcuts()

    def show_dial_pad(self) -> None:
        """Bring the pad in sight where it is a tab."""
        if not self._wide:
            self._choose_tab(PAD)

    def add_to_foot(self, card: QWidget) -> None:
        """Put a card above the banner."""
        self._whole.insertWidget(1, card)
        self._cards.append(card)
        card.installEventFilter(self)

    def show_recents(self) -> None:
        """Bring the recents in sight."""
        self._choose_tab(RECENTS)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name.partition(" (")[0])
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._find = QWidget()
        find = QHBoxLayout(self._find)
        find.setSpacing(4)
        find.addWidget(self.search, 1)
        for button in (self.add, self.file_menu, self.settings):
            find.addWidget(button)
        self.tabs.idClicked.connect(self._choose_tab)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        self._stack.addWidget(self.contacts)
        self._stack.addWidget(self.recents)
        left = QWidget()
        left.setObjectName("left")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        find.setContentsMargins(EDGE, 0, EDGE, 0)
        column.addWidget(self._find)
        column.addSpacing(8)
        column.addLayout(self.tabs.row)
        column.addSpacing(8)
        column.addWidget(rule)
        column.addWidget(self._stack, 1)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(0)
        self._panes.addWidget(left, 1)
        centre = QWidget()
        whole = self._whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._panes, 1)
        whole.addWidget(self.banner)
        whole.addWidget(self.status)
        self.setCentralWidget(centre)
        self._fit(self.width())
        self._choose_tab(CONTACTS)

    def _fit(self, width: int) -> None:
        wide = width >= WIDE
        self.banner.fit(width)
        self.tabs.fit(width, with_pad=not wide)
        if wide == self._wide:
            return
        was_pad = self.tabs.checkedId() == PAD
        self._wide = wide
        self.pad.setProperty("wide", wide)
        if wide:
            self._stack.removeWidget(self.pad)
            self.pad.setFixedWidth(_PAD_WIDTH)
            self._panes.addWidget(self.pad)
            self.pad.show()
            QWidget.setTabOrder(self.pad.options_link, self.status.words)  # the foot is read last
            if was_pad:
                self._choose_tab(CONTACTS)
        else:
            self._panes.removeWidget(self.pad)
            self.pad.setMinimumWidth(0)
            self.pad.setMaximumWidth(16777215)
            self._stack.addWidget(self.pad)

    def _choose_tab(self, number: int) -> None:
        self.tabs.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        self._find.setVisible(number != PAD)

    def _show_search(self) -> None:
        if self.tabs.checkedId() == PAD:
            self._choose_tab(CONTACTS)

    def _enter_list(self) -> None:
        (self.recents if self.tabs.checkedId() == RECENTS else self.contacts).focus_first()

    def _search(self, text: str) -> None:
        self.contacts.show_matches(text)
        self.recents.show_matches(text)

    def _tint(self) -> None:
        tokens = self._theme.tokens
        self.add.setIcon(self._icons.icon("plus", tokens["text"], 20))
        self.settings.setIcon(self._icons.icon("settings", tokens["text"], 20))

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+F", self._focus_search),
            ("Ctrl+K", self._focus_search),
            ("Ctrl+N", self.add_asked.emit),
            ("Ctrl+,", self.settings_asked.emit),
            ("Ctrl+Q", self.quit_asked.emit),
            ("Ctrl+1", lambda: self._choose_tab(CONTACTS)),
            ("Ctrl+2", lambda: self._choose_tab(RECENTS)),
            ("Ctrl+D", self.focus_pad),
        ):
            self.addAction("", QKeySequence(keys), act)

    def _focus_search(self) -> None:
        self._show_search()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_pad(self) -> None:
        """Begin in the pad's number, where Enter calls."""
        self.show_dial_pad()
        self.pad.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits typed anywhere go to the pad, letters to the search; Enter presses a button, Esc closes."""
        text = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
                focused.click()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._enter_list()
        elif plain and text and text in "0123456789+*#":
            self.show_dial_pad()
            self.pad.type_text(text)
        elif plain and text and text.isalpha():
            self._show_search()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.insert(text)
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        elif self.banner.isVisible() and self.banner.is_over:
            self.banner.hide()

    def _foot_height(self) -> int:
        return self.status.height() + sum(part.height() for part in (self.banner, *self._cards) if part.isVisible())

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Keep the toast off the banner, which comes and grows while one is shown."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize) and self.toast.isVisible():
            self.toast.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once this first picture is on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what waited for somebody to see it."""
        super().showEvent(event)
        self.toast.show_next()

    def changeEvent(self, event: QEvent) -> None:
        """The same after it was minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.toast.show_next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane or two."""
        super().resizeEvent(event)
        self._fit(event.size().width())
        if self.toast.isVisible():
            self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the decision to the application."""
        if self.may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

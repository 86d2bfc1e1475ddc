"""The one search box: for name, company, number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from c2c_desktop.ui.icons import Icons
from c2c_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from c2c_desktop.ui.tag_completion import AskForTags, TagCompletion

LONGEST_SEARCH = 400
"""Characters: a page pasted by mistake must not stop the window."""


_TIP = (
    "A name, a company or a part of a number, in any order.\n"
    "With the keys of a phone: 725 5 finds Raj Kumar.\n"
    'With a tag: #vip raj, or #"hot lead" where it has a blank.'
)


class SearchField(QLineEdit):
    """A line with a magnifier, and a cross while there is something to clear. Main thread."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self.setObjectName("search")
        self.setPlaceholderText("Search name, company, number")
        self.setMaxLength(LONGEST_SEARCH)
        self.setAccessibleName("Search contacts and recents")
        self._magnifier = QAction(self)
        self.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction("Clear the search", self)
        self._cross.setVisible(False)
        self._cross.triggered.connect(self.clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self.setToolTip(_TIP)
        self._ask_for_tags: AskForTags | None = None
        self.completion: TagCompletion | None = None
        """Of tags, from the first # that is typed."""
        theme.theme_changed.connect(self._tint)
        self._tint()

    def offer_tags(self, ask: AskForTags) -> None:
        """Complete a tag as it is typed; `ask` is asked for those in use whenever one is begun."""
        self._ask_for_tags = ask
        self.textEdited.connect(self._begin_tag)

    def _begin_tag(self, text: str) -> None:
        if "#" in text and self.completion is None and self._ask_for_tags is not None:
            from c2c_desktop.ui.tag_completion import TagCompletion  # noqa: PLC0415  # not on the way to the first paint

            self.completion = TagCompletion(self, self._ask_for_tags)

    def _tint(self) -> None:
        muted = self._theme.tokens["muted"]
        self._magnifier.setIcon(self._icons.icon("search", muted, 18))
        self._cross.setIcon(self._icons.icon("close", muted, 16))

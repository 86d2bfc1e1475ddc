"""The application's style sheet, built from the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QMainWindow, QDialog, QWidget#pad { background: $bg; }
QWidget#left, QWidget#banner { background: $surface; }
QWidget#banner { background: $raised; border-top: 1px solid $border; }
QWidget#status { background: $surface; border-top: 1px solid $border; }
QWidget#pad[wide="true"] { border-left: 1px solid $border; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; font-size: 12.5px; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="name"] { font-size: 16px; font-weight: 600; }
QLabel[role="big"] { font-size: 22px; font-weight: 600; }
QLabel[role="heading"] { font-size: 12.5px; font-weight: 600; color: $muted; }
QLabel[role="error"] { color: $danger; font-size: 12.5px; }
QLabel[role="note"] { color: $text; font-size: 12.5px; }
QLabel[role="warn"] { color: $warn; background: $warn_soft; border-radius: 8px; padding: 8px 12px; }
QLabel[role="chip"] { color: $warn; background: $warn_soft; border-radius: 6px; padding: 2px 8px; font-weight: 600; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $danger; }
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox, QTimeEdit {
  background: $surface; color: $text; border: 1px solid $border; border-radius: 8px; padding: 6px 10px;
  selection-background-color: $info; selection-color: $surface; min-height: 20px; }
QLineEdit#search { background: $bg; padding-left: 4px; min-height: 22px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus, QTimeEdit:focus { border: 2px solid $info; padding: 5px 9px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QTimeEdit:disabled { color: $muted; background: $bg; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $bg; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox QAbstractItemView, QListView#choices { background: $raised; color: $text; border: 1px solid $border; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item, QListView#choices::item { min-height: 30px; padding: 0 8px; }
QSpinBox, QTimeEdit { padding: 0; min-height: 30px; }
QSpinBox:focus, QTimeEdit:focus { padding: 0; }
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button { width: 0; border: 0; }
QSpinBox QLineEdit, QTimeEdit QLineEdit, QComboBox QLineEdit { background: transparent; border: 0; padding: 0; min-height: 0; }
QFrame#numberbox { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame#numberbox[active="true"] { border: 2px solid $info; }
QLineEdit#number { background: transparent; border: 0; font-size: 22px; padding: 0 2px; }
QLineEdit#number[digits="20"] { font-size: 20px; }
QLineEdit#number[digits="18"] { font-size: 18px; }
QLineEdit#number[digits="15"] { font-size: 15px; }
QLabel[role="code"] { color: $muted; font-size: 12.5px; border: 1px solid $border; border-radius: 6px; padding: 2px 6px; }
QPushButton { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 6px 14px; min-height: 20px;
  outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:disabled { color: $muted; }
QPushButton[focused="true"], QToolButton[focused="true"] { border: 2px solid $info; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $key; color: $muted; border-color: $border; }
QPushButton[kind="primary"][focused="true"] { border: 3px solid $info; }
QPushButton[kind="call"] { background: $accent; color: $on_accent; border: 0; border-radius: 10px; font-size: 16px;
  font-weight: 600; min-height: 48px; padding: 0 12px; }
QPushButton[kind="call"][compact="true"] { min-height: 40px; }
QPushButton[kind="call"]:hover { background: $accent_hover; }
QPushButton[kind="call"]:disabled { background: $key; color: $muted; }
QPushButton[kind="call"][focused="true"] { border: 3px solid $info; }
QPushButton[kind="key"] { background: $key; border: 1px solid $key; border-radius: 8px; padding: 0; }
QPushButton[kind="key"]:hover { background: $hover; border-color: $border; }
QPushButton[kind="key"]:pressed { background: $pressed; }
QPushButton[kind="key"][focused="true"] { border: 2px solid $info; }
QPushButton[kind="link"] { background: transparent; border: 0; color: $info; padding: 4px 2px; font-size: 12.5px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"][focused="true"] { border: 2px solid $info; border-radius: 6px; }
QPushButton[kind="tab"] { background: transparent; border: 1px solid transparent; color: $muted; padding: 3px 11px; font-weight: 600; }
QPushButton[kind="tab"]:hover { background: $hover; }
QPushButton[kind="tab"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="tab"][focused="true"] { border: 2px solid $info; }
QPushButton[kind="filter"] { border-radius: 12px; padding: 2px 12px; color: $muted; font-size: 12.5px; }
QPushButton[kind="filter"]:checked { background: $accent_soft; color: $accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="filter"][focused="true"] { border: 2px solid $info; padding: 1px 11px; }
QPushButton[kind="danger"] { color: $danger; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton::menu-indicator { image: none; }
QTableView { background: $surface; border: 0; outline: 0; selection-background-color: $hover; }
QTableView#columns { border: 1px solid $border; border-radius: 4px; gridline-color: $border; }
QTableView#columns::item { padding: 2px 8px; }
QTableView#columns::item:selected { color: $text; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text; border: 0; border-bottom: 1px solid $border; padding: 4px 10px;
  font-weight: 600; font-size: 12.5px; }
QProgressBar { background: $key; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QListWidget#choices { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 4px; outline: 0; }
QListWidget#choices::item { border-radius: 6px; }
QListWidget#choices::item:hover { background: $hover; }
QListWidget#choices::item:selected { background: $info_soft; }
QListWidget#books { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 4px; outline: 0; }
QListWidget#books:focus { border: 2px solid $info; padding: 3px; }
QListWidget#books::item { border-radius: 6px; padding: 7px 8px; color: $text; }
QListWidget#books::item:hover { background: $hover; }
QListWidget#books::item:selected { background: $info_soft; color: $text; }
QFrame#reminder { background: $warn_soft; border-top: 1px solid $border; }
QFrame#directory { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame#card { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame#chip { background: $raised; border-top: 1px solid $border; }
QFrame#reminder QLabel { color: $warn; font-weight: 600; }
QFrame#rule { background: $border; border: 0; }
QFrame#toast { background: $text; border-radius: 8px; }
QFrame#toast QLabel { color: $surface; }
QFrame#toast QPushButton { background: transparent; border: 0; color: $accent_soft; font-weight: 600; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $border; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $border; border-radius: 3px; min-width: 32px; }
QScrollBar::handle:horizontal:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(colours: Mapping[str, str]) -> str:
    """Return the sheet for one theme's colours."""
    return _SHEET.substitute(colours)

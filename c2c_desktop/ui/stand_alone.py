"""A dialog that comes up over other programs without its window, and leaves them as they were."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def stand_alone(dialog: QDialog) -> None:
    """Let `dialog`, which is not shown yet, belong to no window: its own would come to the front with it, and stay."""
    dialog.winId()
    handle = dialog.windowHandle()
    if handle is not None:
        handle.setTransientParent(None)  # type: ignore[arg-type]  # Qt takes none

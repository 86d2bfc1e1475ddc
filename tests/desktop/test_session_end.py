"""The session's end: told at once, and never held up. The session manager's part is played by a port."""

from __future__ import annotations

from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from c2c_desktop.desktop.system.session_end import SessionEnd

NEVER = QSessionManager.RestartHint.RestartNever


class FakeManager:
    """Has no more than what may be used: anything that asks or cancels would be missed."""

    def __init__(self) -> None:
        self.hints: list[QSessionManager.RestartHint] = []

    def setRestartHint(self, hint: QSessionManager.RestartHint, /) -> None:  # noqa: N802
        self.hints.append(hint)


def test_the_end_is_told_once_and_the_session_does_not_start_us_again(qapp: QApplication) -> None:
    ending: list[bool] = []
    end, manager = SessionEnd(qapp), FakeManager()
    end.ending.connect(lambda: ending.append(True))
    end.leave_starting_to_settings(manager)
    assert ending == []
    end.commit(manager)
    assert ending == [True]
    assert manager.hints == [NEVER, NEVER]
    end.deleteLater()


def test_qts_own_session_manager_has_what_is_used_of_it() -> None:
    assert callable(QSessionManager.setRestartHint)
    assert {"commitDataRequest", "saveStateRequest"} <= set(dir(QApplication))

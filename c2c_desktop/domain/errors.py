"""The errors a person can do something about.

Everything else that is raised is a bug: it is logged with its traceback and the program goes on.
"""

from __future__ import annotations

from enum import Enum


class NextStep(Enum):
    """What the person can press to mend an error or to go on; each has a button in the window."""

    NONE = "none"
    CANCEL = "cancel"
    RETRY = "retry"
    CALL_AGAIN = "call_again"
    COPY_REQUEST_ID = "copy_request_id"
    FIX_SIGN_IN = "fix_sign_in"
    USE_SOFTPHONE = "use_softphone"
    OPEN_SETTINGS = "open_settings"
    ADD_NOTE = "add_note"


class UserFacingError(Exception):
    """A failure with a title, a message in plain words and the step that mends it."""

    def __init__(self, title: str, message: str, next_step: NextStep = NextStep.NONE) -> None:
        super().__init__(f"{title}: {message}" if message else title)
        self.title = title
        self.message = message
        self.next_step = next_step


class NumberError(UserFacingError):
    """The text holds no number that can be dialled."""


class RefusedNumberError(NumberError):
    """A number that is read but never dialled: emergency numbers, short codes and service codes."""


class EmergencyNumberError(RefusedNumberError):
    """An emergency number: a service that calls back first must not be trusted with it."""


class SecretUnavailableError(UserFacingError):
    """The app secret could not be read or stored: no keyring, locked, silent, or nothing stored."""


class ChangedMeanwhileError(UserFacingError):
    """What a person changed is not any more what they were shown; nothing was stored."""


class StorageError(UserFacingError):
    """The data folder cannot be read or written."""


class BusyStorageError(StorageError):
    """Somebody else writes the file for longer than is waited for: an import, or a directory's first update."""


class NoLongerWantedError(Exception):
    """Nothing was stored: whoever wished for it took the wish back."""

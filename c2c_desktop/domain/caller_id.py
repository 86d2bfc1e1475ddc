"""The number a customer sees: the service takes it as a JSON number, so not every text can be sent as it is shown."""

from __future__ import annotations

import re

from c2c_desktop.domain.errors import UserFacingError

DIGITS = "0123456789"
_SHAPE = re.compile(r"\+?[0-9 ().-]*[0-9][0-9 ().-]*", re.ASCII)
_MOST_DIGITS = 15


class CallerIdError(UserFacingError):
    """A caller ID that cannot be sent as it is shown; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__("That caller ID cannot be used", message)


def checked_caller_id(text: str) -> str:
    """Return a caller ID in ASCII digits, without space around it; "" stays "". Raises `CallerIdError`."""
    text = "".join(str(int(c)) if c.isdecimal() else c for c in text.strip())
    if not text:
        return ""
    digits = "".join(character for character in text if character in DIGITS)
    if not _SHAPE.fullmatch(text) or len(digits) > _MOST_DIGITS:
        raise CallerIdError(f"“{text[:40]}” is no number.")
    if digits.startswith("0"):
        raise CallerIdError("Write it with its country code: the service cannot take one that begins with 0.")
    return text

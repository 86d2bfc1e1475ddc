"""A phone number that was read, and the error that offers several."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from c2c_desktop.domain.errors import NumberError


class LineKind(Enum):
    """What kind of line a number is, in the words shown."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    LANDLINE_OR_MOBILE = "landline or mobile"
    TOLL_FREE = "toll-free"
    PREMIUM = "premium rate"
    SHARED_COST = "shared cost"
    INTERNET = "internet line"
    SATELLITE = "satellite or global"
    OTHER = "phone line"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that can be dialled, and why the text reads so."""

    e164: str
    """With its plus, but for an extension, which has none: what is sent is exactly these digits."""
    national_digits: str
    region: str
    """ISO 3166 code, "001" for a number of no country, "" for an extension."""
    country: str
    kind: LineKind
    shown: str
    """Grouped with the country code."""
    shown_nationally: str
    in_use: bool
    """Whether libphonenumber knows the range as assigned."""
    reading: str
    """What will be dialled and why: "0721 405516 → +39 0721 405516 (Italy, your region)"."""
    why: str
    """The words in brackets of the reading: "Italy, your region"."""
    post_dial: str = ""
    """Digits to press after the call is answered; the service cannot send them. A comma is a pause."""

    @property
    def digits(self) -> str:
        """What is sent: `e164` without its plus."""
        return self.e164.removeprefix("+")


MOST_CHOICES = 8
"""Numbers one text offers; nobody chooses from more."""


class SeveralNumbersError(NumberError):
    """The text holds more than one number; nothing is dialled before one is chosen."""

    def __init__(self, title: str, message: str, choices: tuple[PhoneNumber, ...]) -> None:
        super().__init__(title, message)
        self.choices = choices
        """Two to `MOST_CHOICES` distinct numbers in the order of the text; each dialable by its `e164`."""

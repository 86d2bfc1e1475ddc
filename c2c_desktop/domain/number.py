"""From whatever a person or a program hands over to the one number that will be dialled.

Facts about numbers come from libphonenumber. It and what reads texts are imported inside the functions: loading them
takes about 40 ms, which the first paint must not wait for.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from c2c_desktop.domain.number_time import local_time_there, local_times_there
from c2c_desktop.domain.number_typing import UNGROUPED, calling_code, grouped_while_typing, region_while_typing
from c2c_desktop.domain.phone_number import MOST_CHOICES, LineKind, PhoneNumber, SeveralNumbersError

if TYPE_CHECKING:
    from c2c_desktop.domain.account import Account

__all__ = [
    "MOST_CHOICES",
    "UNGROUPED",
    "LineKind",
    "PhoneNumber",
    "SeveralNumbersError",
    "calling_code",
    "grouped_while_typing",
    "load_facts",
    "local_time_there",
    "local_times_there",
    "parse_for",
    "parse_number",
    "region_while_typing",
]


def parse_number(text: str, region: str = "IN", extensions: str = "") -> PhoneNumber:
    """Read `text` as one phone number, national ones as of `region` (ISO 3166 code).

    `extensions`: the short numbers of the own telephone system, like "1xx, 2001".
    Raises `NumberError`, and nothing else, for any text that is not exactly one number;
    `SeveralNumbersError` where it holds several.
    """
    from c2c_desktop.domain.number_reading import read_number  # noqa: PLC0415

    return read_number(text, region, extensions)


def parse_for(account: Account | None, text: str, region: str | None = None) -> PhoneNumber:
    """Read `text` as `account` dials it: of its country, unless `region` names another, with its extensions.

    Without an account as one would that nobody changed. Raises as `parse_number`.
    """
    if account is None:
        return parse_number(text, region or "IN")
    return parse_number(text, region or account.region, account.internal_extensions)


def load_facts() -> None:
    """Load libphonenumber's data ahead of its first use: about 40 ms, on whatever thread calls."""
    number = parse_number("+919840222222")
    local_time_there(number, datetime.datetime.now(datetime.UTC))
    grouped_while_typing("9840", "IN")

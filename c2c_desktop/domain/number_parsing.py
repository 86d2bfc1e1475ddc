"""The digits of one number to what libphonenumber makes of them: prefixes, country codes, lengths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number_facts import country_of, is_in_use, parsed_or_none, region_of
from c2c_desktop.domain.number_text import Written
from c2c_desktop.domain.number_typing import calling_code
from c2c_desktop.domain.plain_text import clean_text

if TYPE_CHECKING:
    import phonenumbers

LONGEST_NUMBER = 15
"""Digits with the country code, by E.164."""

_ZERO_IS_DIALLED = ("+39", "+378")
"""Italy, the Vatican and San Marino: the zero is dialled from abroad too."""


def parsed_number(asked: Written, region: str, text: str) -> tuple[phonenumbers.PhoneNumber, str]:
    """Return the number and, where it is not plainly international, why it reads so.

    Raises `NumberError` where no number of any country has such digits.
    """
    import phonenumbers  # noqa: PLC0415

    shown = clean_text(text, 60)
    digits = _with_or_without_zero(asked, region, text)
    is_international = digits.startswith("+")
    try:
        parsed = phonenumbers.parse(digits, None if is_international else region)
    except phonenumbers.NumberParseException as error:
        raise _unreadable(error, shown) from error
    why = "your region" if not is_international and region_of(parsed) == region else ""
    if not is_international and not phonenumbers.is_valid_number(parsed):
        guess = _with_country_code(digits, asked.text, region)
        if guess is not None:
            parsed, why = guess, f"read with country code {guess.country_code}"
    if not _is_whole_without_area_code(parsed, region, is_international=is_international):
        _refuse_wrong_length(parsed, shown)
    _refuse_changing(parsed, shown)
    return parsed, why


def _with_or_without_zero(asked: Written, region: str, text: str) -> str:
    """Settle whether a zero in brackets after a country code is dialled: it is where only that makes a number."""
    digits, shorter = _with_plus(asked.digits, region, text), _with_plus(asked.without_zero, region, text)
    if not shorter or not digits.startswith("+") or is_in_use(digits, region):
        return digits
    return digits if digits.startswith(_ZERO_IS_DIALLED) and not is_in_use(shorter, region) else shorter


def _with_plus(digits: str, region: str, text: str) -> str:
    """Return `digits` with a plus for a leading 00, or for the longer prefix that is dialled in `region`.

    A prefix that goes on with the code of a phone company can also be read as 00 with a country code: what makes a
    number in use is meant. Raises `NumberError` where that doesn't settle it.
    """
    import phonenumbers  # noqa: PLC0415

    if not digits.startswith("00"):
        return digits
    plainly = f"+{digits[2:]}"
    here = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    usual = (here and here.preferred_international_prefix) or "00"
    ways = [(digits, region)] if usual != "00" and digits.startswith(usual) else [(digits, region), (plainly, "")]
    readings = [reading for way in ways if (reading := parsed_or_none(*way)) is not None]
    for is_good in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        good = {
            phonenumbers.format_number(reading, phonenumbers.PhoneNumberFormat.E164): reading
            for reading in readings
            if is_good(reading)
        }
        if len(good) > 1:
            shown = clean_text(text, 60)
            raise NumberError("That can be read in two ways", f"Write “{shown}” with + and its country code.")
        if good:
            return str(next(iter(good)))
    return plainly


def _unreadable(error: phonenumbers.NumberParseException, shown: str) -> NumberError:
    import phonenumbers  # noqa: PLC0415

    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        return NumberError("Unknown country code", f"“{shown}” does not start with a country code in use.")
    if error.error_type == phonenumbers.NumberParseException.TOO_LONG:
        return NumberError("That number is too long", f"“{shown}” has more digits than any phone number.")
    return NumberError("That is not a phone number", f"“{shown}” cannot be read as a phone number.")


def _with_country_code(digits: str, grouped: str, region: str) -> phonenumbers.PhoneNumber | None:
    """Read digits written with their country code but without plus, or after 011 as if dialled in America.

    None where that makes no number, and where the first groups are a number of `region`: those after it are more than
    belongs to it, not the end of a foreign one.
    """
    import phonenumbers  # noqa: PLC0415

    if any(is_in_use(grouped[: found.start()], region) for found in re.finditer(r"(?<=[0-9])[^0-9]+", grouped)):
        return None
    parsed = parsed_or_none("+" + digits.removeprefix("011"), "")
    return parsed if parsed is not None and phonenumbers.is_valid_number(parsed) else None


def _is_whole_without_area_code(parsed: phonenumbers.PhoneNumber, region: str, *, is_international: bool) -> bool:
    """Whether what looks local is a number of the whole country, like 310-1234 in Canada; elsewhere it is local."""
    import phonenumbers  # noqa: PLC0415

    return (
        phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
        and phonenumbers.is_valid_number(parsed)
        and (is_international or region_of(parsed) == region or parsed.country_code != calling_code(region))
    )


def _refuse_changing(parsed: phonenumbers.PhoneNumber, shown: str) -> None:
    """Refuse a number that, as it is sent, would be read as another one: zeros nobody dials."""
    import phonenumbers  # noqa: PLC0415

    if phonenumbers.is_valid_number(parsed):
        return
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    again = parsed_or_none(e164, "")
    if again is None or phonenumbers.format_number(again, phonenumbers.PhoneNumberFormat.E164) != e164:
        raise NumberError("That is not a phone number", f"“{shown}” cannot be read as a phone number.")


def _refuse_wrong_length(parsed: phonenumbers.PhoneNumber, shown: str) -> None:
    import phonenumbers  # noqa: PLC0415

    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise NumberError("That number is too short", f"“{shown}” has too few digits for {country_of(parsed)}.")
    length = len(f"{parsed.country_code}{phonenumbers.national_significant_number(parsed)}")
    if reason == phonenumbers.ValidationResult.TOO_LONG or length > LONGEST_NUMBER:
        raise NumberError("That number is too long", f"“{shown}” has too many digits for {country_of(parsed)}.")
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise NumberError("The area code is missing", f"“{shown}” works only locally. Add the area code.")
    if reason == phonenumbers.ValidationResult.INVALID_LENGTH:
        raise NumberError("Digits are missing", f"No number of {country_of(parsed)} is as long as “{shown}”.")

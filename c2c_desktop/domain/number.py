"""From whatever a person or a program hands over to the one number that will be dialled.

Facts about numbers come from libphonenumber. It is imported inside the functions: loading it takes
about 30 ms, which the first paint must not wait for.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.errors import EmergencyNumberError, NumberError, RefusedNumberError
from c2c_desktop.domain.number_text import dialable, is_in_use
from c2c_desktop.domain.plain_text import clean_text

if TYPE_CHECKING:
    import phonenumbers


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


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that can be dialled, and why the text reads so."""

    e164: str
    """With its plus: what is sent is exactly these digits."""
    national_digits: str
    region: str
    country: str
    kind: LineKind
    shown: str
    """Grouped with the country code."""
    shown_nationally: str
    in_use: bool
    """Whether libphonenumber knows the range as assigned."""
    reading: str
    post_dial: str = ""
    """Digits to press after the call is answered; the service cannot send them."""

    @property
    def digits(self) -> str:
        """E.164 without its plus."""
        return self.e164[1:]


UNGROUPED = 3
"""Characters that are shown as typed: a code such as 112 has no groups."""

_GLOBAL_CODES = frozenset({870, 881, 882, 883, 878})
_LONGEST_SHORT_CODE = 6
"""Digits; small countries have whole numbers as short as that, which are in use."""


def parse_number(text: str, region: str = "IN") -> PhoneNumber:
    """Read `text` as one phone number, national ones as of `region` (ISO 3166 code).

    Raises `NumberError`, and nothing else, for any text that is not exactly one number.
    """
    digits, post_dial = dialable(text, region)
    if not digits.strip("+"):
        raise NumberError(
            "No number there",
            f"There is no phone number in “{clean_text(text, 60)}”." if text.strip() else "Type a number first.",
        )
    _refuse_short_and_emergency(digits, region)
    parsed = _parsed(digits, region, text)
    return _described(parsed, text, digits, post_dial, region)


def _refuse_short_and_emergency(digits: str, region: str) -> None:
    import phonenumbers  # noqa: PLC0415

    bare = digits.lstrip("+")
    if not digits.startswith("+"):
        if phonenumbers.is_emergency_number(bare, region) or bare in {"112", "911", "999", "000", "110", "119"}:
            raise EmergencyNumberError(
                "Emergency numbers cannot be called here",
                f"Dial {bare} on a phone: this service calls you back first, and loses time you may not have.",
            )
        if len(bare) <= _LONGEST_SHORT_CODE and not is_in_use(bare, region):
            raise RefusedNumberError(
                "That number is too short",
                f"{bare} is a short code or an unfinished number. Short codes cannot be called through this service.",
            )


def _parsed(digits: str, region: str, text: str) -> phonenumbers.PhoneNumber:
    import phonenumbers  # noqa: PLC0415

    shown = clean_text(text, 60)
    if not digits.startswith("+") and digits.startswith("00"):
        digits = "+" + digits[2:]
    try:
        parsed = phonenumbers.parse(digits, None if digits.startswith("+") else region)
    except phonenumbers.NumberParseException as error:
        raise _unreadable(error, shown) from error
    if not digits.startswith("+") and not phonenumbers.is_valid_number(parsed):
        parsed = _with_country_code(digits) or parsed
    _refuse_wrong_length(parsed, shown)
    return parsed


def _unreadable(error: phonenumbers.NumberParseException, shown: str) -> NumberError:
    import phonenumbers  # noqa: PLC0415

    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        return NumberError("Unknown country code", f"“{shown}” does not start with a country code in use.")
    if error.error_type == phonenumbers.NumberParseException.TOO_LONG:
        return NumberError("That number is too long", f"“{shown}” has more digits than any phone number.")
    return NumberError("That is not a phone number", f"“{shown}” cannot be read as a phone number.")


def _with_country_code(digits: str) -> phonenumbers.PhoneNumber | None:
    """Read digits that people pasted with country code but without its plus; None where that makes no number."""
    import phonenumbers  # noqa: PLC0415

    try:
        parsed = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def _refuse_wrong_length(parsed: phonenumbers.PhoneNumber, shown: str) -> None:
    import phonenumbers  # noqa: PLC0415

    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise NumberError("That number is too short", f"“{shown}” has too few digits for {_country_of(parsed)}.")
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise NumberError("That number is too long", f"“{shown}” has too many digits for {_country_of(parsed)}.")
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise NumberError("The area code is missing", f"“{shown}” works only locally. Add the area code.")
    if reason == phonenumbers.ValidationResult.INVALID_LENGTH:
        raise NumberError("Digits are missing", f"No number of {_country_of(parsed)} is as long as “{shown}”.")


def _country_of(parsed: phonenumbers.PhoneNumber) -> str:
    return COUNTRY_NAMES.get(_region_of(parsed), f"+{parsed.country_code}")


def _region_of(parsed: phonenumbers.PhoneNumber) -> str:
    import phonenumbers  # noqa: PLC0415

    found = phonenumbers.region_code_for_number(parsed)
    if found is None:
        found = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return str(found)


def _described(parsed: phonenumbers.PhoneNumber, text: str, digits: str, post_dial: str, region: str) -> PhoneNumber:
    import phonenumbers  # noqa: PLC0415

    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    nationally = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    national = phonenumbers.national_significant_number(parsed)
    found_region = _region_of(parsed)
    country = COUNTRY_NAMES.get(found_region, f"+{parsed.country_code}")
    # What is shown is what is sent, digit for digit, whatever a country's format may do.
    shown = shown if re.sub(r"[^+0-9]", "", shown) == e164 else e164
    why = country if digits.startswith("+") or found_region != region else f"{country}, your region"
    return PhoneNumber(
        e164=e164,
        national_digits=national,
        region=found_region,
        country=country,
        kind=_kind(parsed),
        shown=shown,
        shown_nationally=nationally,
        in_use=phonenumbers.is_valid_number(parsed),
        reading=f"{clean_text(text, 60)} → {shown} ({why})",
        post_dial=post_dial,
    )


def _kind(parsed: phonenumbers.PhoneNumber) -> LineKind:
    from phonenumbers import PhoneNumberType, number_type  # noqa: PLC0415

    if parsed.country_code in _GLOBAL_CODES:
        return LineKind.SATELLITE
    return {
        PhoneNumberType.MOBILE: LineKind.MOBILE,
        PhoneNumberType.FIXED_LINE: LineKind.LANDLINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE: LineKind.LANDLINE_OR_MOBILE,
        PhoneNumberType.TOLL_FREE: LineKind.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE: LineKind.PREMIUM,
        PhoneNumberType.SHARED_COST: LineKind.SHARED_COST,
        PhoneNumberType.VOIP: LineKind.INTERNET,
    }.get(number_type(parsed), LineKind.OTHER)


def local_time_there(number: PhoneNumber, now: datetime.datetime) -> str:
    """Return "15:42" as the clock stands at `number`, or "" where its time zone is not one.

    `now` must be aware.
    """
    import zoneinfo  # noqa: PLC0415

    import phonenumbers  # noqa: PLC0415
    from phonenumbers import timezone  # noqa: PLC0415

    zones = timezone.time_zones_for_number(phonenumbers.parse(number.e164, None))
    times: set[str] = set()
    for zone in zones:
        try:
            times.add(now.astimezone(zoneinfo.ZoneInfo(zone)).strftime("%H:%M"))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            continue
    return times.pop() if len(times) == 1 else ""


def grouped_while_typing(text: str, region: str) -> str:
    """Return the digits of `text` grouped as far as typed, letters and odd characters left as they are."""
    import phonenumbers  # noqa: PLC0415

    if len(text) <= UNGROUPED or not all(c in "+0123456789 -()." for c in text):
        return text
    formatter = phonenumbers.AsYouTypeFormatter(region)
    shown = ""
    for character in text:
        if character in "+0123456789":
            shown = formatter.input_digit(character)
    return shown


def calling_code(region: str) -> int:
    """Return the country calling code of `region`, 0 where there is none."""
    import phonenumbers  # noqa: PLC0415

    return int(phonenumbers.country_code_for_region(region))


def region_while_typing(text: str, region: str) -> str:
    """Return the region the digits typed so far point to; `region` without a country code."""
    import phonenumbers  # noqa: PLC0415

    kept = "".join(c for c in text if c in "+0123456789")
    if not kept.startswith(("+", "00")):
        return region
    digits = kept.removeprefix("00").replace("+", "")
    try:
        return _region_of(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        codes = (digits[:length] for length in (3, 2, 1) if len(digits) >= length)
        known = (phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) for code in codes)
        return next((str(regions[0]) for regions in known if regions), "")


def load_facts() -> None:
    """Load libphonenumber's data ahead of its first use: about 40 ms, on whatever thread calls."""
    number = parse_number("+919840222222")
    local_time_there(number, datetime.datetime.now(datetime.UTC))
    grouped_while_typing("9840", "IN")

"""What libphonenumber knows of a number: country, kind of line, groups of digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from c2c_desktop.domain.countries import COUNTRY_NAMES
from c2c_desktop.domain.phone_number import LineKind, PhoneNumber
from c2c_desktop.domain.plain_text import clean_text

if TYPE_CHECKING:
    import phonenumbers

_GLOBAL_CODES = frozenset({870, 881, 882, 883, 878})


def parsed_or_none(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    """Return `text` as it is dialled in `region`; None where that is no number."""
    import phonenumbers  # noqa: PLC0415

    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def is_in_use(text: str, region: str) -> bool:
    """Whether `text` is a number of an assigned range, written as it is dialled in `region`."""
    import phonenumbers  # noqa: PLC0415

    parsed = parsed_or_none(text, region)
    return parsed is not None and bool(phonenumbers.is_valid_number(parsed))


def is_written_with_zero(region: str) -> bool:
    """Whether a zero comes before the national numbers of `region`."""
    import phonenumbers  # noqa: PLC0415

    return bool(phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) == "0")


def region_of(parsed: phonenumbers.PhoneNumber) -> str:
    """Return the ISO 3166 code of the number's country, "001" for a number of no country."""
    import phonenumbers  # noqa: PLC0415

    found = phonenumbers.region_code_for_number(parsed)
    if found is None:
        found = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return str(found)


def country_of(parsed: phonenumbers.PhoneNumber) -> str:
    """Return the English name of the number's country."""
    return COUNTRY_NAMES.get(region_of(parsed), f"+{parsed.country_code}")


def described(parsed: phonenumbers.PhoneNumber, text: str, *, why: str, post_dial: str, home: str) -> PhoneNumber:
    """Describe a number as it is shown and sent; `why` it reads so goes behind its country.

    `home`: the region calls are dialled from.
    """
    import phonenumbers  # noqa: PLC0415

    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    # What is shown is what is sent, digit for digit, whatever a country's format may do.
    shown = shown if re.sub(r"[^+0-9]", "", shown) == e164 else e164
    region = region_of(parsed)
    country = COUNTRY_NAMES.get(region, f"+{parsed.country_code}")
    why = f"{country}, {why}" if why else country
    return PhoneNumber(
        e164=e164,
        national_digits=phonenumbers.national_significant_number(parsed),
        region=region,
        country=country,
        kind=LineKind.PREMIUM if _is_costly_at(parsed, home) else _kind(parsed),
        shown=shown,
        shown_nationally=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL),
        in_use=phonenumbers.is_valid_number(parsed),
        reading=f"{clean_text(text, 60)} → {shown} ({why})",
        why=why,
        post_dial=post_dial,
    )


def extension(digits: str, text: str) -> PhoneNumber:
    """Describe an extension of the own telephone system: it is sent as it is."""
    why = "your telephone system"
    return PhoneNumber(
        e164=digits,
        national_digits=digits,
        region="",
        country="Your telephone system",
        kind=LineKind.EXTENSION,
        shown=digits,
        shown_nationally=digits,
        in_use=True,
        reading=f"{clean_text(text, 60)} → {digits} ({why})",
        why=why,
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


def is_short_code(parsed: phonenumbers.PhoneNumber, home: str) -> bool:
    """Whether the number is one that works only when dialled at `home`, whatever its length."""
    import phonenumbers  # noqa: PLC0415

    return bool(phonenumbers.is_valid_short_number_for_region(parsed, home))


def _is_costly_at(parsed: phonenumbers.PhoneNumber, home: str) -> bool:
    """Whether dialling the number at `home` reaches a premium service: short numbers can have many digits."""
    import phonenumbers  # noqa: PLC0415

    cost = phonenumbers.expected_cost_for_region(parsed, home)
    return cost == phonenumbers.ShortNumberCost.PREMIUM_RATE and is_short_code(parsed, home)

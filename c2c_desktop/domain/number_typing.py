"""What is shown of a number while it is typed."""

from __future__ import annotations

UNGROUPED = 3
"""Characters that are shown as typed: a code such as 112 has no groups."""


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

    from c2c_desktop.domain.number_facts import region_of  # noqa: PLC0415

    kept = "".join(c for c in text if c in "+0123456789")
    if not kept.startswith(("+", "00")):
        return region
    digits = kept.removeprefix("00").replace("+", "")
    try:
        return region_of(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        codes = (digits[:length] for length in (3, 2, 1) if len(digits) >= length)
        known = (phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) for code in codes)
        return next((str(regions[0]) for regions in known if regions), "")

"""The country of numbers without a country code, as an argument."""

from __future__ import annotations

import argparse


def region(text: str) -> str:
    """Return the two letters of a country. Raises `argparse.ArgumentTypeError`."""
    from c2c_desktop.domain.countries import COUNTRY_NAMES  # noqa: PLC0415

    letters = text.strip().upper()
    if letters not in COUNTRY_NAMES:
        raise argparse.ArgumentTypeError(f"{text!r} is no country; write its two letters, like IN")
    return letters

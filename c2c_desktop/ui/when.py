"""Moments in words, as short as they can be without being mistaken."""

from __future__ import annotations

import datetime

from c2c_desktop.domain.number import PhoneNumber, local_times_there

WIDEST_SPAN = datetime.timedelta(hours=4)
"""Between the clocks of one country's lines; those of no place, such as toll-free ones, are further apart."""


def moment_words(at: float) -> str:
    """Return "15:42", "yesterday 15:42" or "23 Nov 15:42" for UTC seconds `at`, in this computer's zone."""
    moment = datetime.datetime.fromtimestamp(at).astimezone()
    days = (datetime.datetime.now().astimezone().date() - moment.date()).days
    if days == 0:
        return moment.strftime("%H:%M")
    if days == 1:
        return moment.strftime("yesterday %H:%M")
    return moment.strftime("%d %b %H:%M").lstrip("0")


def clock_there_words(number: PhoneNumber, now: datetime.datetime) -> str:
    """Return "15:42 there", "09:12–12:12 there" where it may be several times, or "". `now` must be aware.

    "Mon 22:40–Tue 01:40 there" over midnight. "" also where the times are so far apart that they say nothing.
    """
    times = local_times_there(number, now)
    if not times:
        return ""
    first, last = times[0].replace(tzinfo=None), times[-1].replace(tzinfo=None)
    if last - first > WIDEST_SPAN:
        return ""
    clock = "%H:%M" if first.date() == last.date() else "%a %H:%M"
    return f"{'–'.join(dict.fromkeys((first.strftime(clock), last.strftime(clock))))} there"

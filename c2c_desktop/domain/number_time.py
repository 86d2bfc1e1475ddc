"""The time of day where a number rings."""

from __future__ import annotations

import datetime

from c2c_desktop.domain.phone_number import LineKind, PhoneNumber


def local_times_there(number: PhoneNumber, now: datetime.datetime) -> tuple[datetime.datetime, ...]:
    """Return `now` by the clocks at `number`, earliest first: one per time of day its time zones have.

    `now` must be aware. Empty where the time zone is not known.
    """
    import zoneinfo  # noqa: PLC0415

    import phonenumbers  # noqa: PLC0415
    from phonenumbers import timezone  # noqa: PLC0415

    if number.kind is LineKind.EXTENSION:
        return ()
    times: dict[datetime.datetime, datetime.datetime] = {}
    for zone in timezone.time_zones_for_number(phonenumbers.parse(number.e164, None)):
        try:
            there = now.astimezone(zoneinfo.ZoneInfo(zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            continue
        times.setdefault(there.replace(tzinfo=None), there)
    return tuple(times[wall_clock] for wall_clock in sorted(times))


def local_time_there(number: PhoneNumber, now: datetime.datetime) -> str:
    """Return "15:42" as the clock stands at `number`, or "" where its time zone is not one.

    `now` must be aware.
    """
    times = local_times_there(number, now)
    return times[0].strftime("%H:%M") if len(times) == 1 else ""

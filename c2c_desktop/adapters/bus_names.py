"""Who is on the session bus."""

from __future__ import annotations


def has_bus_name(name: str) -> bool:
    """Whether somebody owns or can be started for `name`. Blocks for up to three seconds."""
    try:
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call  # noqa: PLC0415
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415
    except ImportError:
        return False
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        with open_dbus_connection() as connection:
            for method in ("ListNames", "ListActivatableNames"):
                answer = connection.send_and_get_reply(new_method_call(bus, method), timeout=1.0)
                if name in answer.body[0]:
                    return True
    except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse):
        return False
    return False

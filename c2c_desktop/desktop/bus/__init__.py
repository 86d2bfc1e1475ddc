"""The session bus: calls, objects, other programs' services, notifications."""

"""C2C Desktop: any number on the desktop becomes exactly one call."""

__version__ = "0.1.0"

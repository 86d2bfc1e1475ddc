"""The log: small, private, phone numbers masked to their last four digits."""

from __future__ import annotations

import logging
import os
from pathlib import Path

LOG_LIMIT = 1_000_000
"""Bytes after which the log is begun anew, the old one kept once."""


class _MaskingFormatter(logging.Formatter):
    """Masks the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        from c2c_desktop.domain.masking import logged_text  # noqa: PLC0415  # not on the way to the first paint

        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        record.message = record.getMessage()
        text = f"{record.levelname} {record.name}: {record.message}"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return f"{stamp} {logged_text(text)}"


def start_log(folder: Path) -> logging.Handler:
    """Write warnings and more to `folder`; return the handler so that it can be closed."""
    path = folder / "c2c-desktop.log"
    handler: logging.Handler
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.old"))
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(_MaskingFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("httpx", "httpcore", "keyring", "jaraco"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler

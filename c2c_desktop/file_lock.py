"""Locking an open file against other processes: the lock ends with the process, however that ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":  # not run by the tests

    def lock_file(handle: int) -> None:
        """Lock the file, or raise `BlockingIOError` where another process has it."""
        import msvcrt  # noqa: PLC0415

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error

else:

    def lock_file(handle: int) -> None:
        """Lock the file, or raise `BlockingIOError` where another process has it."""
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

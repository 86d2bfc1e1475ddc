"""Imports in a process of their own: the window stays instant, and to cancel one is to end its process."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from c2c_desktop.adapters.import_messages import (
    GO,
    MAY_COMMIT,
    STOP,
    Message,
    message_line,
    message_of,
    undo_line,
    wish_line,
)
from c2c_desktop.adapters.own_process import start_own
from c2c_desktop.domain.contact_import import CancelledImportError, ImportProgress, ImportReport, ImportWish
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.ports import Runner

_END_SECONDS = 1.5
"""How long the end of a process is waited for when the program ends."""


class ProcessContactImporter:
    """Implements the `ContactImporter` port. Main thread."""

    def __init__(
        self,
        command: Sequence[str],
        data_dir: Path,
        runner: Runner,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`command`: the words that start this program; the file and everything about it go through its input."""
        self._words = [*command, "contacts", "serve-import", "--data-dir", str(data_dir)]
        self._runner = runner
        self._environment = environment
        self._jobs: set[_Job] = set()

    def start(
        self,
        wish: ImportWish,
        told: Callable[[ImportProgress], None],
        done: Callable[[ImportReport], None],
        failed: Callable[[Exception], None],
    ) -> Callable[[], None]:
        """Begin in a process of its own; the callbacks come by `Runner.post`."""

        def heard(message: Message) -> None:
            if isinstance(message, ImportProgress):
                told(message)
            elif isinstance(message, ImportReport):
                done(message)
            else:
                failed(_error(message))

        return self._begin(wish_line(wish), heard).cancel

    def undo(self, import_id: int, done: Callable[[int, int], None], failed: Callable[[Exception], None]) -> None:
        """Take an import back that is the last one, in a process too: a million contacts take a minute."""

        def heard(message: Message) -> None:
            if isinstance(message, tuple):
                done(*message)
            elif not isinstance(message, ImportProgress):
                failed(_error(message))

        self._begin(undo_line(import_id), heard)

    def close(self) -> None:
        """End what runs; nothing of it is kept, unless it was being kept already. Waits for a second at most."""
        for job in list(self._jobs):
            job.cancel()
        for job in list(self._jobs):
            job.join(_END_SECONDS)

    def _begin(self, wish: str, heard: Callable[[Message], None]) -> _Job:
        def tell(message: Message) -> None:
            self._runner.post(lambda: self._hear(job, message, heard))

        job = _Job(self._words, self._environment, wish, tell)
        self._jobs.add(job)
        job.start()
        return job

    def _hear(self, job: _Job, message: Message, heard: Callable[[Message], None]) -> None:
        if not isinstance(message, ImportProgress):
            self._jobs.discard(job)
            heard(message)
        elif not job.is_cancelled:
            heard(message)


def _error(message: object) -> Exception:
    return message if isinstance(message, Exception) else RuntimeError("the import told something else")


class _Job:
    """One process and the thread that listens to it. `tell` gets progress, then exactly one other message."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str] | None, wish: str, tell: Callable[[Message], None]
    ) -> None:
        self._words = words
        self._environment = environment
        self._wish = wish
        self._tell = tell
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._is_kept = False
        self.is_cancelled = False
        self._thread = threading.Thread(target=self._listen, name="contact-import", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def cancel(self) -> None:
        """End the process, unless it was told to keep what it did: then it ends by itself, in a moment."""
        with self._lock:
            if self._is_kept:
                return
            self.is_cancelled = True
            if self._process is not None:
                self._process.terminate()

    def _listen(self) -> None:
        last: Message | None = None
        try:
            with self._begun() as process:
                assert process.stdin is not None  # noqa: S101  # pipes were asked for
                assert process.stdout is not None  # noqa: S101
                with suppress(OSError, ValueError):
                    self._say(process, self._wish)
                    for line in process.stdout:
                        message = message_of(line)
                        if isinstance(message, ImportProgress):
                            self._tell(message)
                        elif message == MAY_COMMIT:
                            self._answer(process)
                        else:
                            last = message
                process.terminate()
        except OSError as error:
            last = UserFacingError("The import could not be started", f"The system says: {error.strerror}.")
        self._tell(self._end(last))

    def _end(self, last: Message | None) -> Message:
        if self.is_cancelled:
            return CancelledImportError()
        if last is None and self._is_kept:
            return UserFacingError(
                "The import ended without its report", "Its contacts are in the list, if there was room for them."
            )
        if last is None:
            return UserFacingError(
                "The import ended before it was done", "Nothing of the file was kept. Try again, or a part of the file."
            )
        return last

    def _begun(self) -> subprocess.Popen[str]:
        with self._lock:
            self._process = start_own(self._words, self._environment)
            if self.is_cancelled:
                self._process.terminate()
            return self._process

    def _answer(self, process: subprocess.Popen[str]) -> None:
        with self._lock:
            self._is_kept = not self.is_cancelled
        self._say(process, message_line(GO if self._is_kept else STOP))

    def _say(self, process: subprocess.Popen[str], line: str) -> None:
        assert process.stdin is not None  # noqa: S101
        process.stdin.write(line)
        process.stdin.flush()

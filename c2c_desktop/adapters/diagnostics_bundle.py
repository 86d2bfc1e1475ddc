"""One zip with what helps to find out why something does not work, and nothing that is not to be sent away.

A part that cannot be read is named in the bundle instead: one with a part missing is worth more than none.
"""

from __future__ import annotations

import itertools
import json
import os
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.admin_file import AdminFile
from c2c_desktop.adapters.diagnostics_parts import calls_part, database_part, log_part, settings_part, versions_part
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.domain.call import Call
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.domain.masking import SHOWN_DIGITS, logged_text
from c2c_desktop.domain.settings import Settings
from c2c_desktop.whole_file import whole_file

LAST_CALLS = 50
MOST_NAMES = 1000
_README = """\
What is in this file

C2C Desktop saved it on {when}, to help somebody find out why something does not work.
It is plain text and JSON: look at it before you send it.

  doctor.json     what was checked, and what was found missing
  versions.json   versions of the program, of what it uses, and of your system
  settings.json   your settings, without sign-in and without what this version does not know
  policy.json     which rules your administrator sets (only where there are any), not what they say
  calls.json      how your last {calls} calls went
  databases.json  sizes and health of the files your data is in
  log.txt         the end of the program's log

What was left out

  The app secret: it stays in your keyring.
  Your contacts, and the names of those you called.
  Phone numbers: of each only its last two digits are here. Of your user ID, what stands before the underscore and
  the last two digits.
  Custom parameters of calls, digits to press after an answer, and the password of a proxy.
  Your home folder: it is written as ~.
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written. `unread`: the parts that could not be read, and why, in words."""

    path: Path
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a bundle is made from. `checks` looks at everything, and may change what it looks at."""

    data_dir: Path
    databases: tuple[str, ...]
    """Names of the files; the journal first."""
    settings: Settings
    settings_trouble: str
    admin_file: Path
    checks: Callable[[], list[dict[str, Any]]]


@dataclass(slots=True)
class _Parts:
    texts: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def add(self, name: str, make: Callable[[], object]) -> None:
        """Add what `make` returns: text as it is, anything else as JSON."""
        try:
            made = make()
        except Exception as error:  # noqa: BLE001  # an adapter's edge
            words = error.message if isinstance(error, UserFacingError) else type(error).__name__
            self.unread.append(f"{name}: {_sendable(words)}")
            return
        text = made if isinstance(made, str) else json.dumps(_without_home(made), indent=1, ensure_ascii=False)
        self.texts[name] = f"{text.rstrip()}\n"


def write_bundle(sources: Sources, output: Path | None = None) -> Bundle:
    """Write the zip to `output`, or into it where it is a folder; else where downloads go. Any thread; blocks.

    Nothing is ever overwritten. Raises `StorageError` where nothing can be written.
    """
    parts = _Parts()
    calls: list[Call] = []
    if sources.settings_trouble:
        parts.unread.append(f"settings.json: {_sendable(sources.settings_trouble)}")
    parts.add("versions.json", versions_part)
    parts.add("settings.json", lambda: settings_part(sources.settings))
    if sources.admin_file.exists():
        parts.add("policy.json", lambda: _policy(AdminFile(sources.admin_file)))
    parts.add("calls.json", lambda: _read_calls(sources, calls))
    parts.add("databases.json", lambda: [database_part(sources.data_dir / name) for name in sources.databases])
    parts.add("log.txt", lambda: _without_home(log_part(sources.data_dir, {call.contact_name for call in calls})))
    parts.add("doctor.json", lambda: _checked(sources.checks()))
    parts.texts = {"README.txt": _readme(parts.unread), **parts.texts}
    return Bundle(_write(parts.texts, output), tuple(parts.unread))


def _read_calls(sources: Sources, calls: list[Call]) -> object:
    path = sources.data_dir / sources.databases[0]
    read = calls_of_copy(path, LAST_CALLS) if path.exists() else []
    if read is None:
        raise StorageError("The journal cannot be read", f"{path.name} is damaged, or may not be read.")
    calls += read
    return calls_part(read)


def _policy(file: AdminFile) -> object:
    rules = file.read()
    return {
        "set": sorted(".".join(path) for path in rules.values),
        "locked": sorted(rules.locks),
        "trouble": logged_text(rules.trouble, SHOWN_DIGITS),
    }


def _checked(findings: list[dict[str, Any]]) -> object:
    return [{k: _sendable(v) if isinstance(v, str) else v for k, v in finding.items()} for finding in findings]


def _readme(unread: list[str]) -> str:
    text = _README.format(when=time.strftime("%Y-%m-%d at %H:%M"), calls=LAST_CALLS)
    if unread:
        text += "\nWhat could not be read\n\n" + "".join(f"  {line}\n" for line in unread)
    return text


def _sendable(text: str) -> str:
    return str(_without_home(logged_text(text, SHOWN_DIGITS)))


def _without_home(value: object) -> Any:
    """Return `value` with the home folder in its texts as ~."""
    if isinstance(value, dict):
        return {key: _without_home(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_home(inner) for inner in value]
    if isinstance(value, str):
        home = Path.home()
        for way in dict.fromkeys((str(home.resolve()), str(home), home.as_posix(), home.as_uri())):
            if len(way) > 1:
                value = value.replace(way, "~")
    return value


def _write(texts: dict[str, str], output: Path | None) -> Path:
    try:
        path = _claim(output)
    except FileExistsError:
        raise StorageError(
            "There is such a file already", f"{output} was left as it is. Choose another name."
        ) from None
    except OSError as error:
        raise _cannot_be_written(error) from error
    moment = time.localtime()[:6]
    try:
        with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, text in texts.items():
                member = zipfile.ZipInfo(name, moment)
                member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                bundle.writestr(member, text)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _cannot_be_written(error) from error
    return path


def _claim(output: Path | None) -> Path:
    """Create an empty file only its owner can read, where there is none; return where it is. Raises `OSError`."""
    if output is not None and not output.is_dir():
        return _created(output)
    folder = _downloads() if output is None else output
    name = f"c2c-desktop-diagnostics-{time.strftime('%Y-%m-%d')}"
    for count in itertools.count(1):
        path = folder / (f"{name}.zip" if count == 1 else f"{name}-{count}.zip")
        try:
            return _created(path)
        except FileExistsError:
            if count == MOST_NAMES:
                raise
    raise AssertionError  # the count has no end


def _created(path: Path) -> Path:
    path.touch(0o600, exist_ok=False)
    return path


def _downloads() -> Path:
    import platformdirs  # noqa: PLC0415

    downloads = Path(platformdirs.user_downloads_dir())
    return downloads if downloads.is_dir() and os.access(downloads, os.W_OK) else Path.home()


def _cannot_be_written(error: OSError) -> StorageError:
    return StorageError(
        "The diagnostics could not be saved", f"The file cannot be written ({error.strerror}). Choose another place."
    )

"""`c2c-desktop doctor`: what calls need, and how to mend what is missing. Places no call."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import metadata

from c2c_desktop import __version__
from c2c_desktop.adapters.bus_names import has_bus_name
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import KeyringSecretStore
from c2c_desktop.commands.terminal import reraise
from c2c_desktop.composition import Core, open_core, options_from
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.services.ports import Lane

KEYRING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` is "" where all is well."""

    name: str
    fine: bool
    detail: str
    mend: str = ""


def run_doctor(options: argparse.Namespace) -> int:
    """Look at everything and print it; the exit status is 1 where something calls need is broken."""
    with closing(
        open_core(
            options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url, instant=True),
            InlineRunner(),
            reraise,
        )
    ) as core:
        findings = [_service(core), _keyring(core), _data_folder(core), *_desktop(), _versions()]
    if options.json:
        fine = all(f.fine for f in findings)
        print(json.dumps({"fine": fine, "findings": [asdict(f) for f in findings]}, indent=1))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.fine else 'MEND'}  {finding.name}: {finding.detail}")
            if finding.mend:
                print(f"      {finding.mend}")
    needed = {"service", "data folder"}
    return 1 if any(not f.fine for f in findings if f.name in needed) else 0


def _service(core: Core) -> Finding:
    trouble = core.gateway.check()
    if trouble:
        return Finding("service", False, trouble, "Check the network, the proxy and --api-url.")
    return Finding("service", True, f"{core.api_url} can be reached")


def _keyring(core: Core) -> Finding:
    if core.sandbox is not None:
        return Finding("keyring", True, "not used in the sandbox")
    told: list[Finding] = []

    def failed(error: Exception) -> None:
        words = str(error) if isinstance(error, UserFacingError) else "it did not answer"
        told.append(Finding("keyring", False, words, "Unlock or install GNOME Keyring or KWallet."))

    account = core.accounts.active
    InlineRunner().run(
        Lane.SECRETS,
        lambda: KeyringSecretStore().get(account.user_id if account else "c2c-desktop-doctor"),
        lambda secret: told.append(
            Finding("keyring", True, "holds the secret" if secret is not None else "answers; no secret stored yet")
        ),
        failed,
        KEYRING_SECONDS,
    )
    return told[0]


def _data_folder(core: Core) -> Finding:
    try:
        core.call_store.recent(1)  # opening the journal writes beside it
    except StorageError as error:
        return Finding("data folder", False, error.message, "Make it writable, or choose another with --data-dir.")
    return Finding("data folder", True, f"{core.data_dir} can be written")


def _desktop() -> list[Finding]:
    if not sys.platform.startswith("linux"):
        return [Finding("desktop", True, f"{platform.system()}: tray and notifications come with the system")]
    tray = has_bus_name("org.kde.StatusNotifierWatcher")
    notes = has_bus_name("org.freedesktop.Notifications")
    return [
        Finding(
            "tray",
            tray,
            "a StatusNotifier tray is there" if tray else "no StatusNotifier tray (an X11 tray may still work)",
            "" if tray else "On GNOME, install the AppIndicator extension. Without a tray, closing minimises.",
        ),
        Finding(
            "notifications",
            notes,
            "a notification service is there" if notes else "no notification service",
            "" if notes else "Install one (dunst, for example). Without it, messages show in the window.",
        ),
    ]


def _versions() -> Finding:
    names = ("PySide6-Essentials", "httpx", "keyring", "phonenumbers")
    found = ", ".join(f"{name} {version_of(name)}" for name in names)
    return Finding("versions", True, f"C2C Desktop {__version__}, Python {platform.python_version()}, {found}")


def version_of(name: str) -> str:
    """Return the version of an installed package; a frozen program may not know it."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(version not known)"

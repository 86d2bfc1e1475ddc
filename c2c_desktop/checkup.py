"""Looking at everything calls need, for `doctor` and for a diagnostics bundle. Places no call; loads no Qt."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop import __version__
from c2c_desktop.adapters.admin_file import default_admin_file
from c2c_desktop.adapters.bus_names import has_bus_name
from c2c_desktop.adapters.diagnostics_parts import version_of
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import KeyringSecretStore
from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.composition import CALLS_FILE, CONTACTS_FILE, Core
from c2c_desktop.desktop.registration.link_handlers import link_handler, link_words
from c2c_desktop.domain.errors import StorageError, UserFacingError
from c2c_desktop.services.ports import Lane

if TYPE_CHECKING:
    from c2c_desktop.adapters.diagnostics_bundle import Bundle

KEYRING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` is "" where all is well."""

    name: str
    fine: bool
    detail: str
    mend: str = ""


def findings(core: Core) -> list[Finding]:
    """Look at everything. Any thread; blocks, for some seconds where the network or the keyring is silent."""
    return [_service(core), _keyring(core), _data_folder(core), *_desktop(), links_finding(), _versions()]


def write_diagnostics(core: Core, output: Path | None = None) -> Bundle:
    """Write a bundle that can be sent away safely; return where it is and what could not be read.

    To `output`, or into it where it is a folder; else where downloads go. Nothing is overwritten. Any thread; blocks as
    `findings`. Raises `StorageError` where it cannot be written.
    """
    from c2c_desktop.adapters.diagnostics_bundle import Sources, write_bundle  # noqa: PLC0415  # few runs need it

    sources = Sources(
        data_dir=core.data_dir,
        databases=(CALLS_FILE, CONTACTS_FILE),
        settings=core.accounts.settings,
        settings_trouble=core.accounts.settings_trouble or core.accounts.recovered,
        admin_file=core.options.admin_file or default_admin_file(),
        checks=lambda: [asdict(finding) for finding in findings(core)],
    )
    return write_bundle(sources, output)


def _service(core: Core) -> Finding:
    gateway = TelecmiGateway(
        core.api_url, NetworkOptions.of(core.accounts.settings)
    )  # the core's is the network lane's
    trouble = gateway.check()
    gateway.close()
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


def links_finding() -> Finding:
    """Look at who opens links of this user's desktop."""
    handler = link_handler()
    found = handler.status()
    if all(one.ours for one in found):
        return Finding("links", True, "tel, callto and sip links open with C2C Desktop")
    mend = "Use: c2c-desktop links --install" if handler.is_available else handler.why_not
    return Finding("links", False, "; ".join(link_words(one) for one in found), mend)


def _versions() -> Finding:
    names = ("PySide6-Essentials", "httpx", "keyring", "phonenumbers")
    found = ", ".join(f"{name} {version_of(name)}" for name in names)
    return Finding("versions", True, f"C2C Desktop {__version__}, Python {platform.python_version()}, {found}")

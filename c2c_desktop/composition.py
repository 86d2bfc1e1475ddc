"""Builds the parts that need no window, once, and hands them down."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from c2c_desktop.adapters.admin_file import AdminFile, default_admin_file
from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.contact_writer import ContactFileWriter
from c2c_desktop.adapters.do_not_call_file import DoNotCallFile
from c2c_desktop.adapters.secret_stores import KeyringSecretStore, SessionSecretStore
from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.adapters.telecmi import DEFAULT_API_URL, NetworkOptions, TelecmiGateway, checked_api_url
from c2c_desktop.adapters.workstation import Workstation
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.contact_export import ContactExport
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.directory import Directory
from c2c_desktop.services.duplicates import Duplicates
from c2c_desktop.services.import_ports import ContactFiles
from c2c_desktop.services.journal import RECENT_LIMIT, Journal
from c2c_desktop.services.ports import Runner, SecretStore

if TYPE_CHECKING:
    from c2c_desktop.adapters.contact_importer import ProcessContactImporter
    from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
    from c2c_desktop.adapters.event_feed import EventStreamFeed
    from c2c_desktop.domain.shared_directory import FileContents
    from c2c_desktop.sandbox.server import SandboxServer
    from c2c_desktop.services.shared_directories import SharedDirectories

CALLS_FILE = "calls.sqlite3"
CONTACTS_FILE = "contacts.sqlite3"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line and the environment say about a run."""

    sandbox: bool = False
    data_dir: Path | None = None
    api_url: str | None = None
    minimised: bool = False
    instant: bool = False
    """Whether the sandbox's calls live through their legs at once."""
    quick: bool = False
    """Whether they do so in a few seconds."""
    admin_file: Path | None = None
    """Where an administrator's rules are; None for their own place, which neither arguments nor environment change."""


def default_data_dir() -> Path:
    """Where this user's data lives unless they say otherwise."""
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_data_dir("c2c-desktop", appauthor=False))


@dataclass(slots=True)
class Core:
    """The services of one run and what they stand on."""

    options: Options
    data_dir: Path
    api_url: str
    accounts: Accounts
    journal: Journal
    directory: Directory
    contact_export: ContactExport
    duplicates: Duplicates
    dialer: Dialer
    gateway: TelecmiGateway
    feed: EventStreamFeed | None
    call_store: SqliteCallStore
    contact_store: SqliteContactStore
    settings_file: SettingsFile
    clock: SystemClock
    sandbox: SandboxServer | None
    workstation: Workstation
    directory_store: SqliteDirectoryStore | None = None
    """Where the shared directories are, once they were opened."""

    def peek(self) -> None:
        """Let the journal know the newest calls without creating or changing a file."""
        if (self.data_dir / CALLS_FILE).exists():
            self.journal.adopt(self.call_store.recent(RECENT_LIMIT))

    def close(self) -> None:
        """Shut everything down in reverse; the sandbox's data goes with it."""
        self.contact_export.close()
        self.journal.stop_listening()
        self.dialer.give_up()
        self.journal.flush()
        if self.feed is not None:
            self.feed.close()
        self.gateway.close()
        self.call_store.close()
        self.contact_store.close()
        if self.directory_store is not None:
            self.directory_store.close()
        if self.sandbox is not None:
            self.sandbox.stop()
            if self.options.data_dir is None:
                import shutil  # noqa: PLC0415

                shutil.rmtree(self.data_dir, ignore_errors=True)


def open_core(
    options: Options,
    runner: Runner,
    failed: Callable[[Exception], None],
    secrets: SecretStore | None = None,
    account: Account | None = None,
    breathe: Callable[[], None] = lambda: None,
) -> Core:
    """Build the services. `failed` hears of directory errors; `secrets` and `account` replace the stored ones.

    `breathe` is called again and again in a long export, so that threads of a window have their turn.

    Raises `UserFacingError` for an API address that cannot be used and for a sandbox on somebody's own data,
    `StorageError` for a data folder.
    """
    api_url = "" if options.sandbox else checked_api_url(options.api_url or DEFAULT_API_URL)
    sandbox = _start_sandbox(options) if options.sandbox else None
    if sandbox is not None:
        api_url = sandbox.api_url
        secrets = secrets or SessionSecretStore({sandbox.user_id: Secret(sandbox.secret)})
    data_dir = options.data_dir or (_throw_away_folder() if sandbox is not None else default_data_dir())
    clock = SystemClock()
    settings_file = SettingsFile(data_dir / "settings.json", AdminFile(options.admin_file or default_admin_file()))
    accounts = Accounts(settings_file, secrets or KeyringSecretStore(), runner, clock)
    if sandbox is not None and account is None:
        try:
            _sign_in_to(sandbox, accounts)
        except UserFacingError:
            sandbox.stop()
            raise
    gateway = TelecmiGateway(api_url, NetworkOptions.of(accounts.settings))
    call_store = SqliteCallStore(data_dir / CALLS_FILE)
    contact_store = SqliteContactStore(data_dir / CONTACTS_FILE)
    directory = Directory(contact_store, runner, failed)
    feed = _open_feed(api_url)
    journal = Journal(call_store, runner)
    workstation = Workstation(DoNotCallFile(lambda: _do_not_call_list(accounts, account), runner))
    accounts.listen(lambda _: workstation.refresh())
    return Core(
        options=options,
        data_dir=data_dir,
        api_url=api_url,
        accounts=accounts,
        journal=journal,
        contact_export=ContactExport(contact_store, ContactFileWriter(), runner, clock, breathe),
        directory=directory,
        duplicates=Duplicates(contact_store.duplicates, contact_store, runner, directory.changed, failed),
        dialer=Dialer(gateway, journal, accounts, runner, clock, feed, workstation),
        gateway=gateway,
        feed=feed,
        call_store=call_store,
        contact_store=contact_store,
        settings_file=settings_file,
        clock=clock,
        sandbox=sandbox,
        workstation=workstation,
    )


def _do_not_call_list(accounts: Accounts, account: Account | None) -> tuple[str, str]:
    """Return the list's file, and the region its national numbers are of."""
    region = account.region if account is not None else accounts.region
    return accounts.settings.guard.do_not_call_file, region


def _open_feed(api_url: str) -> EventStreamFeed | None:
    """Return the feed of a service on this computer; the real one tells of legs by webhooks only."""
    if not api_url.startswith("http://"):
        return None
    from c2c_desktop.adapters.event_feed import EventStreamFeed  # noqa: PLC0415

    return EventStreamFeed(api_url)


def _start_sandbox(options: Options) -> SandboxServer:
    from c2c_desktop.sandbox.server import Pace, SandboxServer  # noqa: PLC0415

    pace = Pace.INSTANT if options.instant else Pace.QUICK if options.quick else Pace.LIFELIKE
    server = SandboxServer(pace=pace)
    server.start()
    return server


def _throw_away_folder() -> Path:
    import tempfile  # noqa: PLC0415

    return Path(tempfile.mkdtemp(prefix="c2c-sandbox-"))


def _sign_in_to(sandbox: SandboxServer, accounts: Accounts) -> None:
    if accounts.active is None:
        accounts.update_account(Account(sandbox.user_id))
        accounts.activate(sandbox.user_id)
    elif sandbox.user_id not in {a.user_id for a in accounts.settings.accounts}:
        raise UserFacingError(
            "That folder holds your own data", "Use --sandbox without --data-dir, or with a folder of its own."
        )


def open_contact_files(core: Core) -> ContactFiles:
    """Return what looks at contact files before they are imported. Reading tables loads late: few people import."""
    from c2c_desktop.adapters.contact_files import DiskContactFiles  # noqa: PLC0415
    from c2c_desktop.adapters.mapping_file import MappingFile  # noqa: PLC0415

    return DiskContactFiles(MappingFile(core.data_dir))


def open_contact_importer(core: Core, runner: Runner) -> ProcessContactImporter:
    """Return what imports in processes of this program; it is to be closed before `core`."""
    from c2c_desktop.adapters.contact_importer import ProcessContactImporter  # noqa: PLC0415
    from c2c_desktop.desktop.registration.program_command import program_command  # noqa: PLC0415

    return ProcessContactImporter(program_command(), core.data_dir, runner)


def open_shared_directories(core: Core, runner: Runner, failed: Callable[[Exception], None]) -> SharedDirectories:
    """Return the directories a team shares; to be closed before `core`. Their updates are processes of this program."""
    from c2c_desktop.adapters.directory_store import SqliteDirectoryStore  # noqa: PLC0415
    from c2c_desktop.adapters.directory_updater import ProcessDirectoryUpdater  # noqa: PLC0415
    from c2c_desktop.adapters.watched_file_source import WatchedFileSource  # noqa: PLC0415
    from c2c_desktop.desktop.registration.program_command import program_command  # noqa: PLC0415
    from c2c_desktop.services.shared_directories import SharedDirectories  # noqa: PLC0415

    store = core.directory_store = SqliteDirectoryStore(core.data_dir / CONTACTS_FILE, core.clock)
    is_sandbox = core.sandbox is not None  # which touches no keyring, in its processes neither
    command = (*program_command(), "--sandbox") if is_sandbox else program_command()
    updater = ProcessDirectoryUpdater(command, core.data_dir, store, runner)
    secrets = SessionSecretStore({}) if is_sandbox else KeyringSecretStore()

    def look_at_file(path: str) -> FileContents:
        return WatchedFileSource(path).look()

    return SharedDirectories(store, updater, secrets, runner, core.clock, failed, look_at_file)


def load_number_facts() -> None:
    """Load what reading numbers needs, ahead of the first one. Blocks for about 40 ms."""
    from c2c_desktop.domain.number import load_facts  # noqa: PLC0415

    load_facts()


def options_from(
    *,
    sandbox: bool,
    data_dir: str | None,
    api_url: str | None,
    minimised: bool = False,
    instant: bool = False,
    quick: bool = False,
) -> Options:
    """Combine arguments with `C2C_DATA_DIR` and `C2C_API_URL`; arguments win, and a sandbox takes neither variable.

    Raises `UserFacingError` where the arguments contradict each other.
    """
    if sandbox and api_url is not None:
        raise UserFacingError("The sandbox is a service of its own", "Leave out --api-url, or --sandbox.")
    if not sandbox:
        data_dir = data_dir or os.environ.get("C2C_DATA_DIR")
        api_url = api_url or os.environ.get("C2C_API_URL")
    return Options(
        sandbox=sandbox,
        data_dir=Path(data_dir).expanduser() if data_dir else None,
        api_url=api_url or None,
        minimised=minimised,
        instant=instant,
        quick=quick,
    )

"""A run of the program without a window, beside others on one journal."""

from __future__ import annotations

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import SessionSecretStore
from c2c_desktop.adapters.telecmi import NetworkOptions, TelecmiGateway
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.call import Call, Source
from c2c_desktop.domain.dialing import DialRequest, Proposal
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.journal import Journal
from tests.fakes import INDIAN, MemorySettingsStore

ACCOUNT = Account("101_1111112")


class Run:
    """The real store, gateway and services; a secret held in memory."""

    def __init__(self, store: SqliteCallStore, api_url: str, runner: InlineRunner) -> None:
        clock = SystemClock()
        self._gateway = TelecmiGateway(api_url, NetworkOptions(5.0, 5.0))
        self.journal = Journal(store, runner)
        settings = MemorySettingsStore(Settings(accounts=(ACCOUNT,), active_user_id=ACCOUNT.user_id))
        secrets = SessionSecretStore({ACCOUNT.user_id: Secret("canary-5ecret")})
        accounts = Accounts(settings, secrets, runner, clock)
        self._dialer = Dialer(self._gateway, self.journal, accounts, runner, clock)

    def open(self) -> bool:
        """Load the journal."""
        self.journal.load()
        return True

    def consider(self) -> Proposal:
        """Weigh the one call every run wants."""
        return self._dialer.consider(DialRequest(INDIAN, Source.PAD))

    def place(self, proposal: Proposal) -> Call:
        """Place it, whatever was asked."""
        return self._dialer.place(proposal, confirmed=True)

    def close(self) -> None:
        """End as the program does."""
        self._dialer.give_up()
        self.journal.flush()
        self._gateway.close()

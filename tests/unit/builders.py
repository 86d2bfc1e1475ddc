"""Short ways to the values these tests are about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.dialing import DialRequest, Proposal
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.dialer import Dialer
from c2c_desktop.services.journal import Journal
from tests.fakes import (
    ACCOUNT,
    INDIAN,
    FakeClock,
    FakeFeed,
    FakeGateway,
    FakeSurroundings,
    ManualRunner,
    MemoryCallStore,
    MemorySecretStore,
    MemorySettingsStore,
)

LONDON = "+442079460123"
"""A number reserved for fiction; shown as +44 20 7946 0123."""

TYPED_SECRET = "s3cret-of-the-account"


def make_call(state: CallState = CallState.DRAFT, **facts: Any) -> Call:
    """A call in `state`, however it came there."""
    call = Call(
        id="c-1",
        e164=INDIAN,
        shown_number="+91 98402 22222",
        contact_name="Asha Rao",
        source=Source.PAD,
        route=Route.SOFTPHONE,
        user_id=ACCOUNT.user_id,
        started_at=1_800_000_000.0,
    )
    return replace(call, state=state, **facts)


def pad(text: str = INDIAN, **facts: Any) -> DialRequest:
    """A dial from the pad."""
    return DialRequest(text, Source.PAD, **facts)


@dataclass
class Rig:
    """The dialer on fakes, with an account whose secret is in the keyring."""

    gateway: FakeGateway = field(default_factory=FakeGateway)
    feed: FakeFeed | None = field(default_factory=FakeFeed)
    settings: MemorySettingsStore = field(default_factory=MemorySettingsStore)
    clock: FakeClock = field(default_factory=FakeClock)
    runner: ManualRunner = field(default_factory=ManualRunner)
    store: MemoryCallStore = field(default_factory=MemoryCallStore)
    keyring: MemorySecretStore = field(default_factory=MemorySecretStore)
    around: FakeSurroundings = field(default_factory=FakeSurroundings)

    def __post_init__(self) -> None:
        self.keyring.set(ACCOUNT.user_id, Secret(TYPED_SECRET))
        self.journal = Journal(self.store, self.runner)
        self.accounts = Accounts(self.settings, self.keyring, self.runner, self.clock)
        self.dialer = Dialer(self.gateway, self.journal, self.accounts, self.runner, self.clock, self.feed, self.around)
        self.told: list[CallState] = []
        self.journal.listen(lambda call: self.told.append(call.state))

    def propose(self, text: str = INDIAN, **facts: Any) -> Proposal:
        return self.dialer.consider(pad(text, **facts))

    def place(self, text: str = INDIAN, **facts: Any) -> Call:
        return self.dialer.place(self.propose(text, **facts), confirmed=True)

    def call(self, call: Call) -> Call:
        """`call` as it stands now."""
        found = self.journal.get(call.id)
        assert found is not None
        return found

    def initiated(self) -> Call:
        """A call the service took."""
        call = self.place()
        self.runner.finish()
        return self.call(call)


def signed_out() -> Rig:
    """A rig nobody has signed in to."""
    return Rig(settings=MemorySettingsStore(Settings()))

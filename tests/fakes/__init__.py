"""Stand-ins for what the services need from outside.

Each implements a port of `c2c_desktop.services.ports`; the contract suites run the same checks on these and on
the real adapters.
"""

from __future__ import annotations

from tests.fakes.accounts import ACCOUNT, MemorySecretStore, MemorySettingsStore
from tests.fakes.calls import INDIAN, FakeFeed, FakeGateway, FakeSurroundings, MemoryCallStore
from tests.fakes.contacts import MemoryContactStore, MemoryDuplicateSearch
from tests.fakes.lanes import FakeClock, Job, ManualRunner

__all__ = [
    "ACCOUNT",
    "INDIAN",
    "FakeClock",
    "FakeFeed",
    "FakeGateway",
    "FakeSurroundings",
    "Job",
    "ManualRunner",
    "MemoryCallStore",
    "MemoryContactStore",
    "MemoryDuplicateSearch",
    "MemorySecretStore",
    "MemorySettingsStore",
]

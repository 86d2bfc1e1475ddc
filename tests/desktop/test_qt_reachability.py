"""What Windows and macOS say of the network, through Qt: shown on a fake, and on Qt's own object of this system."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from c2c_desktop.desktop.system.qt_reachability import QtReachability
from tests.desktop.bus_rig import Bus
from tests.desktop.program_rig import ROOT
from tests.desktop.rig import python

Reachability = QNetworkInformation.Reachability


class FakeInformation(QObject):
    """Has what is used of QNetworkInformation, and says what a test wants."""

    reachabilityChanged = Signal(Reachability)  # noqa: N815

    def __init__(self, state: Reachability) -> None:
        super().__init__()
        self.state = state

    def reachability(self) -> Reachability:
        return self.state

    def become(self, state: Reachability) -> None:
        self.state = state
        self.reachabilityChanged.emit(state)


@pytest.fixture
def owner(qapp: object) -> Iterator[QObject]:  # noqa: ARG001
    parent = QObject()
    yield parent
    parent.deleteLater()


def test_where_qt_knows_nothing_nothing_is_told(owner: QObject) -> None:
    told: list[bool] = []
    reachability = QtReachability(lambda: None, owner)
    reachability.told.connect(told.append)
    reachability.open()
    reachability.close()
    assert told == []


def test_only_what_qt_calls_disconnected_is_no_network(owner: QObject) -> None:
    told: list[bool] = []
    fake = FakeInformation(Reachability.Disconnected)
    reachability = QtReachability(lambda: fake, owner)
    reachability.told.connect(told.append)
    reachability.open()
    for state in (Reachability.Unknown, Reachability.Local, Reachability.Site, Reachability.Online):
        fake.become(state)
    fake.become(Reachability.Disconnected)
    assert told == [False, True, True, True, True, False]
    reachability.open()
    reachability.close()
    fake.become(Reachability.Online)
    assert told[6:] == [False]


_REAL = """
import json
from PySide6.QtCore import QCoreApplication, QObject
from c2c_desktop.desktop.system.qt_reachability import QtReachability, information
application, owner, told = QCoreApplication([]), QObject(), []
found = information()
reachability = QtReachability(lambda: found, owner)
reachability.told.connect(told.append)
reachability.open()
found.reachabilityChanged.emit(type(found).Reachability.Disconnected)
reachability.close()
print(json.dumps({"has": [hasattr(found, "reachabilityChanged"), callable(found.reachability)], "told": told}))
"""


def test_qts_own_object_has_what_the_fake_has_and_loads_without_a_warning(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    done = subprocess.run(python("-c", _REAL), cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    facts = json.loads(done.stdout)
    assert facts["has"] == [True, True]
    assert len(facts["told"]) == 2
    assert facts["told"][1] is False

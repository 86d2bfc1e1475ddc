"""Every secret store keeps, replaces and forgets secrets alike."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import keyring
import pytest
from keyring.backends import fail
from keyring.core import init_backend

from c2c_desktop.adapters.secret_stores import KeyringSecretStore, SessionSecretStore
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.ports import SecretStore
from tests.contract.private_bus import PrivateBus
from tests.fakes import MemorySecretStore


@pytest.fixture(params=["memory", "session", "keyring"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretStore]:
    if request.param == "memory":
        yield MemorySecretStore()
    elif request.param == "session":
        yield SessionSecretStore()
    else:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        init_backend()  # keyring looks, and finds none, before there is one
        assert isinstance(keyring.get_keyring(), fail.Keyring)
        with PrivateBus() as bus:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
            bus.start_keyring()
            yield KeyringSecretStore()
            gc.collect()


def test_a_secret_never_stored_is_none(store: SecretStore) -> None:
    assert store.get("101_1111112") is None


def test_a_secret_that_is_gone_can_be_deleted(store: SecretStore) -> None:
    store.delete("101_1111112")
    assert store.get("101_1111112") is None


@pytest.mark.parametrize("text", ["plain", "Ünïcödé ✓ 密", 'quotes " and \\ and spaces ', "x" * 2000])
def test_a_stored_secret_comes_back_as_it_was(store: SecretStore, text: str) -> None:
    store.set("101_1111112", Secret(text))
    found = store.get("101_1111112")
    assert found is not None
    assert found.reveal() == text


def test_storing_again_replaces_the_secret(store: SecretStore) -> None:
    store.set("101_1111112", Secret("old"))
    store.set("101_1111112", Secret("new"))
    found = store.get("101_1111112")
    assert found is not None
    assert found.reveal() == "new"


def test_deleting_forgets_that_secret_and_no_other(store: SecretStore) -> None:
    store.set("101_1111112", Secret("first"))
    store.set("102_1111112", Secret("second"))
    store.delete("101_1111112")
    other = store.get("102_1111112")
    assert store.get("101_1111112") is None
    assert other is not None
    assert other.reveal() == "second"


def test_a_session_store_begins_with_what_it_is_given() -> None:
    found = SessionSecretStore({"101_1111112": Secret("given")}).get("101_1111112")
    assert found is not None
    assert found.reveal() == "given"

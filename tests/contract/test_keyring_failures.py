"""What goes wrong with a real keyring, in words, and without losing an account."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer
from keyring.core import load_keyring

from c2c_desktop.adapters.clock import SystemClock
from c2c_desktop.adapters.inline_runner import InlineRunner
from c2c_desktop.adapters.secret_stores import KeyringSecretStore
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import NextStep, SecretUnavailableError, UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.services.accounts import Accounts
from c2c_desktop.services.ports import Lane
from tests.contract.private_bus import PrivateBus
from tests.fakes import ACCOUNT, MemorySettingsStore

T = TypeVar("T")
# The keyring library leaves its bus connection to the garbage collector when a call fails.
SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


class ImpatientRunner(InlineRunner):
    """Lets no job take longer than a moment."""

    def run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        deadline: float | None = None,
    ) -> None:
        super().run(lane, job, done, failed, None if deadline is None else 0.5)


class PlainFileKeyring(KeyringBackend):
    """Stands where the plug-in that writes secrets readably would."""

    viable = False  # keyring finds every class there is: other tests must not
    __module__ = "keyrings.alt.file"
    priority = 6.0

    def __init__(self) -> None:
        """Needs nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        return f"readable secret of {username} at {service}"

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError(f"{service} for {username}: {len(password)} characters would be readable")


class StubbornKeyring(KeyringBackend):
    """Keeps what it has: to delete is left to the class it comes from, which cannot."""

    viable = False  # keyring finds every class there is: other tests must not
    priority = -1.0

    def __init__(self, priority: float = -1.0) -> None:
        self.priority = priority

    def get_password(self, service: str, username: str) -> str | None:
        return "kept" if service and username else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError(f"{service} for {username}: {len(password)} characters")


class Chain(chainer.ChainerBackend):
    viable = False  # keyring finds every class there is: other tests must not
    priority = 10.0
    backends = (PlainFileKeyring(), SecretService.Keyring())  # type: ignore[no-untyped-call]  # keyring's

    def __init__(self) -> None:
        """Needs nothing."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    with PrivateBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus
    gc.collect()


@pytest.fixture
def running_bus(bus: PrivateBus) -> PrivateBus:
    """With a keyring that the program has used already."""
    bus.start_keyring()
    keyring.set_keyring(load_keyring(SECRET_SERVICE))
    KeyringSecretStore().set(ACCOUNT.user_id, Secret("kept"))
    return bus


def use_get(store: KeyringSecretStore) -> None:
    store.get(ACCOUNT.user_id)


def use_set(store: KeyringSecretStore) -> None:
    store.set(ACCOUNT.user_id, Secret("other"))


def use_delete(store: KeyringSecretStore) -> None:
    store.delete(ACCOUNT.user_id)


every_use = pytest.mark.parametrize("use", [use_get, use_set, use_delete])
Use = Callable[[KeyringSecretStore], None]


def failure_of(use: Use) -> SecretUnavailableError:
    with pytest.raises(SecretUnavailableError) as caught:
        use(KeyringSecretStore())
    return caught.value


@every_use
@pytest.mark.parametrize("nothing", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_without_a_bus_the_computer_has_no_keyring(use: Use, nothing: str) -> None:
    keyring.set_keyring(load_keyring(nothing))
    error = failure_of(use)
    assert "has no keyring" in str(error)
    assert "this session only" in str(error)
    assert error.next_step is NextStep.FIX_SIGN_IN


@every_use
def test_a_bus_without_the_service_has_no_keyring(use: Use, bus: PrivateBus) -> None:
    assert bus.address
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    assert "has no keyring" in str(failure_of(use))


def test_a_keyring_started_after_the_program_is_found(bus: PrivateBus) -> None:
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    store = KeyringSecretStore()
    with pytest.raises(SecretUnavailableError):
        store.get(ACCOUNT.user_id)
    bus.start_keyring()
    store.set(ACCOUNT.user_id, Secret("kept"))
    found = store.get(ACCOUNT.user_id)
    assert found is not None
    assert found.reveal() == "kept"


@every_use
def test_a_keyring_that_died_went_away(use: Use, running_bus: PrivateBus) -> None:
    running_bus.kill_keyring()
    error = failure_of(use)
    assert "Your keyring went away" in str(error)
    assert error.next_step is NextStep.RETRY


@every_use
def test_a_bus_that_died_took_the_keyring_with_it(use: Use, running_bus: PrivateBus) -> None:
    running_bus.kill_bus()
    assert "Your keyring went away" in str(failure_of(use))


@every_use
def test_a_locked_keyring_nobody_can_unlock_says_so(use: Use, running_bus: PrivateBus) -> None:
    running_bus.lock()
    error = failure_of(use)
    assert error.title == "Your keyring is locked"
    assert error.next_step is NextStep.RETRY


def test_a_keyring_that_comes_back_holds_what_was_stored(running_bus: PrivateBus) -> None:
    running_bus.kill_keyring()
    assert "went away" in str(failure_of(use_get))
    running_bus.start_keyring()
    found = KeyringSecretStore().get(ACCOUNT.user_id)
    assert found is not None
    assert found.reveal() == "kept"


def test_a_secret_the_keyring_will_not_delete_is_said_and_stays() -> None:
    keyring.set_keyring(StubbornKeyring(6.0))
    assert failure_of(use_delete).title == "The secret could not be deleted"
    found = KeyringSecretStore().get(ACCOUNT.user_id)
    assert found is not None
    assert found.reveal() == "kept"


def test_a_keyring_that_does_not_encrypt_counts_as_none() -> None:
    keyring.set_keyring(PlainFileKeyring())
    assert "has no keyring" in str(failure_of(use_get))


def test_a_chain_of_keyrings_is_used_by_its_first_that_encrypts(running_bus: PrivateBus) -> None:
    assert running_bus.address
    keyring.set_keyring(Chain())
    found = KeyringSecretStore().get(ACCOUNT.user_id)
    assert found is not None
    assert found.reveal() == "kept"


def test_no_secret_stands_in_the_words_or_the_cause_of_a_failure(running_bus: PrivateBus) -> None:
    running_bus.lock()
    with pytest.raises(SecretUnavailableError) as caught:
        KeyringSecretStore().set(ACCOUNT.user_id, Secret("canary-secret"))
    assert "canary-secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


def break_by_death(bus: PrivateBus) -> None:
    bus.kill_keyring()


def break_by_lock(bus: PrivateBus) -> None:
    bus.lock()


def break_by_freezing(bus: PrivateBus) -> None:
    bus.freeze_keyring()


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (break_by_death, "Your keyring went away"),
        (break_by_lock, "Your keyring is locked"),
        (break_by_freezing, "Your keyring did not answer"),
    ],
)
@pytest.mark.parametrize("action", ["read", "forget", "sign in"])
def test_no_failure_of_the_keyring_erases_an_account(
    running_bus: PrivateBus, breaks: Callable[[PrivateBus], None], words: str, action: str
) -> None:
    settings = MemorySettingsStore()
    before = settings.settings
    accounts = Accounts(settings, KeyringSecretStore(), ImpatientRunner(), SystemClock())
    failures: list[UserFacingError] = []
    reached: list[object] = []
    breaks(running_bus)

    if action == "read":
        accounts.with_secret(ACCOUNT.user_id, reached.append, failures.append)
    elif action == "forget":
        accounts.forget(ACCOUNT.user_id, lambda: reached.append("forgot"), failures.append)
    else:
        other = Account("102_1111112")
        accounts.sign_in(other, Secret("other"), keep=True, done=lambda: reached.append("in"), failed=failures.append)

    assert [words in str(failure) for failure in failures] == [True]
    assert not reached
    assert settings.settings == before
    assert accounts.active == ACCOUNT


def test_a_fresh_program_without_a_bus_finds_no_keyring(tmp_path: Path) -> None:
    script = (
        "from c2c_desktop.adapters.secret_stores import KeyringSecretStore\n"
        "try: KeyringSecretStore().get('101_1111112')\n"
        "except Exception as error: print(error)\n"
    )
    environment = {"PATH": "", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    output = subprocess.check_output([sys.executable, "-c", script], env=environment, text=True, timeout=30)
    assert "This computer has no keyring" in output

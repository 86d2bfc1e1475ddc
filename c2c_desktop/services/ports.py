"""What the services need from outside, as protocols.

Adapters implement them; contract tests run the same checks on the fake and on the real thing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Mapping, Sequence
from enum import Enum
from typing import Protocol, TypeVar

from c2c_desktop.domain.call import Call
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.dialing import CallOrder, Placement
from c2c_desktop.domain.found_contacts import Found, FoundCount, Place, Section
from c2c_desktop.domain.legs import LegEvent
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.settings import Settings

T = TypeVar("T")


class Lane(Enum):
    """The background threads; jobs of one lane run one after the other."""

    NETWORK = "network"
    DATABASE = "database"
    SECRETS = "secrets"
    DESKTOP = "desktop"
    CHANGING = "changing"
    """The contact list: an import holds it for a while, and neither a search nor a call is to wait for that."""
    COUNTING = "counting"
    """What can be interrupted and nobody waits for."""
    EXPORT = "export"
    """The writing of a long file."""


class Runner(Protocol):
    """Runs jobs off the main thread and brings what comes of them back to it."""

    def run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        deadline: float | None = None,
    ) -> None:
        """Run `job` on `lane`; then `done` or `failed` on the main thread, exactly one of them.

        After `deadline` seconds `failed` gets a `TimeoutError` and a late result is forgotten.
        """

    def post(self, action: Callable[[], None]) -> None:
        """Run `action` on the main thread; callable from any thread."""


class Gateway(Protocol):
    """The service that places calls."""

    def place(self, order: CallOrder, secret: Secret, claim: Callable[[], bool] = lambda: True) -> Placement:
        """Send one request and say what became of it. Blocks; network lane. Raises nothing expected.

        `claim` is asked once, before the first byte leaves: False means the call was cancelled meanwhile, and
        the answer is CANCELLED.
        """

    def warm(self) -> None:
        """Have a fresh connection ready for the next call. Blocks; network lane. Never raises."""

    def close(self) -> None:
        """Drop the connection."""


def no_objection(_: list[Call]) -> str:
    """Nothing on disk speaks against a call."""
    return ""


class CallStore(Protocol):
    """The journal on disk. Callable from any thread. Raises `StorageError`."""

    def begin(
        self, call: Call, known: Container[str] = (), objection: Callable[[list[Call]], str] = no_objection
    ) -> str:
        """Add `call` and sync it to the disk before returning "".

        `objection` is asked first, with the calls written last but those whose IDs are `known`: where it returns
        words nothing is stored, and they are returned. No other process can add a call meanwhile.
        """

    def save(self, call: Call) -> None:
        """Replace what is stored of `call`."""

    def recent(self, limit: int) -> list[Call]:
        """Return the calls written last, the last one first."""

    def settle_abandoned(self) -> int:
        """Turn entries still PLACING whose process is gone into UNCERTAIN; return how many."""


class JournalStore(CallStore, Protocol):
    """The journal on disk, and the notes on its calls. Callable from any thread. Raises `StorageError`."""

    def set_note(self, call_id: str, text: str) -> None:
        """Replace the note of a call, whoever placed it and whether it is stored yet or not; "" removes it.

        `begin` and `save` leave it alone.
        """


class ContactStore(Protocol):
    """The contact list on disk. Database lane, the counting lane for counts. Raises `StorageError`."""

    def search(self, text: str, limit: int) -> Found:
        """Return who answers `text`, at most `limit` in each section; for a text that asks for nothing everybody.

        Where nobody does, those whose names are written alike.
        """

    def glance(self, text: str, limit: int) -> Found:
        """Return the first `limit` contacts of what `search` finds, or a few more, as soon as can be.

        Sections behind one that goes on are not looked for.
        """

    def more(self, text: str, after: Place, limit: int) -> Section:
        """Return the next `limit` of a section that `search`, `glance` or `more` said goes on."""

    def order(self) -> array[int]:
        """Return where everybody stands who is no first favourite, as a search for nothing lists them.

        Of a million contacts it takes a third of a second, and 4 MB.
        """

    def read_ahead(self) -> None:
        """Make the first searches fast, as far as that can be done beforehand."""

    def standing_at(self, positions: Sequence[int]) -> dict[int, Contact]:
        """Return who stands at `positions`, a part of `order`; without those that are gone."""

    def count(self) -> int:
        """Return how many contacts there are."""

    def count_found(self, text: str, most: int | None = None) -> FoundCount | None:
        """Return how many answer `text`, not counting similar names; beyond `most` not exactly.

        Of a million contacts an exact count can take a tenth of a second. None where it was interrupted.
        """

    def interrupt_count(self) -> None:
        """Stop a `count_found` that is under way. Any thread; returns at once."""

    def save(
        self, contact: Contact, before: Contact | None = None, is_wanted: Callable[[], bool] = lambda: True
    ) -> Contact:
        """Add (id 0) or replace a contact and return it with its id.

        Raises `ChangedMeanwhileError` where `before` is given and not what is stored, `BusyStorageError` where somebody
        else writes, and `NoLongerWantedError` where `is_wanted`, asked when nobody else can write any more, says no.
        """

    def set_favourite(self, contact_id: int, *, favourite: bool) -> None:
        """Put a contact among the favourites, or take it out; one that is gone is no error."""

    def delete(self, contact_id: int) -> Contact | None:
        """Remove a contact and return what was stored of it; None where it was gone already, which is no error."""

    def find_number(self, e164: str) -> Contact | None:
        """Return the oldest contact with that number."""

    def tags(self, most: int) -> list[str]:
        """Return the tags in use, those of most contacts first, then by the alphabet; not more than `most`."""


class SecretStore(Protocol):
    """Where app secrets are kept. Secrets lane. Raises `SecretUnavailableError`."""

    def get(self, user_id: str) -> Secret | None:
        """Return the secret, or None where none is stored."""

    def set(self, user_id: str, secret: Secret) -> None:
        """Store the secret."""

    def delete(self, user_id: str) -> None:
        """Forget the secret; one that is gone already is no error."""


class Saving(Enum):
    """Who wants settings saved, which counts while those that were there are lost."""

    SETTINGS = "settings"
    """The person, who has seen them: nothing is lost any more."""
    ACCOUNT = "account"
    """The person, who signed in or chose a phone: it is stored, and what is lost stays lost."""
    REMEMBERED = "remembered"
    """The program by itself, a window's place for instance: nothing is stored while the settings are in trouble."""


class SettingsStore(Protocol):
    """The settings file, under an administrator's rules. Main thread."""

    @property
    def locks(self) -> Mapping[str, str]:
        """What an administrator locked: a key of `RULE_KEYS` and the words that say so. As of the last `load`."""

    @property
    def rules_trouble(self) -> str:
        """Why an administrator's rules cannot be relied on, in words; "" where all is well. As of the last `load`."""

    @property
    def settings_trouble(self) -> str:
        """Why the person's own settings cannot be relied on: unreadable or lost; "" where nothing is wrong.

        As of the last `load` or `edit`.
        """

    @property
    def recovered(self) -> str:
        """What was put in the place of damaged settings, in words, until they are saved again; "" for nothing."""

    def is_stale(self) -> bool:
        """Whether the settings or an administrator's rules changed since the last `load` or `edit`. Cheap."""

    def load(self) -> Settings:
        """Return the settings as they stand now, whoever wrote them.

        A damaged file is set aside, and what it said when it was last whole is put in its place. Where there is none,
        or it cannot be read, what this store read or wrote last is returned, or else the defaults.
        """

    def edit(self, change: Callable[[Settings], Settings], saving: Saving = Saving.SETTINGS) -> Settings:
        """Store what `change` makes of the settings as they stand now, and return that.

        What is locked stays as it was there. No other process saves meanwhile; blocks for up to two seconds while one
        does. Raises `StorageError`, also for settings that cannot be read, and whatever `change` raises; then nothing
        is stored.
        """

    def save(self, settings: Settings) -> None:
        """Store `settings` whatever is stored, as `edit` does. Raises `StorageError`."""


class Surroundings(Protocol):
    """What the guard asks about the world around. Main thread; answers at once."""

    def screen_is_locked(self) -> bool:
        """Whether the screen is locked; False where the desktop does not tell."""

    def is_do_not_call(self, e164: str) -> bool:
        """Whether the do-not-call list holds that number."""

    def do_not_call_trouble(self) -> str:
        """Why the list cannot tell, in words; "" where it can, or where there is none."""


class CallFeed(Protocol):
    """Tells what happens on the legs of calls."""

    def follow(self, request_id: str, heard: Callable[[LegEvent], None]) -> None:
        """Call `heard`, from any thread, for each event of that call, earlier ones included."""

    def close(self) -> None:
        """Stop listening, within a second."""


class Clock(Protocol):
    """The time, injectable for tests."""

    def now(self) -> float:
        """UTC seconds since the epoch."""

    def monotonic(self) -> float:
        """Seconds that only grow."""


CallListener = Callable[[Call], None]

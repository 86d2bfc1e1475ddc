"""A shared directory on a real Radicale: what changes there changes here, and what goes wrong changes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
import trustme

from c2c_desktop.adapters.carddav_discovery import find_address_books
from c2c_desktop.adapters.carddav_source import CardDavSource
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.dav_client import DavClient
from c2c_desktop.adapters.dav_refusals import refused
from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryRemoval,
    DirectoryState,
    SharedDirectory,
)
from c2c_desktop.services.directory_update import update_directory
from tests.contract.radicale import BOOK, USER, Radicale, card
from tests.fakes import FakeClock

NETWORK = NetworkOptions(5.0, 20.0)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        yield server


class Here:
    """The contact list of one computer, with one directory in it."""

    def __init__(self, folder: Path, directory: SharedDirectory, password: Secret) -> None:
        self.clock = FakeClock()
        self.contacts = SqliteContactStore(folder / "contacts.sqlite3")
        self.store = SqliteDirectoryStore(folder / "contacts.sqlite3", self.clock)
        self.own = self.contacts.save(
            Contact(0, "Meera Pillai", "", (ContactNumber("+91 98402 22222", "+919840222222"),))
        )
        self.directory = self.store.add(directory)
        self.password = password

    def source(self) -> CardDavSource:
        return CardDavSource(self.directory, self.password, NETWORK)

    def update(self) -> DirectoryState:
        return update_directory(self.store, self.directory, self.source, self.clock)

    def people(self) -> list[Contact]:
        return [c for c in self.contacts.search("", 5000).contacts if c.directory == self.directory.id]

    def names(self) -> list[str]:
        return [contact.name for contact in self.people()]

    def close(self) -> None:
        self.store.close()
        self.contacts.close()


@pytest.fixture
def here(server: Radicale, tmp_path: Path) -> Iterator[Here]:
    with closing(Here(tmp_path / "data", server.directory, server.password)) as here:
        yield here


@pytest.fixture
def three(server: Radicale, here: Here) -> Here:
    """Three people, known here."""
    for number, name in enumerate(("Ann Field", "Bob Gray", "Cy Hill")):
        server.put(f"p {number}.vcf", card(f"u{number}", name, f"TEL;TYPE=CELL:+44 20 7946 000{number}"))
    assert (here.update().changed, here.names()) == (3, ["Ann Field", "Bob Gray", "Cy Hill"])
    return here


def differences(here: Here) -> int:
    """What another look finds new here."""
    state = here.update()
    assert state.problem == ""
    return state.changed


def test_a_server_that_is_away_changes_nothing_and_what_is_known_stays(server: Radicale, three: Here) -> None:
    before = three.store.cursor(three.directory.id)
    server.stop()
    state = three.update()
    assert (state.problem, state.failures) == ("localhost cannot be reached. Check your network.", 1)
    assert (state.contacts, three.store.cursor(three.directory.id)) == (3, before)
    assert [c.name for c in three.contacts.search("bob", 5).contacts] == ["Bob Gray"]
    server.start()
    state = three.update()
    assert (state.problem, state.failures, state.changed) == ("", 0, 0)


def test_a_server_that_goes_in_the_middle_changes_nothing(server: Radicale, here: Here) -> None:
    server.fill("".join(card(f"u{n}", f"Person {n:03}") for n in range(250)))
    source = here.source()

    def until_it_goes() -> Iterator[object]:
        for number, change in enumerate(source.changes(DirectoryCursor())):
            yield change
            if number == 50:
                server.stop()

    with pytest.raises(DirectoryError, match=r"cannot be reached|broke the connection off"):
        here.store.apply(here.directory.id, until_it_goes(), source.cursor)  # type: ignore[arg-type]
    assert (here.people(), here.store.cursor(here.directory.id)) == ([], DirectoryCursor())
    server.start()
    assert here.update().contacts == 250


def test_a_wrong_password_changes_nothing_and_says_so(three: Here) -> None:
    three.password = Secret("wrong")
    state = three.update()
    assert (state.problem, state.contacts) == ("localhost refused the user name or the password.", 3)
    with pytest.raises(DirectoryError) as refused:
        list(three.source().changes(DirectoryCursor()))
    assert refused.value.next_step is NextStep.FIX_SIGN_IN


def test_a_book_that_was_removed_there_changes_nothing_and_says_so(server: Radicale, three: Here) -> None:
    server.ask("DELETE", BOOK, "")
    state = three.update()
    assert state.problem.startswith("There is no address book at this address on localhost.")
    assert state.contacts == 3


def test_a_server_that_lost_everything_changes_nothing_until_the_book_is_there_again(
    server: Radicale, three: Here
) -> None:
    server.lose_everything()
    assert (three.update().contacts, three.names()) == (3, ["Ann Field", "Bob Gray", "Cy Hill"])
    server.make_book()
    server.put("p 1.vcf", card("u1", "Bob Gray", "TEL;TYPE=CELL:+44 20 7946 0001"))
    server.put("new.vcf", card("u9", "Dee Ives"))
    assert (three.update().changed, three.names()) == (3, ["Bob Gray", "Dee Ives"])
    assert differences(three) == 0


@pytest.mark.parametrize("is_malformed", [False, True])
def test_a_token_the_server_does_not_know_leads_to_a_comparison_and_doubles_nobody(
    server: Radicale, three: Here, is_malformed: bool
) -> None:
    ids = {contact.name: contact.id for contact in three.people()}
    server.delete("p 0.vcf")
    server.put("p 1.vcf", card("u1", "Bob Grey"))
    if is_malformed:
        with three.store._database.transaction() as connection:
            connection.execute("UPDATE directory SET token = 'http://elsewhere.example/1?<&>'")
    else:
        server.forget_tokens()
    assert (three.update().changed, three.names()) == (2, ["Bob Grey", "Cy Hill"])
    assert [contact.id for contact in three.people()] == [ids["Bob Gray"], ids["Cy Hill"]]
    assert differences(three) == 0


def test_what_is_added_changed_and_deleted_there_is_so_here(server: Radicale, three: Here) -> None:
    token = three.store.cursor(three.directory.id).token
    assert token.startswith("http://radicale.org/ns/sync/")
    server.put("p 3.vcf", card("u3", "Dee Ives", "ORG:Acme", "TEL;TYPE=WORK:020 7946 0003", "EMAIL:dee@acme.example"))
    server.put("p 1.vcf", card("u1", "Bob Grey", "TEL;TYPE=CELL:+44 20 7946 0011"))
    server.delete("p 0.vcf")
    state = three.update()
    assert (state.changed, state.contacts, three.names()) == (3, 3, ["Bob Grey", "Cy Hill", "Dee Ives"])
    dee = three.people()[2]
    assert dee.numbers == (ContactNumber("+44 20 7946 0003", "+442079460003", "work", as_written="020 7946 0003"),)
    assert (dee.company, dee.emails, dee.uid) == ("Acme", ("dee@acme.example",), "u3")
    assert three.store.cursor(three.directory.id).token not in {"", token}
    assert [c.name for c in three.contacts.search("79460011", 5).contacts] == ["Bob Grey"]
    assert three.contacts.search("ann", 5).contacts == []
    assert three.contacts.search("meera", 5).contacts == [three.own]


def test_nothing_new_is_asked_for_once_and_writes_no_contact(three: Here) -> None:
    three.clock.pass_by(60)
    rows = three.store._database.read("SELECT * FROM contact ORDER BY id")
    state = three.update()
    assert (state.changed, state.updated_at) == (0, three.clock.now())
    assert list(map(tuple, three.store._database.read("SELECT * FROM contact ORDER BY id"))) == list(map(tuple, rows))


def test_a_server_without_tokens_is_compared_by_etags(
    server: Radicale, three: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = replace(three.store.cursor(three.directory.id), token="")
    server.delete("p 0.vcf")
    server.put("p 1.vcf", card("u1", "Bob Grey"))
    source = three.source()
    monkeypatch.setattr(source, "_synced", refuse)
    changes = list(source.changes(cursor))
    assert changes[0] == DirectoryRemoval("p 0.vcf")
    assert [(c.key, c.record.name) for c in changes if isinstance(c, DirectoryEntry)] == [("p 1.vcf", "Bob Grey")]
    assert (source.cursor().token, len(changes)) == ("", 2)
    assert {key for key, _ in source.cursor().tags} == {"p 1.vcf", "p 2.vcf"}


def refuse(_: str) -> NoReturn:
    raise refused(405, {}, (), "localhost")


@pytest.mark.timeout(300)  # the server takes its time on a busy machine
def test_two_thousand_cards_come_and_go(server: Radicale, here: Here) -> None:
    cards = [card(f"u{n}", f"Person {n:04}", f"TEL:+4420794600{n % 100:02}", f"NOTE:{'x' * 200}") for n in range(2000)]
    server.fill("".join(cards))
    began = time.monotonic()
    state = here.update()
    print(f"2,000 cards in {time.monotonic() - began:.1f} s")
    assert (state.changed, state.contacts, state.problem) == (2000, 2000, "")
    assert len(here.contacts.search("person", 5000).contacts) == 2000
    began = time.monotonic()
    assert differences(here) == 0
    print(f"nothing new in {time.monotonic() - began:.2f} s")
    server.fill("".join(cards[:1000]))
    assert (here.update().contacts, len(here.contacts.search("person", 5000).contacts)) == (1000, 1000)
    here.store.remove(here.directory.id)
    assert here.contacts.search("", 10).contacts == [here.own]


@pytest.mark.parametrize("path", ["", "/", "/asha/", BOOK, "/asha/team"])
def test_the_address_book_is_found_from_any_address_of_the_server(server: Radicale, path: str) -> None:
    assert books(server, f"{server.url}{path}") == [server.directory]


def test_several_address_books_are_told_with_their_names(server: Radicale) -> None:
    server.make_book("/asha/private%20one/", "Freunde &amp; <![CDATA[<Familie>]]>")
    found = books(server, server.url)
    assert sorted(book.name for book in found) == ["Freunde & <Familie>", "The team"]
    assert f"{server.url}/asha/private%20one/" in [book.address for book in found]


def test_a_wrong_path_on_the_right_server_finds_what_the_server_offers(server: Radicale) -> None:
    assert books(server, f"{server.url}/asha/none/deep/down/") == [server.directory]


def test_discovery_tells_a_wrong_password_and_that_there_is_nothing(server: Radicale) -> None:
    with pytest.raises(DirectoryError, match="refused the user name"):
        books(server, server.url, Secret("wrong"))
    server.ask("DELETE", BOOK, "")
    with pytest.raises(UserFacingError, match="localhost has no address book for this user"):
        books(server, server.url)


def books(server: Radicale, address: str, password: Secret | None = None) -> list[SharedDirectory]:
    with closing(DavClient(server.url, USER, password or server.password, NETWORK)) as client:
        return find_address_books(client, address, USER, "GB")


def test_over_tls_with_a_companys_own_authority(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with Radicale(tmp_path / "radicale", authority) as server:
        server.put("a.vcf", card("u1", "Ann Field"))
        trusting = CardDavSource(server.directory, server.password, NetworkOptions(ca_file=str(tmp_path / "ca.pem")))
        assert [c.key for c in trusting.changes(DirectoryCursor()) if isinstance(c, DirectoryEntry)] == ["a.vcf"]
        with pytest.raises(DirectoryError, match="certificate of localhost is not valid, so nothing was sent"):
            list(CardDavSource(server.directory, server.password, NETWORK).changes(DirectoryCursor()))

"""Servers of shared directories that fail, lie or attack: nothing changes here, and the password goes nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.utils import formatdate
from pathlib import Path
from typing import cast

import pytest

from c2c_desktop.adapters.carddav_source import CARD_NOT_SENT, CARD_TOO_LARGE, SEVERAL_CARDS, CardDavSource
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.dav_client import DavLimits
from c2c_desktop.adapters.directory_store import SqliteDirectoryStore
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.adapters.vcard_reader import NO_CARD
from c2c_desktop.domain.contact_record import ContactRecord, SkippedRecord
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryKind,
    DirectoryRemoval,
    SharedDirectory,
)
from c2c_desktop.services.directory_update import update_directory
from tests.fakes import FakeClock
from tests.faults.dav_misbehaviour import CANARY, CASES, HTML, LIMITS, NETWORK, said
from tests.faults.dav_script import BOOK, TOKEN, DavScript, card_data, etag, gone, multistatus, response
from tests.faults.grounds import closed_port, knows_no_name, resolver
from tests.faults.servers import (
    MisbehavingServer,
    Visit,
    answer,
    says_and_leaves,
)

BASIC = base64.b64encode(f"asha:{CANARY}".encode())


def directory_at(port: int, path: str = BOOK) -> SharedDirectory:
    return SharedDirectory(0, "The team", DirectoryKind.CARDDAV, f"http://localhost:{port}{path}", "asha", "GB")


def source_at(port: int) -> CardDavSource:
    return CardDavSource(directory_at(port), Secret(CANARY), NETWORK, LIMITS)


def changes_at(port: int, cursor: DirectoryCursor | None = None) -> list[DirectoryChange]:
    return list(source_at(port).changes(cursor or DirectoryCursor()))


@contextmanager
def known(folder: Path, port: int) -> Iterator[tuple[SqliteDirectoryStore, SharedDirectory]]:
    """A directory of which one contact is known here."""
    clock = FakeClock()
    with closing(SqliteDirectoryStore(folder / "contacts.sqlite3", clock)) as store:
        directory = store.add(directory_at(port))
        changes = [DirectoryEntry("a.vcf", ContactRecord("Ann Field"))]
        store.apply(directory.id, changes, lambda: DirectoryCursor("urn:token:0", (("a.vcf", '"0"'),)))
        clock.pass_by(60)
        yield store, directory


@pytest.mark.parametrize("name", CASES)
def test_whatever_a_server_does_nothing_changes_and_it_is_told_why(name: str, tmp_path: Path) -> None:
    handler, words = CASES[name]
    with MisbehavingServer(handler) as server, known(tmp_path, server.port) as (store, directory):
        state = update_directory(store, directory, lambda: source_at(server.port), FakeClock())
        assert state.problem == words
        assert (state.contacts, state.failures, state.changed) == (1, 1, 1)
        assert store.cursor(directory.id) == DirectoryCursor("urn:token:0", (("a.vcf", '"0"'),))
    with closing(SqliteContactStore(tmp_path / "contacts.sqlite3")) as contacts:
        assert [contact.name for contact in contacts.search("", 5).contacts] == ["Ann Field"]
    assert all(CANARY.encode() not in part for part in (*server.heads, *server.bodies))
    assert all(head.count(BASIC) == 1 and b"\r\nAuthorization: Basic " + BASIC in head for head in server.heads)
    assert all(BASIC not in body for body in server.bodies)


def test_nobody_at_the_port_and_a_name_nobody_knows() -> None:
    with pytest.raises(DirectoryError, match=r"^The directory could not be updated: localhost cannot be reached"):
        changes_at(closed_port())
    elsewhere = SharedDirectory(0, "x", DirectoryKind.CARDDAV, "https://dav.example/b/", "asha")
    with resolver(knows_no_name), pytest.raises(DirectoryError, match=r"dav\.example cannot be reached"):
        list(CardDavSource(elsewhere, Secret(CANARY), NETWORK, LIMITS).changes(DirectoryCursor()))


def test_a_proxy_that_is_none_and_one_that_refuses() -> None:
    elsewhere = SharedDirectory(0, "x", DirectoryKind.CARDDAV, "https://dav.example/b/", "asha")
    odd = CardDavSource(elsewhere, Secret(CANARY), NetworkOptions(2.0, 2.0, "gopher://x"), LIMITS)
    with pytest.raises(DirectoryError, match="proxy setting cannot be used"):
        list(odd.changes(DirectoryCursor()))
    with MisbehavingServer(says_and_leaves(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) as server:
        through = NetworkOptions(2.0, 2.0, f"http://localhost:{server.port}")
        with pytest.raises(DirectoryError, match="proxy refused the connection"):
            list(CardDavSource(elsewhere, Secret(CANARY), through, LIMITS).changes(DirectoryCursor()))
    assert BASIC not in b"".join(server.heads)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("0", 0), ("-5", 0), ("soon", 0), ("", 0), (formatdate(2_000_000_000, usegmt=True), None)],
)
def test_a_server_that_wants_to_be_left_alone_says_for_how_long(header: str, seconds: int | None) -> None:
    with (
        MisbehavingServer(said(b"", 429, f"Retry-After: {header}")) as server,
        pytest.raises(DirectoryError) as refused,
    ):
        changes_at(server.port)
    if seconds is None:
        assert 0 < refused.value.retry_after < 2_000_000_000
    else:
        assert refused.value.retry_after == seconds


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_gets_no_request_at_all(status: int) -> None:
    with MisbehavingServer(said(b"")) as elsewhere:
        for target in (
            f"http://127.0.0.1:{elsewhere.port}{BOOK}",
            f"//127.0.0.1:{elsewhere.port}/",
            "https://x.example",
        ):
            with (
                MisbehavingServer(said(b"", status, f"Location: {target}")) as server,
                pytest.raises(
                    DirectoryError, match=r"localhost points to another server: .*Your password was not sent"
                ),
            ):
                changes_at(server.port)
            assert len(server.heads) == 1
            assert BASIC in server.heads[0]
    assert elsewhere.connections == 0


@pytest.mark.parametrize("target", ["http://localhost:1/", "https://localhost/", "http://asha@localhost:{port}/"])
def test_a_redirect_to_another_port_or_user_of_the_same_host_is_not_followed(target: str) -> None:
    ports: list[int] = []

    def handle(visit: Visit) -> None:
        while visit.read_request():
            visit.send(answer(b"", 301, f"Location: {target.format(port=ports[0])}"))

    with MisbehavingServer(handle) as server:
        ports.append(server.port)
        with pytest.raises(DirectoryError, match="points to another server"):
            changes_at(server.port)
    assert len(server.heads) == 1


def test_a_redirect_on_the_same_server_is_followed_with_method_and_body() -> None:
    listed = multistatus(response("/moved/a.vcf", etag('"1"')), token=TOKEN)
    fetched = multistatus(response("/moved/a.vcf", etag('"1"'), card_data("Ann")))
    script = DavScript(
        [answer(b"", 301, "Location: /moved/"), listed], [answer(b"", 308, "Location: /moved/"), fetched]
    )
    with MisbehavingServer(script) as server:
        (entry,) = changes_at(server.port)
    assert isinstance(entry, DirectoryEntry)
    assert (entry.key, entry.record.name) == ("a.vcf", "Ann")
    assert [head.partition(b"\r\n")[0].split()[:2] for head in server.heads] == [
        [b"REPORT", BOOK.encode()],
        [b"REPORT", b"/moved/"],
        [b"REPORT", BOOK.encode()],
        [b"REPORT", b"/moved/"],
    ]
    assert all(BASIC in head for head in server.heads)
    assert b"Cookie" not in b"".join(server.heads)


HOSTILE = [
    "http://127.0.0.1:1/books/team/x.vcf", "//x.example/books/team/x.vcf", "https://localhost/books/team/x.vcf",
    "http://asha@localhost/books/team/x.vcf", "../../etc/passwd", f"{BOOK}../other/x.vcf", f"{BOOK}%2e%2e/other/x.vcf",
    f"{BOOK}%2e%2e", f"{BOOK}..", f"{BOOK}.", BOOK, BOOK.rstrip("/"), f"{BOOK}deep/x.vcf", f"{BOOK}a%2Fx.vcf",
    f"{BOOK}a%00x.vcf", f"{BOOK}a%0Ax.vcf", f"{BOOK}{'x' * 5000}", "", "http://[::1", "/", "x:y", f"{BOOK}%E2%80%AEx",
]  # fmt: skip


def test_addresses_that_point_elsewhere_are_no_entries_and_are_never_asked_for() -> None:
    listed = multistatus(*(response(href, etag('"1"')) for href in [*HOSTILE, f"{BOOK}a%20b.vcf"]), token=TOKEN)
    fetched = multistatus(
        *(response(href, etag('"1"'), card_data("Mallory")) for href in HOSTILE),
        response(f"{BOOK}never-asked.vcf", etag('"1"'), card_data("Mallory")),
        response("a b.vcf", etag('"2"'), card_data("Ann")),
    )
    with MisbehavingServer(DavScript([listed], [fetched])) as server:
        source = source_at(server.port)
        changes = list(source.changes(DirectoryCursor()))
    assert [(c.key, c.record.name) for c in changes if isinstance(c, DirectoryEntry)] == [("a b.vcf", "Ann")]
    assert (len(changes), source.cursor()) == (1, DirectoryCursor(TOKEN, (("a b.vcf", '"2"'),)))
    assert server.bodies[1].count(b"<D:href>") == 1


def test_a_card_that_is_not_handed_over_is_asked_for_again_next_time() -> None:
    listed = multistatus(response(f"{BOOK}a.vcf", etag('"1"')), response(f"{BOOK}b.vcf", etag('"1"')), token=TOKEN)
    nothing = multistatus(gone(f"{BOOK}b.vcf"))
    fetched = multistatus(response(f"{BOOK}a.vcf", card_data("Ann")))
    with MisbehavingServer(DavScript([listed, multistatus(token="urn:token:2")], [nothing, fetched])) as server:
        source = source_at(server.port)
        assert list(source.changes(DirectoryCursor())) == [SkippedRecord(0, CARD_NOT_SENT, "a.vcf")]
        cursor = source.cursor()
        assert cursor == DirectoryCursor(TOKEN, (("a.vcf", ""),))
        again = source_at(server.port)
        (entry,) = again.changes(cursor)
    assert cast("DirectoryEntry", entry).record.name == "Ann"
    assert again.cursor().token == "urn:token:2"


def test_a_card_that_goes_while_it_is_fetched_is_gone() -> None:
    listed = multistatus(response(f"{BOOK}a.vcf", etag('"2"')), token=TOKEN)
    with MisbehavingServer(DavScript([listed], [multistatus(gone(f"{BOOK}a.vcf"))])) as server:
        source = source_at(server.port)
        assert list(source.changes(DirectoryCursor("urn:token:0", (("a.vcf", '"1"'),)))) == [DirectoryRemoval("a.vcf")]
        assert source.cursor().tags == ()


def test_a_card_that_cannot_be_read_any_more_is_gone_here_and_not_asked_for_again() -> None:
    listed = multistatus(response(f"{BOOK}a.vcf", etag('"2"')), token=TOKEN)
    odd = multistatus(response(f"{BOOK}a.vcf", etag('"2"'), "<C:address-data>no card</C:address-data>"))
    large = multistatus(response(f"{BOOK}a.vcf", f"<C:address-data>{'x' * (9 << 20)}</C:address-data>"))
    reasons = []
    for answered in (odd, large):
        with MisbehavingServer(DavScript([listed], [answered])) as server:
            source = CardDavSource(directory_at(server.port), Secret(CANARY), NETWORK)
            skipped, removal = source.changes(DirectoryCursor("urn:token:0", (("a.vcf", '"1"'),)))
            assert isinstance(skipped, SkippedRecord)
            reasons.append(skipped.reason)
            assert (removal, source.cursor().tags) == (DirectoryRemoval("a.vcf"), (("a.vcf", '"2"'),))
    assert reasons == [NO_CARD, CARD_TOO_LARGE]


def test_of_several_contacts_in_one_card_the_first_one_is_taken() -> None:
    listed = multistatus(response(f"{BOOK}a.vcf", etag('"1"')), token=TOKEN)
    two = multistatus(
        response(f"{BOOK}a.vcf", (card_data("Ann") + card_data("Bob")).replace("</C:address-data><C:address-data>", ""))
    )
    with MisbehavingServer(DavScript([listed], [two])) as server:
        entry, skipped = changes_at(server.port)
    assert cast("DirectoryEntry", entry).record.name == "Ann"
    assert skipped == SkippedRecord(7, SEVERAL_CARDS, "Bob")


def test_changes_told_in_parts_are_read_to_their_end_and_one_that_has_none_is_given_up() -> None:
    parts = [
        multistatus(response(f"{BOOK}a.vcf", etag('"1"')), gone(BOOK, 507), token="urn:token:1"),
        multistatus(gone(f"{BOOK}a.vcf"), response(f"{BOOK}b.vcf", etag('"1"')), token="urn:token:2"),
    ]
    fetched = multistatus(response(f"{BOOK}b.vcf", card_data("Bob")))
    with MisbehavingServer(DavScript(parts, [fetched])) as server:
        source = source_at(server.port)
        (entry,) = source.changes(DirectoryCursor())
        assert (cast("DirectoryEntry", entry).key, source.cursor().token) == ("b.vcf", "urn:token:2")
    assert b"<D:sync-token>urn:token:1</D:sync-token>" in server.bodies[1]
    with (
        MisbehavingServer(DavScript(parts[:1])) as server,
        pytest.raises(DirectoryError, match="does not come to an end"),
    ):
        changes_at(server.port, DirectoryCursor("urn:token:1"))


def test_changes_that_go_on_for_ever_end_with_the_time_for_all_of_them() -> None:
    def handle(visit: Visit) -> None:
        while visit.read_request():
            visit.send(multistatus(gone(BOOK, 507), token=f"urn:token:{len(visit.server.heads)}"))

    with MisbehavingServer(handle) as server:
        limits = DavLimits(seconds=0.5, answer_seconds=60.0)
        source = CardDavSource(directory_at(server.port), Secret(CANARY), NETWORK, limits)
        with pytest.raises(DirectoryError, match=r"did not answer in time|does not come to an end"):
            list(source.changes(DirectoryCursor()))
    assert len(server.heads) <= 1_000


def test_without_sync_reports_entries_are_compared_by_their_tags() -> None:
    listed = multistatus(
        response(BOOK, "<resourcetype><collection/></resourcetype>"),
        response(f"{BOOK}same.vcf", etag('"1"')),
        response(f"{BOOK}other.vcf", etag('"2"')),
    )
    fetched = multistatus(response(f"{BOOK}other.vcf", etag('"2"'), card_data("Other")))
    with MisbehavingServer(DavScript([answer(HTML, 501)], [fetched], [listed])) as server:
        source = source_at(server.port)
        known_tags = (("same.vcf", '"1"'), ("other.vcf", '"1"'), ("gone.vcf", '"1"'))
        removal, entry = source.changes(DirectoryCursor("", known_tags))
    assert (removal, cast("DirectoryEntry", entry).key) == (DirectoryRemoval("gone.vcf"), "other.vcf")
    assert source.cursor() == DirectoryCursor("", (("same.vcf", '"1"'), ("other.vcf", '"2"')))

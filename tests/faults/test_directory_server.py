"""Servers of shared directories that fail, lie or attack: nothing changes here, and the password goes nowhere else."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.utils import formatdate
from pathlib import Path
from typing import cast

import pytest

from c2c_desktop.adapters.carddav_discovery import find_address_books
from c2c_desktop.adapters.carddav_source import CARD_NOT_SENT, CARD_TOO_LARGE, SEVERAL_CARDS, CardDavSource
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.dav_address import checked_dav_address
from c2c_desktop.adapters.dav_client import DavClient, DavLimits
from c2c_desktop.adapters.dav_refusals import UNREADABLE
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
from tests.faults.dav_script import BOOK, TOKEN, DavScript, card_data, etag, gone, multistatus, response
from tests.faults.grounds import closed_port, knows_no_name, resolver
from tests.faults.servers import (
    Handler,
    MisbehavingServer,
    Visit,
    answer,
    is_silent,
    resets_after_reading,
    resets_at_once,
    says,
    says_and_hangs,
    says_and_leaves,
)

CANARY = "canary-of-the-directory"
BASIC = base64.b64encode(f"asha:{CANARY}".encode())
NETWORK = NetworkOptions(2.0, 1.0)
LIMITS = DavLimits(seconds=4.0, answer_seconds=1.5, answer_bytes=1 << 20)
STRANGE = UNREADABLE.format("localhost")
LATE, BROKEN = "localhost did not answer in time.", "localhost broke the connection off."
HTML = b"<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefghij")
    + b']><multistatus xmlns="DAV:"><sync-token>&j;</sync-token></multistatus>'
)
OUTSIDE = (
    b'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b'<multistatus xmlns="DAV:"><sync-token>&a;</sync-token></multistatus>'
)
FINE = multistatus(response(f"{BOOK}a.vcf", etag('"1"')), token=TOKEN)


def directory_at(port: int, path: str = BOOK) -> SharedDirectory:
    return SharedDirectory(0, "The team", DirectoryKind.CARDDAV, f"http://localhost:{port}{path}", "asha", "GB")


def source_at(port: int) -> CardDavSource:
    return CardDavSource(directory_at(port), Secret(CANARY), NETWORK, LIMITS)


def changes_at(port: int, cursor: DirectoryCursor | None = None) -> list[DirectoryChange]:
    return list(source_at(port).changes(cursor or DirectoryCursor()))


def pours_xml(visit: Visit) -> None:
    """Answer with a list that has no end, for as long as anybody reads it."""
    visit.read_request()
    visit.send(b'HTTP/1.1 207 Said\r\n\r\n<multistatus xmlns="DAV:">')
    while True:
        visit.send(response("/elsewhere", etag("x" * 1000)).encode() * 20)


def drips_xml(visit: Visit) -> None:
    """Send a byte every now and then."""
    visit.read_request()
    visit.send(b"HTTP/1.1 207 Said\r\n\r\n")
    while not visit.server.ending.wait(0.05):
        visit.send(b" ")


def drips_headers(visit: Visit) -> None:
    visit.read_request()
    visit.send(b"HTTP/1.1 207 Said\r\nX: ")
    while not visit.server.ending.wait(0.05):
        visit.send(b"x")


def said(body: bytes, status: int = 207, *headers: str) -> Handler:
    return says(answer(body, status, *headers))


def circles(visit: Visit) -> None:
    while visit.read_request():
        visit.send(answer(b"", 301, "Location: /again"))


CASES: dict[str, tuple[Handler, str]] = {
    "401": (said(HTML, 401, "WWW-Authenticate: Basic"), "localhost refused the user name or the password."),
    "401, no header": (said(b"", 401), "localhost refused the user name or the password."),
    "401, digest": (
        said(b"", 401, 'WWW-Authenticate: Digest realm="x", nonce="y"'),
        "localhost asks for a way of signing in that this program does not know. An app password may help.",
    ),
    "403": (said(HTML, 403), "localhost does not let this user read the directory."),
    "404": (
        said(HTML, 404),
        "There is no address book at this address on localhost. It may have been moved or removed.",
    ),
    "405": (said(HTML, 405), "localhost refused the request (error 405)."),
    "429": (said(b"", 429), "localhost was asked too often and wants to be left alone for a while."),
    "500": (said(HTML, 500), "localhost has a problem of its own (error 500)."),
    "501": (said(HTML, 501), "localhost has a problem of its own (error 501)."),
    "503": (said(HTML, 503), "localhost is busy or being worked on."),
    "999": (said(HTML, 999), STRANGE),
    "200 and HTML": (said(HTML, 200), STRANGE),
    "204": (said(b"", 204), STRANGE),
    "303": (said(b"", 303, "Location: /other"), STRANGE),
    "301 and nowhere": (said(b"", 301), STRANGE),
    "circles": (circles, "localhost sends requests in circles. Check the address."),
    "207 and HTML": (said(HTML), STRANGE),
    "207 and nothing": (said(b""), STRANGE),
    "207 and garbage": (said(bytes(range(256))), STRANGE),
    "207 and another document": (said(b'<rss xmlns="DAV:"/>'), STRANGE),
    "XML that breaks": (said(FINE.partition(b"\r\n\r\n")[2][:-10]), STRANGE),
    "an encoding that is none": (said(b'<?xml version="1.0" encoding="zip"?><multistatus xmlns="DAV:"/>'), STRANGE),
    "a bomb": (said(BOMB), STRANGE),
    "an entity from outside": (said(OUTSIDE), STRANGE),
    "deep nesting": (said(b'<multistatus xmlns="DAV:">' + b"<a>" * 10_000), STRANGE),
    "a gzip nobody asked for": (said(zlib.compress(FINE), 207, "Content-Encoding: gzip"), STRANGE),
    "an endless list": (pours_xml, STRANGE),
    "a slow drip": (drips_xml, LATE),
    "headers that drip": (drips_headers, LATE),
    "silence": (is_silent, LATE),
    "headers, then silence": (says_and_hangs(b"HTTP/1.1 207 Said\r\n\r\n<multi"), LATE),
    "half a body, then closed": (says_and_leaves(answer(FINE, 207, length=9999)), BROKEN),
    "reset": (resets_at_once, BROKEN),
    "reset after reading": (resets_after_reading, BROKEN),
    "no HTTP": (says_and_leaves(b"220 mail.example ready\r\n"), BROKEN),
}


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


def find(port: int, path: str = "/") -> list[SharedDirectory]:
    address = f"http://localhost:{port}{path}"
    with closing(DavClient(address, "asha", Secret(CANARY), NETWORK, LIMITS)) as client:
        return find_address_books(client, address, "asha")


def test_a_host_whose_letters_no_computer_has_is_no_address() -> None:
    address = "https://xn--a/"
    with (
        closing(DavClient(address, "asha", Secret(CANARY), NETWORK, LIMITS)) as client,
        pytest.raises(DirectoryError) as refused,
    ):
        find_address_books(client, address, "asha")
    assert refused.value.message == "xn--a points to an address that is none."


@pytest.mark.parametrize("name", ["current-user-principal", "C:addressbook-home-set"])
def test_discovery_that_points_to_another_server_tells_its_address_and_sends_nothing_there(name: str) -> None:
    with MisbehavingServer(said(b"")) as elsewhere:
        there = f"http://127.0.0.1:{elsewhere.port}/home/"
        pointing = multistatus(response("/", f"<{name}><href>{there}</href></{name}>"))
        with MisbehavingServer(DavScript(find=[pointing])) as server, pytest.raises(DirectoryError) as refused:
            find(server.port)
    assert there in refused.value.message
    assert elsewhere.connections == 0


@pytest.mark.parametrize("name", ["200 and HTML", "207 and HTML", "404", "503", "401", "a bomb", "207 and nothing"])
def test_discovery_tells_what_is_wrong_with_a_server(name: str) -> None:
    handler, words = CASES[name]
    with MisbehavingServer(handler) as server, pytest.raises(DirectoryError) as refused:
        find(server.port)
    assert refused.value.message == words


@pytest.mark.parametrize("query", ["?session=1", "?a/b"])
def test_an_address_book_that_is_told_with_a_query_can_be_used_without(query: str) -> None:
    kind = "<resourcetype><collection/><C:addressbook/></resourcetype>"
    home = multistatus(response("/", "<C:addressbook-home-set><href>/books/</href></C:addressbook-home-set>"))
    with MisbehavingServer(DavScript(find=[home, multistatus(response(f"{BOOK}{query}", kind))])) as server:
        (found,) = find(server.port)
    assert (found.name, found.address) == ("team", f"http://localhost:{server.port}{BOOK}")
    assert checked_dav_address(found.address) == found.address


def test_names_of_address_books_are_made_safe_to_show() -> None:
    kind = "<resourcetype><collection/><C:addressbook/></resourcetype>"
    book = multistatus(response(f"{BOOK}", kind, f"<displayname>\u202eevil\n\n{'x' * 5000}</displayname>"))
    with MisbehavingServer(DavScript(find=[book])) as server:
        (found,) = find(server.port, BOOK)
    assert (found.name[:8], len(found.name), found.address) == (
        "evil xxx",
        200,
        f"http://localhost:{server.port}{BOOK}",
    )

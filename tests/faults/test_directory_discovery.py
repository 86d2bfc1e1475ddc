"""Finding a server's address books where it misbehaves: it is told why, and the password goes nowhere else."""

from __future__ import annotations

from contextlib import closing

import pytest

from c2c_desktop.adapters.carddav_discovery import find_address_books
from c2c_desktop.adapters.dav_address import checked_dav_address
from c2c_desktop.adapters.dav_client import DavClient
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryError, SharedDirectory
from tests.faults.dav_misbehaviour import CANARY, CASES, LIMITS, NETWORK, said
from tests.faults.dav_script import BOOK, DavScript, multistatus, response
from tests.faults.servers import MisbehavingServer


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

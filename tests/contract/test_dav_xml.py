"""Answers of WebDAV servers: read the same however they are cut, and whatever else comes is refused in one way."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import pytest

from c2c_desktop.adapters.dav_address import checked_dav_address, entry_name, entry_reference, resolved
from c2c_desktop.adapters.dav_xml import (
    LONGEST_TEXT,
    DavReader,
    DavResponse,
    DavXmlError,
    multiget_body,
    propfind_body,
    sync_body,
)
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.domain.shared_directory import DirectoryError

BOOK = "https://dav.example/asha%20rao/team/"
WHOLE = """<?xml version="1.0" encoding="utf-8"?>
<d:multistatus xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:x="urn:other">
  <d:response>
    <d:href> /asha%20rao/team/a.vcf </d:href>
    <d:propstat>
      <d:prop>
        <d:getetag>&quot;1&quot;</d:getetag>
        <card:address-data><![CDATA[BEGIN:VCARD
FN:Ann <ann@acme.example>
END:VCARD
]]></card:address-data>
        <d:resourcetype><d:collection/><card:addressbook/></d:resourcetype>
        <d:current-user-principal><d:href>/principals/asha/</d:href></d:current-user-principal>
      </d:prop>
      <d:status>HTTP/1.1 200 OK</d:status>
    </d:propstat>
    <d:propstat>
      <d:status>HTTP/1.1 404 Not Found</d:status>
      <d:prop><d:displayname>not there</d:displayname></d:prop>
    </d:propstat>
  </d:response>
  <x:response><d:href>/not/ours</d:href></x:response>
  <d:response><d:href>/b</d:href><d:href>/c</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>
  <d:response><d:status>gibberish</d:status></d:response>
  <d:sync-token> urn:token:1 </d:sync-token>
</d:multistatus>"""


def read(data: bytes, *cuts: int) -> tuple[list[DavResponse], str]:
    reader, found = DavReader(), list[DavResponse]()
    for start, end in zip((0, *cuts), (*cuts, len(data)), strict=True):
        found += reader.feed(data[start:end])
    found += reader.feed(b"", is_last=True)
    return found, reader.sync_token


def test_an_answer_says_of_each_address_what_is_there() -> None:
    (first, second, third), token = read(WHOLE.encode())
    assert (first.href, first.status, second.href, second.status, third.href) == (
        "/asha%20rao/team/a.vcf", 0, "/b", 404, "/c",
    )  # fmt: skip
    assert first.properties["DAV: getetag"].text == '"1"'
    assert first.properties["urn:ietf:params:xml:ns:carddav address-data"].text.splitlines()[1] == (
        "FN:Ann <ann@acme.example>"
    )
    assert first.properties["DAV: resourcetype"].elements == [
        "DAV: collection", "urn:ietf:params:xml:ns:carddav addressbook",
    ]  # fmt: skip
    assert first.properties["DAV: current-user-principal"].hrefs == ["/principals/asha/"]
    assert "DAV: displayname" not in first.properties
    assert token == "urn:token:1"


def test_where_an_answer_is_cut_on_its_way_makes_no_difference() -> None:
    dice = random.Random(6)
    data = WHOLE.replace("Ann", "अन्न 🎉").encode()
    whole = read(data)
    for _ in range(200):
        assert read(data, *sorted(dice.sample(range(len(data)), 5))) == whole


def test_whatever_becomes_of_an_answer_it_is_read_or_refused() -> None:
    dice = random.Random(7)
    refused = 0
    for _ in range(3000):
        data = bytearray(WHOLE.encode())
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(data))
            data[at : at + dice.randrange(30)] = dice.choice(
                [b"", b"<", b"&x;", b"\xff", b"</d:response>", b"<!DOCTYPE a>", b"]]>", bytes([dice.randrange(256)])]
            )
        try:
            read(bytes(data))
        except DavXmlError:
            refused += 1
    assert 1000 < refused < 3000


def test_an_error_tells_what_was_not_given() -> None:
    reader = DavReader()
    reader.feed(b'<error xmlns="DAV:"><valid-sync-token/><x xmlns="urn:x"><deep/></x></error>', is_last=True)
    assert reader.conditions == {"DAV: valid-sync-token", "urn:x x"}


@pytest.mark.parametrize("part", [b"<!--%s-->", b'<a b="%s"/>', b"<?a %s?>"])
def test_a_tag_without_end_is_given_up_early(part: bytes) -> None:
    reader = DavReader()
    reader.feed(b'<multistatus xmlns="DAV:">' + part.partition(b"%s")[0])
    for _ in range(15):
        reader.feed(b"x" * 65536)
    with pytest.raises(DavXmlError, match="too long"):
        list(map(reader.feed, [b"x" * 65536] * 8))


def test_a_text_that_is_too_long_is_cut_and_marked() -> None:
    head, tail = (
        b'<multistatus xmlns="DAV:"><response><href>/a</href><propstat><prop><x>',
        b"</x></prop></propstat></response></multistatus>",
    )
    for extra in (0, 1):
        ((response,), _) = read(head + b"x" * (LONGEST_TEXT + extra) + tail)
        found = response.properties["DAV: x"]
        assert (len(found.text), found.is_cut) == (LONGEST_TEXT, bool(extra))


@pytest.mark.parametrize("body", [propfind_body(["D:getetag"]), sync_body('<&">'), multiget_body(["/a&b", "/<c>"])])
def test_requests_are_whole_documents_whatever_stands_in_them(body: bytes) -> None:
    texts = [element.text for element in ElementTree.fromstring(body).iter() if element.text]
    assert texts in ([], ['<&">', "1"], ["/a&b", "/<c>"])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("dav.example", "https://dav.example/"),
        (" https://DAV.example:8443 ", "https://dav.example:8443/"),
        ("https://dav.example/u/a@b.example/Büro", "https://dav.example/u/a@b.example/B%C3%BCro"),
        ("http://localhost:5232/a%20b/", "http://localhost:5232/a%20b/"),
        ("asha.rao+team@DAV.example ", "https://dav.example/"),
    ],
)
def test_addresses_as_people_give_them(text: str, address: str) -> None:
    assert checked_dav_address(text) == address
    assert checked_dav_address(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "http://dav.example/", "ftp://dav.example/", "https://", "https://a@dav.example/", "https://:0/",
        "https://dav.example:0/", "https://dav.example:x/", "https://dav.example/?a", "https://dav.example/#a",
        "https://dav.example\\@x/", "https://dav example/", "https://dav.example/a\nb", "https://[::1", "file:///etc",
        "http://localhost.evil.example/", "https://" + "a" * 3000, "https://a..b/", "asha:secret@dav.example",
        "asha%3Asecret@dav.example", "asha@secret@dav.example", "//asha:secret@dav.example", "asha@dav.example/book",
        "asha@dav.example?x", "@dav.example", "asha@", "asha@:8",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(UserFacingError, match="cannot be used"):
        checked_dav_address(text)


def test_names_of_entries_come_back_from_how_requests_name_them() -> None:
    dice = random.Random(8)
    letters = "ab.-_~ %+@&?#;=:'\"<>\\éअ🎉"
    for _ in range(2000):
        name = "".join(dice.choice(letters) for _ in range(dice.randrange(1, 12)))
        if name not in {".", ".."}:
            assert entry_name(BOOK, entry_reference(BOOK, name)) == name


def test_what_an_answer_points_to_is_on_the_same_server_or_refused() -> None:
    dice = random.Random(9)
    parts = [
        "/",
        "..",
        ".",
        "%2e",
        "%2F",
        "dav.example",
        "evil.example",
        "//",
        "https:",
        "http:",
        "@",
        ":443",
        ":1",
        "a",
    ]
    followed = 0
    for _ in range(5000):
        reference = "".join(dice.choice(parts) for _ in range(dice.randrange(1, 7)))
        try:
            address = resolved(BOOK, reference)
        except DirectoryError:
            continue
        followed += 1
        assert address.startswith(("https://dav.example/", "https://dav.example:443/"))
    assert followed > 1000

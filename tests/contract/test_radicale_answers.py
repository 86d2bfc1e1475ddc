"""The recorded answers are what the server says today: tags and tokens, which are hashes, aside."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from c2c_desktop.adapters.dav_xml import DavReader
from tests.contract.radicale import PASSWORD, USER, Radicale, card
from tests.samples.radicale_answers import ANSWERS, ASKED, CARDS, CHANGED_CARD, NEXT_TOKEN, TOKEN


def _ask(server: Radicale, name: str, token: str) -> httpx.Response:
    method, path, depth, body = ASKED[name]
    headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
    with httpx.Client(auth=(USER, PASSWORD), trust_env=False, timeout=60) as client:
        return client.request(method, f"{server.url}{path}", content=body(token), headers=headers)


def _token(text: str) -> str:
    found = re.search("<sync-token>(.*?)</sync-token>", text)
    return found[1] if found else ""


def _facts(text: str) -> object:
    """What an answer says, in no order, and with no hash."""
    if not text.startswith("<?xml"):
        return text
    reader = DavReader()
    read = reader.feed(re.sub("[0-9a-f]{64}", "hash", text).encode(), is_last=True)
    return sorted(map(repr, read)), reader.sync_token, reader.conditions


@pytest.fixture
def server(tmp_path: Path) -> Radicale:
    return Radicale(tmp_path / "radicale")


def test_the_recorded_answers_are_the_servers(server: Radicale) -> None:
    with server:
        for name, words in CARDS.items():
            server.put(name, card(*words))
        names, token = list(ASKED), _token(_ask(server, "all", "").text)
        told = {name: _ask(server, name, token) for name in names[: names.index("since")]}
        server.delete("c.vcf")
        server.put("b.vcf", card(*CHANGED_CARD))
        told |= {name: _ask(server, name, token) for name in names[names.index("since") :]}
    assert list(told) == list(ANSWERS)
    for name, (status, headers, text) in ANSWERS.items():
        assert (name, told[name].status_code) == (name, status)
        assert {header: told[name].headers[header] for header, _ in headers} == dict(headers)
        assert _facts(told[name].text) == _facts(text)
    assert {_token(ANSWERS[name][2]) for name in ("all", "since")} == {TOKEN, NEXT_TOKEN}

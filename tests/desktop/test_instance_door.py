"""The door: whatever comes is answered or closed in time, and nothing gets through but what it is for."""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer
from pytestqt.qtbot import QtBot

from c2c_desktop.desktop.instance.instance_door import DEADLINE_MS, MOST_VISITORS, TOO_MANY
from c2c_desktop.services.door_line import LINE_LIMIT, HandOver, Wish, door_line, read_answer
from c2c_desktop.services.link_gate import MOST_LINKS
from tests.desktop.door_rig import LINE, LINK, PATIENCE_MS, Client, Opened, ask

HOSTILE = {
    "nothing but an end": b"\n",
    "binary": bytes(range(11, 256)) * 4 + b"\n",
    "a megabyte": b"x" * 1_000_000,
    "no end of line": b"x" * LINE_LIMIT,
    "invalid UTF-8": b'{"v": 1, "link": "tel:\xff\xfe"}\n',
    "a list": b'[1, "tel:+442079460018"]\n',
    "a bare link": b"tel:+442079460018\n",
    "nested deeply": b"[" * 4000 + b"\n",
    "another version": b'{"v": 2, "link": "tel:+442079460018"}\n',
    "no version": b'{"link": "tel:+442079460018"}\n',
    "settings": b'{"v": 1, "settings": {"api_url": "https://example.com"}}\n',
    "quit": b'{"v": 1, "quit": true}\n',
    "call": b'{"v": 1, "call": "+442079460018"}\n',
    "a yes with it": b'{"v": 1, "link": "tel:+442079460018", "yes": true}\n',
    "a secret with it": b'{"v": 1, "link": "tel:+442079460018", "secret": "x"}\n',
    "no scheme": b'{"v": 1, "link": "+442079460018"}\n',
    "another scheme": b'{"v": 1, "link": "https://example.com"}\n',
    "control characters": b'{"v": 1, "link": "tel:+44207946\\u00000018"}\n',
    "http": b"POST /v2 HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_hands_nothing_over_is_answered_with_why_and_closed(said: bytes, qtbot: QtBot, opened: Opened) -> None:
    assert "That is no" in ask(qtbot, opened, said)
    assert opened.came == []
    assert opened.door.visitors == 0
    assert ask(qtbot, opened, LINE) == ""
    assert opened.came == [HandOver(link=LINK)]


def test_whoever_never_finishes_a_line_is_sent_away_in_time(qtbot: QtBot, opened: Opened, clients: ExitStack) -> None:
    since = QElapsedTimer()
    since.start()
    waiting = [Client(opened.folder, *pieces) for pieces in ((), (LINE[:-1],), (b"\xff",))]
    for client in waiting:
        clients.callback(client.close)
    for client in waiting:
        qtbot.waitUntil(client.listen, timeout=PATIENCE_MS)
        assert "in time" in read_answer(client.heard)
    assert DEADLINE_MS <= since.elapsed() < DEADLINE_MS + 5000
    assert (opened.came, opened.door.visitors) == ([], 0)


def test_whoever_leaves_in_the_middle_of_a_line_is_forgotten(qtbot: QtBot, opened: Opened) -> None:
    Client(opened.folder, LINE[:9]).close()
    left = Client(opened.folder, LINE[:9])
    qtbot.waitUntil(lambda: opened.door.visitors == 1, timeout=PATIENCE_MS)
    left.close()
    qtbot.waitUntil(lambda: opened.door.visitors == 0, timeout=PATIENCE_MS)
    assert ask(qtbot, opened, LINE) == ""
    assert opened.came == [HandOver(link=LINK)]


def _has_visitors(opened: Opened, count: int) -> bool:
    return opened.door.visitors == count


def test_thousands_that_never_speak_keep_nobody_out(qtbot: QtBot, opened: Opened, clients: ExitStack) -> None:
    most = 0
    for number in range(1, 2001):
        clients.callback(Client(opened.folder).close)
        if number % 20 == 0:  # the system keeps no more than some fifty waiting
            qtbot.waitUntil(lambda: opened.door.visitors >= 20, timeout=PATIENCE_MS)
            QCoreApplication.processEvents()
            most = max(most, opened.door.visitors)
        if number % 500 == 0:
            assert ask(qtbot, opened, LINE) == ""
            clients.pop_all().close()
    assert most == MOST_VISITORS
    assert opened.came == [HandOver(link=LINK)] * 4


def test_one_more_than_there_is_room_for_sends_the_oldest_away(
    qtbot: QtBot, opened: Opened, clients: ExitStack
) -> None:
    crowd = []
    for number in range(MOST_VISITORS):
        crowd.append(Client(opened.folder))
        clients.callback(crowd[-1].close)
        qtbot.waitUntil(partial(_has_visitors, opened, number + 1), timeout=PATIENCE_MS)
    assert ask(qtbot, opened, LINE) == ""
    qtbot.waitUntil(crowd[0].listen, timeout=PATIENCE_MS)
    assert "at once" in read_answer(crowd[0].heard)
    assert not crowd[1].listen()
    assert opened.came == [HandOver(link=LINK)]


def test_an_answer_that_nobody_reads_holds_nothing_up(qtbot: QtBot, opened: Opened, clients: ExitStack) -> None:
    deaf = Client(opened.folder, LINE)
    clients.callback(deaf.close)
    gone = Client(opened.folder, LINE)
    gone.close()
    qtbot.waitUntil(lambda: len(opened.came) == 2, timeout=PATIENCE_MS)
    assert opened.door.visitors == 0


def test_a_link_in_single_bytes_comes_through_once(qtbot: QtBot, opened: Opened, clients: ExitStack) -> None:
    client = Client(opened.folder)
    clients.callback(client.close)
    for byte in LINE:
        client.say(bytes([byte]))
        QCoreApplication.processEvents()
    qtbot.waitUntil(client.listen, timeout=PATIENCE_MS)
    assert read_answer(client.heard) == ""
    assert opened.came == [HandOver(link=LINK)]


def test_only_the_first_line_of_a_connection_counts(qtbot: QtBot, opened: Opened) -> None:
    assert ask(qtbot, opened, LINE * 20) == ""
    assert opened.came == [HandOver(link=LINK)]


def test_a_flood_is_counted_and_told_of_once(qtbot: QtBot, opened: Opened) -> None:
    answers = [ask(qtbot, opened, LINE) for _ in range(MOST_LINKS + 30)]
    assert answers == [""] * MOST_LINKS + [TOO_MANY] * 30
    qtbot.waitUntil(lambda: bool(opened.left), timeout=PATIENCE_MS)
    assert opened.left == [30]
    assert len(opened.came) == MOST_LINKS


def test_a_flood_of_links_does_not_keep_a_start_of_the_program_out(qtbot: QtBot, opened: Opened) -> None:
    for _ in range(MOST_LINKS):
        assert ask(qtbot, opened, LINE) == ""
    assert ask(qtbot, opened, LINE) == TOO_MANY
    assert ask(qtbot, opened, door_line(HandOver(Wish.REDIAL))) == TOO_MANY
    assert ask(qtbot, opened, door_line(HandOver(dial="020 7946 0018"))) == TOO_MANY
    assert ask(qtbot, opened, door_line(HandOver(Wish.SHOW))) == ""
    assert opened.came[-1] == HandOver(Wish.SHOW)


def test_the_protocol_is_what_is_written_down(qtbot: QtBot, opened: Opened, clients: ExitStack) -> None:
    client = Client(opened.folder, json.dumps({"v": 1, "link": LINK}).encode() + b"\n")
    clients.callback(client.close)
    qtbot.waitUntil(client.listen, timeout=PATIENCE_MS)
    assert json.loads(client.heard) == {"taken": True}

"""The secret shows up nowhere by accident."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import pprint
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from c2c_desktop.domain.secret import Secret

TEXT = "hunter-two-and-a-half"


@dataclass
class _Holder:
    secret: Secret


SHOWN: list[Callable[[Secret], str]] = [
    repr,
    str,
    ascii,
    "{}".format,
    "{!r}".format,
    lambda s: f"{s}",
    lambda s: f"{s!s:>40}",
    lambda s: "%s %r" % (s, s),  # noqa: UP031  # what logging does
    lambda s: repr([s]),
    lambda s: repr({"secret": s}),
    lambda s: repr(_Holder(s)),
    pprint.pformat,
    lambda s: logging.makeLogRecord({"msg": "with %s", "args": (s,)}).getMessage(),
]


@pytest.mark.parametrize("show", SHOWN)
def test_no_way_of_showing_it_shows_its_text(show: Callable[[Secret], str]) -> None:
    shown = show(Secret(TEXT))
    assert TEXT not in shown
    assert "•••" in shown or "\\u2022" in shown


REFUSED: list[Callable[[Secret], Any]] = [
    pickle.dumps,
    copy.copy,
    copy.deepcopy,
    json.dumps,
    hash,
    vars,
    lambda s: s == Secret(TEXT),
    lambda s: s == TEXT,
    lambda s: s != TEXT,
    lambda s: s in [Secret(TEXT), Secret(TEXT)],
    lambda s: {s},
    lambda s: sorted([s, Secret(TEXT)]),
    lambda s: f"{s:>40}",
    lambda s: setattr(s, "note", 1),
]


@pytest.mark.parametrize("attempt", REFUSED)
def test_what_could_leak_it_raises_without_its_text(attempt: Callable[[Secret], Any]) -> None:
    with pytest.raises((TypeError, AttributeError)) as caught:
        attempt(Secret(TEXT))
    assert TEXT not in str(caught.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_protocol_takes_it(protocol: int) -> None:
    with pytest.raises(TypeError, match="not picklable"):
        pickle.dumps(Secret(TEXT), protocol)


def test_only_reveal_gives_the_text() -> None:
    assert Secret(TEXT).reveal() == TEXT


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret(TEXT)

"""Whose export a table is."""

from __future__ import annotations

import csv
import io

import pytest

from c2c_desktop.domain.own_table import OWN_HEADER
from c2c_desktop.domain.table_maker import table_maker
from tests.samples import csv_exports


def header_of(data: bytes, encoding: str, delimiter: str = ",") -> list[str]:
    return next(csv.reader(io.StringIO(data.decode(encoding)), delimiter=delimiter))


@pytest.mark.parametrize(
    "header",
    [
        [],
        ["Name", "Phone"],
        ["First Name", "Last Name", "E-mail Address"],
        ["Phone 1", "Phone 2 - Value"],
        ["Phone x - Type"],
        [*OWN_HEADER, "One more"],
        ["Phone 1 - Type" + "x" * 500],
    ],
)
def test_a_header_anybody_may_write_is_nobodys(header: list[str]) -> None:
    assert not table_maker(header)


@pytest.mark.parametrize(
    ("header", "maker"),
    [
        (list(OWN_HEADER), "C2C Desktop"),
        ([f" {cell} " for cell in OWN_HEADER], "C2C Desktop"),
        (header_of(csv_exports.GOOGLE_OLD, "utf-8"), "Google contacts"),
        (header_of(csv_exports.GOOGLE_NEW, "utf-8"), "Google contacts"),
        (header_of(csv_exports.OUTLOOK, "cp1252"), "Outlook"),
        (header_of(csv_exports.OUTLOOK_GERMAN, "cp1252", ";"), "Outlook"),
        (header_of(csv_exports.OUTLOOK_FRENCH, "cp1252"), "Outlook"),
    ],
)
def test_exports_of_known_programs_are_recognised(header: list[str], maker: str) -> None:
    assert table_maker(header) == maker

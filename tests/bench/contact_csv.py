"""How fast contacts are read from CSV: a ratio to a bare csv.reader over the same bytes."""

from __future__ import annotations

import csv
import io
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from typing import BinaryIO

from c2c_desktop.adapters.csv_reader import read_csv, read_head
from c2c_desktop.adapters.csv_shape import find_shape
from c2c_desktop.domain.column_guess import guess_mapping
from tests.bench.report import Figure, compared, write

ROWS = 1_000_000
ROUNDS = 3
_CRM = "Name,Company,Phone,E-mail,Tags\r\n"
_GOOGLE = (
    "First Name,Middle Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
)


def measure() -> list[Figure]:
    """Return the figures."""
    figures: list[Figure] = []
    for name, header, row in (("CRM", _CRM, _crm_row), ("Google", _GOOGLE, _google_row)):
        with tempfile.TemporaryFile() as file:
            file.write(header.encode())
            file.writelines(row(n).encode() for n in range(ROWS))
            ours: list[float] = []
            bare: list[float] = []
            for _ in range(ROUNDS):
                bare.append(_seconds(file, _bare))
                ours.append(_seconds(file, _read))
            figures += [
                compared(f"reading a million {name} rows / bare csv.reader", ours, bare, "s", "<= 4x"),
                Figure(f"{name} rows a second, thousands", round(ROWS / 1000 / min(ours)), "k", None, None, "reported"),
                Figure(f"memory while {name} rows are read, at most", _peak(file), "MB", None, None, "<= 5 MB"),
            ]
    return figures


def _crm_row(n: int) -> str:
    return f"Asha Rao {n},Example Trading {n % 97},+91 98402 {n % 100_000:05},asha{n}@example.org,vip\r\n"


def _google_row(n: int) -> str:
    note = f'"Met at fair {n},\nasked for a quote"' if n % 10 == 0 else ""
    return (
        f"José,,Müller {n},{note},* myContacts ::: Friends,* ,jose{n}@example.org,"
        f"Mobile,+44 7700 900{n % 1000:03},Work,020 7946 0{n % 1000:03}\n"
    )


def _bare(file: BinaryIO) -> int:
    text = io.TextIOWrapper(file, "utf-8", newline="")
    count = sum(1 for _ in csv.reader(text))
    text.detach()
    return count


def _read(file: BinaryIO) -> int:
    shape = find_shape(file)
    head = read_head(file, shape)
    return sum(1 for _ in read_csv(file, shape, guess_mapping(head.header, head.cells)))


def _seconds(file: BinaryIO, read: Callable[[BinaryIO], int]) -> float:
    """Return the processor time `read` takes for the whole file."""
    file.seek(0)
    begun = time.process_time()
    count = read(file)
    assert count >= ROWS
    return time.process_time() - begun


def _peak(file: BinaryIO) -> float:
    """Return the most memory Python held while the first tenth was read."""
    file.seek(0)
    shape = find_shape(file)
    head = read_head(file, shape)
    tracemalloc.start()
    for number, _ in enumerate(read_csv(file, shape, guess_mapping(head.header, head.cells))):
        if number > ROWS // 10:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6, 2)


if __name__ == "__main__":
    write(measure())

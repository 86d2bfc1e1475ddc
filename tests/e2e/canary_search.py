"""Looking for a secret in whatever a program left behind, however it is written there."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

PIECE = 16
"""Characters: a leak is found from one and a half times as many on, wherever in the secret it begins."""

DEEPEST = 5


class Needles:
    """Every way a piece of the secret can be written."""

    def __init__(self, secret: str) -> None:
        assert len(secret) >= 2 * PIECE
        self._needles: dict[bytes, str] = {}
        for start in range(0, len(secret) - PIECE + 1, PIECE // 2):
            for way, needle in _written(secret[start : start + PIECE]):
                self._needles[needle] = way

    def ways_in(self, data: bytes) -> set[str]:
        """How the secret is written in `data`, compressed parts included; empty where it is not there."""
        return {way for part in _unpacked(data) for needle, way in self._needles.items() if needle in part}

    def in_files(self, root: Path) -> tuple[int, dict[str, set[str]]]:
        """Look at every file under `root`; return how many there were, and those that hold the secret."""
        files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
        found = {str(path.relative_to(root)): self.ways_in(_name(path) + path.read_bytes()) for path in files}
        return len(files), {name: ways for name, ways in found.items() if ways}


def _name(path: Path) -> bytes:
    return path.name.encode() + b"\0"


def _written(piece: str) -> Iterator[tuple[str, bytes]]:
    text = piece.encode()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        yield encoding, piece.encode(encoding)
        yield f"reversed {encoding}", piece[::-1].encode(encoding)
    yield "hex", text.hex().encode()
    yield "hex", text.hex().upper().encode()
    for case in (str.lower, str.upper):
        yield "percent", "".join("%" + case(f"{byte:02x}") for byte in text).encode()
    yield "percent", quote(piece).encode()
    yield "json", "".join(f"\\u{byte:04x}" for byte in text).encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + text)
        whole = encoded[(0, 2, 3)[shift] : (len(text) + shift) * 8 // 6]  # what neighbours do not change
        yield "base64", whole
        yield "base64", whole.translate(bytes.maketrans(b"+/", b"-_"))


def _unpacked(data: bytes, depth: int = DEEPEST) -> Iterator[bytes]:
    yield data
    if not depth:
        return
    start = data.find(b"PK\x03\x04")
    if start >= 0:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [name.encode() + b"\0" + archive.read(name) for name in archive.namelist()]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            members = []
        for member in members:
            yield from _unpacked(member, depth - 1)
    start = data.find(b"\x1f\x8b\x08")
    if start >= 0:
        try:
            inside = gzip.decompress(data[start:])
        except (OSError, EOFError, ValueError):
            return
        yield from _unpacked(inside, depth - 1)

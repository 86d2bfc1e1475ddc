"""The lines of a vCard file: any encoding, any line end, folds undone, and never much of it in memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from c2c_desktop.adapters.vcard_property import is_quoted_printable, is_read

BLOCK_BYTES = 256 * 1024
"""What is asked of the stream at once."""

LONGEST_LINE = 1024 * 1024
"""Bytes of a line, and characters of a folded one, about; of what is longer only the start is kept."""

_KEPT_OF_A_CUT_LINE = 400
_BLANKS = (" ", "\t")
_FIRST_BYTES = 22
"""What BEGIN:VCARD takes in UTF-16: enough to tell it by."""


class UnfoldedLines:
    """The logical lines of `stream`, once, in order.

    Bytes that are no UTF-8 come as lone surrogates (PEP 383): which encoding they are in is for each property to say.
    Errors of the stream pass through.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.keeps_blanks = False
        """Whether the blank a folded line begins with is part of the text, as vCard 2.1 has it. May change any time."""

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        """Yield for each line its number in the file (the first is 1), its text, and whether that was cut.

        What is folded below a property nobody reads, such as a photo, is left out.
        """
        number = start = 0
        first = last = ""
        folded: _Folded | None = None
        cut = False
        for lines, is_cut in _blocks(self._stream):
            for line in lines:
                number += 1
                if (line[:1] in _BLANKS and start) or (last[-1:] == "=" and _goes_on(first, line)):
                    folded = folded or _Folded(first, is_cut=cut)
                    folded.add(line, last, is_cut=is_cut, keeps_blanks=self.keeps_blanks)
                elif start and folded:
                    yield start, folded.text, folded.is_cut
                    start, first, cut, folded = number, line, is_cut, None
                else:
                    if start:
                        yield start, first, cut
                    start, first, cut = number, line, is_cut
                last = line
        if start:
            yield start, folded.text if folded else first, folded.is_cut if folded else cut


class _Folded:
    """A line that goes on below."""

    def __init__(self, first: str, *, is_cut: bool) -> None:
        self._is_quoted = is_quoted_printable(first)
        self._is_read = is_read(first)
        self._parts = [first]
        self._length = len(first)
        self.is_cut = is_cut

    def add(self, line: str, last: str, *, is_cut: bool, keeps_blanks: bool) -> None:
        """Take the next line of the file, which follows `last`."""
        if not self._is_read:
            return
        if self._is_quoted and last[-1:] == "=":
            self._parts[-1] = self._parts[-1].removesuffix("=")
        elif not keeps_blanks:
            line = line[1:]
        self.is_cut |= is_cut or self._length > LONGEST_LINE
        if not self.is_cut:
            self._parts.append(line)
            self._length += len(line)

    @property
    def text(self) -> str:
        """What was taken so far."""
        return "".join(self._parts)


def _goes_on(first: str, line: str) -> bool:
    """Whether a line that ends with "=" is a soft line break, and `line` no card's border that it would swallow."""
    return is_quoted_printable(first) and line.strip().upper() not in {"END:VCARD", "BEGIN:VCARD"}


def _blocks(stream: BinaryIO) -> Iterator[tuple[list[str], bool]]:
    """Yield whole lines, many at once; True with a single one of which only the start is there."""
    kept: list[bytes] = []  # of a line whose end did not come yet
    length = 0
    for block in _line_feeds_only(_utf8(stream)):
        if b"\n" not in block:
            length += len(block)
            kept = [*kept, block] if length <= LONGEST_LINE else [b"".join(kept)[:_KEPT_OF_A_CUT_LINE]]
            continue
        if length > LONGEST_LINE:
            yield [_text(kept[0])], True
            kept, block = [], block.partition(b"\n")[2]  # noqa: PLW2901
        whole, newline, rest = block.rpartition(b"\n")
        if newline:
            yield _text(b"".join([*kept, whole])).split("\n"), False
            kept = []
        kept = [*kept, rest] if rest else kept
        length = sum(map(len, kept))
    if length > LONGEST_LINE:
        yield [_text(kept[0])], True
    elif kept:
        yield [_text(b"".join(kept))], False


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _line_feeds_only(blocks: Iterator[bytes]) -> Iterator[bytes]:
    ends_with_return = False
    for block in filter(None, blocks):
        rest = block[1:] if ends_with_return and block[:1] == b"\n" else block
        ends_with_return = block[-1:] == b"\r"
        if rest:
            yield rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in rest else rest


def _utf8(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what `stream` holds, without byte order mark, and UTF-16 as UTF-8."""
    first = stream.read(BLOCK_BYTES)
    while len(first) < _FIRST_BYTES and (more := stream.read(BLOCK_BYTES)):
        first += more
    encoding = _utf16_of(first)
    if not encoding:
        yield first.removeprefix(codecs.BOM_UTF8)
        while block := stream.read(BLOCK_BYTES):
            yield block
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(first).encode()
    while block := stream.read(BLOCK_BYTES):
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


def _utf16_of(first: bytes) -> str:
    """Return the name of the encoding where `first` begins as UTF-16 does, with or without its mark; else ""."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = first[:_FIRST_BYTES:2], first[1:_FIRST_BYTES:2]
    if len(odd) > 1 and even.isascii() and odd.isascii():
        if not any(odd) and all(even):
            return "utf-16-le"
        if not any(even) and all(odd):
            return "utf-16-be"
    return ""

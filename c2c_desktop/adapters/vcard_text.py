"""The text of a vCard value: encodings, escapes, and what is cleaned away."""

from __future__ import annotations

import binascii
import re

from c2c_desktop.adapters.vcard_property import PropertyHead
from c2c_desktop.domain.contact_record import NOTE_LENGTH
from c2c_desktop.domain.plain_text import clean_text

_READ_CHARACTERS = 64 * 1024
"""Of one value: more than the longest note takes in any encoding."""

_SINGLE_BYTE = re.compile(r"(iso|windows|cp|koi8|mac|latin|us-?ascii|ascii|tis)[a-z0-9_\-]*")
_MANY_BYTES = re.compile(
    r"(utf-?16(-?[lb]e)?|shift[_-]?jis|sjis|cp932|euc-?(jp|kr)|gb-?(2312|k|18030)|big5|iso-2022-jp)"
)
_ESCAPE = re.compile(r"\\([\\,;:nN])")
_ENCODED_SEMICOLON = re.compile("(?:=5C)?=3B", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def line_of(head: PropertyHead, value: str, limit: int) -> str:
    """Return `value` decoded, without escapes, as one cleaned line of at most `limit` characters."""
    if len(value) <= limit and value.isprintable() and head.is_plain and "\\" not in value:
        return " ".join(value.split()) if " " in value else value
    return cleaned(unescaped(text_of(head, value)), limit)


def text_of(head: PropertyHead, value: str) -> str:
    """Return `value` decoded, its escapes still in it. Never fails: what is damaged becomes some text."""
    value = value[:_READ_CHARACTERS]
    if head.encoding == "Q":
        return decoded(binascii.a2b_qp(_bytes(value)), head.charset)
    if head.encoding == "B":
        try:
            return decoded(binascii.a2b_base64(_bytes(value)), head.charset)
        except ValueError:
            return ""
    if head.is_plain and value.isprintable():
        return value
    return decoded(_bytes(value), "" if head.charset.startswith("utf-16") else head.charset)  # not among plain lines


def parts_of(head: PropertyHead, value: str) -> list[str]:
    """Return the decoded parts of `value` between semicolons, their escapes still in them."""
    if head.encoding == "Q" and ";" in value:
        value = _ENCODED_SEMICOLON.sub(r"\\;", value)  # the separators are plain ones: these are text
    return split(text_of(head, value), ";")


def decoded(data: bytes, charset: str) -> str:
    """Return `data` as text: as declared where that can be, else UTF-8, else Windows Latin, else Latin-1.

    Bytes that are UTF-8 are not taken for a declared encoding of single bytes, which any bytes are valid in.
    """
    tries = ["utf-8", charset] if _SINGLE_BYTE.fullmatch(charset) else ["utf-8"]
    if _MANY_BYTES.fullmatch(charset):
        tries = [charset, "utf-8"]
    for encoding in (*tries, "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def split(text: str, separator: str) -> list[str]:
    """Return the parts of `text` between separators that are not escaped."""
    if "\\" not in text:
        return text.split(separator)
    parts: list[list[str]] = [[]]
    for piece in re.split(rf"(\\.|{separator})", text, flags=re.DOTALL):
        if piece == separator:
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def unescaped(text: str) -> str:
    r"""Return `text` with \n as a line end and \, \; \: \\ as what they stand for; other backslashes stay."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def cleaned(text: str, limit: int) -> str:
    """Return the same as `clean_text`, sooner where nothing is to be cleaned."""
    if text.isprintable() and len(text) <= limit:
        return " ".join(text.split()) if " " in text else text
    return clean_text(text, limit)


def cleaned_note(text: str) -> str:
    """Return `text` cleaned, its lines kept, without empty ones at its ends."""
    lines = [cleaned(line, NOTE_LENGTH) for line in _LINE_ENDS.split(text[: NOTE_LENGTH * 8])]
    note = "\n".join(lines).strip("\n")
    return note if len(note) <= NOTE_LENGTH else note[: NOTE_LENGTH - 1].rstrip() + "…"


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")

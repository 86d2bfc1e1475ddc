"""What stands before the colon of a vCard line: group, name, and parameters of three versions and many makers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

READ_NAMES = frozenset({
    "AGENT", "BEGIN", "CATEGORIES", "EMAIL", "END", "FN", "KIND", "N", "NICKNAME", "NOTE", "ORG", "TEL", "UID",
    "VERSION", "X-ABLABEL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-ANDROID-STARRED", "X-C2C-CALLER-ID",
    "X-C2C-FAVOURITE", "X-C2C-ROUTE", "X-FAVORITE", "X-FAVOURITE", "X-STARRED",
})  # fmt: skip
"""The properties that say something here; photos, logos, sounds, keys and everything else are left out unread."""

NOT_PREFERRED = 101
"""A rank behind every PREF there is (1 to 100)."""

LONGEST_HEAD = 1_000
"""Characters of group, name and parameters; the rest of a longer head is not read."""

_MOST_HEADS = 2_000
_LONGEST_RANK = 3
_AROUND = "\ufeff \t\0"
"""What may stand around a name: files put together keep their byte order marks, and some end in zeros."""
_QUOTED = re.compile(r'((?:[^":]|"[^"]*")*+):')
_PARAMETER = re.compile(r'(?:[^";]|"[^"]*"|")++')
_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "Q": "Q", "BASE64": "B", "B": "B"}
_KINDS = (  # the first that a number has counts: a fax at work is a fax
    ("fax", {"FAX", "HOMEFAX", "WORKFAX", "OTHERFAX", "FACSIMILE"}),
    ("pager", {"PAGER", "BEEP", "BEEPER"}),
    ("mobile", {"CELL", "MOBILE", "IPHONE", "CAR", "CELLULAR"}),
    ("work", {"WORK", "BUSINESS", "COMPANY"}),
    ("home", {"HOME"}),
    ("main", {"MAIN", "MAIN-NUMBER"}),
    ("other", {"OTHER"}),
)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PropertyHead:
    """Group, name and parameters of a line."""

    name: str
    """In capitals, without its group."""
    group: str = ""
    kind: str = ""
    """What the parameters say of a number: a word of `RecordNumber.kind`, or a maker's X-word without the X-."""
    rank: int = NOT_PREFERRED
    """1 is preferred most."""
    encoding: str = ""
    """"Q" for quoted-printable, "B" for base64."""
    charset: str = ""
    is_plain: bool = True
    """Whether the value stands as it is: neither encoding nor charset are told."""


class PropertyHeads:
    """Reads lines, and remembers the heads: a file has few different ones. One thread."""

    def __init__(self) -> None:
        self.known: dict[str, PropertyHead] = {}
        """By what stands before the first colon of a line. To look up only: much sooner than to `split` the line."""

    def split(self, line: str) -> tuple[PropertyHead, str] | None:
        """Return what stands before and after the colon; None where `line` is no property."""
        before, colon, value = line.partition(":")
        first = before
        if '"' in before and (quoted := _QUOTED.match(line[:LONGEST_HEAD])):
            before, value = quoted[1], line[quoted.end() :]
        head = read_head(before) if colon else None
        if head is None:
            return None
        if before == first and before.count('"') % 2 == 0 and len(before) < LONGEST_HEAD // 4:
            if len(self.known) >= _MOST_HEADS:
                self.known.clear()
            self.known[before] = head
        return head, value


def read_head(before: str) -> PropertyHead | None:
    """Read what stands before the colon; None where there is no name as properties have."""
    words = _PARAMETER.findall(before[:LONGEST_HEAD])
    group, _, name = (words[0] if words else "").strip(_AROUND).upper().rpartition(".")
    if not name or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        return None
    told = _Told()
    for word in words[1:]:
        key, equals, value = word.partition("=")
        _take_parameter(key.strip().upper() if equals else "TYPE", (value if equals else key).strip(), told)
    is_plain = not (told.encoding or told.charset)
    return PropertyHead(name, group, _kind_of(told.types), told.rank, told.encoding, told.charset, is_plain)


def is_read(line: str) -> bool:
    """Whether `line` begins with a property that says something here."""
    name = re.split("[:;]", line[:LONGEST_HEAD], maxsplit=1)[0]
    return name.rpartition(".")[2].strip(_AROUND).upper() in READ_NAMES


def is_quoted_printable(line: str) -> bool:
    """Whether `line` begins a value in quoted-printable, which goes on where its line ends with "="."""
    return "QUOTED-PRINTABLE" in line[:LONGEST_HEAD].partition(":")[0].upper()


def kind_from_label(label: str) -> str:
    """Return the kind a maker's or a person's own label stands for: "_$!<HomeFAX>!$_" is "fax"."""
    while apple := _APPLE_LABEL.fullmatch(label):
        label = apple[1].strip()
    return _known_kind({label.upper()}) or label


@dataclass(slots=True)
class _Told:
    """What parameters said so far."""

    types: list[str] = field(default_factory=list)
    rank: int = NOT_PREFERRED
    encoding: str = ""
    charset: str = ""


def _take_parameter(key: str, value: str, told: _Told) -> None:
    if key == "CHARSET":
        told.charset = value.strip('"').lower()
    elif key == "ENCODING":
        told.encoding = _ENCODINGS.get(value.strip('"').upper(), "")
    elif key == "PREF":
        told.rank = int(value) if value.isascii() and value.isdigit() and len(value) <= _LONGEST_RANK else 1
    elif key == "TYPE":
        for word in value.replace('"', "").split(","):
            bare = word.strip()
            if bare.upper() == "PREF":
                told.rank = 1
            elif bare.upper() in {"QUOTED-PRINTABLE", "BASE64"}:
                told.encoding = _ENCODINGS[bare.upper()]
            else:
                told.types.append(bare)


def _kind_of(types: list[str]) -> str:
    own = next((word[2:] for word in types if word[:2].upper() == "X-"), "")
    return _known_kind({word.upper().removeprefix("X-") for word in types}) or own


def _known_kind(words: set[str]) -> str:
    return next((kind for kind, known in _KINDS if known & words), "")

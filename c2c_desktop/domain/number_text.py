"""From text as people and programs write it to the characters to dial.

Facts about numbers come from libphonenumber, imported late for the reason given in `number`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from c2c_desktop.domain.errors import NumberError, RefusedNumberError
from c2c_desktop.domain.extensions import LONGEST_EXTENSION
from c2c_desktop.domain.number_facts import is_in_use
from c2c_desktop.domain.number_uri import decoded, link_in
from c2c_desktop.domain.plain_text import clean_text

MAX_TEXT = 400
"""A text with more characters is no number."""

VANITY_DIGITS = 3
"""Digits a text must hold before its letters are read as keys of a keypad."""

SHORTEST_OF_SEVERAL = 6
"""Digits; less beside a number is no second number."""

WHOLE_NUMBER = 10
"""Digits that are a number with its area code in most countries."""

_PLAIN = re.compile(r"\+?[0-9 ]+")
_ONE_AT_MOST = re.compile(r"(?![0-9]{1,2}[.)] )[+(]*[0-9 ()./\-]+")
"""Digits as one number groups them, not the first place in a list."""
_LABEL_WORDS = (
    "telephone|telefono|telefone|telefonnummer|telefoon|telefon|téléphone|teléfono|telef|tel|tél|fon|phone|"
    "mobile|mobiltelefon|mobiel|mobil|móvil|movil|mob|cellulare|celular|cell|cel|handy|portable|portatile|"
    "rufnummer|contact|whatsapp|call|fax|телефон|тел|моб|τηλ|τηλέφωνο|電話|电话|手机|携帯|전화|"
    "फ़ोन|फोन|मोबाइल|दूरभाष|தொலைபேசி|هاتف|جوال|טלפון"
)
_NUMBER_WORDS = r"(?:(?:number|numéro|número|numero|nummer|num|no|nr)\b\s*)?"
_LABEL = re.compile(
    rf"^\s*(?:(?:{_LABEL_WORDS})(?![^\W\d_])|(?:ph|t|m|p)\b)[\s.]*{_NUMBER_WORDS}[\s.:#\-]*", re.IGNORECASE
)
_EXTENSION_WORDS = "extension|extn|ext|durchwahl|apparat|poste|interno|anexo|ramal|toestel|доб|内线|内線"
_EXTENSION = re.compile(
    rf"(?:;\s*ext\s*=|(?<![^\W\d_])(?:{_EXTENSION_WORDS})(?![^\W\d_])\.?|(?<![^\W\d_])x(?=\s*\d)|(?<=\s)#(?=\s*\d))"
    r"\s*[:.]?\s*([0-9 ]{1,12})\s*$",
    re.IGNORECASE,
)
_BEHIND_A_NUMBER = re.compile(
    rf"(?:;\s*ext\s*=|(?<![^\W\d_])(?:{_EXTENSION_WORDS}|[xwp]+)(?![^\W\d_])\.?|(?<=\s)\#)"
    r"\s*[:.]?\s*(?=(\+?\(?[0-9][0-9 ()./\-]*)(?![0-9 ()./\-]*[*#]))",
    re.IGNORECASE,
)
"""What an extension or a pause looks like, whatever comes after it; a code that ends in # is for a machine."""
_PAUSE = re.compile(r"(?<![A-Za-z])[,;wWpP]+\s*([0-9*#,;wWpP ]+)$")
_OPTIONAL_ZERO = re.compile(r"\(\s*0\s*\)")
_DROPPED = dict.fromkeys(map(ord, "\u200c\u200d\u034f\ufe0e\ufe0f\u20e3"))
"""Joiners and the marks of emoji: invisible in a number."""
_SIGNS = {ord("−"): "-", ord("ー"): "-", ord("⁃"): "-", ord("∙"): "·", ord("●"): "•", ord("⁄"): "/", ord("∕"): "/"}
_ASCII_SIGNS = {"[": "(", "{": "(", "<": "(", "]": ")", "}": ")", ">": ")", '"': " ", "'": " ", "`": " "}
_SIGN_OF_CATEGORY = {"Pd": "-", "Ps": "(", "Pe": ")", "Pi": " ", "Pf": " "}
_LIST_PLACE = re.compile(r"[0-9]{1,2}\)")
_COLUMN = re.compile(r"[\t|]+")
_LINE_BREAK = re.compile(r"\s*[\n\v\f\r\x85\u2028\u2029]\s*")
_JOINED = re.compile(r"[0-9+ ()./|\-·•]*")
_NO_GROUPING = re.compile(r"\.\s*\.\s*\.|/\s*/\s*/| \|")
_HIDDEN = re.compile(r"[·•?]\s*[·•?]")
"""Dots in place of digits."""
_SEPARATORS = re.compile(r"[|/&,;]+|\s+(?=\(?0)|(?<=[\d)])\s*(?=\(?\+)")
_CHOICE = re.compile(r"[|/]")
_DATE = re.compile(r"(?:19|20)\d\d([-/.])[01]?\d\1[0-3]?\d|[0-3]?\d([-/.])[0-3]?\d\2(?:19|20)\d\d")
_INTERNET_ADDRESS = re.compile(r"(?!(?:\d\d\.){3}\d\d$)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}")
"""But for four pairs: numbers of Denmark and Norway look like that."""
_FLOAT = re.compile(r"^(\+?[0-9]{7,})\.00?$")
"""What a spreadsheet makes of a number."""
_AFTER_THE_TONE = re.compile(r"^(8|0)~(10|0)")
"""How calls abroad are dialled in Russia and its neighbours, as it is written there."""
_VANITY = re.compile(r"([+(]?[0-9][0-9().\- ]*)[A-Za-z]+(?:[ -][A-Za-z]+)*(?:[ -]?[0-9]{1,4})?")
_VANITY_WORD = re.compile(r"(?<![A-Za-z])(?![OILX]+(?![A-Za-z]))[A-Za-z]{3,}", re.IGNORECASE)
"""Three letters at least, and not only such as stand for 0, 1 or a hidden digit."""
_KEYPAD = {
    letter: str(digit)
    for digit, letters in enumerate(["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"], start=2)
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Line:
    """A text on one line with ASCII digits, out of its link."""

    text: str
    context: str = ""
    """What a link puts before the number."""
    may_hold_words: bool = True
    """Whether a number may stand among words; in the user part of an address it may not."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a line asks to dial."""

    digits: str
    """Digits, with a leading plus where there was one."""
    text: str
    """The digits as they were grouped."""
    post_dial: str = ""
    is_vanity: bool = False
    without_zero: str = ""
    """The digits without a zero in brackets, "" where there is none to leave out."""


def vanity_digits(text: str) -> str:
    """Return `text` with the letters of a keypad as their digits."""
    return "".join(_KEYPAD.get(c.lower(), c) for c in text)


def line_of(text: str) -> Line:
    """Put `text` on one line, out of its link. Raises `NumberError` where it is too long or holds half digits."""
    bare = text.strip()
    if len(bare) > MAX_TEXT:
        raise NumberError("That is too much text", "Select the number alone.")
    if _PLAIN.fullmatch(bare):
        return Line(bare)
    plain = _plain(bare, text)
    if "%" in plain:
        plain = _plain(decoded(plain), text)
    link = link_in(plain)
    if link is None:
        return Line(plain)
    return Line(link.number, link.context, may_hold_words=not link.is_sip)


def _plain(line: str, text: str) -> str:
    """Return `line` with bars between its lines and columns, ASCII digits, and one sign for each dash."""
    line = _COLUMN.sub(" | ", line.replace("…", "..."))
    line = clean_text(_LINE_BREAK.sub("|", line), 2 * len(line) + 1)
    if any(unicodedata.category(c) == "No" for c in line):  # a footnote mark or a fraction is no digit to dial
        raise NumberError("That is not a phone number", f"“{clean_text(text, 60)}” cannot be read as a phone number.")
    return "".join(map(_sign, unicodedata.normalize("NFKC", line).translate(_DROPPED).translate(_SIGNS)))


def _sign(character: str) -> str:
    if character.isascii():
        return _ASCII_SIGNS.get(character, character)
    if character.isdecimal():
        return str(int(character))
    return _SIGN_OF_CATEGORY.get(unicodedata.category(character), character)


def written(line: Line, text: str, region: str) -> Written:
    """Take what to dial from `line`, which came from `text`.

    Raises `NumberError` where anything in it does not belong to one number.
    """
    rest = line.text
    if not _PLAIN.fullmatch(rest):
        if _HIDDEN.search(rest):
            raise no_number(text)
        rest = _without_edges(_LABEL.sub("", rest))
    rest, post_dial = _without_post_dial(rest)
    is_vanity = any(c.isalpha() for c in rest)
    if is_vanity:
        rest = _vanity_or_raise(rest if line.may_hold_words else "", text, region)
    elif "*" in rest or "#" in rest:
        raise RefusedNumberError("That is a service code", "Codes with * or # cannot be dialled through click-to-call.")
    rest = _AFTER_THE_TONE.sub(r"\1\2", _FLOAT.sub(r"\1", rest))
    if not _JOINED.fullmatch(rest) or _NO_GROUPING.search(rest) or _LIST_PLACE.match(rest):
        raise no_number(text)
    if _DATE.fullmatch(rest) or _INTERNET_ADDRESS.fullmatch(rest):
        raise NumberError("That is not a phone number", f"“{clean_text(text, 60)}” looks like a date or an address.")
    digits = _kept(line.context, rest)
    if "+" in digits[1:] or _goes_on_after_a_number(line.context, rest, region):
        raise not_one_number(text)
    shortened = _OPTIONAL_ZERO.sub("", rest, count=1)
    return Written(
        digits=digits,
        text=rest,
        post_dial=post_dial,
        is_vanity=is_vanity,
        without_zero=_kept(line.context, shortened) if shortened != rest else "",
    )


def apart(line: Line, region: str) -> Line:
    """Put a bar before what stands in the place of an extension and is a whole number itself."""

    def bar(found: re.Match[str]) -> str:
        before = line.text[: found.start()]
        is_behind = count_digits(before) >= SHORTEST_OF_SEVERAL
        return " | " if is_behind and _is_whole(_kept("", found[1]), before, region) else found[0]

    return replace(line, text=_BEHIND_A_NUMBER.sub(bar, line.text))


def _is_whole(digits: str, before: str, region: str) -> bool:
    """Whether `digits` are a number and no extension of the one `before` them."""
    if count_digits(digits) >= WHOLE_NUMBER:
        return True
    is_as_long = digits.startswith(("0", "+")) or len(digits) > LONGEST_EXTENSION or len(digits) >= count_digits(before)
    return len(digits) >= SHORTEST_OF_SEVERAL and is_as_long and is_in_use(digits, region)


def needs_search(line: Line) -> bool:
    """Whether there may be more in `line` than one number, plainly written."""
    if not line.may_hold_words or line.text.isdecimal():
        return False
    return count_digits(line.text) >= 2 * SHORTEST_OF_SEVERAL or not _ONE_AT_MOST.fullmatch(line.text)


def side_by_side(line: Line) -> list[str]:
    """Return the parts of `line` that may be numbers by themselves; run together they would be another one."""
    if count_digits(line.text) < 2 * SHORTEST_OF_SEVERAL or not _SEPARATORS.search(line.text):
        return []
    parts = [part.strip() for part in _SEPARATORS.split(_LABEL.sub("", line.text))]
    return [part for part in parts if count_digits(part) >= SHORTEST_OF_SEVERAL and not any(c.isalpha() for c in part)]


def count_digits(text: str) -> int:
    """Return how many digits `text` holds."""
    return sum(c in "0123456789" for c in text)


def _goes_on_after_a_number(context: str, rest: str, region: str) -> bool:
    """Whether a slash or a new line comes after a whole number: what follows may be an alternative to its end."""
    return any(
        count_digits(rest[: found.start()]) >= SHORTEST_OF_SEVERAL
        and is_in_use(_kept(context, rest[: found.start()]), region)
        for found in _CHOICE.finditer(rest)
    )


def holds_a_number(grouped: str, context: str, region: str) -> bool:
    """Whether the first or the last groups of digits are a number in use, and the others are too much."""
    for found in re.finditer(r"(?<=[0-9])[^0-9]+", grouped):
        head, tail = _kept(context, grouped[: found.start()]), _kept("", grouped[found.end() :])
        if len(head) >= SHORTEST_OF_SEVERAL and is_in_use(head, region):
            return True
        is_whole = tail.startswith("0") or len(tail) >= WHOLE_NUMBER
        if is_whole and not head.startswith(("+", "00")) and is_in_use(tail, region):
            return True
    return False


def _kept(context: str, rest: str) -> str:
    kept = re.sub(r"\++", "+", "".join(c for c in rest if c in "+0123456789"))
    return context + kept if kept and not kept.startswith("+") else kept


def _without_edges(line: str) -> str:
    """Strip what stands around a number without being part of it: quotes, bullets, brackets, a trailing stop."""
    start, end = 0, len(line)
    while start < end and _is_edge(line[start], "+(*#"):
        start += 1
    while start < end and _is_edge(line[end - 1], ")*#" if "(" in line[start:end] else "*#"):
        end -= 1
    return line[start:end]


def _is_edge(character: str, kept: str) -> bool:
    """Not so: money, percentages, addresses and characters that were lost."""
    if character.isalnum() or character in kept or character in "%@\\_\ufffd":
        return False
    return character == " " or unicodedata.category(character) in {"Pc", "Pd", "Pe", "Po", "Ps", "Sk", "Sm", "So"}


def _without_post_dial(line: str) -> tuple[str, str]:
    """Split off an extension or what follows a pause; one comma stands for each further pause."""
    for pattern in (_EXTENSION, _PAUSE):
        found = pattern.search(line)
        if found and any(c.isdigit() for c in line[: found.start()]):
            keys = re.sub(r"[^0-9*#,;wWpP]", "", found.group(1))
            return _without_edges(line[: found.start()]), ",".join(filter(None, re.split(r"[,;wWpP]+", keys)))
    return line, ""


def no_number(text: str) -> NumberError:
    """Return the error that says that `text` holds no number."""
    return NumberError("No number there", f"There is no phone number in “{clean_text(text, 60)}”.")


def not_one_number(text: str) -> NumberError:
    """Return the error for what may be one number or several."""
    shown = clean_text(text, 60)
    return NumberError("Several numbers there", f"“{shown}” may be more than one number. Write one alone.")


def _vanity_or_raise(line: str, text: str, region: str) -> str:
    """Read keypad letters as digits where they complete a number; a word beside a whole number doesn't."""
    found = _VANITY.fullmatch(line)
    if found and count_digits(line) >= VANITY_DIGITS and _VANITY_WORD.search(line) and not is_in_use(found[1], region):
        return vanity_digits(line)
    raise no_number(text)

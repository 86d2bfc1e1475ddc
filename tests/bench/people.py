"""Invented contacts by the million: Indian, European and American names, their companies, and one to three numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator

from c2c_desktop.domain.contact import Contact, ContactNumber

KINDS = ("mobile", "work", "home", "other")

INDIAN_FIRST = (
    "Aarav Aditi Amit Anika Arjun Asha Bharat Chetan Deepa Divya Farah Gita Harish Ishaan Jyoti Karthik Kavya "
    "Lakshmi Leena Mahesh Meera Mohan Nikhil Padma Pooja Priya Raj Rajesh Rajaram Ramesh Ravi Rohan Sanjay "
    "Sara Shreya Sunita Suresh Tara Uma Vijay Vikram Zoya"
)
INDIAN_LAST = (
    "Agarwal Banerjee Bose Chatterjee Das Desai Gupta Iyer Joshi Kapoor Khan Krishnan Kumar Maharaj Menon "
    "Mishra Nair Patel Pillai Rajagopalan Rao Reddy Roy Sen Shah Sharma Singh Subramaniam Varma "
    "Venkataraghavan"
)
EUROPEAN_FIRST = (
    "Agnès Amélie Björn Chloé Émile François Gülşen Håkon Inês Jürgen José Lena Lukáš Łukasz Mária Matthias "
    "Maël Niccolò Oğuz Ottó Renée Siân Søren Štěpán Sveinbjörg Théo Ulrike Václav Żaneta Zoë"
)
EUROPEAN_LAST = (
    "Åström Bauer Çelik Dvořák Đurić Fernández Großmann Hansen Ibáñez Jørgensen Kowalczyk Lefèvre Lindqvist "
    "Marino Müller Muñoz Nagy Núñez Ó'Brien Papadopoulos Péter Rossi Schäfer Schmidt Strauß Svensson Türk Weiß "
    "Yılmaz Zieliński"
)
AMERICAN_FIRST = (
    "Abigail Alex Ben Carol Charles Chris Dana Emily Frank Grace Harper Ian Jack James Jessica John Kate Kyle "
    "Liam Logan Mary Mason Megan Noah Olivia Pat Quinn Ruth Sam Taylor Tyler Victoria Walter Zach"
)
AMERICAN_LAST = (
    "Adams Anderson Baker Brooks Carter Clark Davis Evans Foster Garcia Grant Hill Jackson Johnson Jones Kelly "
    "King Lee Lewis Martin Miller Moore Nelson O'Hara Parker Reed Scott Smith-Jones Taylor Walker Whitfield "
    "Young"
)
DEVANAGARI_FIRST = "राजेश अर्जुन आशा मीरा सुनीता विक्रम प्रिया हरीश कविता संजय लक्ष्मी दीपा मोहन पूजा"
DEVANAGARI_LAST = "कुमार शर्मा राव गुप्ता मिश्रा सिंह वर्मा जोशी पटेल देसाई"
TAMIL_FIRST = "தமிழ் கார்த்திக் செல்வி முருகன் மீனா குமார் ரவி லதா கண்ணன் பிரியா"
TAMIL_LAST = "செல்வன் ராஜன் சுப்ரமணியம் கிருஷ்ணன் முத்து வேலு நாதன் அரசு"
PEOPLES = (
    (INDIAN_FIRST, INDIAN_LAST, 42),
    (EUROPEAN_FIRST, EUROPEAN_LAST, 22),
    (AMERICAN_FIRST, AMERICAN_LAST, 28),
    (DEVANAGARI_FIRST, DEVANAGARI_LAST, 5),
    (TAMIL_FIRST, TAMIL_LAST, 3),
)
FIRMS = (
    "Acme Aravalli Bluebird Blue Kite Coastal Kaveri Northwind Nordlicht Harbour Studio Söhne Zenith Orion Delta Summit"
    " Lakeside Maple Granite Silver Lotus Banyan Ganga Deccan Metro Pioneer Evergreen Atlas Quantum Vertex Kumar"
)
TRADES = (
    "Traders Textiles Foods Travel Logistics Insurance Prints Marketing Software Consulting GmbH Ltd Inc Works Motors"
    " Pharma Steel Exports Media Systems Labs Partners Electric Hotels Finance"
)
SYLLABLES = ("ka", "ra", "ma", "ti", "sha", "vi", "no", "lo", "be", "den", "san", "gar", "mur", "ell", "ing", "ton")
TAGS = ("vip", "lead", "customer", "key account", "press", "supplier", "école")


def people(count: int, seed: int = 5) -> Iterator[Contact]:
    """Yield `count` contacts, the same for the same seed; their ids begin with 1."""
    chance = random.Random(seed)
    peoples = [(first.split(), last.split()) for first, last, _ in PEOPLES]
    weights = [weight for _, _, weight in PEOPLES]
    for number in range(1, count + 1):
        ((first, last),) = chance.choices(peoples, weights)
        yield _person(chance, number, _name(chance, first, last))


def _name(chance: random.Random, first: list[str], last: list[str]) -> str:
    draw = chance.random()
    if draw < 0.02:  # a company alone
        return ""
    if draw < 0.25:  # so that there are as many words as in a real list
        return f"{chance.choice(first)} {_invented(chance)}"
    if draw < 0.35:
        return f"{chance.choice(first)} {chance.choice(first)} {chance.choice(last)}"
    return f"{chance.choice(first)} {chance.choice(last)}"


def _invented(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def _person(chance: random.Random, number: int, name: str) -> Contact:
    firms, trades = FIRMS.split(), TRADES.split()
    company = ""
    if not name or chance.random() < 0.7:
        company = f"{chance.choice(firms)} {chance.choice(trades)}"
        if chance.random() < 0.3:
            company = f"{company} {chance.randint(1, 999)}"
    numbers = tuple(_number(chance) for _ in range(chance.choices((1, 2, 3), (6, 3, 1))[0]))
    tags = tuple(chance.sample(TAGS, chance.randint(1, 2))) if chance.random() < 0.08 else ()
    return Contact(number, name, company, numbers, number % 50_000 == 1, tags)


def _number(chance: random.Random) -> ContactNumber:
    """Return a number that is a digit too long, so that nobody has it."""
    kind, draw = chance.choice(KINDS), chance.random()
    if draw > 0.98:
        return ContactNumber(f"ext {chance.randint(100, 9999)}", "", kind)
    code, size = ("91", 11) if draw < 0.5 else ("44", 11) if draw < 0.7 else ("1", 11) if draw < 0.9 else ("49", 12)
    digits = f"{chance.randint(10 ** (size - 1), 10**size - 1)}"
    return ContactNumber(f"+{code} {digits[:5]} {digits[5:]}", f"+{code}{digits}", kind)

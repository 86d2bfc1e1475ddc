"""Which contacts of the list a staged file speaks of: what `domain.contact_match.find_match` says, for a million.

Besides how a contact is, it counts how files said it was before a person changed it, and how they said those were that
were merged into it: one whose name was mended by hand is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from c2c_desktop.adapters.contact_json import contact_of
from c2c_desktop.adapters.import_staging import TRAITS, keep_traits
from c2c_desktop.adapters.merged_contacts import PARTS
from c2c_desktop.domain.contact_match import Likeness, traits_of

if TYPE_CHECKING:
    import sqlite3

_BY_LIKENESS = 1 << 48
"""Above every id."""

_AT_ONCE = 1000
_CACHE_KIB = 64 * 1024
"""Memory for pages while everybody is compared: each is looked up in several indexes."""

_INDEXED = {"uid": "uid", "email": "address, name", "number": "number, name, company", "alone": "name, company"}

_OWN = "c.directory = 0"
_MADE_BY_HAND = "(c.import_id = 0 OR c.id IN (SELECT contact_id FROM before_edit))"
"""Whether it is not as files said. Where two are alike, an import rather knows its own again."""

# CROSS JOIN keeps SQLite to the order that is written. Each number or address is looked up once, however many of the
# file or of the list have it, so that the switchboard of a large company costs no more than as many numbers.
_UID = f"""
    SELECT s.id, c.id, {_MADE_BY_HAND} FROM said_uid AS s
        CROSS JOIN contact AS c ON c.uid = s.uid AND c.uid <> '' AND {_OWN}
    UNION ALL SELECT s.id, o.id, 0 FROM edited_uid AS o CROSS JOIN said_uid AS s USING (uid)
    """  # noqa: S608  # fixed parts, here and below
_NAMED_EMAIL = f"""
    SELECT s.id, c.id, {_MADE_BY_HAND} FROM (SELECT DISTINCT address FROM said_email) AS a
        CROSS JOIN email AS e ON e.address = a.address CROSS JOIN contact AS c ON c.id = e.contact_id AND {_OWN}
        CROSS JOIN said_email AS s ON s.address = a.address AND s.name = c.name_key
    UNION ALL SELECT s.id, o.id, 0 FROM edited_email AS o CROSS JOIN said_email AS s USING (address, name)
    """  # noqa: S608
_EMAIL = f"""
    WITH lonely AS (
        SELECT address, min(id) AS id FROM said_email GROUP BY address HAVING min(id) = max(id)
    ), owner AS (
        SELECT l.id AS said, l.address, c.id, c.uid FROM lonely AS l CROSS JOIN email AS e USING (address)
            CROSS JOIN contact AS c ON c.id = e.contact_id AND {_OWN}
        UNION ALL SELECT l.id, o.address, o.id, coalesce(u.uid, '')
            FROM edited_email AS o CROSS JOIN lonely AS l USING (address) LEFT JOIN edited_uid AS u ON u.id = o.id
    )
    SELECT said, min(id), 0 FROM owner GROUP BY said, address
    HAVING min(id) = max(id) AND (min(uid) = '' OR said NOT IN (SELECT id FROM said_uid))
    """  # noqa: S608
_SAME_LABEL = "s.name = c.name_key AND (c.name_key <> '' OR s.company = c.company_key)"
_NUMBER = f"""
    SELECT s.id, c.id, {_MADE_BY_HAND} FROM (SELECT DISTINCT number FROM said_number) AS n
        CROSS JOIN phone AS p ON p.e164 = n.number AND p.e164 <> ''
        CROSS JOIN contact AS c ON c.id = p.contact_id AND {_OWN}
        CROSS JOIN said_number AS s ON s.number = n.number AND {_SAME_LABEL}
    UNION ALL SELECT s.id, o.id, 0 FROM edited_number AS o CROSS JOIN said_number AS s USING (number, name, company)
    """  # noqa: S608
_UNREAD_NUMBER = f"""
    SELECT s.id, c.id, {_MADE_BY_HAND} FROM phone AS p CROSS JOIN contact AS c ON c.id = p.contact_id AND {_OWN}
        CROSS JOIN said_number AS s ON s.number = p.shown AND {_SAME_LABEL}
    WHERE p.e164 = ''
    """  # noqa: S608
_ALONE = f"""
    SELECT s.id, c.id, {_MADE_BY_HAND} FROM contact AS c
        CROSS JOIN said_alone AS s ON s.name = c.name_key AND s.company = c.company_key
    WHERE {_OWN} AND c.uid = '' AND c.emails = ''
        AND NOT EXISTS (SELECT 1 FROM phone WHERE phone.contact_id = c.id)
    UNION ALL SELECT s.id, o.id, 0 FROM edited_alone AS o CROSS JOIN said_alone AS s USING (name, company)
    """  # noqa: S608


def find_targets(connection: sqlite3.Connection) -> None:
    """Fill the temporary table `target (id, contact_id, is_same_card)` for the staged entries that are known.

    And `part (id, head)`: who was merged into whom.
    """
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("CREATE TEMP TABLE part (id INTEGER PRIMARY KEY, head INTEGER NOT NULL)")
    connection.execute(f"INSERT INTO part {PARTS}")
    connection.execute("CREATE INDEX temp.part_of ON part (head)")
    for statement in TRAITS.format("edited").split(";"):
        connection.execute(statement)
    edited = connection.execute(
        "SELECT c.id, b.fields FROM before_edit AS b LEFT JOIN part AS p ON p.id = b.contact_id"
        " JOIN contact AS c ON c.id = ifnull(p.head, b.contact_id) WHERE c.directory = 0"
    )
    while chunk := edited.fetchmany(_AT_ONCE):
        keep_traits(connection, "edited", [(contact_id, traits_of(contact_of(text))) for contact_id, text in chunk])
    connection.execute("CREATE TEMP TABLE candidate (id INTEGER NOT NULL, rank INTEGER NOT NULL)")
    for likeness, query in _queries(connection):
        connection.execute(
            f"WITH found (id, contact_id, is_by_hand) AS ({query}) INSERT INTO candidate"  # noqa: S608  # constants
            f" SELECT id, contact_id + ({2 * likeness} + is_by_hand) * {_BY_LIKENESS} FROM found"
        )
    connection.execute("CREATE TEMP TABLE target (id INTEGER PRIMARY KEY, contact_id INTEGER, is_same_card INTEGER)")
    connection.execute(
        f"INSERT INTO target SELECT id, min(rank) % {_BY_LIKENESS}, min(rank) < {2 * _BY_LIKENESS}"  # noqa: S608  # constants
        " FROM candidate GROUP BY id"
    )
    connection.execute("CREATE INDEX temp.target_contact ON target (contact_id, id)")


def _queries(connection: sqlite3.Connection) -> Iterator[tuple[Likeness, str]]:
    """Yield those that can find anybody, after the indexes they need."""
    if connection.execute("SELECT 1 FROM contact WHERE directory = 0 LIMIT 1").fetchone() is None:
        return
    for name, columns in _INDEXED.items():
        connection.execute(f"CREATE INDEX temp.said_{name}_of ON said_{name} ({columns}, id)")
    yield Likeness.UID, _UID
    yield Likeness.NAMED_EMAIL, _NAMED_EMAIL
    yield Likeness.EMAIL, _EMAIL
    yield Likeness.NUMBER, _NUMBER
    if connection.execute("SELECT 1 FROM said_number WHERE number NOT LIKE '+%' LIMIT 1").fetchone():
        yield Likeness.NUMBER, _UNREAD_NUMBER
    if connection.execute("SELECT 1 FROM said_alone LIMIT 1").fetchone():
        yield Likeness.ALONE, _ALONE

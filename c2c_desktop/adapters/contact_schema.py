"""The tables of the contact list, and how older ones become them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from c2c_desktop.adapters import contact_index
from c2c_desktop.adapters.contact_rows import insert
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.plain_text import clean_text

if TYPE_CHECKING:
    import sqlite3

_FIRST = """
    CREATE TABLE contact (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        company TEXT NOT NULL,
        favourite INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        words TEXT NOT NULL,
        digits TEXT NOT NULL
    );
    CREATE INDEX contact_order ON contact (favourite DESC, sort_key)
    """

# The keys are stored as they were made: another Python folds other letters, and the index must be given what it has.
# Words reach the index separated by blanks, so that SQLite needs to know no script: its own tables know fewer letters
# than Python's, and break words at the signs of Indic ones.
_FOUND_AS_TYPED = """
    DROP INDEX contact_order;
    ALTER TABLE contact RENAME TO contact_before;
    CREATE TABLE contact (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ord INTEGER NOT NULL,
        name TEXT NOT NULL,
        company TEXT NOT NULL,
        favourite INTEGER NOT NULL,
        tags TEXT NOT NULL,
        note TEXT NOT NULL,
        name_key TEXT NOT NULL,
        company_key TEXT NOT NULL,
        tags_key TEXT NOT NULL,
        plain_key TEXT NOT NULL,
        emails TEXT NOT NULL,
        uid TEXT NOT NULL,
        route TEXT NOT NULL,
        caller_id TEXT,
        directory INTEGER NOT NULL,
        import_id INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX contact_ord ON contact (ord);
    CREATE INDEX contact_favourite ON contact (ord) WHERE favourite;
    CREATE INDEX contact_uid ON contact (uid) WHERE uid <> '';
    CREATE INDEX contact_directory ON contact (directory) WHERE directory;
    CREATE INDEX contact_import ON contact (import_id) WHERE import_id;
    CREATE TABLE phone (
        id INTEGER PRIMARY KEY,
        contact_id INTEGER NOT NULL,
        e164 TEXT NOT NULL,
        shown TEXT NOT NULL,
        as_written TEXT NOT NULL,
        kind TEXT NOT NULL,
        preferred INTEGER NOT NULL
    );
    CREATE INDEX phone_contact ON phone (contact_id);
    CREATE INDEX phone_e164 ON phone (e164, contact_id) WHERE e164 <> '';
    CREATE TABLE email (
        contact_id INTEGER NOT NULL,
        address TEXT NOT NULL
    );
    CREATE TABLE before_edit (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL);
    CREATE TABLE import_run (id INTEGER PRIMARY KEY);
    CREATE TABLE before_import (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL, said TEXT, after TEXT NOT NULL);
    CREATE INDEX email_contact ON email (contact_id);
    CREATE TABLE directory (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        address TEXT NOT NULL,
        user TEXT NOT NULL,
        region TEXT NOT NULL,
        token TEXT NOT NULL DEFAULT '',
        changed INTEGER NOT NULL DEFAULT 0,
        skipped INTEGER NOT NULL DEFAULT 0,
        updated_at REAL,
        tried_at REAL,
        problem TEXT NOT NULL DEFAULT '',
        failures INTEGER NOT NULL DEFAULT 0,
        not_before REAL NOT NULL DEFAULT 0
    );
    CREATE TABLE directory_entry (
        directory_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        etag TEXT NOT NULL,
        contact_id INTEGER,
        PRIMARY KEY (directory_id, key)
    ) WITHOUT ROWID;
    CREATE INDEX email_address ON email (address, contact_id);
    CREATE TABLE apart (first INTEGER NOT NULL, second INTEGER NOT NULL, PRIMARY KEY (first, second)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE w USING fts5(
        name, company, keys, starts, tags, content='', columnsize=0, detail=column, prefix='1 2 3', tokenize='ascii'
    );
    CREATE VIRTUAL TABLE t USING fts5(
        name, company, number, content='', columnsize=0, detail=full, tokenize='trigram case_sensitive 1'
    )
    """


# What files said is kept of contacts that were merged too, the last import is known by name, and words are found by the
# letters in them.
_KNOWN_AGAIN = """
    CREATE TABLE merged (contact_id INTEGER PRIMARY KEY, into_id INTEGER NOT NULL);
    CREATE INDEX merged_into ON merged (into_id);
    DROP TABLE import_run;
    CREATE TABLE import_run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        at REAL NOT NULL,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL
    );
    DROP TABLE before_import;
    CREATE TABLE before_import (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL, after TEXT NOT NULL);
    CREATE TABLE before_said (contact_id INTEGER PRIMARY KEY, fields TEXT NOT NULL);
    CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE VIRTUAL TABLE letters USING fts5(
        text, content='word', content_rowid='id', columnsize=0, detail=full, tokenize='trigram case_sensitive 1'
    )
    """


def _move_contacts(connection: sqlite3.Connection) -> None:
    """Bring the contacts of the first version into the new tables, with their ids; the next migration indexes them."""
    rows = connection.execute("SELECT id, name, company, favourite, numbers FROM contact_before ORDER BY id")
    insert(
        connection,
        (
            Contact(contact_id, name, company, _numbers(numbers), bool(favourite))
            for contact_id, name, company, favourite, numbers in rows
        ),
    )
    connection.execute("DROP TABLE contact_before")


def _numbers(stored: str) -> tuple[ContactNumber, ...]:
    """Read the numbers of the first version; what this program did not write stays as one number nobody can read."""
    try:
        return tuple(ContactNumber(str(shown), str(e164), str(kind)) for shown, e164, kind in json.loads(stored))
    except (ValueError, TypeError):
        return (ContactNumber(clean_text(stored), "", "other"),)


def _find_as_typed(connection: sqlite3.Connection) -> None:
    for statement in _FOUND_AS_TYPED.split(";"):
        connection.execute(statement)
    _move_contacts(connection)


def _know_again(connection: sqlite3.Connection) -> None:
    """Add the tables; the last import from before them cannot be undone any more."""
    for statement in _KNOWN_AGAIN.split(";"):
        connection.execute(statement)
    if connection.execute("SELECT 1 FROM contact WHERE ord < 0 LIMIT 1").fetchone() is not None:
        contact_index.rebuild(connection)
    else:
        contact_index.add_all_words(connection)


MIGRATIONS = (_FIRST, _find_as_typed, _know_again)

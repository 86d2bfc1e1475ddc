"""Importing into a list of a test's own, and looking at what is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from c2c_desktop.adapters.contact_import import ContactImport
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.column_mapping import RememberedMappings
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_import import ImportReport, ImportWish

HEADER = "Name,Company,Phone,E-mail,Tags,Note,UID\n"


class Book:
    """A contact list in a folder, and files to import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "contacts.sqlite3"

    def file(self, rows: Iterable[str], name: str = "people.csv", header: str = HEADER) -> str:
        path = self.folder / name
        path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    def cards(self, *cards: str, name: str = "people.vcf") -> str:
        text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n" for card in cards)
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def take(self, path: str, **wish: Any) -> ImportReport:
        return ContactImport(self.path).run(ImportWish(path, **({"region": "IN"} | wish)), RememberedMappings())

    def undo(self, import_id: int | None = None) -> tuple[int, int]:
        return ContactImport(self.path).undo(import_id)

    def save(self, *contacts: Contact) -> list[Contact]:
        with closing(SqliteContactStore(self.path)) as store:
            return store.save_all(list(contacts))

    def delete(self, contact: Contact) -> None:
        with closing(SqliteContactStore(self.path)) as store:
            store.delete(contact.id)

    def everybody(self) -> list[Contact]:
        """By their ids."""
        with closing(SqliteContactStore(self.path)) as store:
            return sorted(store.search("", 100_000).contacts, key=lambda contact: contact.id)

    def named(self, name: str) -> Contact:
        (found,) = [contact for contact in self.everybody() if contact.name == name]
        return found

    def contents(self) -> list[Contact]:
        """What is known of everybody, without ids."""
        return sorted((replace(c, id=0, import_id=0) for c in self.everybody()), key=repr)

    def check(self) -> None:
        """The file is whole, and the index finds everybody by their name and nobody who is gone."""
        with closing(sqlite3.connect(self.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            for table in ("w", "t"):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            places = {place for (place,) in connection.execute("SELECT ord FROM contact")}
            connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, w, 'row')")
            for (term,) in connection.execute("SELECT term FROM words").fetchall():
                rows = connection.execute("SELECT rowid FROM w WHERE w MATCH ?", (f'"{term}"',))
                assert {row for (row,) in rows} <= places
            there = "SELECT id FROM contact"
            for table, ids in {
                "phone": there,
                "email": there,
                "before_edit": f"{there} UNION SELECT contact_id FROM merged",
            }.items():
                query = f"SELECT count(*) FROM {table} WHERE contact_id NOT IN ({ids})"
                assert connection.execute(query).fetchone() == (0,)
            gone = f"SELECT count(*) FROM merged WHERE into_id NOT IN ({there} UNION SELECT contact_id FROM merged)"
            assert connection.execute(gone).fetchone() == (0,)
            connection.rollback()
        with closing(SqliteContactStore(self.path)) as store:
            for contact in store.search("", 50).contacts:
                assert contact in store.search(contact.name, 100_000).contacts

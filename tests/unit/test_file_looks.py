"""Looks at a contact file as often as a person changes how it is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from c2c_desktop.domain.column_mapping import IGNORED, Column, ColumnMapping, Meaning
from c2c_desktop.domain.contact_import import FileLook, TableFormat
from c2c_desktop.domain.errors import UserFacingError
from c2c_desktop.services.file_looks import FileLooks
from c2c_desktop.services.ports import Lane
from tests.contact_import_fakes import MemoryContactFiles
from tests.fakes import ManualRunner

CSV = b"Name;Mobile\nAsha Rao;+44 20 7946 0018\nBen Carter;+44 20 7946 0105\n"


class Rig:
    def __init__(self) -> None:
        self.files = MemoryContactFiles({"a.csv": CSV, "b.csv": b"Name,Phone\nMeera,+44 20 7946 0101\n"})
        self.runner = ManualRunner()
        self.looks = FileLooks(self.files, self.runner)
        self.told: list[FileLook] = []
        self.errors: list[Exception] = []

    def look(self, path: str = "a.csv") -> FileLook:
        self.looks.look(path, self.told.append, self.errors.append)
        self.runner.finish()
        return self.told[-1]

    def preview(self, table: TableFormat, *, reshaped: bool = True, keeps: bool = False) -> None:
        self.looks.preview(
            "a.csv", table, self.told.append, self.errors.append, is_reshaped=reshaped, keeps_mapping=keeps
        )


@pytest.fixture
def rig() -> Rig:
    return Rig()


def table_of(look: FileLook) -> TableFormat:
    assert look.table is not None
    return look.table


def meanings(look: FileLook) -> list[Meaning]:
    return [column.meaning for column in table_of(look).mapping.columns]


def test_a_share_that_does_not_answer_is_told_in_words(rig: Rig) -> None:
    rig.looks.look("a.csv", rig.told.append, rig.errors.append)
    rig.runner.expire(Lane.DATABASE)
    (error,) = rig.errors
    assert isinstance(error, UserFacingError)
    assert error.title == "The file does not answer"


def test_what_cannot_be_read_is_told_as_it_is(rig: Rig) -> None:
    rig.looks.look("none.csv", rig.told.append, rig.errors.append)
    rig.runner.finish()
    assert [str(error) for error in rig.errors] == ["The file cannot be read: There is no such file."]


def test_only_the_file_chosen_last_is_told(rig: Rig) -> None:
    rig.looks.look("a.csv", rig.told.append, rig.errors.append)
    rig.looks.look("b.csv", rig.told.append, rig.errors.append)
    rig.runner.finish()
    assert [look.path for look in rig.told] == ["b.csv"]


def test_after_forgetting_nothing_is_told(rig: Rig) -> None:
    rig.looks.look("a.csv", rig.told.append, rig.errors.append)
    rig.looks.forget()
    rig.runner.finish()
    assert rig.told == []


def test_another_meaning_is_read_once_and_as_said(rig: Rig) -> None:
    table = table_of(rig.look())
    wanted = replace(table, mapping=table.mapping.changed(1, IGNORED))
    rig.preview(wanted, reshaped=False)
    rig.runner.finish()
    assert rig.files.previewed == [wanted]
    assert table_of(rig.told[-1]) == wanted


def test_columns_that_came_of_another_delimiter_are_guessed(rig: Rig) -> None:
    table = table_of(rig.look())
    rig.preview(replace(table, shape=replace(table.shape, delimiter=",")))
    rig.runner.finish()
    assert len(rig.told[-1].header) == 1
    rig.preview(TableFormat(table.shape, table_of(rig.told[-1]).mapping))
    rig.runner.finish()
    assert meanings(rig.told[-1]) == [Meaning.FULL_NAME, Meaning.NUMBER]
    assert [type(record).__name__ for record in rig.told[-1].first] == ["ContactRecord"] * 2


def test_what_a_person_said_outlives_another_encoding_but_not_other_columns(rig: Rig) -> None:
    table = table_of(rig.look())
    said = ColumnMapping((Column(Meaning.COMPANY), IGNORED))
    rig.preview(TableFormat(replace(table.shape, encoding="cp1252"), said), keeps=True)
    rig.runner.finish()
    assert table_of(rig.told[-1]).mapping == said
    rig.preview(TableFormat(replace(table.shape, delimiter=","), said), keeps=True)
    rig.runner.finish()
    assert len(meanings(rig.told[-1])) == 1


def test_a_shape_without_any_column_keeps_what_was_there(rig: Rig) -> None:
    table = table_of(rig.look())
    rig.files.files["a.csv"] = b""
    rig.preview(table)
    rig.runner.finish()
    assert table_of(rig.told[-1]) == table

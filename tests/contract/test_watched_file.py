"""A directory that is a file: whatever is wrong with it changes nothing, and only what changed is told."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from c2c_desktop.adapters.watched_file_source import MOST_COUNTED, SETTLED_SECONDS, WatchedFileSource
from c2c_desktop.domain.column_mapping import Column, ColumnMapping, Meaning, RememberedMappings
from c2c_desktop.domain.contact_record import SkippedRecord
from c2c_desktop.domain.shared_directory import (
    DirectoryChange,
    DirectoryCursor,
    DirectoryEntry,
    DirectoryError,
    DirectoryRemoval,
    FileContents,
)

NOW = 1_800_000_000.0
ASHA = "Asha Rao,+91 98402 22222,asha@example.org"
BEN = "Ben Carter,+44 20 7946 0018,ben@example.org"
HEAD = "Name,Phone,E-mail"
CARDS = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u-{0}\r\nFN:{1}\r\nTEL:+91 98402 22222\r\nEND:VCARD\r\n"


@dataclass
class Rig:
    """A file that is read again and again as the update does: what was learned is kept only where nothing failed."""

    path: Path
    remembered: RememberedMappings = field(default_factory=RememberedMappings)
    cursor: DirectoryCursor = field(default_factory=DirectoryCursor)
    writes: int = 0
    paused: list[float] = field(default_factory=list)

    def write(self, content: str | bytes, *, age: float = 100.0) -> None:
        self.path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.writes += 1
        self.touch(age - self.writes)

    def table(self, *rows: str) -> None:
        self.write("\n".join([HEAD, *rows, ""]))

    def touch(self, age: float) -> None:
        os.utime(self.path, (NOW - age, NOW - age))

    def source(self) -> WatchedFileSource:
        return WatchedFileSource(str(self.path), self.remembered, lambda: NOW, self.paused.append)

    def read(self) -> list[DirectoryChange]:
        source = self.source()
        changes = list(source.changes(self.cursor))
        self.cursor = source.cursor()
        return changes

    def names(self) -> list[str]:
        return [_word(change) for change in self.read()]

    def trouble(self) -> str:
        with pytest.raises(DirectoryError) as caught:
            self.read()
        return caught.value.message


def _word(change: DirectoryChange) -> str:
    match change:
        case DirectoryEntry(record=record):
            return f"+{record.name}"
        case DirectoryRemoval(key=key):
            return f"-{key}"
        case SkippedRecord(line=line):
            return f"?{line}"


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path / "team.csv")


@pytest.fixture
def known(rig: Rig) -> Rig:
    """Two contacts were read."""
    rig.table(ASHA, BEN)
    assert rig.names() == ["+Asha Rao", "+Ben Carter"]
    return rig


def _unharmed(rig: Rig) -> None:
    """What was known is known still: the file as it was says nothing new."""
    rig.table(ASHA, BEN)
    assert rig.names() == []


# What goes wrong


def test_a_file_that_is_gone_takes_nobody_with_it(known: Rig) -> None:
    known.path.unlink()
    assert known.trouble() == "“team.csv” is not there, or has another name now."
    _unharmed(known)


def test_a_share_that_is_not_connected_is_said(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "mnt" / "share" / "team.csv")
    assert rig.trouble() == ("The folder of “team.csv” is not there. If it is on a share, connect it.")


def test_a_folder_a_pipe_and_a_link_to_nothing_are_no_files(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.csv", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nothing")
    assert "is a folder" in Rig(tmp_path).trouble()
    assert "is no file" in Rig(pipe).trouble()
    assert "is not there" in Rig(link).trouble()


def test_a_path_nobody_can_have_is_no_crash(tmp_path: Path) -> None:
    assert "cannot be" in Rig(tmp_path / "a\0b").trouble()
    assert "cannot be read: File name too long" in Rig(tmp_path / ("x" * 400)).trouble()


def test_a_file_that_may_not_be_read_is_said(known: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # whoever runs this may be root, who may read anything
    assert known.trouble() == "“team.csv” may not be read. Ask whoever keeps it to let you."
    monkeypatch.undo()
    _unharmed(known)


def test_a_share_that_dies_while_it_is_read_changes_nothing(known: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    known.table(ASHA)
    changes = known.source().changes(known.cursor)
    stat = os.fstat
    seen: list[int] = []

    def die(handle: int) -> os.stat_result:
        seen.append(handle)
        if len(seen) > 2:
            raise OSError(5, "Input/output error")
        return stat(handle)

    monkeypatch.setattr(os, "fstat", die)
    with pytest.raises(DirectoryError, match=r"The share of “team.csv” does not answer"):
        list(changes)
    monkeypatch.undo()
    _unharmed(known)


@pytest.mark.parametrize("content", ["", "\n\n", HEAD, f"{HEAD}\n", "\ufeff", "Name\n", " \n \n"])
def test_a_file_without_contacts_takes_nobody_away(known: Rig, content: str) -> None:
    known.write(content)
    assert known.trouble()
    _unharmed(known)


def test_an_empty_file_is_told_as_that(known: Rig) -> None:
    known.write(b"")
    assert known.trouble() == "No contacts. The file is empty."
    known.write(f"{HEAD}\n")
    assert known.trouble() == "There is no contact in the file. Those of before stay in the list."


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"\x1f\x8b", b"\0", b"\xff\xd8\xff", b""]
)
def test_garbage_is_no_contact_file(known: Rig, start: bytes) -> None:
    chance = random.Random(start)
    known.write(start + chance.randbytes(20_000))
    assert known.trouble()
    _unharmed(known)


def test_a_table_of_something_else_is_no_contact_file(known: Rig) -> None:
    known.write("1,2\n3,4\n5,6\n")
    assert known.trouble() == (
        "This is no contact file. A CSV file with names and numbers, or a vCard file, can be read."
    )
    _unharmed(known)


@pytest.mark.parametrize("cut", [4, 12, 20, 30])
def test_a_table_that_ends_in_the_middle_of_a_row_is_cut_off(known: Rig, cut: int) -> None:
    known.write("\n".join([HEAD, ASHA, BEN[:cut].rstrip(",").rpartition(",")[0] or BEN[:cut]]))
    assert known.trouble().startswith("The file is cut off. Its last line is not whole.")
    _unharmed(known)


def test_a_table_that_ends_inside_quotation_marks_is_cut_off(known: Rig) -> None:
    known.write(f'{HEAD}\n{ASHA}\n"Carter, Ben","+44 20 79')
    assert known.trouble().startswith("The file is cut off. Its last contact, in line 3, has no end.")
    _unharmed(known)


def test_a_table_is_cut_off_in_utf_16_too(known: Rig) -> None:
    known.write(f"{HEAD}\n{ASHA}\n{BEN}\nCarla".encode("utf-16"))
    assert known.trouble().startswith("The file is cut off.")


def test_a_last_line_without_an_end_is_whole_where_its_cells_are(rig: Rig) -> None:
    rig.write(f"{HEAD}\n{ASHA}\n{BEN}")
    assert rig.names() == ["+Asha Rao", "+Ben Carter"]


def test_an_odd_quotation_mark_in_a_last_line_with_an_end_costs_that_line_only(rig: Rig) -> None:
    rig.table(ASHA, '"Ben,+44 20 7946 0018,ben@example.org')
    assert rig.names() == ["+Asha Rao", "?3"]


def test_half_a_card_changes_nothing(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "team.vcf")
    whole = CARDS.format(1, "Asha Rao") + CARDS.format(2, "Ben Carter")
    rig.write(whole)
    assert rig.names() == ["+Asha Rao", "+Ben Carter"]
    for end in range(len(whole) // 2 + 20, len(whole) - 12, 7):
        rig.write(whole[:end])
        assert rig.trouble().startswith("The file is cut off. Its last contact, in line 7, has no end.")
    rig.write(whole)
    assert rig.names() == []


def test_a_card_without_an_end_among_whole_ones_costs_that_card_only(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "team.vcf")
    rig.write(CARDS.format(1, "Asha Rao").replace("END:VCARD\r\n", "") + CARDS.format(2, "Ben Carter"))
    assert rig.names() == ["?1", "+Ben Carter"]


def test_a_card_file_with_no_card_in_it_is_refused(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "team.vcf")
    rig.write("<html>Sign in to the share</html>\n")
    assert rig.trouble().startswith("There is no contact in the file.")


def test_a_card_file_that_is_empty_is_refused(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "team.vcf")
    rig.write("")
    assert rig.trouble() == "No contacts. The file is empty."


def test_a_file_that_is_written_while_it_is_read_changes_nothing(known: Rig) -> None:
    known.table(ASHA, BEN, "Carla Diaz,+1 555 0100,carla@example.org")
    changes = known.source().changes(known.cursor)
    assert _word(next(changes)) == "+Carla Diaz"
    known.table(ASHA, BEN, "Carla")
    with pytest.raises(DirectoryError, match="is being written"):
        list(changes)
    _unharmed(known)


def test_a_file_that_is_replaced_while_it_is_read_changes_nothing(known: Rig, tmp_path: Path) -> None:
    known.table(ASHA)
    changes = known.source().changes(known.cursor)
    other = Rig(tmp_path / "other.csv")
    other.table(BEN)
    assert _word(next(changes)) == "-mail ben@example.org ben carter"
    other.path.replace(known.path)
    with pytest.raises(DirectoryError, match="is being written"):
        list(changes)


def test_a_file_somebody_just_wrote_is_waited_for(known: Rig) -> None:
    known.table(ASHA)
    known.touch(SETTLED_SECONDS / 4)
    assert known.names() == ["-mail ben@example.org ben carter"]
    assert known.paused == [SETTLED_SECONDS * 3 / 4]


def test_a_file_that_goes_on_being_written_is_given_up(known: Rig) -> None:
    known.table(ASHA)
    known.touch(1)
    source = WatchedFileSource(str(known.path), now=lambda: NOW, pause=lambda _: known.table(ASHA, BEN))
    with pytest.raises(DirectoryError, match="is being written"):
        list(source.changes(known.cursor))
    _unharmed(known)


def test_a_file_from_the_future_is_looked_into_every_time(rig: Rig) -> None:
    rig.table(ASHA)
    rig.touch(-5000)
    assert rig.names() == ["+Asha Rao"]
    size = rig.path.stat().st_size
    rig.table(ASHA.replace("22222", "33333"))
    rig.touch(-5000)
    assert rig.path.stat().st_size == size
    assert rig.names() == ["+Asha Rao"]
    assert (rig.names(), rig.paused) == ([], [])


def test_a_look_says_why_a_file_cannot_be_added(rig: Rig) -> None:
    with pytest.raises(DirectoryError, match=r"The file cannot be read: “team\.csv” is not there"):
        rig.source().look()
    rig.write("<html></html>\n")
    with pytest.raises(DirectoryError, match="The file cannot be read: "):
        rig.source().look()
    rig.table(ASHA)
    assert rig.source().look() == FileContents(1, ("Asha Rao",))
    assert rig.names() == ["+Asha Rao"]


def test_a_look_counts_and_names_the_first_and_no_more_than_some_thousands(rig: Rig) -> None:
    rig.table(*(f"Name {n:04},+91 98402 2{n:04}" for n in range(MOST_COUNTED)))
    first = ("Name 0000", "Name 0001", "Name 0002")
    assert rig.source().look() == FileContents(MOST_COUNTED, first)
    rig.table(*(f"Name {n:04},+91 98402 2{n:04}" for n in range(MOST_COUNTED + 1)))
    assert rig.source().look() == FileContents(MOST_COUNTED, first, is_all=False)


# What goes right


def test_only_what_changed_is_told(known: Rig) -> None:
    known.table(BEN, ASHA.replace("Rao", "Rao-Iyer"), "Carla Diaz,+1 555 0100,carla@example.org")
    assert known.names() == ["+Asha Rao-Iyer", "+Carla Diaz", "-mail asha@example.org asha rao"]
    known.table(ASHA)
    gone = ["ben@example.org ben carter", "asha@example.org asha rao-iyer", "carla@example.org carla diaz"]
    assert known.names() == ["+Asha Rao", *(f"-mail {key}" for key in gone)]


def test_a_file_that_lost_most_of_its_contacts_is_believed(rig: Rig) -> None:
    people = [f"Person {n},+1 555 01{n:02},p{n}@example.org" for n in range(50)]
    rig.table(*people)
    assert len(rig.read()) == 50
    rig.table(people[0])
    assert len(rig.read()) == 49


def test_an_unchanged_file_is_not_read(known: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = known.cursor
    monkeypatch.setattr("c2c_desktop.adapters.watched_file_source._content_hash", pytest.fail)
    assert known.names() == []
    assert known.cursor == cursor


def test_a_file_that_was_only_touched_says_nothing_and_is_not_read_a_third_time(
    known: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.touch(7)
    tags = known.cursor.tags
    assert known.names() == []
    assert known.cursor.tags == tags
    monkeypatch.setattr("c2c_desktop.adapters.watched_file_source._content_hash", pytest.fail)
    assert known.names() == []


def test_a_cursor_of_another_source_is_read_over(known: Rig) -> None:
    known.cursor = DirectoryCursor("http://sync/42", known.cursor.tags)
    assert known.names() == []


def test_a_table_is_read_as_a_person_said(known: Rig) -> None:
    swapped = ColumnMapping((Column(Meaning.COMPANY), Column(Meaning.NUMBER), Column(Meaning.EMAIL)))
    known.remembered = RememberedMappings().remembered(HEAD.split(","), swapped)
    changes = known.read()
    assert [c.record.company for c in changes if isinstance(c, DirectoryEntry)] == ["Asha Rao", "Ben Carter"]
    assert known.names() == []


def test_cards_are_known_by_their_uid_whatever_the_file_is_called(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "team.txt")
    rig.write("\ufeff" + CARDS.format(1, "Asha Rao"))
    assert [c.key for c in rig.read() if isinstance(c, DirectoryEntry)] == ["uid u-1"]
    rig.write(CARDS.format(1, "Asha Iyer").encode("utf-16"))
    assert [_word(c) for c in rig.read()] == ["+Asha Iyer"]


def test_those_without_address_are_known_by_name_and_number_and_twins_are_counted(rig: Rig) -> None:
    rows = ["Asha,+91 98402 22222,", "Ásha,+91-98402-22222,", "Asha,,", "ASHA,+91 9840222222,", ",+1 555 0100,"]
    rig.table(*rows)
    keys = [c.key for c in rig.read() if isinstance(c, DirectoryEntry)]
    first = "name asha +919840222222"
    assert keys == [first, f"{first} #2", "name asha ", f"{first} #3", "name  +15550100"]
    rig.table(rows[4], *rows[:4])
    assert rig.names() == []


def test_a_shared_address_and_a_uid_used_twice_make_nobody_vanish(rig: Rig) -> None:
    rig.table("Asha,+91 98402 22222,team@example.org", "Ben,+44 20 7946 0018,TEAM@example.org")
    assert [c.key for c in rig.read() if isinstance(c, DirectoryEntry)] == [
        "mail team@example.org asha",
        "mail team@example.org ben",
    ]
    cards = Rig(rig.path.with_suffix(".vcf"))
    cards.write(CARDS.format(1, "Asha") + CARDS.format(1, "Ben"))
    assert cards.names() == ["+Asha", "+Ben"]


def test_of_two_with_one_address_each_stays_who_they_are_in_any_order(rig: Rig) -> None:
    rows = ["Asha,+91 98402 22222,office@example.org", "Zoe,+44 20 7946 0018,office@example.org"]
    rig.table(*rows)
    assert rig.names() == ["+Asha", "+Zoe"]
    rig.table(*reversed(rows))
    assert rig.names() == []
    rig.table(rows[1])
    assert rig.names() == ["-mail office@example.org asha"]


def test_whatever_happens_to_a_file_what_is_told_adds_up_to_it(rig: Rig) -> None:
    chance = random.Random(7)
    rows: dict[int, str] = {}
    list_here: dict[str, str] = {}
    for turn in range(60):
        for _ in range(chance.randrange(1, 6)):
            number = chance.randrange(12)
            if chance.random() < 0.3:
                rows.pop(number, None)
            else:
                mail = f"p{number % 5}@example.org" if number % 3 else ""
                rows[number] = f"Person {number % 7},+1 555 01{number:02},{mail},Company {turn}"
        order = list(rows.values()) or ["Last,+1 555 0199,,"]
        chance.shuffle(order)
        rig.write("\n".join(["Name,Phone,E-mail,Company", *order, ""]))
        for change in rig.read():
            if isinstance(change, DirectoryEntry):
                record = change.record
                mail = record.emails[0] if record.emails else ""
                list_here[change.key] = f"{record.name},{record.numbers[0].as_written},{mail},{record.company}"
            elif isinstance(change, DirectoryRemoval):
                del list_here[change.key]
        assert sorted(list_here.values()) == sorted(order)

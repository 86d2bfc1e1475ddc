"""Exports of contacts: what goes wrong, how far they are, and what is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.contact_export import (
    CancelledExportError,
    ContactSelection,
    ExportChoices,
    ExportFormat,
    ExportProgress,
    ExportReport,
    ExportWish,
    TagCount,
    UnknownTagError,
    format_of,
)
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.services.contact_export import AT_ONCE, TOLD_SECONDS, ContactExport
from tests.fake_export import MemoryContactSource, MemoryContactWriter
from tests.fakes import FakeClock, ManualRunner

TAGS = (TagCount("hot lead", 3, 1), TagCount("Team", 0, 4), TagCount("VIP", 1))
MANY = tuple(TagCount(f"t{n:02}", 1) for n in range(23))
WISH = ExportWish("x.csv", ExportFormat.CSV_FOR_PEOPLE)
FULL = StorageError("The contacts could not be exported", "There is no room left on the disk.")


class Rig:
    """An export of a hundred contacts, and all that was told of it."""

    def __init__(self) -> None:
        self.source = MemoryContactSource(Contact(n + 1, f"Contact {n:03}") for n in range(100))
        self.writer = MemoryContactWriter()
        self.runner = ManualRunner()
        self.clock = FakeClock(0.0)
        self.breaths = 0
        self.told: list[object] = []
        self.export = ContactExport(self.source, self.writer, self.runner, self.clock, self.breathe)

    def breathe(self) -> None:
        self.breaths += 1

    @property
    def ends(self) -> list[object]:
        """What was told but for progress."""
        return [told for told in self.told if not isinstance(told, ExportProgress)]

    def start(self, wish: ExportWish = WISH) -> Iterator[None]:
        """Begin; go on for everything that follows."""
        self.cancel = self.export.start(wish, self.told.append, self.told.append, self.told.append)
        yield
        self.runner.finish()


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_a_list_that_cannot_be_read_fails_and_writes_nothing(rig: Rig) -> None:
    rig.source.fails = StorageError("Your data could not be stored", "It is damaged.")
    list(rig.start())
    assert rig.told == [rig.source.fails]
    assert rig.writer.files == {}
    rig.export.choices(rig.told.append, rig.told.append)
    rig.export.count(ContactSelection(), rig.told.append, rig.told.append)
    rig.runner.finish()
    assert rig.told == [rig.source.fails] * 3


def test_a_full_disk_fails(rig: Rig) -> None:
    rig.writer.fails = FULL
    list(rig.start())
    assert rig.ends == [FULL]


@pytest.mark.parametrize("way", ["cancel", "close"])
def test_cancelled_while_it_writes_it_fails_and_no_progress_is_told_any_more(rig: Rig, way: str) -> None:
    def during(number: int) -> None:
        rig.clock.pass_by(1)
        if number == 30:
            rig.cancel() if way == "cancel" else rig.export.close()

    rig.writer.during = during
    list(rig.start())
    assert [type(told) for told in rig.told] == [CancelledExportError]
    assert rig.writer.files == {}


def test_cancelled_before_its_turn_it_writes_nothing(rig: Rig) -> None:
    for _ in rig.start():
        rig.cancel()
    assert [type(told) for told in rig.told] == [CancelledExportError]


def test_to_cancel_the_last_one_does_not_touch_the_next(rig: Rig) -> None:
    list(rig.start())
    cancel = rig.cancel
    for _ in rig.start():
        cancel()
    assert rig.ends == [ExportReport(100)] * 2


def test_progress_is_told_now_and_then_never_beyond_the_end(rig: Rig) -> None:
    rig.writer.during = lambda _: rig.clock.pass_by(TOLD_SECONDS / AT_ONCE / 2)
    list(rig.start())
    told = [progress for progress in rig.told if isinstance(progress, ExportProgress)]
    assert [(progress.contacts, progress.total) for progress in told] == [(0, 100), (50, 100)]
    assert told[1].seconds == pytest.approx(TOLD_SECONDS)


def test_more_than_were_counted_are_the_total(rig: Rig) -> None:
    rig.writer.during = lambda _: rig.clock.pass_by(1)
    rig.source.counted_before = 3
    list(rig.start())
    told = [progress for progress in rig.told if isinstance(progress, ExportProgress)]
    assert [(progress.contacts, progress.total) for progress in told] == [(0, 3), (25, 25), (50, 50), (75, 75)]


def test_the_selected_contacts_are_written_and_reported(rig: Rig) -> None:
    rig.writer.neutralised = 3
    rig.writer.during = lambda _: rig.clock.pass_by(0.01)
    list(rig.start(ExportWish("y.vcf", ExportFormat.VCARD_4, ContactSelection("contact 09"))))
    assert [record.name for record in rig.writer.files["y.vcf"]] == [f"Contact {n:03}" for n in range(90, 100)]
    assert rig.writer.kinds == [ExportFormat.VCARD_4]
    (report,) = rig.ends
    assert isinstance(report, ExportReport)
    assert (report.contacts, report.neutralised) == (10, 3)
    assert report.seconds == pytest.approx(0.1)


def test_others_have_their_turn_again_and_again(rig: Rig) -> None:
    list(rig.start())
    assert rig.breaths == 100 / AT_ONCE


def test_what_there_is_to_choose_from_is_told(rig: Rig) -> None:
    rig.source.contacts += [Contact(200, "A", tags=("VIP",)), Contact(201, "B", tags=("vip",), directory=1)]
    rig.export.choices(rig.told.append, rig.told.append)
    rig.export.count(ContactSelection(tag="Vip", with_shared=True), rig.told.append, rig.told.append)
    rig.runner.finish()
    assert rig.told == [ExportChoices(101, 1, (TagCount("VIP", 1, 1),)), 2]


def test_without_anybody_to_tell_the_file_is_written_all_the_same(rig: Rig) -> None:
    export = ContactExport(rig.source, rig.writer, rig.runner, rig.clock)
    assert export.write(WISH) == ExportReport(100)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.vcf", ExportFormat.VCARD_3),
        ("A.VCARD", ExportFormat.VCARD_3),
        ("x/a.Csv", ExportFormat.CSV_FOR_PEOPLE),
        ("a.xlsx", None),
        ("csv", None),
        ("-", None),
    ],
)
def test_the_ending_says_the_format(path: str, kind: ExportFormat | None) -> None:
    assert format_of(path) is kind


@pytest.mark.parametrize("kind", ExportFormat)
def test_a_format_s_own_ending_says_a_format_of_its_family(kind: ExportFormat) -> None:
    told = format_of(f"contacts{kind.ending}")
    assert told is not None
    assert told.ending == kind.ending


@pytest.mark.parametrize(
    ("selection", "tags", "said"),
    [
        (ContactSelection(tag="lead"), TAGS, "No contact has the tag “lead”: The tags there are: hot lead, VIP."),
        (
            ContactSelection(tag="lead", with_shared=True),
            TAGS,
            "No contact has the tag “lead”: The tags there are: hot lead, Team, VIP.",
        ),
        (
            ContactSelection(tag="TEAM"),
            TAGS,
            "No contact has the tag “TEAM”: Only contacts of shared directories have it: add --shared.",
        ),
        (ContactSelection(tag="x\x1b[2J\u202e"), (), "No contact has the tag “x[2J”: No contact has a tag."),
        (
            ContactSelection(tag="x"),
            MANY,
            f"No contact has the tag “x”: The tags there are: {', '.join(t.tag for t in MANY[:20])}, and 3 more.",
        ),
    ],
)
def test_a_tag_nobody_has_is_told_with_the_tags_there_are(
    selection: ContactSelection, tags: tuple[TagCount, ...], said: str
) -> None:
    assert str(UnknownTagError(selection, ExportChoices(5, 5, tags))) == said

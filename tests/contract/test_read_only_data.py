"""A data folder that can only be read is enough to tell what is in it."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from c2c_desktop.adapters.call_store import SqliteCallStore
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.adapters.diagnostics_bundle import Sources, write_bundle
from c2c_desktop.adapters.journal_copy import calls_of_copy
from c2c_desktop.cli import main
from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.contact import Contact
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.settings import Settings
from tests.contract.permissions import without_root
from tests.unit.builders import make_call

FILES = ("calls.sqlite3", "contacts.sqlite3")


@pytest.fixture(scope="module", autouse=True)
def _everything_is_imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever runs this must have read its modules before stepping down."""
    folder = tmp_path_factory.mktemp("first")
    assert main(["--data-dir", str(folder), "history"]) == 0
    assert calls_of_copy(folder / FILES[0], 1) == []
    write_bundle(Sources(folder, FILES, Settings(), "", folder / "no rules", list), folder)


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder with a call and a contact that nobody may write to any more."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    with closing(SqliteCallStore(folder / FILES[0])) as calls:
        calls.save(make_call(CallState.INITIATED, request_id="r-1"))
    with closing(SqliteContactStore(folder / FILES[1])) as contacts:
        contacts.save(Contact(0, "Asha Rao"))
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    try:
        with without_root():
            yield folder
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_the_history_of_a_folder_that_can_only_be_read_is_printed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data-dir", str(data), "history", "--json"]) == 0
    assert [call["request_id"] for call in json.loads(capsys.readouterr().out)] == ["r-1"]
    assert sorted(path.name for path in data.iterdir()) == sorted(FILES)


def test_a_folder_without_a_journal_has_no_calls(read_only_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(read_only_folder), "history"]) == 0
    assert capsys.readouterr().out == "No calls yet.\n"


@pytest.mark.logs("the settings file cannot be read")
def test_a_journal_nobody_may_read_is_told_as_before(
    unreadable_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data-dir", str(unreadable_folder), "history"]) == 1
    assert "c2c-desktop: Your data could not be stored" in capsys.readouterr().err


def test_the_newest_calls_are_read_from_the_log_beside_the_journal(tmp_path: Path) -> None:
    path = tmp_path / FILES[0]
    with closing(SqliteCallStore(path)) as store:
        store.save(make_call(CallState.INITIATED))
        assert path.with_name(f"{path.name}-wal").stat().st_size > 0
        assert [call.state for call in calls_of_copy(path, 9) or []] == [CallState.INITIATED]


@pytest.mark.logs("set aside")
def test_a_damaged_journal_has_no_copy_and_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILES[0]
    path.write_bytes(b"no database" * 100)
    assert calls_of_copy(path, 9) is None
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_entry_of_a_process_that_is_gone_is_uncertain_in_the_copy_only(tmp_path: Path) -> None:
    path = tmp_path / FILES[0]
    with closing(SqliteCallStore(path)) as store:
        store.save(make_call(CallState.PLACING))
        assert [call.state for call in calls_of_copy(path, 9) or []] == [CallState.UNCERTAIN]
        assert [call.state for call in store.recent(9)] == [CallState.PLACING]


def sources(data: Path, **others: object) -> Sources:
    whole = Sources(data, FILES, Settings(), "", data / "no rules", list)
    return replace(whole, **others)  # type: ignore[arg-type]  # the caller names fields of Sources


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


@pytest.fixture
def out() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="out-") as folder:
        yield Path(folder)


def test_a_bundle_tells_of_data_that_can_only_be_read(data: Path, out: Path) -> None:
    bundle = write_bundle(sources(data), out)
    parts = parts_of(bundle.path)
    assert bundle.unread == ()
    assert [call["request_id"] for call in json.loads(parts["calls.json"])] == ["r-1"]
    assert [d["health"] for d in json.loads(parts["databases.json"])] == ["ok", "ok"]


def test_an_administrators_rules_are_there_by_their_keys_alone(tmp_path: Path) -> None:
    rules = tmp_path / "policy.json"
    rules.write_text(
        json.dumps(
            {"note": "Asha Rao", "set": {"guard": {"blocked_prefixes": ["+44"]}}, "lock": ["guard.undo_seconds"]}
        )
    )
    bundle = write_bundle(sources(tmp_path, admin_file=rules), tmp_path / "x.zip")
    told = json.loads(parts_of(bundle.path)["policy.json"])
    assert told == {"set": ["guard.blocked_prefixes"], "locked": ["guard.undo_seconds"], "trouble": ""}


def test_a_part_that_fails_inside_is_named_with_its_kind_of_error(tmp_path: Path) -> None:
    def fail() -> list[dict[str, object]]:
        raise ZeroDivisionError("+91 98402 22222")

    bundle = write_bundle(sources(tmp_path, checks=fail), tmp_path / "x.zip")
    assert bundle.unread == ("doctor.json: ZeroDivisionError",)


def test_a_folder_full_of_bundles_takes_no_more(tmp_path: Path) -> None:
    names = {write_bundle(sources(tmp_path), tmp_path).path.name for _ in range(3)}
    assert len(names) == 3
    today = min(names, key=len).removesuffix(".zip")
    for count in range(4, 1001):
        (tmp_path / f"{today}-{count}.zip").touch()
    with pytest.raises(StorageError):
        write_bundle(sources(tmp_path), tmp_path)

"""`diagnostics`: one file that can be sent to anybody, whatever state the data is in."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop import __version__
from c2c_desktop.adapters.contact_store import SqliteContactStore
from c2c_desktop.domain.call import Call, CallState, Source
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.domain.route import Route
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import CommandLine

MEMBERS = [
    "README.txt", "versions.json", "settings.json", "calls.json", "databases.json", "log.txt", "doctor.json",
]  # fmt: skip
NAMES = ("Asha Rao", "Ben Carter", "Rao Textiles")
NUMBERS = ("919840222222", "442079460018", "12025550143", "447700900123")
REQUEST_ID = "s96C6XK1BUHX0oVZfOo5NhoJfZZJd0y1nmrNN6dhdkW"
PROXY_PASSWORD = "hidden-from-all"


def opened(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def saved(line: CommandLine, *arguments: str) -> tuple[Path, dict[str, str], list[str]]:
    outcome = line.run("diagnostics", "--json", *arguments)
    assert outcome.status == 0, outcome.err
    path = Path(outcome.told["file"])
    return path, opened(path), outcome.told["unread"]


def live_in(line: CommandLine) -> None:
    """Leave behind what a person does who uses everything."""
    for number, e164 in enumerate(NUMBERS):
        line.keep(
            Call(
                id=f"c-{number}",
                e164=f"+{e164}",
                shown_number=f"+{e164[:2]} {e164[2:7]} {e164[7:]}",
                contact_name=NAMES[number % 2],
                source=Source.CONTACT,
                route=Route.MOBILE,
                user_id=USER_ID,
                started_at=1_800_000_000.0 + number,
                state=CallState.REFUSED,
                caller_id="+44 20 7946 0018",
                extra_params={"customer": "Asha Rao", "phone": e164},
                request_id=REQUEST_ID,
                code=420,
                message=f"{NAMES[number % 2]} at {e164} is barred",
                post_dial="98765",
            )
        )
    store = SqliteContactStore(line.data / "contacts.sqlite3")
    store.save(Contact(0, "Ben Carter", "Rao Textiles", (ContactNumber("+44 20 7946 0018", "+442079460018"),)))
    store.close()
    (line.data / "c2c-desktop.log").write_text(
        "2026-11-25T05:16:28 INFO c2c_desktop.app: up\n"
        f"2026-11-25T05:16:29 ERROR x: …2222 and +44 20 7946 0018 of Ben Carter, {USER_ID}, at {line.home}/data\n"
    )
    (line.data / "settings.json").write_text(json.dumps(settings(line)))


def settings(line: CommandLine) -> dict[str, Any]:
    account = {
        "user_id": USER_ID,
        "region": "GB",
        "caller_id": "+44 20 7946 0018",
        "caller_ids": ["+1 202-555-0143"],
        "extra_params": {"customer": "Asha Rao"},
        "internal_extensions": "1xx",
    }
    return {
        "accounts": [account, {"user_id": "asha.rao 919840222222"}],
        "proxy": f"http://asha:{PROXY_PASSWORD}/@127.0.0.1:1/path",
        "ca_file": str(line.home / "company.pem"),
        "guard": {"blocked_prefixes": ["+919840222222", "+4470"], "do_not_call_file": str(line.home / "list.csv")},
        "of a newer version": {"name": "Asha Rao", "number": "+442079460018"},
    }


def test_nothing_in_the_bundle_tells_whom_it_is_about(line: CommandLine, keyring: KeyringBus) -> None:  # noqa: ARG001
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    live_in(line)
    _, parts, unread = saved(line)
    assert (list(parts), unread) == (MEMBERS, [])
    for name, text in parts.items():
        told = f"{name}\n{text}"
        digits = re.sub(r"[^0-9]", "", text)
        for private in (*NAMES, SECRET, USER_ID, PROXY_PASSWORD, "customer", "98765", str(line.home), "asha"):
            assert private.lower() not in told.lower()
        for number in NUMBERS:
            assert number not in digits
            assert number[-4:] not in told
    assert json.loads(parts["doctor.json"])[1]["detail"] == "holds the secret"


def test_what_helps_is_in_the_bundle(line: CommandLine) -> None:
    live_in(line)
    _, parts, _ = saved(line)
    told = {name: json.loads(text) for name, text in parts.items() if name.endswith(".json")}
    newest = told["calls.json"][0]
    assert [call["number"] for call in told["calls.json"]] == ["…23", "…43", "…18", "…22"]
    assert (newest["state"], newest["request_id"], newest["code"]) == ("REFUSED", REQUEST_ID, 420)
    assert newest["message"] == "… at …23 is barred"
    assert newest["started_at"] == "2027-01-15T08:00:03Z"
    assert told["versions.json"]["program"] == __version__
    assert told["versions.json"]["packages"]["PySide6-Essentials"].startswith("6.")
    assert [(d["file"], d["health"], d["schema_version"] > 0) for d in told["databases.json"]] == [
        ("calls.sqlite3", "ok", True),
        ("contacts.sqlite3", "ok", True),
    ]
    kept = told["settings.json"]
    assert [account["user_id"] for account in kept["accounts"]] == ["101_•••••12", "••••.••• ••••••••••22"]
    assert (kept["proxy"], kept["ca_file"], kept["not_known_and_left_out"]) == (
        "http://127.0.0.1:1",
        "~/company.pem",
        1,
    )
    assert kept["guard"]["blocked_prefixes"] == ["+••••••••••22", "+4470"]
    assert "ERROR x: …22 and …18 of …, 101_…12, at ~/data" in parts["log.txt"]
    assert {finding["name"] for finding in told["doctor.json"]} >= {"service", "keyring", "data folder"}
    assert "README" not in parts["README.txt"]
    assert all(name in parts["README.txt"] for name in MEMBERS[1:])


def test_no_call_is_placed_and_no_data_changed(line: CommandLine, service: SandboxServer) -> None:
    live_in(line)
    before = {path.name: path.read_bytes() for path in line.data.iterdir() if path.suffix in {".json", ".log"}}
    saved(line)
    assert service.received == []
    assert {name: (line.data / name).read_bytes() for name in before} == before
    assert len(line.calls()) == len(NUMBERS)


def test_it_is_saved_where_downloads_go_and_is_its_owners_alone(line: CommandLine) -> None:
    assert saved(line)[0].parent == line.home
    (line.home / "Downloads").mkdir()
    first, second = saved(line)[0], saved(line)[0]
    assert first.parent == second.parent == line.home / "Downloads"
    assert re.fullmatch(r"c2c-desktop-diagnostics-\d{4}-\d\d-\d\d\.zip", first.name)
    assert second.name == f"{first.stem}-2.zip"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (first, second)} == {0o600}


def test_a_file_that_is_there_is_never_overwritten(line: CommandLine) -> None:
    taken = line.home / "taken.zip"
    taken.write_text("mine")
    outcome = line.run("diagnostics", "--output", str(taken))
    assert (outcome.status, outcome.out) == (1, "")
    assert "There is such a file already" in outcome.err
    assert taken.read_text() == "mine"


def test_it_goes_where_it_is_told_and_says_where(line: CommandLine) -> None:
    chosen = line.home / "chosen.zip"
    outcome = line.run("diagnostics", "--output", str(chosen))
    assert outcome.out.splitlines()[0] == f"Saved as {chosen}"
    assert list(opened(chosen)) == MEMBERS
    folder = line.home / "folder"
    folder.mkdir()
    assert saved(line, "--output", str(folder))[0].parent == folder


def test_a_place_that_cannot_be_written_is_told(line: CommandLine) -> None:
    outcome = line.run("diagnostics", "--output", str(line.home / "nowhere" / "x.zip"))
    assert (outcome.status, outcome.out) == (1, "")
    assert "The diagnostics could not be saved" in outcome.err
    assert "Traceback" not in outcome.err


def test_what_is_damaged_is_named_and_the_rest_is_there(line: CommandLine) -> None:
    live_in(line)
    for name in ("settings.json", "calls.sqlite3", "contacts.sqlite3"):
        (line.data / name).write_bytes(b"no such thing " * 500)
    for rest in line.data.glob("*-wal"):
        rest.unlink()
    _, parts, unread = saved(line)
    assert list(parts) == [name for name in MEMBERS if name != "calls.json"]
    assert [row.partition(":")[0] for row in unread] == ["settings.json", "calls.json"]
    assert all(f"  {row}" in parts["README.txt"] for row in unread)
    assert [d["health"] for d in json.loads(parts["databases.json"])] == ["file is not a database"] * 2


@pytest.mark.parametrize("way", ["empty", "no folder", "no place"])
def test_without_data_there_is_a_bundle_all_the_same(way: str, line: CommandLine) -> None:
    if way == "empty":
        line.data.mkdir()
    elif way == "no place":
        line.data = line.home / "in the way" / "data"
        line.data.parent.write_text("no folder")
    path, parts, unread = saved(line)
    assert path.exists()
    assert set(parts) | {row.partition(":")[0] for row in unread} >= set(MEMBERS)
    assert json.loads(parts["databases.json"])[0]["health"] == "there is no such file"

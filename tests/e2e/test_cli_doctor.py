"""`doctor`: looks at what calls need, says how to mend it, and places no call."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from c2c_desktop import __version__
from c2c_desktop.adapters.diagnostics_parts import version_of
from c2c_desktop.sandbox.answers import SECRET, USER_ID
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.keyring_bus import KeyringBus
from tests.e2e.rig import CommandLine

NAMES = ["service", "keyring", "data folder", "tray", "notifications", "links", "versions"]


def findings(line: CommandLine, status: int, *arguments: str) -> dict[str, dict[str, Any]]:
    outcome = line.run("doctor", "--json", *arguments)
    assert outcome.status == status, outcome.err
    told = outcome.told
    assert told["fine"] == all(finding["fine"] for finding in told["findings"])
    assert [finding["name"] for finding in told["findings"]] == NAMES
    for finding in told["findings"]:
        assert bool(finding["mend"]) is not finding["fine"]
    return {finding["name"]: finding for finding in told["findings"]}


def test_a_service_that_is_not_there_is_status_1(line: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line.api_url = f"http://127.0.0.1:{taken.getsockname()[1]}/v2"
    found = findings(line, 1)["service"]
    assert "127.0.0.1 cannot be reached" in found["detail"]
    assert "--api-url" in found["mend"]


@pytest.mark.parametrize("way", ["in the way/data", "data"])
def test_a_data_folder_that_cannot_be_written_is_status_1(way: str, line: CommandLine) -> None:
    line.data = line.home / way
    if way == "data":
        line.data.symlink_to("/proc")
    else:
        line.data.parent.write_text("no folder")
    found = findings(line, 1)["data folder"]
    assert "--data-dir" in found["mend"]


def test_without_a_desktop_each_missing_part_has_its_mend(line: CommandLine, service: SandboxServer) -> None:
    found = findings(line, 0)
    assert [name for name in NAMES if not found[name]["fine"]] == ["keyring", "tray", "notifications", "links"]
    assert "AppIndicator" in found["tray"]["mend"]
    assert "dunst" in found["notifications"]["mend"]
    assert "keyring" in found["keyring"]["detail"].lower()
    assert "links --install" in found["links"]["mend"]
    assert __version__ in found["versions"]["detail"]
    assert "httpx" in found["versions"]["detail"]
    assert service.received == []


def test_a_keyring_is_seen_before_and_after_a_sign_in(line: CommandLine, keyring: KeyringBus) -> None:
    assert findings(line, 0)["keyring"]["detail"] == "answers; no secret stored yet"
    line.run("account", "set", "--user-id", USER_ID, stdin=SECRET)
    assert findings(line, 0)["keyring"]["detail"] == "holds the secret"
    keyring.lock()
    assert "locked" in findings(line, 0)["keyring"]["detail"]


def test_words_mark_what_is_to_mend_and_no_setting_is_changed(line: CommandLine) -> None:
    line.data.mkdir()
    settings = line.data / "settings.json"
    settings.write_text(json.dumps({"theme": "dark", "of a newer version": 1}))
    before = (settings.stat().st_mtime_ns, settings.read_bytes())
    told = line.run("doctor").out.splitlines()
    assert told[0] == f"ok    service: {line.api_url} can be reached"
    mend = next(number for number, row in enumerate(told) if row.startswith("MEND  tray:"))
    assert told[mend + 1].startswith("      On GNOME")
    assert (settings.stat().st_mtime_ns, settings.read_bytes()) == before


def test_on_the_sandbox_all_calls_need_is_there(line: CommandLine) -> None:
    outcome = line.bare("--sandbox", "doctor", "--json")
    assert outcome.status == 0
    found = {finding["name"]: finding["fine"] for finding in outcome.told["findings"]}
    assert (found["service"], found["keyring"], found["data folder"]) == (True, True, True)


def test_a_package_that_is_not_installed_has_no_version() -> None:
    assert version_of("no-such-distribution") == "(version not known)"

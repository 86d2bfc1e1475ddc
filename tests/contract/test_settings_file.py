"""The settings file: private, whole at every moment, and kept when it is damaged."""

from __future__ import annotations

import json
import resource
import stat
from pathlib import Path
from typing import Any

import pytest

from c2c_desktop.adapters.settings_file import SettingsFile
from c2c_desktop.domain.account import Account
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind, Settings, ThemeChoice

FILES = ["settings.json", "settings.json.bak", "settings.json.lock"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def written(path: Path, data: object) -> Settings:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data))
    return SettingsFile(path).load()


@pytest.mark.logs("damaged file was set aside")
@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe\x00", b'{"theme": "dark"', b"[" * 100_000, b"\x00" * 40],
    ids=repr,
)
def test_a_damaged_file_is_set_aside_with_its_date_and_never_deleted(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    file = SettingsFile(path)
    assert file.load() == Settings()
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.name.startswith("settings.json.damaged-2")
    assert aside.read_bytes() == damage
    assert not path.exists()


@pytest.mark.logs("damaged file was set aside")
def test_files_damaged_within_one_second_are_all_kept(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        SettingsFile(path).load()
    kept = [file.read_bytes() for file in path.parent.glob("*.damaged-*")]
    assert sorted(kept) == [b"first", b"second", b"third"]


@pytest.mark.logs("the settings file cannot be read")
def test_a_file_that_can_neither_be_read_nor_moved_leaves_the_defaults(path: Path, unreadable_folder: Path) -> None:
    file = SettingsFile(unreadable_folder / path.name)
    assert file.load() == Settings()
    assert file.settings_trouble == "Your settings cannot be read: Permission denied."
    assert "lost" not in file.settings_trouble


def test_a_folder_that_cannot_be_written_gives_words_and_changes_nothing(read_only_folder: Path) -> None:
    file = SettingsFile(read_only_folder / "settings.json")
    with pytest.raises(StorageError, match="settings could not be saved") as caught:
        file.save(Settings(proxy="http://127.0.0.1:1"))
    assert "cannot be written" in caught.value.message
    assert "Nothing was changed" in caught.value.message
    assert file.load() == Settings()


def test_the_old_settings_stand_until_the_new_ones_are_whole(path: Path) -> None:
    file = SettingsFile(path)
    file.save(Settings(proxy="http://127.0.0.1:1"))
    size = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, size[1]))
    try:
        with pytest.raises(StorageError, match="File too large"):
            file.save(Settings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, size)
    assert sorted(beside.name for beside in path.parent.iterdir()) == FILES
    assert file.load().proxy == "http://127.0.0.1:1"


def test_the_file_and_its_folder_are_private(path: Path) -> None:
    SettingsFile(path).save(Settings())
    assert mode(path.parent) == 0o700
    assert {file.name: mode(file) for file in path.parent.iterdir()} == dict.fromkeys(FILES, 0o600)


def test_saving_puts_a_new_file_in_the_place_of_the_old_one(path: Path) -> None:
    file = SettingsFile(path)
    file.save(Settings())
    with path.open() as opened_before:
        file.save(Settings(theme=ThemeChoice.DARK))
        assert json.load(opened_before)["theme"] == "system"
    assert json.loads(path.read_text())["theme"] == "dark"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("theme", []),
        ("theme", {}),
        ("proxy", 7),
        ("show_tray", "yes"),
        ("show_tray", 0),
        ("connect_timeout", 0.1),
        ("connect_timeout", 1e9),
        ("connect_timeout", "5"),
        ("connect_timeout", True),
        ("request_timeout", float("nan")),
        ("request_timeout", 10**400),
        ("accounts", {"user_id": "101_1111112"}),
        ("accounts", [None, 7, {}, {"user_id": 5}, {"user_id": ""}, {"user_id": "\u202e"}]),
        ("muted", "ended"),
        ("muted", ["loud", 7, [], None]),
    ],
)
def test_a_value_that_makes_no_sense_falls_back_to_its_default(path: Path, key: str, value: object) -> None:
    assert written(path, {key: value}) == Settings()


@pytest.mark.parametrize(
    "fields",
    [
        {"region": "ZZ"},
        {"region": "in"},
        {"region": 91},
        {"region": []},
        {"route": "both"},
        {"route": []},
        {"caller_id": 5},
        {"caller_ids": "5"},
        {"caller_ids": [5, None]},
        {"extra_params": []},
        {"extra_params": {"a": None, "b": [1], "c": {}}},
        {"internal_extensions": 101},
        {"internal_extensions": "1" * 201},
        {"national_digits": "yes"},
        {"secret": "canary"},
    ],
)
def test_a_value_of_an_account_that_makes_no_sense_falls_back(path: Path, fields: dict[str, Any]) -> None:
    settings = written(path, {"accounts": [{"user_id": "101_1111112", **fields}]})
    assert settings.accounts == (Account("101_1111112"),)
    SettingsFile(path).save(settings)
    assert "canary" not in path.read_text()


def test_what_makes_sense_beside_nonsense_is_kept(path: Path) -> None:
    settings = written(
        path,
        {
            "muted": ["ended", "loud"],
            "connect_timeout": 3,
            "theme": "light",
            "accounts": [5, {"user_id": " 101_1111112 ", "route": "mobile"}],
        },
    )
    assert settings.muted == {NotificationKind.ENDED}
    assert settings.connect_timeout == 3.0
    assert settings.theme is ThemeChoice.LIGHT
    assert settings.accounts == (Account("101_1111112", route=Route.MOBILE),)


def test_numbers_and_truth_values_of_parameters_are_kept_as_their_text(path: Path) -> None:
    params = {"a": 1, "b": 2.5, "c": True, "d": False, "e": "text", "f": None}
    settings = written(path, {"accounts": [{"user_id": "101_1111112", "extra_params": params}]})
    assert settings.accounts[0].extra_params == {"a": "1", "b": "2.5", "c": "true", "d": "false", "e": "text"}


def test_a_file_that_is_gone_or_damaged_meanwhile_does_not_take_what_is_known_with_it(path: Path) -> None:
    file = SettingsFile(path)
    file.save(Settings(proxy="http://127.0.0.1:1"))
    path.unlink()
    assert file.load().proxy == "http://127.0.0.1:1"
    assert SettingsFile(path).load() == Settings()


def test_keys_of_a_newer_version_survive_a_save(path: Path) -> None:
    file = SettingsFile(path)
    settings = written(path, {"from_the_future": [1, {"deep": None}], "theme": "dark"})
    file.save(settings)
    assert json.loads(path.read_text())["from_the_future"] == [1, {"deep": None}]


def test_half_a_character_in_the_file_does_not_stop_the_next_save(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"newer": "\\ud800", "proxy": "\\udfff"}')
    file = SettingsFile(path)
    settings = file.load()
    file.save(settings)
    assert file.load() == settings

"""Which desktop entry opens a type, asked of xdg-mime or read as the specification of MIME applications says."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

from c2c_desktop.desktop.registration.mimeapps_list import DEFAULTS, MimeAppsList, split_ids
from c2c_desktop.desktop.registration.outside_tool import ToolError, has_tool, run_tool
from c2c_desktop.desktop.registration.xdg_folders import XdgFolders
from c2c_desktop.domain.errors import StorageError
from c2c_desktop.domain.plain_text import clean_text

_log = logging.getLogger(__name__)
_TOOL = "xdg-mime"
_LIST = "mimeapps.list"
_CACHE_GROUP = "MIME Cache"
_NAME_LIMIT = 60


class XdgDefaults:
    """The defaults of one environment. Blocks: xdg-mime has `patience` seconds; once it fails it is not asked again."""

    def __init__(self, environment: Mapping[str, str], patience: float) -> None:
        self._folders = XdgFolders(environment)
        self._environment = {**environment, **self._folders.settled}
        self._patience = patience
        self._asks_tool = has_tool(_TOOL, environment)

    @property
    def user_list(self) -> Path:
        """The file in which a person's own choices are kept."""
        return self._folders.config_home / _LIST

    def opener(self, type_name: str) -> str:
        """Return the ID of the entry that opens a type, "" for none."""
        if self._asks_tool:
            found = (self._told_by_tool("query", "default", type_name) or "").strip()
            if found:
                return found.partition("\n")[0]
        return self._read_opener(type_name)

    def name(self, entry_id: str) -> str:
        """Return the name of the program an entry is for; its ID where the entry names none."""
        keys = next(self._folders.entries(entry_id), {})
        return clean_text(keys.get("Name", ""), _NAME_LIMIT) or clean_text(
            entry_id.removesuffix(".desktop"), _NAME_LIMIT
        )

    def choose(self, entry_id: str, types: list[str]) -> None:
        """Let an entry open `types`. Raises `StorageError` where the choice cannot be kept.

        xdg-mime ends with 0 whatever happens, so what it did is looked at, and done here where it did nothing; a list
        that is a symbolic link it would replace with a file. A list of one desktop alone that names another entry
        comes before the common one: it gets this entry in front.
        """
        if self._asks_tool and not self.user_list.is_symlink():
            self._told_by_tool("default", entry_id, *types)
        common = MimeAppsList(self.user_list)
        for type_name in types:
            if common.default_ids(type_name)[:1] != [entry_id]:
                common.set_default(type_name, entry_id)
        common.save()
        for path in self._own_desktops_lists():
            special = MimeAppsList(path)
            for type_name in types:
                ids = special.default_ids(type_name)
                if ids and ids[0] != entry_id:
                    special.take_away(entry_id, type_name)
                    special.set_default(type_name, f"{entry_id};{special.value(type_name)}")
            special.save()

    def give_back(self, entry_id: str, before: Mapping[str, str]) -> None:
        """Take an entry out of this user's lists; where it opened a type, `before` says what the line held.

        Raises `StorageError`.
        """
        common = MimeAppsList(self.user_list)
        for type_name, value in before.items():
            if value and common.default_ids(type_name)[:1] == [entry_id]:
                common.set_default(type_name, value)
            common.take_away(entry_id, type_name)
        common.save()
        for path in (*self._own_desktops_lists(), self._folders.applications / _LIST):
            other = MimeAppsList(path)
            for type_name in before:
                other.take_away(entry_id, type_name)
            other.save()

    def _own_desktops_lists(self) -> list[Path]:
        return [self._folders.config_home / f"{desktop}-{_LIST}" for desktop in self._folders.desktops]

    def _told_by_tool(self, *words: str) -> str | None:
        try:
            return run_tool((_TOOL, *words), self._environment, self._patience)
        except ToolError as error:
            _log.info("%s", error)
            self._asks_tool = False
            return None

    def _read_opener(self, type_name: str) -> str:
        for path, group in self._places():
            try:
                ids = split_ids(MimeAppsList(path).value(type_name, group))
            except StorageError:
                continue
            for entry_id in ids:
                if next(self._folders.entries(entry_id), {"Hidden": "true"}).get("Hidden") != "true":
                    return entry_id
        return ""

    def _places(self) -> Iterator[tuple[Path, str]]:
        """Every file that may say it, and the group it says it in, the first the most important."""
        folders = self._folders
        data = [folder / "applications" for folder in (folders.data_home, *folders.data_dirs)]
        for folder in (folders.config_home, *folders.config_dirs, *data):
            for prefix in (*(f"{desktop}-" for desktop in folders.desktops), ""):
                yield folder / f"{prefix}{_LIST}", DEFAULTS
        for folder in data:
            yield folder / "mimeinfo.cache", _CACHE_GROUP

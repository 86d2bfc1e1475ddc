"""Links on Linux and its like: a desktop entry of this user that opens them, and the choice of it as the default."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping, Sequence

from c2c_desktop.desktop.registration.desktop_entry import (
    LINKS_ID,
    MENU_ID,
    entry_keys,
    exec_words,
    links_entry,
    menu_entry,
)
from c2c_desktop.desktop.registration.link_handlers import SCHEMES, SchemeStatus
from c2c_desktop.desktop.registration.mimeapps_list import MimeAppsList, split_ids
from c2c_desktop.desktop.registration.outside_tool import TOOL_SECONDS, ToolError, has_tool, run_tool
from c2c_desktop.desktop.registration.replaced_file import delete_file, replace_file
from c2c_desktop.desktop.registration.symbolic_icons import SymbolicIcons
from c2c_desktop.desktop.registration.xdg_defaults import XdgDefaults
from c2c_desktop.desktop.registration.xdg_folders import XdgFolders
from c2c_desktop.domain.errors import UserFacingError

_log = logging.getLogger(__name__)
TYPES = {scheme: f"x-scheme-handler/{scheme}" for scheme in SCHEMES}
_BEFORE = "X-C2C-Desktop-Before-"
"""Begins the keys of the links' entry that keep what the default of a scheme was, as its line said it."""

_WRITTEN_HERE = "X-C2C-Desktop-Written"
"""Stands in a menu entry that was written here: one that a person wrote is left as it is."""

_GONE = "a C2C Desktop that was moved or deleted"
_CACHE_TOOL = "update-desktop-database"


class XdgLinks:
    """Implements the `LinkHandler` port. `command` starts the program, `opening` stands before a link.

    `patience`: the seconds that each tool of the desktop may take.
    """

    def __init__(
        self,
        command: Sequence[str],
        opening: Sequence[str],
        environment: Mapping[str, str],
        patience: float = TOOL_SECONDS,
    ) -> None:
        self._command = command
        self._opening = opening
        self._environment = environment
        self._patience = patience
        self._folders = XdgFolders(environment)
        self._menu = self._folders.applications / MENU_ID
        self._links = self._folders.applications / LINKS_ID
        self._icons = SymbolicIcons(self._folders.data_home)

    @property
    def is_available(self) -> bool:
        """Whether entries written here are seen by the desktop."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Why they are not: what runs in a box of its own brings its links in its package."""
        box = next((name for name in ("FLATPAK_ID", "SNAP") if self._environment.get(name)), "")
        return f"Inside a {box.partition('_')[0].capitalize()} the package itself sets up links." if box else ""

    @property
    def by_hand(self) -> str:
        """How to choose this program in the desktop's own settings."""
        return "Choose C2C Desktop for calls or tel links in the desktop’s settings, under default applications."

    def status(self) -> list[SchemeStatus]:
        """Return who opens each scheme's links."""
        defaults = XdgDefaults(self._environment, self._patience)
        found = []
        for scheme, type_name in TYPES.items():
            opener = defaults.opener(type_name)
            is_ours = opener == LINKS_ID and self._program_of(LINKS_ID) is not None
            name = defaults.name(opener) if opener else ""
            found.append(SchemeStatus(scheme, is_ours, name if is_ours or opener != LINKS_ID else _GONE))
        return found

    def install(self) -> None:
        """Write entries and tray icons, and choose the entry for links. Raises `UserFacingError`, `StorageError`."""
        if self.why_not:
            raise UserFacingError("Links cannot be set up here", self.why_not)
        defaults = XdgDefaults(self._environment, self._patience)
        menu, before = menu_entry(self._command, extra={_WRITTEN_HERE: "true"}), self._before(defaults)
        kept = {f"{_BEFORE}{scheme}": value for scheme, value in before.items() if value}
        links = links_entry(self._opening, list(TYPES.values()), extra=kept)
        if not self._is_in_menu():
            if self._may_write_menu():
                replace_file(self._menu, menu.encode())
            self._icons.install()
        replace_file(self._links, links.encode())
        self._refresh_cache()
        defaults.choose(LINKS_ID, list(TYPES.values()))
        others = [found for found in self.status() if not found.ours]
        if others:
            held = ", ".join(f"{found.scheme} with {found.holder or 'no program'}" for found in others)
            raise UserFacingError("The desktop still opens some links otherwise", f"It opens {held}. {self.by_hand}")

    def remove(self) -> None:
        """Give each scheme back, then delete the entries and the icons. Raises `StorageError`."""
        keys = entry_keys(self._links)
        before = {type_name: keys.get(f"{_BEFORE}{scheme}", "") for scheme, type_name in TYPES.items()}
        XdgDefaults(self._environment, self._patience).give_back(LINKS_ID, before)
        delete_file(self._links)
        if self._may_write_menu():
            delete_file(self._menu)
        self._icons.remove()
        self._refresh_cache()

    def _before(self, defaults: XdgDefaults) -> dict[str, str]:
        """Return what each scheme's line holds besides this program, or held before it."""
        chosen, kept = MimeAppsList(defaults.user_list), entry_keys(self._links)
        before = {}
        for scheme, type_name in TYPES.items():
            value = chosen.value(type_name)
            ids = split_ids(value)
            if ids[:1] == [LINKS_ID]:
                value = kept.get(f"{_BEFORE}{scheme}", "") or "".join(f"{i};" for i in ids[1:])
            elif LINKS_ID in ids:
                value = "".join(f"{i};" for i in ids if i != LINKS_ID)
            before[scheme] = value
        return before

    def _may_write_menu(self) -> bool:
        """Whether the menu's entry is missing, or of this program's own making."""
        return not self._menu.exists() or entry_keys(self._menu).get(_WRITTEN_HERE) == "true"

    def _is_in_menu(self) -> bool:
        """Whether a package put the program that runs into the menu: an entry here would hide its later ones."""
        program = self._program_of(MENU_ID, own=False)
        return program is not None and os.path.realpath(program) == os.path.realpath(self._command[0])

    def _program_of(self, entry_id: str, *, own: bool = True) -> str | None:
        """Return the path of the program that an entry starts; None where there is no such program."""
        words = exec_words(next(self._folders.entries(entry_id, own=own), {}).get("Exec", ""))
        return shutil.which(words[0], path=self._environment.get("PATH")) if words else None

    def _refresh_cache(self) -> None:
        """Let the desktop's index know the entries. What was chosen counts without it, so a failure is only logged."""
        if has_tool(_CACHE_TOOL, self._environment) and self._folders.applications.is_dir():
            try:
                run_tool((_CACHE_TOOL, str(self._folders.applications)), self._environment, self._patience)
            except ToolError as error:
                _log.info("%s", error)

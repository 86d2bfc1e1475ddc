"""Links of a Linux desktop: real xdg-mime, gio and index in a home of their own, and homes without them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from c2c_desktop.desktop.registration.link_handlers import link_handler
from c2c_desktop.desktop.registration.xdg_links import XdgLinks
from c2c_desktop.desktop.tray_icon.tray_states import STATES, symbolic_name
from c2c_desktop.domain.errors import StorageError, UserFacingError
from tests.contract.permissions import without_root
from tests.desktop.links_home import NOBODY, OURS, TEL, TYPES, LinksHome, holders
from tests.desktop.rig import until

LINK = "tel:+44-(0)20-7946-0018;ext=12?x=$(touch%20here)&y=`id`"
MENU, LINKS = "c2c-desktop.desktop", "c2c-desktop-links.desktop"
ICONS = [f"icons/hicolor/symbolic/apps/{symbolic_name(state)}.svg" for state in STATES]


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


@pytest.fixture(params=["xdg-mime", "no tools"])
def any_home(request: pytest.FixtureRequest, home: LinksHome) -> LinksHome:
    """The same home with the desktop's tools and without them."""
    if request.param == "no tools":
        home.only_these_tools()
    return home


@pytest.mark.parametrize("way", ["a file where the folder should be", "a folder where the list should be"])
def test_a_choice_that_cannot_be_kept_is_said_with_its_path(way: str, any_home: LinksHome) -> None:
    if way.startswith("a file"):
        any_home.config.write_text("")
    else:
        any_home.list.mkdir(parents=True)
    with pytest.raises(StorageError) as told:
        any_home.links().install()
    assert str(any_home.config) in told.value.message
    assert "try again" in told.value.message


@pytest.fixture
def locked_links() -> Iterator[XdgLinks]:
    """The links of a home that may not be changed, seen by one whom permissions bind."""
    folder = Path(tempfile.mkdtemp(prefix="locked-"))
    home = LinksHome(folder)
    home.config.mkdir()
    home.applications.mkdir(parents=True)
    links = home.links()
    for path in (home.config, home.applications):
        path.chmod(0o555)
    folder.chmod(0o755)
    assert holders(links) == NOBODY  # everything is imported before stepping down
    try:
        with without_root():
            yield links
    finally:
        shutil.rmtree(folder)


def test_without_write_permission_it_says_which_file_and_changes_nothing(locked_links: XdgLinks) -> None:
    with pytest.raises(StorageError) as told:
        locked_links.install()
    assert f"{MENU} cannot be written (Permission denied)" in told.value.message
    assert holders(locked_links) == NOBODY


@pytest.mark.parametrize(
    "script", ["exec sleep 600", "sleep 600 & wait", "echo no >&2; exit 4", "exit 0", "kill -9 $$"]
)
def test_an_xdg_mime_that_hangs_fails_or_lies_is_done_without(script: str, home: LinksHome) -> None:
    home.other("other.desktop", "Other Phone")
    home.broken_tool("xdg-mime", script)
    links = home.links(patience=0.2)
    links.install()
    assert home.tool("xdg-mime", "query", "default", TEL) == f"{LINKS}\n"
    assert holders(links) == OURS


def test_what_a_hanging_xdg_mime_started_ends_with_it(home: LinksHome) -> None:
    told = home.folder / "child"
    home.broken_tool("xdg-mime", f"sleep 600 & echo $! > {told}; wait")
    home.links(patience=1.0).install()
    stat = Path(f"/proc/{told.read_text().strip()}/stat")
    until(lambda: not stat.exists() or ") Z " in stat.read_text(), "the end of what it started")


def test_an_xdg_mime_that_keeps_naming_another_program_is_an_error_with_what_to_do(home: LinksHome) -> None:
    home.other("other.desktop", "Other Phone")
    home.broken_tool("xdg-mime", "echo other.desktop")
    with pytest.raises(UserFacingError) as told:
        home.links().install()
    assert "tel with Other Phone, callto with Other Phone" in told.value.message
    assert "desktop’s settings" in told.value.message


def test_an_index_that_cannot_be_made_hinders_nothing(home: LinksHome) -> None:
    home.broken_tool("update-desktop-database", "exit 1")
    home.links().install()
    assert holders(home.links()) == OURS


def test_a_tool_that_is_no_program_hinders_nothing(home: LinksHome) -> None:
    home.only_these_tools()
    home.broken_tool("xdg-mime", "")
    (home.folder / "broken/xdg-mime").write_bytes(b"\x7fELF nothing")
    home.links().install()
    assert holders(home.links()) == OURS


@pytest.mark.parametrize("box", ["FLATPAK_ID", "SNAP"])
def test_inside_a_box_of_its_own_it_says_that_the_package_brings_links(box: str, home: LinksHome) -> None:
    home.environment[box] = "c2c"
    links = home.links()
    assert not links.is_available
    with pytest.raises(UserFacingError) as told:
        links.install()
    assert "package" in told.value.message
    assert home.files() == {}


def test_installing_makes_it_the_default_of_all_three_and_again_is_harmless(any_home: LinksHome) -> None:
    links = any_home.links()
    assert links.is_available
    assert links.why_not == ""
    links.install()
    first = any_home.files()
    assert first.keys() == {
        f".local/share/applications/{MENU}",
        f".local/share/applications/{LINKS}",
        ".config/mimeapps.list",
        *(f".local/share/{icon}" for icon in ICONS),
    }
    links.install()
    assert any_home.files() == first
    assert holders(links) == OURS
    for name in TYPES:
        assert any_home.tool("xdg-mime", "query", "default", name) == f"{LINKS}\n"
        assert f"{name}”: {LINKS}" in any_home.tool("gio", "mime", name)


def test_the_entries_it_writes_are_valid(home: LinksHome) -> None:
    home.links(str(home.program(home.folder / "a b%c$d`e\"f'g\\h/c2c-desktop"))).install()
    for entry in (MENU, LINKS):
        done = subprocess.run(
            ["desktop-file-validate", str(home.applications / entry)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, "")
    assert "NoDisplay=true" in (home.applications / LINKS).read_text()


@pytest.mark.parametrize(
    "place",
    [
        "bin",
        "two words",
        "%u 100%",
        "$HOME",
        "`id`",
        'a "quoted" one',
        "back\\slash",
        "it's; a & (b) | <c> #d ~e *?",
        "é π",
    ],
)
def test_a_real_desktop_starts_it_with_the_link_as_one_word_whatever_its_path(place: str, home: LinksHome) -> None:
    home.other("aaa.desktop", "First in the index")
    links = home.links(str(home.program(home.folder / place / "c2c-desktop")))
    links.install()
    assert holders(links) == OURS
    home.tool("gio", "open", LINK)
    words = home.started_with()
    assert words[:2] == ["open-link", "--"]
    assert words[2].replace("%60", "`") == LINK
    assert len(words) == 3


@pytest.mark.parametrize(("action", "word"), [("quick", "quick"), ("redial", "redial"), ("settings", "settings")])
def test_its_place_in_a_dock_offers_each_action(action: str, word: str, home: LinksHome) -> None:
    home.links(str(home.program(home.folder / "two words/c2c-desktop"))).install()
    lines = (home.applications / MENU).read_text().splitlines()
    group = lines[lines.index(f"[Desktop Action {action}]") :]
    command = next(line.removeprefix("Exec=") for line in group if line.startswith("Exec="))
    subprocess.run(["sh", "-c", command], env=home.environment, check=True)
    assert home.started_with() == [word]
    assert f"{action};" in next(line for line in lines if line.startswith("Actions="))


def test_a_path_with_control_characters_is_refused_and_nothing_is_written(home: LinksHome) -> None:
    with pytest.raises(UserFacingError) as told:
        home.links(str(home.program(home.folder / "two\nlines/c2c-desktop"))).install()
    assert "two\\nlines" in told.value.message
    assert home.files() == {}


def test_a_list_that_is_a_link_to_one_kept_elsewhere_stays_a_link(any_home: LinksHome) -> None:
    kept = any_home.home / "kept.list"
    kept.write_text("# mine\n")
    any_home.config.mkdir()
    any_home.list.symlink_to(kept)
    any_home.links().install()
    assert any_home.list.is_symlink()
    assert kept.read_text().startswith("# mine\n")
    assert holders(any_home.links()) == OURS


def test_another_program_that_takes_links_is_named_and_installing_mends_it(any_home: LinksHome) -> None:
    any_home.other("other.desktop", "Other \x1b[31m\u202ePhone")
    links = any_home.links()
    links.install()
    any_home.choose("other.desktop")
    assert holders(links) == [("tel", False, "Other [31mPhone"), *OURS[1:]]
    links.install()
    assert holders(links) == OURS
    links.remove()
    assert any_home.tool("xdg-mime", "query", "default", TEL) == "other.desktop\n"


@pytest.mark.parametrize("place", ["bin", "two words"])
def test_links_of_a_program_that_was_moved_are_not_ours_and_installing_mends_that(
    place: str, any_home: LinksHome
) -> None:
    old = any_home.program(any_home.folder / place / "c2c-desktop")
    any_home.links(str(old)).install()
    old.unlink()
    links = any_home.links(str(any_home.program(any_home.folder / "new/c2c-desktop")))
    assert holders(links)[0] == ("tel", False, "a C2C Desktop that was moved or deleted")
    links.install()
    assert holders(links) == OURS


def test_a_program_that_a_package_put_into_the_menu_is_not_hidden_by_an_entry_of_the_user(home: LinksHome) -> None:
    program = home.program(home.folder / "bin/c2c-desktop")
    home.environment["PATH"] = f"{program.parent}:{home.environment['PATH']}"
    packaged = home.system / "share/applications"
    packaged.mkdir(parents=True)
    (packaged / MENU).write_text("[Desktop Entry]\nType=Application\nName=C2C Desktop\nExec=c2c-desktop\n")
    home.links(str(program)).install()
    assert not (home.applications / MENU).exists()
    assert holders(home.links(str(program))) == OURS
    another = home.program(home.folder / "checkout/c2c-desktop")
    home.links(str(another)).install()
    assert (home.applications / MENU).exists()


def test_links_of_another_data_folder_are_handed_to_its_instance(home: LinksHome) -> None:
    program = home.program(home.folder / "bin/c2c-desktop")
    links = link_handler(
        data_dir=home.folder / "other data", command=(str(program),), environment=home.environment, platform="linux"
    )
    links.install()
    home.tool("gio", "open", "tel:+442079460018")
    assert home.started_with() == [
        "open-link",
        "--data-dir",
        str(home.folder / "other data"),
        "--",
        "tel:+442079460018",
    ]


def test_folders_of_the_user_stand_where_the_environment_says(home: LinksHome) -> None:
    home.environment |= {"XDG_DATA_HOME": str(home.home / "d"), "XDG_CONFIG_HOME": str(home.home / "c")}
    home.links().install()
    entries = {f"d/applications/{MENU}", f"d/applications/{LINKS}", "c/mimeapps.list"}
    assert home.files().keys() == entries | {f"d/{icon}" for icon in ICONS}
    home.environment |= {"XDG_DATA_HOME": "relative", "XDG_CONFIG_HOME": "relative"}  # which counts as none
    home.links().install()
    assert (home.applications / LINKS).exists()
    assert home.list.exists()
    assert not Path("relative").exists()


def test_a_menu_entry_somebody_wrote_is_neither_overwritten_nor_deleted(any_home: LinksHome) -> None:
    own = any_home.applications / MENU
    own.parent.mkdir(parents=True, exist_ok=True)
    text = "[Desktop Entry]\nType=Application\nName=My own\nExec=/opt/my/c2c-desktop --data-dir /x\n"
    own.write_text(text)
    links = any_home.links()
    for step in (links.remove, links.install, links.remove):
        step()
        assert own.read_text() == text

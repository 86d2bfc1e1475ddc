"""Links given back: whoever had them has them again, and every other line of the user's lists is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from c2c_desktop.domain.errors import StorageError
from tests.desktop.links_home import OURS, TEL, LinksHome, holders

LINKS = "c2c-desktop-links.desktop"


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


@pytest.fixture(params=["xdg-mime", "no tools"])
def any_home(request: pytest.FixtureRequest, home: LinksHome) -> LinksHome:
    """The same home with the desktop's tools and without them."""
    if request.param == "no tools":
        home.only_these_tools()
    return home


def test_removing_gives_everything_back_to_the_letter(any_home: LinksHome) -> None:
    any_home.other("other.desktop", "Other Phone")
    any_home.config.mkdir()
    before = f"# mine\n[Added Associations]\n{TEL}=other.desktop;\n\n[Default Applications]\ntext/plain=ed.desktop\n"
    before += f"{TEL}=gone.desktop;other.desktop;\n\n[Removed Associations]\nimage/png=x.desktop;\n"
    any_home.list.write_text(before)
    files = any_home.files()
    links = any_home.links()
    links.install()
    links.install()
    assert holders(links) == OURS
    links.remove()
    assert any_home.files() == files
    assert holders(links)[0] == ("tel", False, "Other Phone")


def test_removing_leaves_alone_what_another_program_took_meanwhile(any_home: LinksHome) -> None:
    any_home.other("other.desktop", "Other Phone")
    any_home.links().install()
    any_home.choose("other.desktop")
    any_home.links().remove()
    assert f"{TEL}=other.desktop" in any_home.list.read_text()
    assert LINKS not in any_home.list.read_text()
    any_home.links().remove()  # nothing is left to remove
    assert holders(any_home.links())[0] == ("tel", False, "Other Phone")


def test_an_entry_that_cannot_be_deleted_is_said_with_its_path(any_home: LinksHome) -> None:
    any_home.links().install()
    entry = any_home.applications / LINKS
    entry.unlink()
    entry.mkdir()
    with pytest.raises(StorageError) as told:
        any_home.links().remove()
    assert str(entry) in told.value.message


@pytest.mark.parametrize(("held", "left"), [("other.desktop;{};a.desktop", "other.desktop;a.desktop;"), ("{};", "")])
def test_a_line_that_named_it_already_is_given_back_without_it(held: str, left: str, any_home: LinksHome) -> None:
    any_home.other("other.desktop", "Other Phone")
    any_home.config.mkdir()
    any_home.list.write_text(f"[Default Applications]\n{TEL}={held.format(LINKS)}\n")
    any_home.links().install()
    assert holders(any_home.links()) == OURS
    any_home.links().remove()
    assert (f"{TEL}={left}\n" if left else "[Default Applications]\n") in any_home.list.read_text()
    assert LINKS not in any_home.list.read_text()


def test_removing_takes_away_what_a_desktops_own_settings_wrote_too(home: LinksHome) -> None:
    home.links().install()
    home.tool("gio", "mime", TEL, LINKS)
    old = home.applications / "mimeapps.list"
    for path, group in ((home.list, "Added Associations"), (old, "Default Applications")):
        with path.open("a") as file:
            file.write(f"[{group}]\n{TEL}={LINKS};\n")
    home.links().remove()
    assert LINKS not in home.list.read_text() + old.read_text()


def test_a_list_of_one_desktop_alone_gets_it_in_front_and_loses_it_again(any_home: LinksHome) -> None:
    any_home.other("other.desktop", "Other Phone")
    any_home.environment["XDG_CURRENT_DESKTOP"] = "Budgie:GNOME"
    special = any_home.config / "gnome-mimeapps.list"
    any_home.config.mkdir()
    special.write_text(f"[Default Applications]\n{TEL}=other.desktop;\n")
    links = any_home.links()
    assert holders(links)[0] == ("tel", False, "Other Phone")
    links.install()
    assert holders(links) == OURS
    links.remove()
    assert special.read_text() == f"[Default Applications]\n{TEL}=other.desktop;\n"

"""Who opens links, told by xdg-mime and by reading what the desktop reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.links_home import NOBODY, OURS, TEL, LinksHome, holders


@pytest.fixture
def home(tmp_path: Path) -> LinksHome:
    return LinksHome(tmp_path)


@pytest.fixture(params=["xdg-mime", "no tools"])
def any_home(request: pytest.FixtureRequest, home: LinksHome) -> LinksHome:
    """The same home with the desktop's tools and without them."""
    if request.param == "no tools":
        home.only_these_tools()
    return home


def test_a_home_where_nobody_opens_links(any_home: LinksHome) -> None:
    assert holders(any_home.links()) == NOBODY
    assert any_home.files() == {}


def test_a_desktop_with_a_tool_of_its_own_that_is_missing_tells_all_the_same(home: LinksHome) -> None:
    home.environment |= {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "5"}
    home.other("other.desktop", "Other Phone")
    assert holders(home.links())[0] == ("tel", False, "Other Phone")
    home.links().install()
    assert holders(home.links()) == OURS


def test_the_default_of_the_system_and_an_entry_in_a_folder_are_found(any_home: LinksHome) -> None:
    any_home.other("phone.desktop", "Vendor Phone", any_home.system / "share/applications/vendor")
    any_home.other("calls.desktop", "Hidden Calls", any_home.system / "share/applications")
    etc = any_home.system / "etc"
    etc.mkdir()
    (etc / "mimeapps.list").write_text(f"[Default Applications]\n{TEL}=vendor-phone.desktop;calls.desktop\n")
    assert holders(any_home.links())[0] == ("tel", False, "Vendor Phone")


def test_the_index_tells_who_opens_links_that_nobody_chose_for(any_home: LinksHome) -> None:
    any_home.other("calls.desktop", "Calls", any_home.system / "share/applications")
    assert holders(any_home.links())[2] == ("sip", False, "Calls")


def test_without_tools_an_entry_that_is_gone_leaves_links_to_the_next_one(home: LinksHome) -> None:
    home.only_these_tools()
    home.other("other.desktop", "Other Phone")
    home.config.mkdir()
    home.list.write_text(f"[Default Applications]\n{TEL}=gone.desktop;other.desktop;\n")
    assert holders(home.links())[0] == ("tel", False, "Other Phone")


def test_without_tools_a_hidden_entry_or_a_list_that_cannot_be_read_counts_for_nothing(home: LinksHome) -> None:
    home.only_these_tools()
    home.other("calls.desktop", "Calls", home.system / "share/applications")
    (home.applications).mkdir(parents=True)
    (home.applications / "calls.desktop").write_text("[Desktop Entry]\nName=Calls\nHidden=true\n")
    home.list.mkdir(parents=True)
    assert holders(home.links()) == NOBODY


@pytest.mark.parametrize("name", ["../../escape.desktop", "a/b.desktop"])
def test_an_id_that_is_a_path_is_no_entry(name: str, home: LinksHome) -> None:
    home.only_these_tools()
    home.other("escape.desktop", "Escaped", home.home / ".local")
    home.config.mkdir()
    home.list.write_text(f"[Default Applications]\n{TEL}={name}\n")
    assert holders(home.links()) == NOBODY

"""Links on Windows, over a registry that records: nothing of other programs is touched, and nothing is left."""

from __future__ import annotations

import argparse

import pytest

from c2c_desktop.commands.links import run_links
from c2c_desktop.desktop.registration.link_handlers import LinkHandler, link_handler
from c2c_desktop.desktop.registration.windows_links import (
    CAPABILITIES,
    CHOICE_KEY,
    CLASS_ID,
    CLASS_KEY,
    PROGRAM_KEY,
    REGISTERED_KEY,
    WindowsLinks,
)
from c2c_desktop.domain.errors import StorageError
from tests.desktop.fake_registry import FakeRegistry

PROGRAM = r"C:\Program Files\C2C Desktop\c2c-desktop.exe"
TEL_CHOICE = (CHOICE_KEY.format(scheme="tel"), "ProgId")
OTHERS = {
    TEL_CHOICE: "OtherPhone.tel",
    (r"HKCR\OtherPhone.tel\Application", "ApplicationName"): "Other\x1b Phone",
    (REGISTERED_KEY, "Other Phone"): r"Software\Other\Capabilities",
    (r"HKCU\Software\Classes\tel\shell\open\command", ""): "other.exe %1",
}


def links_over(registry: FakeRegistry) -> LinkHandler:
    return WindowsLinks((PROGRAM, "open-link", "--"), registry)


def test_a_registry_that_may_not_be_changed_is_said_with_whom_to_ask() -> None:
    registry = FakeRegistry(dict(OTHERS))
    registry.is_locked = True
    for change in (links_over(registry).install, links_over(registry).remove):
        with pytest.raises(StorageError) as told:
            change()
        assert "Ask whoever looks after this computer" in told.value.message
    assert registry.told == 0


def test_where_nobody_was_chosen_nobody_opens_links() -> None:
    found = links_over(FakeRegistry()).status()
    assert [(one.scheme, one.ours, one.holder) for one in found] == [(s, False, "") for s in ("tel", "callto", "sip")]


def test_a_user_class_with_capabilities_is_registered_for_the_three_schemes() -> None:
    registry = FakeRegistry()
    links = links_over(registry)
    assert links.is_available
    assert links.why_not == ""
    links.install()
    command = registry.read(rf"{CLASS_KEY}\shell\open\command", "")
    assert command == r'"C:\Program Files\C2C Desktop\c2c-desktop.exe" open-link -- "%1"'
    assert registry.read(CLASS_KEY, "URL Protocol") == ""
    assert registry.read(REGISTERED_KEY, "C2C Desktop") == CAPABILITIES
    for scheme in ("tel", "callto", "sip"):
        assert registry.read(rf"HKCU\{CAPABILITIES}\URLAssociations", scheme) == CLASS_ID
    assert registry.written[-1] == (REGISTERED_KEY, "C2C Desktop")
    assert registry.told == 1


def test_installing_writes_below_its_own_keys_only() -> None:
    registry = FakeRegistry(dict(OTHERS))
    links_over(registry).install()
    own = [key for key, name in registry.written if (key, name) != (REGISTERED_KEY, "C2C Desktop")]
    assert all(key.startswith((CLASS_KEY, PROGRAM_KEY)) for key in own)


def test_what_windows_keeps_for_another_program_is_told_with_how_to_choose() -> None:
    registry = FakeRegistry(dict(OTHERS))
    links = links_over(registry)
    links.install()
    tel = links.status()[0]
    assert (tel.ours, tel.holder) == (False, "Other Phone")
    assert "Default apps" in links.by_hand
    registry.values[TEL_CHOICE[0].lower(), "progid"] = CLASS_ID  # as Windows' Settings do
    tel = links.status()[0]
    assert (tel.ours, tel.holder) == (True, "C2C Desktop")


def test_the_command_says_where_windows_lets_a_person_choose(capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(install=True, remove=False, json=False, sandbox=False, data_dir=None)
    links = links_over(FakeRegistry())
    assert run_links(options, links) == 1
    assert capsys.readouterr().out.splitlines()[-1] == links.by_hand


@pytest.mark.parametrize(
    ("names", "holder"),
    [
        ({}, "OtherPhone.tel"),
        ({(r"HKCR\OtherPhone.tel", ""): "URL:tel"}, "URL:tel"),
        ({(r"HKCR\OtherPhone.tel\Application", "ApplicationName"): "@{ms-resource}"}, "OtherPhone.tel"),
        ({(r"HKCR\OtherPhone.tel", ""): b"\x00"}, "OtherPhone.tel"),
    ],
)
def test_a_program_without_a_name_to_read_is_called_by_its_class(
    names: dict[tuple[str, str], str | bytes], holder: str
) -> None:
    registry = FakeRegistry({TEL_CHOICE: "OtherPhone.tel", **names})
    assert links_over(registry).status()[0].holder == holder


def test_a_class_whose_name_is_a_reference_is_called_by_something_all_the_same() -> None:
    assert links_over(FakeRegistry({TEL_CHOICE: "@odd"})).status()[0].holder == "@odd"


def test_removing_leaves_the_registry_as_it_was_and_again_is_harmless() -> None:
    registry = FakeRegistry(dict(OTHERS))
    before = dict(registry.values)
    links = links_over(registry)
    links.install()
    links.install()
    links.remove()
    links.remove()
    assert registry.values == before


def test_a_choice_that_outlived_the_program_is_nobodys() -> None:
    registry = FakeRegistry({TEL_CHOICE: CLASS_ID})
    assert (links_over(registry).status()[0].ours, links_over(registry).status()[0].holder) == (False, "")


def test_elsewhere_there_is_no_registry() -> None:
    with pytest.raises(NotImplementedError):
        link_handler(platform="win32", command=(PROGRAM,))

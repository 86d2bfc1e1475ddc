"""The sentence that says what is missing, and the table it comes from."""

from __future__ import annotations

from typing import Any

import pytest
import system_packages

FEDORA = 'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=42\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
LEAP = 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n'
MISSING: list[dict[str, Any]] = [
    {"group": "window", "library": "libxcb-cursor.so.0", "apt": "libxcb-cursor0", "dnf": "xcb-util-cursor"},
    {"group": "window", "library": "libEGL.so.1", "apt": "libegl1", "dnf": "libglvnd-egl"},
]


@pytest.mark.parametrize(
    ("release", "tool"),
    [(FEDORA, "dnf"), (MINT, "apt"), (LEAP, "zypper"), ("ID=arch\n", "pacman"), ("ID=slackware\n", ""), ("", "")],
)
def test_a_distribution_is_known_by_its_name_or_its_family(release: str, tool: str) -> None:
    assert system_packages.family(release) == tool


def test_one_sentence_names_what_is_missing_and_the_exact_line() -> None:
    assert system_packages.sentence(MISSING, "dnf") == (
        "C2C Desktop needs libxcb-cursor.so.0, libEGL.so.1: install with  "
        "sudo dnf install xcb-util-cursor libglvnd-egl  and run this again."
    )


def test_an_unknown_distribution_is_told_the_libraries_themselves() -> None:
    said = system_packages.sentence(MISSING, "")
    assert "libxcb-cursor.so.0, libEGL.so.1" in said
    assert "sudo" not in said


def test_two_needs_of_one_package_are_installed_once() -> None:
    twice = [{"command": "a", "apt": "one"}, {"command": "b", "apt": "one"}]
    assert system_packages.packages_for(twice, "apt") == ["one"]


def test_every_need_says_what_is_looked_for_and_which_debian_package_brings_it() -> None:
    groups = ["python", "window", "screen", "test", "package"]
    for need in system_packages.needs_of(groups):
        assert need["apt"], need
        assert len({"library", "command", "module", "file"} & need.keys()) == 1, need


@pytest.mark.parametrize(
    ("need", "met"),
    [
        ({"library": "libc.so.6"}, True),
        ({"library": "libnothing-of-the-kind.so.9"}, False),
        ({"command": "sh"}, True),
        ({"command": "no-such-command-anywhere"}, False),
        ({"module": "json"}, True),
        ({"module": "no_such_module_anywhere"}, False),
        ({"file": "/bin/s*"}, True),
        ({"file": "/bin/no-such-file-*"}, False),
    ],
)
def test_a_need_is_met_when_the_system_has_it(need: dict[str, Any], met: bool) -> None:
    assert system_packages.is_met(need) is met

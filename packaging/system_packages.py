"""Sees to it that the operating system has what the program, its demonstration or its tests stand on.

    python3 packaging/system_packages.py GROUP …

Needs nothing but Python's standard library. What is missing is installed where that is possible without a
question (root on a Debian-like system); elsewhere one sentence says which line installs it, and the exit
status is 1. What is needed, and its package on each distribution, stands in system_packages.toml.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

INSTALL_LINES = {
    "apt": "apt-get install --no-install-recommends",
    "dnf": "dnf install",
    "pacman": "pacman -S --needed",
    "zypper": "zypper install",
}
_FAMILIES = {
    "debian": "apt", "ubuntu": "apt", "fedora": "dnf", "rhel": "dnf", "centos": "dnf", "arch": "pacman",
    "suse": "zypper", "opensuse": "zypper",
}  # fmt: skip


def needs_of(groups: list[str]) -> list[dict[str, Any]]:
    """Return the needs of `groups`."""
    import tomllib  # noqa: PLC0415  # an older Python first gets its own sentence

    table = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    needs: list[dict[str, Any]] = tomllib.loads(table)["need"]
    return [need for need in needs if need["group"] in groups]


def is_met(need: dict[str, Any]) -> bool:
    """Whether this system has what `need` names: a library, a command, a Python module or a file."""
    if "library" in need:
        try:
            ctypes.CDLL(need["library"])
        except OSError:
            return False
        return True
    if "command" in need:
        return shutil.which(need["command"]) is not None
    if "module" in need:
        return importlib.util.find_spec(need["module"]) is not None
    return any(True for _ in Path("/").glob(need["file"].lstrip("/")))


def family(os_release: str) -> str:
    """Return the package tool of the distribution that `os_release` describes, "" where it is not known."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").strip('"').split()]
    return next(
        (
            _FAMILIES[name.strip('"').partition("-")[0]]
            for name in names
            if name.strip('"').partition("-")[0] in _FAMILIES
        ),
        "",
    )


def packages_for(missing: list[dict[str, Any]], tool: str) -> list[str]:
    """Return the packages that bring what is missing, each once."""
    return list(dict.fromkeys(need[tool] for need in missing if need.get(tool)))


def sentence(missing: list[dict[str, Any]], tool: str) -> str:
    """Say what is missing and the exact line that installs it."""
    names = ", ".join(
        need.get("library") or need.get("command") or need.get("module") or need["file"] for need in missing
    )
    packages = packages_for(missing, tool) if tool else []
    if not packages:
        return f"C2C Desktop needs {names}: install the packages that hold them and run this again."
    return (
        f"C2C Desktop needs {names}: install with  sudo {INSTALL_LINES[tool]} {' '.join(packages)}  and run this again."
    )


def main(groups: list[str]) -> int:
    """Check `groups`, install what may be installed, say the rest."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this script is the one that says so
        print(f"C2C Desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    if not sys.platform.startswith("linux"):
        return 0
    missing = [need for need in needs_of(groups) if not is_met(need)]
    if not missing:
        return 0
    release = Path("/etc/os-release")
    tool = family(release.read_text(encoding="utf-8")) if release.exists() else ""
    if tool == "apt" and os.geteuid() == 0:
        packages = packages_for(missing, tool)
        print(f"Installing {' '.join(packages)}", flush=True)
        calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        ):
            done = subprocess.run(
                command, env=calm, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
            if done.returncode:
                print(done.stdout, file=sys.stderr)
                return 1
        importlib.invalidate_caches()
        missing = [need for need in missing if not is_met(need)]
        if not missing:
            return 0
    print(sentence(missing, tool), file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

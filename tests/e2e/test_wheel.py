"""The wheel holds everything the program needs from this repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build_wheel(folder: Path) -> Path:
    """Build from a copy of what is tracked: setuptools leaves its traces beside the source."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    source = folder / "source"
    for name in filter(None, tracked):
        path = ROOT / name.decode()
        if path.is_file():
            copy = source / name.decode()
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    command = [
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(folder),
        ".",
    ]
    subprocess.run([sys.executable, *command], cwd=source, check=True, capture_output=True)
    return next(folder.glob("c2c_desktop-*.whl"))


def test_an_installed_wheel_starts_and_finds_its_resources(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    code = (
        "import sys, importlib; sys.path.insert(0, sys.argv[1]); import c2c_desktop;"
        "from importlib.resources import files; root = files('c2c_desktop.resources');"
        "print(c2c_desktop.__file__.startswith(sys.argv[1]), root.joinpath('tokens.json').is_file(),"
        "root.joinpath('contacts.json').is_file(), len(list(root.joinpath('icons').iterdir())) > 15);"
        "from c2c_desktop.cli import main; main(['--version'])"
    )
    # Without site: the editable install of this environment must not answer for the wheel.
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, str(installed)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines()[0] == "True True True True"
    assert done.stdout.splitlines()[1].startswith("c2c-desktop ")


def test_the_wheel_holds_no_tests_and_no_packaging(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_wheel(tmp_path)) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"c2c_desktop"}

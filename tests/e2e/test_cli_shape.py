"""The command line as a whole: options everywhere, help that reads well, and nothing loaded in vain."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from c2c_desktop import __version__
from c2c_desktop.sandbox.answers import SECRET
from c2c_desktop.sandbox.server import SandboxServer
from tests.e2e.rig import HAPPY, ONE_CALL, PATIENCE, CommandLine, Outcome

COMMANDS = (
    "dial",
    "account",
    "account set",
    "account show",
    "account forget",
    "history",
    "watch",
    "contacts",
    "contacts search",
    "contacts import",
    "contacts undo-import",
    "contacts export",
    "contacts duplicates",
    "directories",
    "directories list",
    "directories sync",
    "directories add",
    "directories remove",
    "directories books",
    "doctor",
    "links",
    "diagnostics",
    "sandbox",
)
HEAVY = {"PySide6", "httpx", "httpcore", "keyring", "phonenumbers", "sqlite3", "jeepney"}


def loaded(line: CommandLine, *arguments: str, stdin: str = "") -> tuple[set[str], Outcome]:
    """The top-level packages a run imports, and how it ended."""
    words = [sys.executable, "-X", "importtime", "-m", "c2c_desktop", *arguments]
    measured = {name: value for name, value in line.environment.items() if not name.startswith("COVERAGE_")}
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=measured | {"COLUMNS": "100"},
    ) as process:
        if arguments[-1] == "sandbox" and process.stdout is not None:
            process.stdout.readline()
            process.terminate()
        out, errors = process.communicate(stdin, timeout=PATIENCE)
    names = re.findall(r"^import time:.*\|\s+([A-Za-z_0-9]+)[.\w]*$", errors, re.MULTILINE)
    assert "c2c_desktop" in names
    return set(names), Outcome(process.returncode, out, errors)


def test_the_version_is_printed_and_loads_nothing_heavy(line: CommandLine) -> None:
    packages, outcome = loaded(line, "--version")
    assert (outcome.status, outcome.out) == (0, f"c2c-desktop {__version__}\n")
    assert not packages & HEAVY


def test_bad_usage_loads_nothing_heavy(line: CommandLine) -> None:
    packages, outcome = loaded(line, "dial", "--json", "--quickly")
    assert outcome.status == 2
    assert not packages & HEAVY


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself_and_each_option_and_loads_nothing_heavy(command: str, line: CommandLine) -> None:
    packages, outcome = loaded(line, *command.split(), "--help")
    assert outcome.status == 0
    assert not packages & HEAVY
    usage, _, body = outcome.out.partition("\n\n")
    assert usage.startswith(f"usage: c2c-desktop {command}".rstrip())
    assert body[0].isupper()
    explained = re.split(r"\n(?=  \S)", body)
    for option in sorted(set(re.findall(r"--[a-z-]+", usage)) - {"--help"}):
        (words,) = [part for part in explained if re.match(rf"  {option}\b(?!-)", part)]
        assert len(words.split()) > 3, f"{option} is not explained"


@pytest.mark.parametrize("command", ["dial", "history", "doctor", "account show", "sandbox"])
def test_no_command_loads_qt(command: str, line: CommandLine) -> None:
    number = (HAPPY, "--yes", *ONE_CALL) if command == "dial" else ()
    options = ("--data-dir", str(line.data), "--api-url", line.api_url)
    packages, outcome = loaded(line, *options, *command.split(), *number, stdin=SECRET)
    assert outcome.status == 0
    assert not packages & {"PySide6", "shiboken6"}
    assert (command == "dial") is ("phonenumbers" in packages)


def test_the_help_of_dial_lists_its_exit_statuses(line: CommandLine) -> None:
    told = line.bare("dial", "--help").out
    assert re.findall(r"^  (\d)  ", told, re.MULTILINE) == ["0", "2", "3", "4", "5", "6"]


def test_help_whose_reader_goes_away_is_quiet(line: CommandLine) -> None:
    words = ["bash", "-c", '"$@" | true', "bash", *line.command("--help")]
    done = subprocess.run(words, capture_output=True, text=True, env=line.environment, timeout=PATIENCE, check=False)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("words", [("account", "show"), ("dial", *ONE_CALL, "--yes", HAPPY)], ids=["account", "dial"])
@pytest.mark.parametrize("place", ["before", "between", "after"])
def test_shared_options_stand_anywhere(place: str, words: tuple[str, ...], line: CommandLine) -> None:
    options = ["--data-dir", str(line.data), "--api-url", line.api_url]
    at = {"before": 0, "between": 1, "after": len(words)}[place]
    outcome = line.bare(*words[:at], *options, *words[at:], stdin=SECRET)
    assert (outcome.status, outcome.err) == (0, "")
    assert line.data.exists() is ("dial" in words)


def test_the_environment_gives_folder_and_service_and_arguments_win(line: CommandLine, service: SandboxServer) -> None:
    own = {"C2C_DATA_DIR": str(line.data), "C2C_API_URL": line.api_url}
    assert line.bare("dial", HAPPY, "--yes", *ONE_CALL, stdin=SECRET, **own).status == 0
    assert len(line.calls()) == 1
    other = {"C2C_DATA_DIR": str(line.home / "other"), "C2C_API_URL": "ftp://telecmi.invalid"}
    assert line.run("dial", HAPPY, "--yes", *ONE_CALL, stdin=SECRET, **other).status == 0
    assert len(line.calls()) == len(service.received) == 2
    assert not (line.home / "other").exists()


def test_without_a_folder_data_lives_in_the_home_of_the_user(line: CommandLine) -> None:
    assert line.bare("history").status == 0
    folder = line.home / ".local" / "share" / "c2c-desktop"
    assert [path.name for path in folder.iterdir()] == ["calls.sqlite3"]
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/v2",
        "http://localhost.telecmi.invalid/v2",
        "https://somebody:secret@telecmi.invalid/v2",
        "https://:secret@telecmi.invalid/v2",
        "https://telecmi.invalid/v2?secret=1",
        "https://telecmi.invalid:port/v2",
        "https://[::1/v2",
        "ftp://127.0.0.1/v2",
        "telecmi.invalid",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str, line: CommandLine) -> None:
    line.api_url = url
    assert_refused(line.run("history"))
    assert not line.data.exists()


def test_an_address_of_the_environment_is_held_to_the_same(line: CommandLine) -> None:
    assert_refused(line.bare("history", C2C_API_URL="http://192.0.2.1/v2"))


def assert_refused(outcome: Outcome) -> None:
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("c2c-desktop: That service address cannot be used. It must start with https://")


@pytest.mark.parametrize("arguments", [("nothing",), ("--data-dir", "", "history"), ("history", "all"), ("hist",)])
def test_what_is_no_command_is_bad_usage(arguments: tuple[str, ...], line: CommandLine) -> None:
    outcome = line.bare(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "c2c-desktop: " in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [("--data-dir", "x", "open-link", "--", "tel:+919840222222"), ("--sandbox", "open-link", "--", "tel:1")],
)
def test_a_link_behind_options_is_told_where_they_stand(arguments: tuple[str, ...], line: CommandLine) -> None:
    outcome = line.bare(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "open-link stands first: c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI" in outcome.err


@pytest.mark.parametrize(
    "option",
    [
        ("--yes",),
        ("--dry-run",),
        ("--route", "mobile"),
        ("--caller-id", "442079460018"),
        ("--param", "a=b"),
        ("--region", "GB"),
        ("--user-id", "101_1111112", "--secret-stdin"),
        ("--wait",),
        ("--json",),
    ],
)
def test_what_the_window_would_not_heed_is_refused_with_ask(option: tuple[str, ...], line: CommandLine) -> None:
    outcome = line.bare("dial", "+919840222222", "--ask", *option)
    assert outcome.status == 2
    assert f"--ask goes without {option[0]}" in outcome.err

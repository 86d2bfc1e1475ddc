"""The command line: one parser, and a subcommand a module in `commands`. Loads Qt only for the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

BAD_USAGE = 2

_EPILOG = """\
Exit status of dial: 0 initiated · 2 not a number or bad usage · 3 refused or not confirmed ·
4 refused by the service · 5 not sent · 6 uncertain.
A secret is never taken from an argument or the environment.
"""


def _shared(*, suppress: bool) -> argparse.ArgumentParser:
    """The options that stand before or after any subcommand; suppressed ones do not overwrite earlier ones."""
    shared = argparse.ArgumentParser(add_help=False)
    nothing = argparse.SUPPRESS if suppress else None
    off = argparse.SUPPRESS if suppress else False
    shared.add_argument(
        "--sandbox", action="store_true", default=off, help="use the built-in service and throw-away data"
    )
    shared.add_argument("--data-dir", metavar="DIR", default=nothing, help="keep data here (C2C_DATA_DIR)")
    shared.add_argument("--api-url", metavar="URL", default=nothing, help="the service's base address (C2C_API_URL)")
    return shared


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="c2c-desktop",
        description="Click-to-call for TeleCMI. Without a command it opens the window.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_shared(suppress=False)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--minimized", action="store_true", help="start without showing the window")
    parser.add_argument("--demo", metavar="PNG", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    shared = [_shared(suppress=True)]

    dial = commands.add_parser("dial", parents=shared, help="place one call", allow_abbrev=False)
    dial.add_argument("number", metavar="NUMBER-OR-LINK")
    dial.add_argument("--yes", action="store_true", help="call without asking")
    dial.add_argument("--dry-run", action="store_true", help="say what would be dialled; send nothing")
    dial.add_argument("--route", choices=["softphone", "mobile", "neither"], help="which of your phones rings")
    dial.add_argument("--caller-id", metavar="N", help="the number the customer sees")
    dial.add_argument("--param", metavar="K=V", action="append", default=[], help="a custom parameter; repeatable")
    dial.add_argument("--region", metavar="IN", help="country of numbers without a country code")
    dial.add_argument("--user-id", metavar="ID", help="credentials for this one call, with --secret-stdin")
    dial.add_argument("--secret-stdin", action="store_true", help="read the app secret from standard input")
    dial.add_argument("--wait", action="store_true", help="follow the call to its end where the service tells")
    dial.add_argument("--json", action="store_true", help="print one JSON object")

    account = commands.add_parser("account", parents=shared, help="set, show or forget the sign-in", allow_abbrev=False)
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)
    setting = actions.add_parser("set", parents=shared, help="store user ID and secret", allow_abbrev=False)
    setting.add_argument("--user-id", metavar="ID", required=True)
    setting.add_argument("--region", metavar="IN", default=None, help="country of numbers without a country code")
    for name, words in (("show", "print the accounts, masked"), ("forget", "delete the sign-in and its secret")):
        action = actions.add_parser(name, parents=shared, help=words, allow_abbrev=False)
        action.add_argument("--user-id", metavar="ID", default=None)

    history = commands.add_parser("history", parents=shared, help="print past calls", allow_abbrev=False)
    formats = history.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print a JSON array, newest first")
    formats.add_argument("--csv", action="store_true", help="print CSV, newest first")

    doctor = commands.add_parser("doctor", parents=shared, help="check what calls need", allow_abbrev=False)
    doctor.add_argument("--json", action="store_true", help="print one JSON object")

    sandbox = commands.add_parser("sandbox", parents=shared, help="run the built-in service alone", allow_abbrev=False)
    sandbox.add_argument("--port", metavar="N", type=int, default=0, help="listen there on this computer")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    options = build_parser().parse_args(arguments)
    if options.version:
        from c2c_desktop import __version__  # noqa: PLC0415

        print(f"c2c-desktop {__version__}")
        return 0
    from c2c_desktop.domain.errors import UserFacingError  # noqa: PLC0415

    try:
        return _run(options)
    except UserFacingError as error:
        print(f"c2c-desktop: {error.title}. {error.message}", file=sys.stderr)
        return BAD_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        from c2c_desktop.app import run_window  # noqa: PLC0415

        return run_window(options)
    if options.command == "dial":
        from c2c_desktop.commands.dial import run_dial  # noqa: PLC0415

        return run_dial(options)
    if options.command == "account":
        from c2c_desktop.commands.account import run_account  # noqa: PLC0415

        return run_account(options)
    if options.command == "history":
        from c2c_desktop.commands.history import run_history  # noqa: PLC0415

        return run_history(options)
    if options.command == "doctor":
        from c2c_desktop.commands.doctor import run_doctor  # noqa: PLC0415

        return run_doctor(options)
    from c2c_desktop.commands.sandbox import run_sandbox  # noqa: PLC0415

    return run_sandbox(options)

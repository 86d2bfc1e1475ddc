"""What the command line understands: its options, commands, and their help."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from c2c_desktop.commands.added_command import add_command
from c2c_desktop.commands.contact_options import add_contacts
from c2c_desktop.commands.directory_options import add_directories
from c2c_desktop.commands.links_options import add_links
from c2c_desktop.commands.region_option import region
from c2c_desktop.commands.watch_options import add_watch

_EPILOG = """\
“c2c-desktop COMMAND --help” explains a command. The options under “service and data” stand before
or after the command. An app secret is read from a hidden prompt or from standard input, never from
an argument or the environment.
"""

_DIAL = """\
Rings your own phone first; when you pick up, the service calls the number. Asks on the terminal
before it calls, unless --yes is given.
"""

_DIAL_EPILOG = """\
exit status:
  0  initiated
  2  not a number, or bad usage
  3  refused here, or not confirmed
  4  refused by the service
  5  not sent: nothing rings, and trying again is safe
  6  uncertain: the request may have left, so check your phone before you call again
"""


_OPEN_LINK = """\
Hands one link to the running program, or opens the window with it. The program asks before it calls;
a link cannot do more. This is the command for a desktop to open tel:, callto: and sip: links with.
"""

_OPEN_LINK_EPILOG = """\
exit status:
  0  taken: the program asks about it
  2  no link to a phone number, or bad usage
  3  not taken: standard error says why
  5  nobody could be reached: the program does not answer, or there is no display
"""


class BadUsageError(Exception):
    """Arguments that cannot be understood: the usage of the command they were for, and why."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadUsageError(self.format_usage(), message)


def _shared(*, suppress: bool) -> _Parser:
    """The options that stand before or after any subcommand; suppressed ones do not overwrite earlier ones."""
    shared = _Parser(add_help=False)
    nothing = argparse.SUPPRESS if suppress else None
    off = argparse.SUPPRESS if suppress else False
    group = shared.add_argument_group("service and data")
    group.add_argument(
        "--sandbox", action="store_true", default=off, help="use the built-in service and throw-away data"
    )
    group.add_argument(
        "--data-dir", metavar="DIR", type=_not_empty, default=nothing, help="keep data in DIR (or set C2C_DATA_DIR)"
    )
    group.add_argument(
        "--api-url",
        metavar="URL",
        type=_not_empty,
        default=nothing,
        help="call the service at URL (or set C2C_API_URL)",
    )
    return shared


def _not_empty(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _caller_id(text: str) -> str:
    from c2c_desktop.domain.caller_id import CallerIdError, checked_caller_id  # noqa: PLC0415

    try:
        return checked_caller_id(text)
    except CallerIdError as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{text!r} is no port; ports go from 0 to 65535")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="c2c-desktop",
        description="Click-to-call for TeleCMI. Without a command it opens the window.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_shared(suppress=False)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument("--minimized", action="store_true", help="start without showing the window")
    parser.add_argument("--demo", metavar="PNG", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    shared = [_shared(suppress=True)]

    dial = add_command(
        commands,
        shared,
        "dial",
        help_text="place one call",
        description=_DIAL,
        epilog=_DIAL_EPILOG,
    )
    dial.add_argument("number", metavar="NUMBER-OR-LINK", help="a phone number as people write it, or a tel: link")
    dial.add_argument("--yes", action="store_true", help="call without asking; says on standard error what it skips")
    dial.add_argument("--dry-run", action="store_true", help="only say what would be dialled; sends and stores nothing")
    dial.add_argument("--route", choices=["softphone", "mobile", "neither"], help="which of your own phones rings")
    dial.add_argument("--caller-id", metavar="N", type=_caller_id, help="the number the customer sees")
    dial.add_argument("--param", metavar="K=V", action="append", default=[], help="a custom parameter; can be repeated")
    dial.add_argument("--region", metavar="IN", type=region, help="country of a number without a country code")
    dial.add_argument("--user-id", metavar="ID", help="sign in as ID for this one call; needs --secret-stdin")
    dial.add_argument("--secret-stdin", action="store_true", help="read that ID’s app secret from standard input")
    dial.add_argument("--wait", action="store_true", help="follow the call to its end, where the service tells")
    dial.add_argument("--json", action="store_true", help="print one JSON object, whatever happens")

    dial.add_argument("--ask", action="store_true", help="hand it to the window, which asks before it calls")

    quick = add_command(
        commands,
        shared,
        "quick",
        help_text="open quick dial over everything",
        description="Opens quick dial: one field for a name or a number. For a key of your desktop’s own.",
    )
    quick.add_argument(
        "--selection", action="store_true", help="take the numbers of the selected text, as the hotkey does"
    )
    add_command(
        commands,
        shared,
        "redial",
        help_text="ask to call the last number again",
        description="The window asks before it calls the number that was called last.",
    )
    add_command(
        commands,
        shared,
        "settings",
        help_text="open the settings",
        description="Opens the window with its settings.",
    )

    account = add_command(
        commands,
        shared,
        "account",
        help_text="set, show or forget the sign-in",
        description="The sign-in that calls are placed with. Its app secret is kept in your keyring only.",
    )
    actions = account.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    setting = add_command(
        actions,
        shared,
        "set",
        help_text="store a user ID and its app secret",
        description="Asks for the app secret without showing it, or reads it from standard input.",
    )
    setting.add_argument("--user-id", metavar="ID", required=True, help="your user ID, like 101_1111112")
    setting.add_argument("--region", metavar="IN", type=region, help="country of numbers without a country code")
    add_command(
        actions,
        shared,
        "show",
        help_text="list the accounts, masked",
        description="Lists the accounts, masked; calls are placed with the one marked *.",
    )
    forgetting = add_command(
        actions,
        shared,
        "forget",
        help_text="delete an account and its secret",
        description="Deletes an account from the settings and its app secret from the keyring.",
    )
    forgetting.add_argument(
        "--user-id", metavar="ID", help="the account to forget, if not the one calls are placed with"
    )

    # For its help alone: `main` takes the command before a link could be read as an option here.
    opening = commands.add_parser(
        "open-link",
        usage="c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI",
        help="hand a tel: link to the program, which asks before it calls",
        description=_OPEN_LINK,
        epilog=_OPEN_LINK_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    opening.add_argument("--sandbox", action="store_true", help="hand it to the program on its built-in service")
    opening.add_argument("--data-dir", metavar="DIR", help="hand it to the program whose data is in DIR")

    history = add_command(
        commands,
        shared,
        "history",
        help_text="print past calls",
        description="Prints all calls, newest first.",
    )
    formats = history.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print one JSON array; times are UTC seconds since 1970")
    formats.add_argument("--csv", action="store_true", help="print CSV that is safe to open in a spreadsheet")

    doctor = add_command(
        commands,
        shared,
        "doctor",
        help_text="check what calls need",
        description="Checks service, keyring, data folder, tray and notifications, and says how to mend what is "
        "missing. Places no call. Exit status 1: the service or the data folder cannot be used.",
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")

    for add in (add_contacts, add_directories, add_watch, add_links):
        add(commands, shared)

    diagnostics = add_command(
        commands,
        shared,
        "diagnostics",
        help_text="save one file to send to whoever helps",
        description="Saves versions, settings, checks, the last calls and the end of the log as one zip, without the "
        "app secret, names and whole phone numbers. Places no call.",
    )
    diagnostics.add_argument(
        "--output", metavar="FILE.zip", type=_not_empty, help="save it there; a file that exists is never overwritten"
    )
    diagnostics.add_argument("--json", action="store_true", help="print one JSON object")

    sandbox = add_command(
        commands,
        shared,
        "sandbox",
        help_text="run the built-in service alone",
        description="Serves the click-to-call service on this computer, and nothing beyond it, until it is "
        "interrupted. Prints its address and sign-in, then what it receives.",
    )
    sandbox.add_argument("--port", metavar="N", type=_port, default=0, help="listen on port N instead of any free one")
    sandbox.add_argument(
        "--pace",
        choices=["instant", "quick", "lifelike"],
        default="lifelike",
        help="how fast calls ring, are answered and end (lifelike)",
    )
    return parser

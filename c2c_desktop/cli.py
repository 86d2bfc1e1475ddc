"""The command line: from its words to a command in `commands` or the window. Loads Qt only for the window."""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from c2c_desktop.command_line import BadUsageError, build_parser
from c2c_desktop.core_dumps import forbid_core_dumps

if TYPE_CHECKING:
    from c2c_desktop.services.door_line import HandOver

FAILED = 1
BAD_USAGE = 2
INTERRUPTED = 130

_LINK_FIRST = "open-link stands first: c2c-desktop open-link [--sandbox] [--data-dir DIR] -- URI"

_NOT_WITH_ASK = (
    "yes", "dry_run", "route", "caller_id", "param", "region", "user_id", "secret_stdin", "wait", "json",
)  # fmt: skip
"""What a call that the window asks about cannot be told by `dial`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    forbid_core_dumps()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as standard error: a terminal that lacks a character
    try:
        try:
            status = _open_link(words[1:]) if _opens_link(words) else _run(_parsed(words))
        except SystemExit as end:  # argparse has printed a help text
            status = int(end.code or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BadUsageError as error:
        return _say_bad_usage(words, error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        from c2c_desktop.commands.terminal import mute_output  # noqa: PLC0415

        mute_output()
        return FAILED
    return status


def _opens_link(words: Sequence[str]) -> bool:
    return words[:1] == ["open-link"] and words[1:] not in (["-h"], ["--help"])


def _open_link(words: Sequence[str]) -> int:
    from c2c_desktop.commands.open_link import open_link  # noqa: PLC0415

    opened = open_link(words)
    if isinstance(opened, int):
        return opened
    from c2c_desktop.services.door_line import HandOver  # noqa: PLC0415

    options = build_parser().parse_args([])
    options.sandbox, options.data_dir = opened.sandbox, opened.data_dir
    return _run_window(options, HandOver(link=opened.link))


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. What is left over is named without its values: one may be a secret."""
    options, extra = build_parser().parse_known_args(words)
    if extra and options.command == "open-link":
        raise BadUsageError("", _LINK_FIRST)
    if extra:
        names = [word.partition("=")[0] for word in extra if word.startswith("-") and word != "--"]
        trouble = f"unknown option {', '.join(names)}" if names else "too many arguments"
        raise BadUsageError("", f"{trouble}; see c2c-desktop {options.command or ''} --help".replace("  ", " "))
    return options


def _say_bad_usage(words: Sequence[str], error: BadUsageError) -> int:
    print(f"{error.usage}c2c-desktop: {error}", file=sys.stderr)
    if "dial" in words and "--json" in words:
        from c2c_desktop.commands.facts import unsent_facts  # noqa: PLC0415
        from c2c_desktop.domain.call import CallState  # noqa: PLC0415

        print(json.dumps(unsent_facts(CallState.CANCELLED, str(error), dry_run="--dry-run" in words)))
    return BAD_USAGE


def _run(options: argparse.Namespace) -> int:
    if options.version:
        from c2c_desktop import __version__  # noqa: PLC0415

        print(f"c2c-desktop {__version__}")
        return 0
    from c2c_desktop.domain.errors import SecretUnavailableError, StorageError, UserFacingError  # noqa: PLC0415

    try:
        return _run_command(options)
    except UserFacingError as error:
        print(f"c2c-desktop: {error.title}. {error.message}", file=sys.stderr)
        return FAILED if isinstance(error, (SecretUnavailableError, StorageError)) else BAD_USAGE


def _run_command(options: argparse.Namespace) -> int:
    if options.command in {None, "quick", "redial", "settings"}:
        return _open_window(options)
    if options.command == "open-link":
        raise BadUsageError("", _LINK_FIRST)
    if options.command == "dial" and options.ask:
        return _ask_in_window(options)
    if options.command == "dial":
        from c2c_desktop.commands.dial import run_dial  # noqa: PLC0415

        return run_dial(options)
    if options.command == "account":
        from c2c_desktop.commands.account import run_account  # noqa: PLC0415

        return run_account(options)
    if options.command in {"history", "watch", "contacts", "directories"}:
        return _read_data(options)
    if options.command == "doctor":
        from c2c_desktop.commands.doctor import run_doctor  # noqa: PLC0415

        return run_doctor(options)
    if options.command == "links":
        from c2c_desktop.commands.links import run_links  # noqa: PLC0415

        return run_links(options)
    if options.command == "diagnostics":
        from c2c_desktop.commands.diagnostics import run_diagnostics  # noqa: PLC0415

        return run_diagnostics(options)
    from c2c_desktop.commands.sandbox import run_sandbox  # noqa: PLC0415

    return run_sandbox(options)


def _open_window(options: argparse.Namespace) -> int:
    """Wish for what the command says at the instance that runs, or at a new one."""
    from c2c_desktop.services.door_line import HandOver, Wish  # noqa: PLC0415

    if options.command == "quick":
        wish = Wish.SELECTION if options.selection else Wish.QUICK
    elif options.command is not None:
        wish = Wish(options.command)
    else:
        wish = Wish.HELLO if options.minimized else Wish.SHOW
    options.minimized = options.minimized or wish in {Wish.QUICK, Wish.SELECTION, Wish.REDIAL}
    return _hand_over_or_open(options, HandOver(wish))


def _ask_in_window(options: argparse.Namespace) -> int:
    from c2c_desktop.services.door_line import HandOver, checked_text  # noqa: PLC0415

    other = [name for name in _NOT_WITH_ASK if getattr(options, name)]
    if other:
        raise BadUsageError("", f"--ask goes without --{other[0].replace('_', '-')}: the window asks about the number")
    options.minimized = True
    return _hand_over_or_open(options, HandOver(dial=checked_text(options.number)))


def _hand_over_or_open(options: argparse.Namespace, what: HandOver) -> int:
    from c2c_desktop.commands.hand_over import hand_over  # noqa: PLC0415
    from c2c_desktop.composition import options_from  # noqa: PLC0415
    from c2c_desktop.desktop.instance.door_client import activation_token  # noqa: PLC0415

    if not options.demo:
        given = options_from(sandbox=options.sandbox, data_dir=options.data_dir, api_url=options.api_url)
        status = hand_over(replace(what, token=activation_token()), given)
        if status is not None:
            return status
    return _run_window(options, what)


def _run_window(options: argparse.Namespace, what: HandOver) -> int:
    gc.disable()  # looking for garbage in what is being loaded takes 20 ms; the window's `Collector` comes after
    try:
        return _load_window()(options, what)
    finally:
        gc.enable()


def _load_window() -> Callable[[argparse.Namespace, HandOver], int]:
    """Import what needs no Qt first: of every module imported after PySide6, that reads the whole source."""
    import c2c_desktop.composition  # noqa: PLC0415
    import c2c_desktop.services.health_items  # noqa: PLC0415
    import c2c_desktop.services.late_press  # noqa: PLC0415
    import c2c_desktop.services.shown_numbers  # noqa: F401, PLC0415
    from c2c_desktop.run import run_window  # noqa: PLC0415

    return run_window


def _read_data(options: argparse.Namespace) -> int:
    if options.command == "contacts" and options.action in {"import", "undo-import", "serve-import"}:
        from c2c_desktop.commands.contact_import import run_import  # noqa: PLC0415

        return run_import(options)
    if options.command == "contacts":
        from c2c_desktop.commands.contacts import run_contacts  # noqa: PLC0415

        return run_contacts(options)
    if options.command == "directories":
        from c2c_desktop.commands.directories import run_directories  # noqa: PLC0415

        return run_directories(options)
    if options.command == "watch":
        from c2c_desktop.commands.watch import run_watch  # noqa: PLC0415

        return run_watch(options)
    from c2c_desktop.commands.history import run_history  # noqa: PLC0415

    return run_history(options)

"""Another program on the screen: has the focus, takes keys, or holds text. Tells what happens: a JSON object a line.

`focus` · `grab KEYSYM` (with Ctrl and Alt) · `own SELECTION MANNER TEXT`
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError
from Xlib.protocol import event as x_event

if TYPE_CHECKING:
    from tests.desktop.program_rig import Program
    from tests.desktop.rig import Environment

CTRL_ALT = X.ControlMask | X.Mod1Mask


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


@contextmanager
def other_client(screen: Environment, *arguments: str, ready: str) -> Iterator[Program]:
    """Run it until the block ends; `ready`: the fact that says it stands."""
    from tests.desktop.program_rig import ROOT, Program
    from tests.desktop.rig import end, until

    process = subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.other_client", *arguments],
        env=screen,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    program = Program(process, screen)
    try:
        until(lambda: program.told(ready), f"the other program: {arguments}")
        yield program
    finally:
        end(process)


def focus() -> None:
    """Take the focus and tell of every key."""
    display = Display()
    window = display.screen().root.create_window(0, 0, 200, 100, 0, X.CopyFromParent, event_mask=X.KeyPressMask)
    window.change_attributes(event_mask=X.KeyPressMask | X.StructureNotifyMask | X.FocusChangeMask)
    window.set_wm_name("Other program")
    window.map()
    while True:
        event = display.next_event()
        if event.type == X.MapNotify:
            window.set_input_focus(X.RevertToParent, X.CurrentTime)
        elif event.type == X.FocusIn and event.mode == X.NotifyNormal:
            tell(focus=True)
        elif event.type == X.KeyPress:
            tell(key=display.keycode_to_keysym(event.detail, 0))


def grab(keysym: int) -> None:
    display, failed = Display(), CatchError(BadAccess)
    code = display.keysym_to_keycode(keysym)
    root = display.screen().root
    root.grab_key(code, CTRL_ALT, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failed)
    display.sync()
    tell(grabbed=failed.get_error() is None)
    sys.stdin.readline()
    root.ungrab_key(code, CTRL_ALT)
    display.sync()
    tell(ungrabbed=True)
    sys.stdin.readline()


class Owner:
    """Holds text in one selection. `manner`: text, secret, refuse, picture, pieces, odd."""

    def __init__(self, selection: str, manner: str) -> None:
        self.display = Display()
        self.selection = self.atom(selection)
        self.manner = manner
        self.text = ""
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)

    def atom(self, name: str) -> int:
        return int(self.display.get_atom(name))

    def hold(self, text: str) -> None:
        self.text = text
        self.window.set_selection_owner(self.selection, X.CurrentTime)
        self.display.sync()
        tell(owned=True)

    def serve(self) -> None:
        while True:
            event = self.display.next_event()
            if event.type == X.SelectionRequest:
                tell(asked=self.display.get_atom_name(event.target))
                self.answer(event)
            elif event.type == X.SelectionClear:
                tell(cleared=True)

    def answer(self, event: Any) -> None:
        done = self.manner != "refuse"
        if event.target == self.atom("TARGETS"):
            targets = [event.target, self.atom("UTF8_STRING")]
            if self.manner == "secret":
                targets.append(self.atom("x-kde-passwordManagerHint"))
            event.requestor.change_property(event.property, Xatom.ATOM, 32, targets)
        elif self.manner == "pieces":
            event.requestor.change_property(event.property, self.atom("INCR"), 32, [10_000_000])
        elif self.manner == "picture":
            event.requestor.change_property(event.property, Xatom.INTEGER, 32, [1, 2, 3])
        elif self.manner == "odd":
            event.requestor.change_property(event.property, event.target, 8, b"\x00+44\xff 20 7946 0018\x00")
        elif done:
            event.requestor.change_property(event.property, event.target, 8, self.text.encode())
        told = x_event.SelectionNotify(
            time=event.time,
            requestor=event.requestor,
            selection=event.selection,
            target=event.target,
            property=event.property if done else X.NONE,
        )
        event.requestor.send_event(told)
        self.display.flush()


def main() -> None:
    what, *arguments = sys.argv[1:]
    if what == "focus":
        focus()
    elif what == "grab":
        grab(int(arguments[0]))
    else:
        selection, manner, text = arguments
        owner = Owner(selection, manner)
        # A length stands for a text of it: no command line takes long ones.
        owner.hold("5" * int(text[1:]) if text.startswith("#") else text)
        owner.serve()


if __name__ == "__main__":
    main()

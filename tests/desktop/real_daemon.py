"""dunst, the notification daemon, and a hand on what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import Message

from tests.desktop.bus_rig import Bus
from tests.desktop.bus_service import BusWitness
from tests.desktop.fake_daemon import NAME
from tests.desktop.rig import Environment, running, until
from tests.desktop.screen_rig import shown_window, xdotool

_CONFIG = """\
[global]
  width = 400
  height = 200
  origin = top-left
  offset = 0x0
  frame_width = 0
  idle_threshold = 0
  dmenu = {chooser}
  mouse_left_click = do_action, close_current
  mouse_right_click = context
[urgency_normal]
  timeout = 0
"""
_CHOOSER = """\
#!/bin/sh
exec grep -F -f '{choice}'
"""


class RealDaemon:
    """What is on the screen, and clicks on it."""

    def __init__(self, environment: Environment, witness: BusWitness, choice: Path) -> None:
        self.environment = environment
        self._witness = witness
        self._choice = choice

    def told(self) -> list[Message]:
        """Every `Notify` that reached the bus and was answered."""
        return [call for call in self._witness.seen("Notify") if self._witness.answer_to(call) is not None]

    def titles(self) -> list[str]:
        return [str(call.body[3]) for call in self.told()]

    def wait_for(self, title: str) -> Message:
        return until(lambda: next((c for c in self.told() if str(c.body[3]).startswith(title)), None), title)

    def ids(self) -> list[int]:
        """The ids dunst gave, in order."""
        answers = [self._witness.answer_to(call) for call in self.told()]
        return [int(answer.body[0]) for answer in answers if answer is not None]

    def actions(self, call: Message) -> list[str]:
        return list(call.body[5])[0::2]

    def click(self) -> None:
        """Click on the notification's body."""
        self._press(1)

    def choose(self, label: str) -> None:
        """Open the notification's menu of actions and take one."""
        self._choice.write_text(label, encoding="utf-8")
        self._press(3)

    def _press(self, button: int) -> None:
        until(lambda: shown_window(self.environment, "Dunst"), "the notification on the screen")
        xdotool(self.environment, "mousemove", 60, 20, "click", button)


@contextmanager
def real_daemon(environment: Environment, bus: Bus, witness: BusWitness, folder: Path) -> Iterator[RealDaemon]:
    """Run dunst on the private bus."""
    config, chooser, choice = folder / "dunstrc", folder / "chooser", folder / "choice"
    config.write_text(_CONFIG.format(chooser=chooser), encoding="utf-8")
    chooser.write_text(_CHOOSER.format(choice=choice), encoding="utf-8")
    chooser.chmod(0o700)
    with running(["dunst", "-conf", str(config)], environment):
        until(lambda: bus.owner(NAME), "dunst on the bus")
        yield RealDaemon(environment, witness, choice)

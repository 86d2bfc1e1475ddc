"""What other starts of the program and other programs hand over, and where each thing goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from c2c_desktop.composition import Core
from c2c_desktop.domain.call import Source
from c2c_desktop.domain.dialing import DialRequest
from c2c_desktop.domain.errors import NumberError
from c2c_desktop.domain.number import SeveralNumbersError, parse_for
from c2c_desktop.services.door_line import DoorLineError, HandOver, Wish, checked_link, door_line, read_door_line
from c2c_desktop.services.link_gate import MOST_LINKS, LinkGate
from c2c_desktop.services.ports import Lane, Runner

if TYPE_CHECKING:
    from c2c_desktop.desktop.instance.instance_door import InstanceDoor

_log = logging.getLogger(__name__)


class DoorKeeper(QObject):
    """Takes what is handed over; of calls, each can only ask for one. Main thread."""

    wished = Signal(object, str)
    """A `Wish` that is not for a call, and the activation token that came with it."""
    redundant = Signal()
    """Another instance on this data folder took over what this one was started for."""

    def __init__(
        self,
        core: Core,
        runner: Runner,
        ask: Callable[[DialRequest], None],
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._runner = runner
        self._ask = ask
        self._say = say
        self._door: InstanceDoor | None = None
        self._waiting: list[HandOver] = []
        """What waits until everything is loaded, or for a sign-in."""

    def open(self) -> None:
        """Take what other processes hand over from now on, and first what the program was started for."""
        from c2c_desktop.desktop.instance.instance_door import DoorState, InstanceDoor  # noqa: PLC0415  # loads QtNetwork

        self._door = InstanceDoor(self._core.data_dir, LinkGate(), self)
        self._door.came.connect(self.take)
        self._door.links_left.connect(self._tell)
        if self._door.open() is DoorState.TAKEN:
            _log.info("another instance keeps the door")
            self._step_back()
        else:
            self.resume()

    def close(self) -> None:
        """Take nothing more."""
        if self._door is not None:
            self._door.close()

    def take(self, what: HandOver) -> None:
        """Do what was handed over, once that is possible; the first thing that asks for a call comes first."""
        if self._door is None:
            self._wait(what)
        elif what.wish is Wish.REDIAL:
            self._redial()
        elif what.wish is not None:
            self.wished.emit(what.wish, what.token)
        else:
            if self._core.accounts.active is None:
                self._wait(what)  # the desk asks for the sign-in first
            self._ask(DialRequest(what.link, Source.LINK) if what.link else DialRequest(what.dial, Source.COMMAND_LINE))

    def take_link(self, text: str) -> None:
        """Take a link that the system itself brings as one that comes in at the door: checked, counted, asked about."""
        try:
            line = door_line(HandOver(link=checked_link(text)))
        except DoorLineError as error:
            self._say(f"{error.title}. {error.message}")
            return
        if self._door is None:
            self.take(read_door_line(line))
        else:
            self._door.take(line)  # one too many is told of by the door

    def ask_about(self, number: str) -> str:
        """Ask about a number that another program brought by the bus; return why that is not done, "" where it is."""
        account = self._core.accounts.active
        if account is None:
            return "Nobody is signed in."
        try:
            parse_for(account, number)
        except SeveralNumbersError:
            pass  # the person chooses
        except NumberError as error:
            return f"{error.title}. {error.message}"
        self._ask(DialRequest(number, Source.LINK))
        return ""

    def resume(self) -> None:
        """Take what waited."""
        waiting, self._waiting = self._waiting, []
        for what in waiting:
            self.take(what)  # the first is asked about, the others are counted

    def _wait(self, what: HandOver) -> None:
        if len(self._waiting) < MOST_LINKS:
            self._waiting.append(what)

    def _redial(self) -> None:
        recent = self._core.journal.recent()
        if not recent:
            self._say("There is no call to repeat yet.")
            return
        last = recent[0]
        text = f"{last.e164},{last.post_dial}" if last.post_dial else last.e164
        self._ask(DialRequest(text, Source.COMMAND_LINE, last.contact_name))

    def _step_back(self) -> None:
        """Two were started at once, or the one that keeps the door hangs."""
        from c2c_desktop.desktop.instance.door_client import NoAnswerError, knock  # noqa: PLC0415

        wish = Wish.HELLO if self._core.options.minimised else Wish.SHOW
        waiting = tuple(self._waiting) or (HandOver(wish),)

        def hand_over() -> str | None:
            answers = [knock(what, self._core.data_dir) for what in waiting]
            return answers[0]

        def knocked(why: str | None) -> None:
            if why == "":
                self.redundant.emit()
            else:
                self.resume()

        def failed(error: Exception) -> None:
            if isinstance(error, NoAnswerError):
                self._say("Another C2C Desktop runs and does not answer. This one works on its own.")
            else:
                _log.warning("the other instance cannot be asked: %s", type(error).__name__)
            self.resume()

        # Knocking may take a second; the contacts can wait that long, a call cannot.
        self._runner.run(Lane.DATABASE, hand_over, knocked, failed)

    def _tell(self, count: int) -> None:
        words = "1 link was" if count == 1 else f"{count:,} links were"
        self._say(f"{words} left alone: too many came at once.")

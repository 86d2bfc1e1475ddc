"""What is said about a call, in one place for the banner, the tray, notifications and the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from c2c_desktop.domain.call import Call, CallState
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.route import Route
from c2c_desktop.domain.settings import NotificationKind


class Tone(Enum):
    """How a sentence is coloured."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Step(Enum):
    """How far one leg of a call is."""

    WAITING = "waiting"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One moment of a call in words. `steps`: agent leg, customer leg."""

    title: str
    detail: str
    tone: Tone
    steps: tuple[Step, Step]
    actions: tuple[NextStep, ...]
    kind: NotificationKind | None = None
    is_over: bool = False

    @property
    def sentence(self) -> str:
        """Title and detail as one text."""
        return f"{self.title}{'' if self.title.endswith('…') else '.'} {self.detail}"


ACTION_LABELS: dict[NextStep, str] = {
    NextStep.CANCEL: "Cancel",
    NextStep.RETRY: "Retry",
    NextStep.CALL_AGAIN: "Call again…",
    NextStep.COPY_REQUEST_ID: "Copy request ID",
    NextStep.FIX_SIGN_IN: "Fix sign-in",
    NextStep.USE_SOFTPHONE: "Use softphone",
    NextStep.OPEN_SETTINGS: "Settings",
    NextStep.ADD_NOTE: "Add note…",
}
"""The words on the button of each step."""


def press_words(post_dial: str) -> str:
    """Return what to do with digits the service cannot send."""
    return f"Then press {keys_in_words(post_dial)} yourself."


def keys_in_words(post_dial: str) -> str:
    """Return the keys to press, told apart where there is to be a pause between them."""
    return post_dial.replace(",", ", then ")


def duration_words(seconds: float) -> str:
    """Return "0:42" or "1:02:07"."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def announce(call: Call, *, has_feed: bool, now: float | None = None) -> Announcement:
    """Return what to say of `call` now. `has_feed`: whether the legs are told; `now`: UTC seconds."""
    state = call.state
    if state is CallState.DRAFT and now is not None:
        return _held_back(call, now)
    if state in _SENDING:
        return _sending(call, has_feed=has_feed)
    if state in _FAILED:
        return _failed(call)
    if state is CallState.ENDED:
        return _ended(call)
    return _living(call, now)


_SENDING = frozenset({CallState.DRAFT, CallState.PLACING, CallState.CANCELLED, CallState.INITIATED})
_AFTERWARDS = (NextStep.CALL_AGAIN, NextStep.ADD_NOTE, NextStep.COPY_REQUEST_ID)
_FAILED = frozenset({CallState.REFUSED, CallState.NOT_SENT, CallState.UNCERTAIN})


def _held_back(call: Call, now: float) -> Announcement:
    """A draft started when it is due: until then it can be taken back."""
    left = max(round(call.started_at - now), 1)
    return Announcement(
        f"Calling {call.callee} in {left} s…",
        "Nothing is sent yet. Esc cancels.",
        Tone.NEUTRAL,
        (Step.WAITING, Step.WAITING),
        (NextStep.CANCEL,),
    )


def _sending(call: Call, *, has_feed: bool) -> Announcement:
    waiting = (Step.WAITING, Step.WAITING)
    if call.state is CallState.CANCELLED:
        detail = call.message or f"Nothing was sent to call {call.callee}."
        return Announcement("Cancelled", detail, Tone.NEUTRAL, waiting, (), is_over=True)
    if call.state is not CallState.INITIATED:
        return Announcement(
            f"Calling {call.callee}…",
            "Asking the service to ring your phone.",
            Tone.NEUTRAL,
            waiting,
            (NextStep.CANCEL,),
        )
    trace = (NextStep.COPY_REQUEST_ID,) if call.request_id else ()
    untraceable = "" if call.request_id else " The service gave no request ID, so it cannot be traced."
    if call.route is Route.NEITHER:
        detail = f"Both routes are off, so the service rings neither of your phones.{untraceable}"
    else:
        detail = f"{call.route.device} should ring: pick up to reach {call.callee}.{untraceable}"
    over = not (has_feed and call.request_id)
    return Announcement("Call initiated", detail, Tone.NEUTRAL, (Step.ACTIVE, Step.WAITING), trace, is_over=over)


def _failed(call: Call) -> Announcement:
    if call.state is CallState.REFUSED:
        mends = call.next_step not in {NextStep.NONE, NextStep.RETRY}  # it was sent: calling again is no retry
        actions = (call.next_step,) if mends else (NextStep.CALL_AGAIN,)
        return Announcement(
            "The service refused the call",
            call.message or "It gave no reason.",
            Tone.BAD,
            (Step.FAILED, Step.WAITING),
            actions,
            NotificationKind.REFUSED,
            is_over=True,
        )
    if call.state is CallState.NOT_SENT:
        mend = () if call.next_step in {NextStep.NONE, NextStep.RETRY} else (call.next_step,)
        return Announcement(
            "The call was not sent",
            call.message or "The service could not be reached. Nothing rings.",
            Tone.BAD,
            (Step.FAILED, Step.WAITING),
            (*mend, NextStep.RETRY),
            NotificationKind.NOT_SENT,
            is_over=True,
        )
    return Announcement(
        "No answer from the service" if not call.message else call.message,
        "Your phone may still ring. Check it before you call again.",
        Tone.WARN,
        (Step.UNSURE, Step.WAITING),
        (NextStep.CALL_AGAIN,),
        NotificationKind.UNCERTAIN,
        is_over=True,
    )


def _living(call: Call, now: float | None) -> Announcement:
    device, callee = call.route.device, call.callee
    trace = (NextStep.COPY_REQUEST_ID,)
    number = "" if callee == call.shown_number else f"{call.shown_number} · "
    since = call.connected_at
    talked = f" · {duration_words(now - since)}" if now is not None and since is not None else ""
    ringing = NotificationKind.AGENT_RINGING
    lines = {
        CallState.AGENT_RINGING: Announcement(
            f"{device} is ringing",
            f"Pick up to reach {callee}.",
            Tone.NEUTRAL,
            (Step.ACTIVE, Step.WAITING),
            trace,
            ringing,
        ),
        CallState.AGENT_ANSWERED: Announcement(
            "You picked up", f"Now calling {callee}.", Tone.NEUTRAL, (Step.DONE, Step.WAITING), trace
        ),
        CallState.CUSTOMER_RINGING: Announcement(
            f"{callee}’s phone is ringing", "Stay on the line.", Tone.NEUTRAL, (Step.DONE, Step.ACTIVE), trace
        ),
        CallState.CONNECTED: Announcement(
            f"Connected to {callee}{talked}",
            f"{number}{call.route.via}" if number else f"On {_device_word(call)}.",
            Tone.GOOD,
            (Step.DONE, Step.DONE),
            (NextStep.ADD_NOTE, *trace),
            NotificationKind.CONNECTED,
        ),
        CallState.AGENT_MISSED: Announcement(
            "You did not pick up",
            f"{callee} was not called.",
            Tone.WARN,
            (Step.FAILED, Step.WAITING),
            _AFTERWARDS,
            NotificationKind.ENDED,
            is_over=True,
        ),
        CallState.AGENT_REJECTED: Announcement(
            f"{device} turned the call down",
            f"{callee} was not called.",
            Tone.WARN,
            (Step.FAILED, Step.WAITING),
            _AFTERWARDS,
            NotificationKind.ENDED,
            is_over=True,
        ),
        CallState.CUSTOMER_MISSED: Announcement(
            f"{callee} was busy" if call.message == "Busy" else f"{callee} did not answer",
            f"{number}Try again later.",
            Tone.WARN,
            (Step.DONE, Step.FAILED),
            _AFTERWARDS,
            NotificationKind.ENDED,
            is_over=True,
        ),
    }
    return lines[call.state]


def _ended(call: Call) -> Announcement:
    missed = {CallState.AGENT_MISSED, CallState.AGENT_REJECTED, CallState.CUSTOMER_MISSED}
    if call.outcome in missed:
        return _living(replace(call, state=call.outcome), None)
    if call.outcome is CallState.CONNECTED:
        talked = duration_words(call.talk_seconds or 0)
        return Announcement(
            f"Call with {call.callee} ended · {talked}",
            f"{call.shown_number} · {call.route.via}",
            Tone.GOOD,
            (Step.DONE, Step.DONE),
            _AFTERWARDS,
            NotificationKind.ENDED,
            is_over=True,
        )
    return Announcement(
        "The call ended",
        f"{call.callee} was not reached.",
        Tone.WARN,
        (Step.DONE, Step.FAILED),
        _AFTERWARDS,
        NotificationKind.ENDED,
        is_over=True,
    )


def _device_word(call: Call) -> str:
    device = call.route.device
    return device[0].lower() + device[1:]


def outcome_words(call: Call) -> str:
    """Return how a call went in two or three words, for a list."""
    words = {
        CallState.DRAFT: "Draft",
        CallState.PLACING: "Placing…",
        CallState.CANCELLED: "Cancelled",
        CallState.INITIATED: "Initiated",
        CallState.REFUSED: "Refused",
        CallState.NOT_SENT: "Not sent",
        CallState.UNCERTAIN: "Uncertain",
        CallState.AGENT_RINGING: "Your phone rings",
        CallState.AGENT_ANSWERED: "You picked up",
        CallState.AGENT_MISSED: "You missed it",
        CallState.AGENT_REJECTED: "Turned down",
        CallState.CUSTOMER_RINGING: "Ringing",
        CallState.CUSTOMER_MISSED: "Busy" if call.message == "Busy" else "No answer",
        CallState.CONNECTED: "Connected",
        CallState.ENDED: "Ended",
    }
    if call.state is CallState.ENDED and call.outcome is not None:
        if call.outcome is CallState.CONNECTED:
            return f"Talked {duration_words(call.talk_seconds or 0)}"
        return words[call.outcome]
    return words[call.state]

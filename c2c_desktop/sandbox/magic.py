"""The numbers that make the sandbox misbehave, one for every outcome the service is known to have.

All are valid Indian mobile numbers to libphonenumber, so that they go the same way as any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What the sandbox does with a request."""

    HAPPY = "happy"
    BAD_SECRET_STATUS = "bad secret as HTTP status"
    BAD_SECRET_BODY = "bad secret inside a 200"
    FOLLOW_ME_REFUSED = "follow-me not allowed"
    HTML_ERROR = "HTML 500"
    ODD_MESSAGE = "message that is no string"
    NO_REQUEST_ID = "200 without request_id"
    SLOW = "slow answer"
    DROPPED = "accepted, then dropped"
    HALF_ANSWER = "half an answer"
    AGENT_MISSES = "agent never answers"
    AGENT_REJECTS = "agent rejects"
    CUSTOMER_BUSY = "customer busy"
    CUSTOMER_MISSES = "customer does not answer"
    TOO_MANY = "too many requests"
    NO_BALANCE = "initiated, but the balance is empty"


@dataclass(frozen=True, slots=True)
class MagicNumber:
    """One number (digits with country code) and what calling it shows."""

    number: int
    outcome: Outcome
    description: str


_BASE = 917000000000

MAGIC_NUMBERS = tuple(
    MagicNumber(_BASE + last, outcome, description)
    for last, outcome, description in (
        (1, Outcome.BAD_SECRET_STATUS, "the secret is wrong, told as HTTP 404"),
        (2, Outcome.BAD_SECRET_BODY, "the secret is wrong, told as code 407 inside an HTTP 200"),
        (3, Outcome.FOLLOW_ME_REFUSED, "calls to the agent's mobile are not allowed (420); softphone calls are"),
        (4, Outcome.HTML_ERROR, "an HTML page with HTTP 500"),
        (5, Outcome.ODD_MESSAGE, "a refusal whose message is a structure"),
        (6, Outcome.NO_REQUEST_ID, "accepted without a request ID"),
        (7, Outcome.SLOW, "accepted after a few seconds"),
        (8, Outcome.DROPPED, "accepted, then the connection drops: the call lives"),
        (9, Outcome.HALF_ANSWER, "accepted, but only half the answer arrives"),
        (10, Outcome.AGENT_MISSES, "the agent's phone rings and nobody answers"),
        (11, Outcome.AGENT_REJECTS, "the agent turns the call down"),
        (12, Outcome.CUSTOMER_BUSY, "the customer is busy"),
        (13, Outcome.CUSTOMER_MISSES, "the customer does not answer"),
        (14, Outcome.TOO_MANY, "too many requests (429)"),
        (
            15,
            Outcome.NO_BALANCE,
            "initiated, then the agent's leg is rejected: what an empty balance looks like",
        ),
    )
)


def outcome_of(to: int) -> Outcome:
    """Return what a call to `to` does; national digits of the magic numbers count too."""
    for magic in MAGIC_NUMBERS:
        if to in {magic.number, magic.number - 910000000000}:
            return magic.outcome
    return Outcome.HAPPY

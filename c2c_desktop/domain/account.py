"""An account at the service, and the shape of its user ID."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from c2c_desktop.domain.errors import NextStep, UserFacingError
from c2c_desktop.domain.route import Route

DEFAULT_REGION = "IN"
"""The ISO 3166 country of numbers without a country code where nobody said another."""

_USER_ID = re.compile(r"^[0-9]{1,10}_[0-9]{1,15}$")


@dataclass(frozen=True, slots=True)
class Account:
    """One sign-in with the choices that belong to it. The secret is not here: it lives in the keyring."""

    user_id: str
    region: str = DEFAULT_REGION
    route: Route = Route.SOFTPHONE
    caller_id: str = ""
    caller_ids: tuple[str, ...] = ()
    extra_params: dict[str, str] = field(default_factory=dict)
    national_digits: bool = False
    """Send the national digits instead of the number with its country code."""
    internal_extensions: str = ""
    """Which short numbers are extensions of the own telephone system, like `1xx, 2001`; none unless set."""

    @property
    def masked_user_id(self) -> str:
        """The user ID with all but its extension and last two digits hidden."""
        extension, _, app = self.user_id.partition("_")
        return f"{extension}_{'•' * max(len(app) - 2, 0)}{app[-2:]}"


def checked_user_id(text: str) -> str:
    """Return `text` without surrounding space if it looks like a user ID.

    Raises `UserFacingError` saying what is wrong with it.
    """
    user_id = text.strip()
    if not user_id:
        raise UserFacingError(
            "User ID is missing", "Enter the user ID from your TeleCMI dashboard.", NextStep.FIX_SIGN_IN
        )
    if not _USER_ID.match(user_id):
        raise UserFacingError(
            "That is not a user ID",
            "A user ID is your extension, an underscore and the app ID, like 101_1111112.",
            NextStep.FIX_SIGN_IN,
        )
    return user_id

"""How a contact is called: which phone rings first, and the caller ID. Both can be left to the account."""

from __future__ import annotations

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.route import Route
from c2c_desktop.ui.inputs import ChoiceBox
from c2c_desktop.ui.sign_in_dialog import ROUTE_CHOICES

AS_MY_ACCOUNT = "As my account says"
AS_CHOSEN_THERE = "As chosen at TeleCMI"


class RouteField(ChoiceBox):
    """Which of the agent's phones rings first."""

    def __init__(self, route: Route | None) -> None:
        super().__init__()
        self.addItem(AS_MY_ACCOUNT, None)
        for choice, words in ROUTE_CHOICES:
            self.addItem(words, choice)
        self.setCurrentIndex(self.findData(route) if route is not None else 0)

    @property
    def route(self) -> Route | None:
        """The choice; None: as the account says."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, Route) else None


class CallerIdField(ChoiceBox):
    """A caller ID of the account, or one that is typed."""

    def __init__(self, caller_id: str | None, account: Account | None) -> None:
        super().__init__()
        self.setEditable(True)
        own = (account.caller_id, *account.caller_ids) if account is not None else ()
        known = dict.fromkeys(filter(None, (*own, caller_id)))
        self.addItems([AS_MY_ACCOUNT, AS_CHOSEN_THERE, *known])
        self.setCurrentText(AS_MY_ACCOUNT if caller_id is None else caller_id or AS_CHOSEN_THERE)

    @property
    def caller_id(self) -> str | None:
        """What was chosen or typed, unchecked; None: as the account says; "": as chosen at the service."""
        text = self.currentText().strip()
        if text in {"", AS_MY_ACCOUNT}:
            return None
        return "" if text == AS_CHOSEN_THERE else text

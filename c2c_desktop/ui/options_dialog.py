"""Options of the calls of one account: caller ID and custom parameters."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from c2c_desktop.domain.account import Account
from c2c_desktop.domain.caller_id import CallerIdError, checked_caller_id
from c2c_desktop.ui.forms import FormDialog
from c2c_desktop.ui.inputs import CheckBox, ChoiceBox

_ACCOUNTS_OWN = "As chosen at TeleCMI"


class OptionsDialog(FormDialog):
    """Edits a copy of the account; `account` holds the result once accepted."""

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__("Call options", "Save", parent)
        self.account = account
        self.resize(460, 360)
        self.caller_id = ChoiceBox()
        self.caller_id.setEditable(True)
        self.caller_id.addItem(_ACCOUNTS_OWN)
        self.caller_id.addItems(account.caller_ids)
        self.caller_id.setCurrentText(account.caller_id or _ACCOUNTS_OWN)
        self.params = QPlainTextEdit("\n".join(f"{k}={v}" for k, v in account.extra_params.items()))
        self.params.setPlaceholderText("ticket=4711\ncampaign=spring")
        self.params.setTabChangesFocus(True)
        self.national = CheckBox("Send numbers without their country code")
        self.national.setChecked(account.national_digits)
        self.add_field("Caller ID", self.caller_id, "The number the customer sees. It must belong to your account.")
        self.add_field("Parameters", self.params, "One KEY=VALUE a line. They go with every call, into its records.")
        self.fields.add("", self.national)

    def submit(self) -> None:
        """Read the form; say in place what is wrong."""
        text = self.caller_id.currentText().strip()
        caller_id = "" if text == _ACCOUNTS_OWN else text
        try:
            caller_id = checked_caller_id(caller_id)
        except CallerIdError as error:
            self.show_error(f"{error.title}. {error.message}")
            return
        params: dict[str, str] = {}
        for line in self.params.toPlainText().splitlines():
            key, equals, value = line.partition("=")
            if not line.strip():
                continue
            if not equals or not key.strip():
                self.show_error(f"“{line.strip()}” is no parameter. Write KEY=VALUE.")
                return
            if key.strip() in params:
                self.show_error(f"“{key.strip()}” stands there twice. Keep one.")
                return
            params[key.strip()] = value.strip()
        known = self.account.caller_ids
        caller_ids = known if not caller_id or caller_id in known else (*known, caller_id)
        self.account = replace(
            self.account,
            caller_id=caller_id,
            caller_ids=caller_ids,
            extra_params=params,
            national_digits=self.national.isChecked(),
        )
        self.accept()

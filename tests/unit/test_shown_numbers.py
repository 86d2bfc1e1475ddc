"""Privacy mode: what is shown is masked, what is acted on never."""

from __future__ import annotations

from c2c_desktop.domain.call import CallState
from c2c_desktop.domain.contact import Contact, ContactNumber
from c2c_desktop.services.shown_numbers import ShownNumbers
from tests.unit.builders import make_call

ASHA = Contact(7, "Asha Rao", "Rao & Sons", (ContactNumber("+91 98402 22222", "+919840222222"),), favourite=True)
NAMELESS = Contact(8, "", "", (ContactNumber("0800 FLOWERS", ""),))


def test_switched_off_everything_is_shown_as_it_is() -> None:
    numbers, call = ShownNumbers(), make_call(CallState.INITIATED)
    assert not numbers.masked
    assert numbers.number("+91 98402 22222") == "+91 98402 22222"
    assert numbers.text("Call +91 98402 22222") == "Call +91 98402 22222"
    assert numbers.contact(ASHA) is ASHA
    assert numbers.call(call) is call


def test_switched_on_numbers_are_masked_and_names_stay() -> None:
    numbers = ShownNumbers(masked=True)
    shown = numbers.contact(ASHA)
    assert (shown.name, shown.company, shown.favourite) == ("Asha Rao", "Rao & Sons", True)
    assert shown.numbers == (ContactNumber("+91 ••••• •••22", "+919840222222"),)
    assert numbers.contact(NAMELESS).label == "•••• •••••RS"
    assert numbers.number("+44 20 7946 0018") == "+44 •• •••• ••18"
    assert numbers.text("+44 20 7946 0018 was deleted.") == "+44 •• •••• ••18 was deleted."


def test_a_call_is_shown_masked_also_where_its_name_or_the_reason_holds_a_number() -> None:
    call = make_call(
        CallState.REFUSED,
        contact_name="+91 98402 22222",
        message="919840222222 is barred",
        shown_number="+91 98402 22222",
    )
    shown = ShownNumbers(masked=True).call(call)
    assert shown.callee == shown.shown_number == "+91 ••••• •••22"
    assert shown.message == "••••••••••22 is barred"
    assert shown.e164 == call.e164


def test_the_listeners_hear_of_a_switch_and_of_nothing_else() -> None:
    numbers, heard = ShownNumbers(), []
    numbers.listen(lambda: heard.append(numbers.masked))
    for on in (False, True, True, False):
        numbers.mask(on=on)
    assert heard == [True, False]

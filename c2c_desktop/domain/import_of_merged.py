"""What becomes of a contact others were merged into: each of their cards changes only what came from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from c2c_desktop.domain.contact import Contact, cleaned, email_key
from c2c_desktop.domain.contact_match import Known, find_match, traits_of
from c2c_desktop.domain.import_merge import Outcome, Said, Verdict, content, outcome_of
from c2c_desktop.domain.record_contact import number_key


def outcome_of_merged(
    own: Contact,
    said_before: Contact | None,
    parts: Mapping[int, Contact],
    saids: Sequence[Said],
    *,
    is_file_right: bool,
) -> tuple[Outcome, dict[int, Contact]]:
    """Return what a stored contact becomes, and what files say now of the `parts` that they say anything else of.

    `said_before`: of the contact itself, as for `outcome_of`: of one that is as files said, they said what it is.
    `parts`: what files said of those merged into it, by ids that are others than its own. Cards of theirs change
    nothing that a person chose otherwise when they merged, though the file be right.
    """
    own_form = said_before or (own if own.import_id else None)
    forms = {**({own.id: own_form} if own_form else {}), **parts}
    known = [Known(at, traits_of(form)) for at, form in forms.items()]
    spoken_of: dict[int, list[Said]] = {}
    for each in saids:
        match = find_match(traits_of(each.contact), known)
        spoken_of.setdefault(match[1] if match else own.id, []).append(each)
    contact, news, is_kept = own, dict[int, Contact](), False
    for at, group in sorted(spoken_of.items(), key=lambda item: item[0] != own.id):
        others = [form for other, form in forms.items() if other != at]
        outcome = outcome_of(contact, forms.get(at), group, is_file_right=is_file_right and at == own.id)
        all_of_it = outcome_of(contact, forms.get(at), group, is_file_right=True)
        said = outcome.said or outcome.contact
        contact = _with_others(contact, outcome.contact, others)
        is_kept |= _unordered(_with_others(contact, all_of_it.contact, others)) != _unordered(contact)
        if at not in forms or content(said) != content(forms[at]):
            news[at] = said
    unchanged = Verdict.KEPT if is_kept else Verdict.UNCHANGED
    verdict = unchanged if contact == own else Verdict.MERGED
    said_now = news.pop(own.id, own_form)
    if said_now and said_now is not said_before and own.import_id and content(said_now) == content(contact):
        said_now = None
    return Outcome(contact, said_now, verdict), news


def _with_others(before: Contact, after: Contact, others: Sequence[Contact]) -> Contact:
    """Return `after` with those numbers and addresses that one card does not say any more, and another does."""
    numbers = {number_key(number) for other in others for number in other.numbers}
    numbers -= {number_key(number) for number in after.numbers}
    emails = {email_key(email) for other in others for email in other.emails} - {*map(email_key, after.emails)}
    return cleaned(
        replace(
            after,
            numbers=(*after.numbers, *(number for number in before.numbers if number_key(number) in numbers)),
            emails=(*after.emails, *(email for email in before.emails if email_key(email) in emails)),
        )
    )


def _unordered(contact: Contact) -> Contact:
    """Return `contact` to be compared: of several cards none says in which order it all stands."""
    return replace(
        contact,
        numbers=tuple(sorted(contact.numbers, key=number_key)),
        emails=tuple(sorted(contact.emails)),
        tags=tuple(sorted(contact.tags)),
    )

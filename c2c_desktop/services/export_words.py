"""What people read about an export, in the window and on the command line."""

from __future__ import annotations

from c2c_desktop.domain.contact_count import contacts_words
from c2c_desktop.domain.contact_export import ExportFormat, ExportProgress, ExportReport

FORMAT_WORDS = {
    ExportFormat.CSV_FOR_PEOPLE: "For Excel or LibreOffice (CSV)",
    ExportFormat.VCARD_3: "For phones, address books (vCard)",
    ExportFormat.VCARD_4: "For new address books (vCard 4)",
    ExportFormat.CSV_FOR_PROGRAMS: "For other programs (plain CSV)",
}
"""In the order in which they are offered."""

FORMAT_HELP = {
    ExportFormat.CSV_FOR_PEOPLE: "Numbers like +91 98402 22222 get a ' in front: else spreadsheets would change them.",
    ExportFormat.VCARD_3: "One file with a card for each contact. Nearly every phone and address book can read it.",
    ExportFormat.VCARD_4: "The newer kind of card. Some phones and older programs cannot read it.",
    ExportFormat.CSV_FOR_PROGRAMS: "Every cell as it is. Do not open it in a spreadsheet: it may change phone numbers.",
}

FEWEST_SECONDS = 1.0
"""From when on a rate and what remains are told; earlier they would jump."""


def neutralised_words(number: int) -> str:
    """Return what was done to cells a spreadsheet would calculate; "" where there were none."""
    if not number:
        return ""
    cells = f"{number:,} cell{'' if number == 1 else 's'}"
    return f"{cells} got a ' in front, as phone numbers with a + do: else a spreadsheet would change them."


def progress_words(progress: ExportProgress) -> str:
    """Return how far an export is, how fast it goes, and how long it takes from now on."""
    words = f"{progress.contacts:,} of {contacts_words(progress.total)}"
    if progress.seconds < FEWEST_SECONDS or not progress.contacts:
        return words
    rate = progress.contacts / progress.seconds
    left = (progress.total - progress.contacts) / rate
    return f"{words} · {rate:,.0f} a second · {_time_words(left)} left"


def done_words(report: ExportReport, file: str) -> str:
    """Return what was written into a file of that name."""
    return f"{contacts_words(report.contacts)} {'is' if report.contacts == 1 else 'are'} in {file} now."


def _time_words(seconds: float) -> str:
    if seconds < 60:  # noqa: PLR2004  # a minute
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"

"""Measures everything: `make bench`."""

from __future__ import annotations

from tests.bench import (
    calls,
    contact_csv,
    contact_export,
    contact_import,
    contact_list,
    contact_search,
    duplicates,
    links,
    quick_latency,
    report,
    startup,
)

if __name__ == "__main__":
    report.write(
        [
            *startup.measure(),
            *links.measure(),
            *calls.measure(),
            *quick_latency.measure(),
            *contact_search.measure(),
            *contact_export.measure(),
            *duplicates.measure(),
            *contact_list.measure(),
            *contact_csv.measure(),
            *contact_import.measure(),
        ]
    )

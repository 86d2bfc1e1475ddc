"""What a measurement tells, and how all of them are written down."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """One median beside its reference. `goal` bounds `ratio` or, where it names a unit, `value` itself."""

    name: str
    value: float
    unit: str
    reference: float | None
    ratio: float | None
    goal: str


def compared(name: str, values: Sequence[float], references: Sequence[float], unit: str, goal: str) -> Figure:
    """Set the median of `values` against that of `references`."""
    value, reference = statistics.median(values), statistics.median(references)
    return Figure(name, round(value, 3), unit, round(reference, 3), round(value / reference, 3), goal)


def write(figures: Sequence[Figure]) -> None:
    """Print a table and write the list as JSON."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")
    width = max(len(figure.name) for figure in figures)
    print(f"{'':{width}}  {'value':>10}  {'reference':>10}  {'ratio':>7}  goal")
    for f in figures:
        reference = "" if f.reference is None else f"{f.reference:.2f}"
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        print(f"{f.name:{width}}  {f.value:>7.2f} {f.unit:<3} {reference:>9}  {ratio:>7}  {f.goal}")
    print(f"Written to {RESULTS}")

"""Measurements, never part of the suite: `make bench`. Ratios are taken within one run, in turn with a reference."""

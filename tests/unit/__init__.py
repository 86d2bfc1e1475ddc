"""Rules and services alone, on fakes."""

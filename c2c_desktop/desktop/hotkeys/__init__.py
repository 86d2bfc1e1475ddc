"""The key that works from every program, by each system's own way."""

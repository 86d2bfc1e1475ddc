"""The whole program as its own process."""

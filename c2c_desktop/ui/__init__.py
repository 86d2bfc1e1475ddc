"""Widgets and item models: no SQL, no network, no keyring."""

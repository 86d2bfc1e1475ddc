"""Use cases over ports. Knows neither Qt, httpx, keyring nor sqlite3."""

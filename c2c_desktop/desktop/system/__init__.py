"""What the system says: network, sleep, lock, screens, the session's end."""

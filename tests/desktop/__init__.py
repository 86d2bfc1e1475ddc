"""Real desktop parts on a private bus and a virtual screen."""

"""Real servers that misbehave."""

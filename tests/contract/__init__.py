"""The same checks on a fake and on the real thing."""

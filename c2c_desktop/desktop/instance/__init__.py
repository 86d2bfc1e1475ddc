"""One running program: who it is, and how a second start reaches it."""

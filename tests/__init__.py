"""The proof that C2C Desktop does what it promises."""

"""Plain values and rules. Imports the standard library and phonenumbers only."""

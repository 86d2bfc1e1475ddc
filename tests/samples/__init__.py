"""Invented exports in the style of each maker; people and numbers are nobody's."""

"""Widgets, offscreen."""

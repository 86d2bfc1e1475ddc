"""The tray: icon, menu, and what stands in it."""

"""The desktop around the window: tray, notifications, hotkey, links, one instance, the session bus."""

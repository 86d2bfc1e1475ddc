"""Qt without widgets: lanes and their bridge, lifecycle, crash hooks."""

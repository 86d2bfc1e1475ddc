"""What the system is told about the program, for this user: link handlers, start at login, its entry."""

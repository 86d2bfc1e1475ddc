"""The subcommands of the command line. None of them loads Qt."""

"""One file per outside thing: the service, the keyring, files and databases."""

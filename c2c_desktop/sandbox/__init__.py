"""A loopback TeleCMI that behaves as the service is known to behave."""

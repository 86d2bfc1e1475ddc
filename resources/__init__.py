"""Icons, style tokens and sample contacts, installed as ``c2c_desktop.resources``."""

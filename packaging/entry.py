"""Where the frozen program begins."""

from c2c_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

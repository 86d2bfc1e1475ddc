"""The thin port to macOS' Launch Services, which know who opens links, and the real one."""

from __future__ import annotations

import sys
from typing import Protocol


class LaunchServices(Protocol):
    """Programs by the identifiers of their bundles."""

    def own_bundle(self) -> str:
        """Return the identifier of the bundle that runs, "" where none does."""
        ...

    def opener(self, scheme: str) -> str:
        """Return the bundle that opens a scheme, "" for none."""
        ...

    def choose(self, scheme: str, bundle: str) -> int:
        """Let a bundle open a scheme; return 0, or the system's error number."""
        ...


def open_launch_services() -> LaunchServices:
    """Return the system's. macOS only."""
    if sys.platform == "darwin":  # not run by the tests
        return _SystemLaunchServices()
    raise NotImplementedError("there are Launch Services on macOS only")


if sys.platform == "darwin":  # not run by the tests
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager

    _UTF8 = 0x08000100
    _LONGEST = 1024

    class _SystemLaunchServices:
        def __init__(self) -> None:
            frameworks = "/System/Library/Frameworks"
            self._core = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
            self._services = ctypes.CDLL(f"{frameworks}/CoreServices.framework/CoreServices")
            pointer = ctypes.c_void_p
            self._core.CFBundleGetMainBundle.restype = pointer
            self._core.CFBundleGetIdentifier.restype = pointer
            self._core.CFBundleGetIdentifier.argtypes = [pointer]
            self._core.CFStringCreateWithCString.restype = pointer
            self._core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
            self._core.CFStringGetCString.restype = ctypes.c_bool
            self._core.CFStringGetCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32]
            self._core.CFRelease.restype = None
            self._core.CFRelease.argtypes = [pointer]
            self._services.LSCopyDefaultHandlerForURLScheme.restype = pointer
            self._services.LSCopyDefaultHandlerForURLScheme.argtypes = [pointer]
            self._services.LSSetDefaultHandlerForURLScheme.restype = ctypes.c_int32
            self._services.LSSetDefaultHandlerForURLScheme.argtypes = [pointer, pointer]

        def own_bundle(self) -> str:
            bundle = self._core.CFBundleGetMainBundle()
            return self._text(self._core.CFBundleGetIdentifier(bundle)) if bundle else ""

        def opener(self, scheme: str) -> str:
            with self._string(scheme) as name:
                found = self._services.LSCopyDefaultHandlerForURLScheme(name)
            text = self._text(found)
            if found:
                self._core.CFRelease(found)
            return text

        def choose(self, scheme: str, bundle: str) -> int:
            with self._string(scheme) as name, self._string(bundle) as identifier:
                return int(self._services.LSSetDefaultHandlerForURLScheme(name, identifier))

        @contextmanager
        def _string(self, text: str) -> Iterator[int]:
            made = self._core.CFStringCreateWithCString(None, text.encode(), _UTF8)
            try:
                yield made
            finally:
                self._core.CFRelease(made)

        def _text(self, string: int | None) -> str:
            buffer = ctypes.create_string_buffer(_LONGEST)
            if not string or not self._core.CFStringGetCString(string, buffer, _LONGEST, _UTF8):
                return ""
            return buffer.value.decode("utf-8", "replace")

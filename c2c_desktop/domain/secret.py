"""The app secret in memory."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Holds an app secret so that it shows up nowhere by accident.

    `repr` and `str` are masked, pickling and comparing raise: only `reveal` gives the text.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret's text: for the request body and the keyring only."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret('•••')"

    __str__ = __repr__

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a Secret is not comparable")

    __hash__ = None  # type: ignore[assignment]  # unhashable on purpose

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not picklable")

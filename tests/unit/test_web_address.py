"""Addresses a secret may be sent to: every other one is refused, whoever asks."""

from __future__ import annotations

import pytest

from c2c_desktop.domain.web_address import is_this_computer, trusted_address


@pytest.mark.parametrize(
    "text",
    [
        "", "a.example", "ftp://127.0.0.1/", "file:///etc/passwd", "//a.example/", "https://", "https:///a",
        "http://a.example/", "http://10.0.0.1/", "http://127.0.0.1.a.example/", "http://localhost.a.example/",
        "https://me@a.example/", "https://me:word@a.example/", "https://:word@a.example/", "https://@a.example/",
        "http://127.0.0.1@a.example/", "http://me@localhost/",
        "https://a.example/?b", "https://a.example/?", "https://a.example/#b", "https://a.example\\@b.example/",
        "https://a.example:b/", "https://a.example:99999/", "https://a.example:0/", "https://[::1/",
        "http://a.example[::1]/", "http://[::1]a.example/", "http://a.example:80[::1]/", "http://[::1]:[::1]/",
        "https://a..example/", f"https://{'a' * 64}.example/",
        "https://a .example/", " https://a.example/", "https://a.example/\r\nX: y", "https://a.example/\u202eb",
    ],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says
        trusted_address(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://a.example", "a.example"),
        ("HTTPS://A.example:8443/b/", "a.example"),
        ("https://a.example/to/me@b.example", "a.example"),
        ("http://localhost:8080/b", "localhost"),
        ("HTTP://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]:8080/", "::1"),
    ],
)
def test_https_anywhere_and_http_to_this_computer_are_fine(text: str, host: str) -> None:
    assert trusted_address(text).hostname == host


def test_this_computer_has_three_names() -> None:
    here = ["http://localhost:1/", "https://127.0.0.1", "http://[::1]/a"]
    assert all(map(is_this_computer, here))
    assert not any(map(is_this_computer, ["", "https://a.example/", "http://127.0.0.2/", "http://localhost.a.example"]))

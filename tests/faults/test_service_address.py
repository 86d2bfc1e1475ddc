"""Which addresses a secret may be sent to."""

from __future__ import annotations

import pytest

from c2c_desktop.adapters.telecmi import DEFAULT_API_URL, TelecmiGateway, checked_api_url
from c2c_desktop.domain.errors import UserFacingError


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rest.telecmi.com/v2",
        "ftp://127.0.0.1/v2",
        "file:///etc/passwd",
        "http://service.example/v2",
        "http://127.0.0.1.service.example/v2",
        "http://10.0.0.1/v2",
        "https://",
        "https:///v2",
        "https://user@service.example/v2",
        "https://user:password@service.example/v2",
        "https://:password@service.example/v2",
        "http://127.0.0.1@service.example/v2",
        "https://service.example/v2?secret=x",
        "https://service.example/v2?",
        "https://service.example/v2#part",
        "https://service.example\\@elsewhere.example/v2",
        "https://service.example:port/v2",
        "https://service.example:99999/v2",
        "https://service.example:0/v2",
        "https://[::1/v2",
        "https://service..example/v2",
        f"https://{'a' * 64}.example/v2",
        "https://service .example/v2",
        "https://service.example/v2\r\nX: y",
        "https://service.example/\u202ev2",
    ],
)
def test_an_address_that_is_not_safe_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(UserFacingError, match="service address cannot be used") as caught:
        TelecmiGateway(text)
    assert "https://" in caught.value.message


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (DEFAULT_API_URL, DEFAULT_API_URL),
        ("  https://service.example/v2/ ", "https://service.example/v2"),
        ("https://service.example:8443", "https://service.example:8443"),
        ("HTTPS://service.example/v2", "https://service.example/v2"),
        ("http://localhost:8080/v2", "http://localhost:8080/v2"),
        ("HTTP://127.0.0.1:8080/v2", "http://127.0.0.1:8080/v2"),
        ("http://[::1]:8080/v2", "http://[::1]:8080/v2"),
    ],
)
def test_https_anywhere_and_http_to_this_computer_are_fine(text: str, address: str) -> None:
    assert checked_api_url(text) == address

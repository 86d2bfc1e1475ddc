"""A real CardDAV server on loopback, a process of its own, filled as its users would fill it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Self

import httpx
import trustme

from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryKind, SharedDirectory
from tests.contract.waiting import until

USER, PASSWORD = "asha", "canary-of-the-directory-7f3a9c51e0d24b86"
BOOK = "/asha/team/"
_BOOK_BODY = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>
  <resourcetype><collection/><C:addressbook/></resourcetype><displayname>{name}</displayname>
</prop></set></mkcol>"""


def card(uid: str, name: str, *lines: str) -> str:
    """Return a card as phones write it."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""])


class Radicale:
    """The server, with one user and an address book of hers."""

    def __init__(self, folder: Path, authority: trustme.CA | None = None) -> None:
        self._folder = folder
        self._authority = authority
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"{'https' if self._authority else 'http'}://localhost:{self.port}"

    @property
    def directory(self) -> SharedDirectory:
        return SharedDirectory(0, "The team", DirectoryKind.CARDDAV, f"{self.url}{BOOK}", USER, "GB")

    @property
    def password(self) -> Secret:
        return Secret(PASSWORD)

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True)
        users = self._folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n")
        self._words = [
            "--config=", f"--hosts=127.0.0.1:{self.port}", f"--storage-filesystem-folder={self._folder / 'store'}",
            "--auth-type=htpasswd", f"--auth-htpasswd-filename={users}", "--auth-htpasswd-encryption=plain",
            "--auth-delay=0", "--logging-level=critical",
        ]  # fmt: skip
        if self._authority is not None:
            certificate = self._authority.issue_cert("localhost")
            certificate.private_key_and_cert_chain_pem.write_to_path(str(self._folder / "server.pem"))
            self._words += [
                "--ssl",
                f"--certificate={self._folder / 'server.pem'}",
                f"--key={self._folder / 'server.pem'}",
            ]
        self.start()
        self.make_book()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", *self._words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self._is_up)

    def stop(self) -> None:
        """End it, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def lose_everything(self) -> None:
        """Come back with an empty disk."""
        self.stop()
        shutil.rmtree(self._folder / "store")
        self.start()

    def forget_tokens(self) -> None:
        """Know no sync token any more, as after a longer while."""
        for cache in (self._folder / "store").rglob(".Radicale.cache"):
            shutil.rmtree(cache)

    def make_book(self, path: str = BOOK, name: str = "The team") -> None:
        self.ask("MKCOL", path, _BOOK_BODY.format(name=name))

    def put(self, name: str, text: str) -> None:
        """Add or replace a card."""
        self.ask("PUT", f"{BOOK}{name}", text, "text/vcard")

    def fill(self, cards: str) -> None:
        """Replace the whole address book."""
        self.ask("PUT", BOOK, cards, "text/vcard")

    def delete(self, name: str) -> None:
        self.ask("DELETE", f"{BOOK}{name}", "")

    def ask(self, method: str, path: str, body: str, kind: str = "application/xml") -> str:
        verify = True
        if self._authority is not None:
            import ssl

            context = ssl.create_default_context()
            self._authority.configure_trust(context)
            verify = context  # type: ignore[assignment]  # httpx takes either
        with httpx.Client(auth=(USER, PASSWORD), trust_env=False, verify=verify, timeout=60) as client:
            answer = client.request(method, f"{self.url}{path}", content=body.encode(), headers={"Content-Type": kind})
        assert answer.status_code < 300, answer.text
        return answer.text

    def _is_up(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True

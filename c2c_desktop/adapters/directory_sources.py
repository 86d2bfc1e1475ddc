"""Which source reads which kind of directory, and where its password comes from."""

from __future__ import annotations

from contextlib import closing

from c2c_desktop.adapters.mapping_file import MappingFile
from c2c_desktop.adapters.telecmi import NetworkOptions
from c2c_desktop.domain.errors import NextStep
from c2c_desktop.domain.secret import Secret
from c2c_desktop.domain.shared_directory import DirectoryError, DirectoryKind, SharedDirectory
from c2c_desktop.services.directory_ports import DirectorySource
from c2c_desktop.services.ports import SecretStore

LOOK_SECONDS = 30.0
"""What looking for address books may take."""


class DirectorySources:
    """Opens sources. Blocks; in the update's own process."""

    def __init__(self, secrets: SecretStore, network: NetworkOptions, mappings: MappingFile) -> None:
        """`mappings`: how a person reads tables; those of directories are read so too."""
        self._secrets = secrets
        self._network = network
        self._mappings = mappings

    def open(self, directory: SharedDirectory) -> DirectorySource:
        """Return the source of a directory. Raises `DirectoryError` and `SecretUnavailableError`."""
        if directory.kind is DirectoryKind.FILE:
            from c2c_desktop.adapters.watched_file_source import WatchedFileSource  # noqa: PLC0415

            return WatchedFileSource(directory.address, self._mappings.read())
        from c2c_desktop.adapters.carddav_source import CardDavSource  # noqa: PLC0415

        password = self._secrets.get(directory.secret_name)
        if password is None:
            raise DirectoryError(
                "Its password is not in your keyring. Remove the directory and add it again.", NextStep.FIX_SIGN_IN
            )
        return CardDavSource(directory, password, self._network)

    def find(self, address: str, user: str, password: Secret, region: str) -> list[SharedDirectory]:
        """Return the address books at a CardDAV server. Raises `UserFacingError`."""
        from c2c_desktop.adapters.carddav_discovery import find_address_books  # noqa: PLC0415
        from c2c_desktop.adapters.dav_address import checked_dav_address  # noqa: PLC0415
        from c2c_desktop.adapters.dav_client import DavClient, DavLimits  # noqa: PLC0415

        checked = checked_dav_address(address)
        limits = DavLimits(LOOK_SECONDS, LOOK_SECONDS, 8 << 20)
        with closing(DavClient(checked, user, password, self._network, limits)) as client:
            return find_address_books(client, checked, user, region)

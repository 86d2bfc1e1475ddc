"""How a person read tables before, in a JSON file of the data folder; a damaged one is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from c2c_desktop.adapters.shared_file import SharedFile
from c2c_desktop.domain.column_mapping import ColumnMapping, RememberedMappings, remembered_data, remembered_from
from c2c_desktop.domain.errors import StorageError

MAPPINGS_FILE = "csv-mappings.json"


class MappingFile:
    """One file, for several processes. Any thread; blocks."""

    def __init__(self, folder: Path) -> None:
        self._file = SharedFile(folder / MAPPINGS_FILE)

    def read(self) -> RememberedMappings:
        """Return what is remembered: nothing where it cannot be read."""
        try:
            written = self._file.read()
        except OSError:
            return RememberedMappings()
        except ValueError:
            with suppress(OSError), self._file.locked():
                return self._read_or_set_aside()
            return RememberedMappings()
        return remembered_from(written.data) if written else RememberedMappings()

    def remember(self, header: Sequence[str], mapping: ColumnMapping) -> None:
        """Keep `mapping` for tables with that header. Raises `StorageError`."""
        try:
            self._file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._file.locked():
                self._file.write(remembered_data(self._read_or_set_aside().remembered(header, mapping)))
        except OSError as error:  # a `TimeoutError` is one
            raise StorageError(
                "How this table is read could not be stored", "You will be asked again the next time."
            ) from error

    def _read_or_set_aside(self) -> RememberedMappings:
        """Read under the lock, so that nobody's new file is taken for the damaged one."""
        try:
            written = self._file.read()
        except ValueError:
            self._file.set_aside()
            return RememberedMappings()
        return remembered_from(written.data) if written else RememberedMappings()

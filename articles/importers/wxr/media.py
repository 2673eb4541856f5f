"""The files of pictures that lie in a folder, found by the addresses that they had on their site."""

import os
from pathlib import Path

from articles.importers.wxr import urls


class Media:
    """The folder into which the uploads of a site were copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._by_name: dict[str, Path | None] | None = None

    def find(self, *addresses: str) -> Path | None:
        """Return the file for the first of these addresses that has one: by its place, else by a unique name."""
        keys = [urls.file_key(address) for address in addresses if address]
        keys = list(
            dict.fromkeys(form for key in keys for form in (urls.unsized(key), key) if form)
        )
        by_place = (
            self._at(folder + key)
            for key in keys
            for folder in ("", "wp-content/uploads/", "uploads/")
        )
        by_name = (self._named(key.rpartition("/")[2]) for key in keys)
        return next(filter(None, by_place), None) or next(filter(None, by_name), None)

    def _at(self, place: str) -> Path | None:
        try:
            path = (self.folder / place).resolve()
            return path if path.is_relative_to(self.folder) and path.is_file() else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _named(self, name: str) -> Path | None:
        if self._by_name is None:
            self._by_name = {}
            for folder, _folders, files in os.walk(self.folder):
                for file_name in files:
                    is_known = file_name in self._by_name
                    self._by_name[file_name] = None if is_known else Path(folder, file_name)
        path = self._by_name.get(name)
        # A link may lead out of the folder, to what must not be published.
        return path if path and path.resolve().is_relative_to(self.folder) else None

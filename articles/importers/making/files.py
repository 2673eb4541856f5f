"""The files that lie beside a story's file."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

TAIL = 6
"""So many folders of an address are looked for."""


def beside(folder: Path, address: str) -> Path | None:
    """Return the file that the end of an address names in the folder, the longest end first; none outside of it."""
    try:
        parts = [
            part for part in unquote(urlsplit(address).path).split("/") if part not in ("", ".")
        ]
        root = folder.resolve()
        if ".." in parts or "\\" in address:
            return None
        for count in range(min(len(parts), TAIL), 0, -1):
            path = root.joinpath(*parts[-count:]).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
    except (OSError, ValueError, RuntimeError):
        return None
    return None

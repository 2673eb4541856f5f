"""Pictures of others: their files beside a story's file, and what a page writes round them."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.importers.making.words import plain_words

CREDITS = ".//*[contains(@class, 'credit') or @itemprop='copyrightHolder']"
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


def source_of(image: Any) -> str:
    """Return the address of a picture that a script shows once it is scrolled to, or of any other."""
    addresses = [
        image.get(name, "").strip()
        for name in ("src", "data-src", "data-lazy-src", "data-original")
    ]
    addresses.append(image.get("srcset", "").strip().partition(" ")[0].rstrip(","))
    return next(
        (address for address in addresses if address and not address.startswith("data:")), ""
    )


def take_credit(caption: Any) -> str:
    """Take the credit out of a caption, and return its words."""
    credits = [] if caption is None else caption.xpath(CREDITS)
    words = " ".join(plain_words(credit.text_content()) for credit in credits)
    for credit in credits:
        credit.drop_tree()
    return words

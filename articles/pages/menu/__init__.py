"""The menu of every page: what it shows in a language, and what was chosen for it."""

from articles.pages.menu.choices import KEPT, read, stored
from articles.pages.menu.menu import (
    OTHER,
    REGION,
    SECTION,
    Choice,
    Crumb,
    Entry,
    Menu,
    filled,
    of,
    places,
)

__all__ = [
    "KEPT",
    "OTHER",
    "REGION",
    "SECTION",
    "Choice",
    "Crumb",
    "Entry",
    "Menu",
    "filled",
    "of",
    "places",
    "read",
    "stored",
]

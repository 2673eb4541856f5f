"""The site's own pages: one as readers see it, and which of them there are."""

from articles.pages.own_page.entries import KEPT, POLICIES, Entry, every, stored, type_of, url
from articles.pages.own_page.page import OwnPage, read, shown

__all__ = [
    "KEPT",
    "POLICIES",
    "Entry",
    "OwnPage",
    "every",
    "read",
    "shown",
    "stored",
    "type_of",
    "url",
]

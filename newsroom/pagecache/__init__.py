"""The cache of public pages: what a page shows is named by tags, and a change purges tags.

It does not know what the pages are about. A view calls `tag` on what it answers; whatever changes a page calls `purge` in
the transaction of the change. docs/explanation/page-cache.md tells how the rest follows.
"""

from newsroom.pagecache.purges.tags import ANY, EVERYTHING, Span, Spot, purge, stay, tag

__all__ = ["ANY", "EVERYTHING", "Span", "Spot", "purge", "stay", "tag"]

"""What readers can see as IPTC ninjs 3.1: one item per line, as the read API gives it."""

import json

from articles.representations import ninjs

DESCRIPTION = "what readers can see, as ninjs 3.1: one item per line, in one language each"
SUFFIX = ".ninjs"
TAKES = "items"


def pieces(items):
    """Yield a line for each pages.item.NewsItem."""
    for item in items:
        yield f"{json.dumps(ninjs.item(item), ensure_ascii=False)}\n"

"""What readers of an edition are told of the corrections of its story, kept with it: so no page has to ask for them.

The only writer of Edition.corrections.
"""

from articles.texts import text
from newsroom.languages import with_columns


def refresh(article):
    """Make what the editions of an article tell of its corrections what it should be; return those that tell something else now.

    They are saved, and nothing else of them is another.
    """
    rows = list(article.corrections.newest_first())
    changed = []
    for edition in article.editions.filter(language__in=with_columns()).order_by("pk"):
        told = _told(rows, edition.language)
        if edition.corrections != told:
            edition.article, edition.corrections = article, told
            edition.save(update_fields=["corrections"])
            changed.append(edition)
    return changed


def _told(rows, language):
    """Return (id, kind, moment as ISO 8601 has it, note) of each correction that says something in a language; None for none."""
    told = [
        [row.pk, row.kind, row.published_at.isoformat(), note]
        for row in rows
        if (note := text(row, "note", language))
    ]
    return told or None

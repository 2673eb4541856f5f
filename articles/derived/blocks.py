"""Which blocks of each language were made from which words of the source, kept from one save to the next."""

from articles import body
from articles.comparing.translations import Record
from articles.comparing.wordings import LINES, NOTHING, Text
from articles.models import Blocks
from articles.texts import column
from newsroom.languages import with_columns


def settle(article, *, was, unknown=(), told=NOTHING):
    """Follow a story from what it said to what it says; return language -> how many blocks are behind.

    `was` holds its texts and its source language before, by their columns. Of the languages in `unknown` it is known
    only that they are behind. Return nothing where nothing is another: nothing is read or written then.
    """
    before, now = texts(was), texts(vars(article))
    source = article.source_language
    source_before = was.get("source_language", source)
    if (before, source_before) == (now, source) or (len(before) < 2 and told == NOTHING):
        return {}
    kept = Blocks.objects.filter(article=article).first()
    if kept:
        record = Record.read(kept.held)
        record.absorb(before)
    else:
        record = Record.begun(before, source=source_before, unknown=unknown)
    record.update(now, source=source, told=told)
    keep(article, record, kept)
    return counts(record)


def of(article):
    """Return (the Record of a story as it stands now, the row that holds it or None)."""
    kept, now = Blocks.objects.filter(article=article).first(), texts(vars(article))
    if kept:
        record = Record.read(kept.held)
        record.absorb(now)
        return record, kept
    behind = article.editions.filter(blocks_behind__gt=0)
    unknown = behind.values_list("language", flat=True)
    return Record.begun(now, source=article.source_language, unknown=unknown), None


def keep(article, record, kept):
    """Store the record of a story, beside the row that held it; one of a single language is none."""
    if len(record.texts) < 2:
        if kept:
            kept.delete()
    elif kept is None:
        Blocks.objects.create(article=article, held=record.held())
    elif kept.held != (held := record.held()):
        kept.held = held
        kept.save(update_fields=["held"])


def counts(record):
    """Return language -> how many of its blocks are behind, the source among them with none."""
    return {language: record.behind(language) for language in record.texts} | {record.source: 0}


def texts(row):
    """Return language -> Text of a story, of which `row` holds the columns."""
    by_language = {}
    for language in with_columns():
        *lines, html = (row.get(column(name, language)) or "" for name in (*LINES, "body"))
        if any(lines) or html:
            blocks = tuple(block.html for block in body.parsed(html).blocks)
            by_language[language] = Text(*lines, blocks)
    return by_language

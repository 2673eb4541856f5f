"""Keep the words of each story in line with what it says, in all its languages, drafts too: the only writer of StoryWords.

Editors find stories by them. Readers do not: what they search is made by search.py, of what is published.
"""

from collections import defaultdict
from functools import lru_cache
from itertools import chain

from django.db.models import Max, Q, Value
from django.db.models.signals import pre_save

from articles import body, searching
from articles.models import Article, Byline, Edition, StoryWords, TaggedArticle
from articles.texts import ARTICLE_TEXTS, column, columns
from newsroom.db import locks
from newsroom.i18n import words
from newsroom.languages import with_columns

BATCH = 500
KEPT = 150
"""Of how many texts the words are kept from one save to the next: of a story in fifty languages."""


def connect():
    """Follow what is loaded from a dump; for the rest search.refresh does."""
    pre_save.connect(_make_room, sender=StoryWords, dispatch_uid="articles.derived.story_words")


@locks.writing()
def refresh(article_ids, *, reworded=None):
    """Make the rows of these stories what they should be; write only the difference, and return how many were others.

    `reworded` are the ids of the editions whose words may be others by now, None where all of them may.
    """
    moments = dict(Article.objects.filter(pk__in=article_ids).values_list("pk", "modified_at"))
    rows = StoryWords.objects.filter(article__in=article_ids)
    stored = {row.article_id: row for row in rows}
    if not moments:
        return 0
    same = stored.keys() - _stories_of(reworded, article_ids)
    said = _said(moments.keys() - same)
    filed = _filed(moments)
    wanted = {
        pk: " ".join([*filed[pk], *(said[pk] if pk in said else _said_before(stored[pk]))])
        for pk in moments
    }
    others = [pk for pk in moments if not _is_so(stored.get(pk), wanted[pk], moments[pk])]
    _write(others, stored, wanted, moments)
    return len(others)


def rebuild(step=lambda: None):
    """Make all of it anew where it is not as it should be, in batches, in the order of the last changes.

    `step()` is called for each story. Return how many rows were others.
    """
    changed, after = 0, Q()
    stories = Article.objects.order_by("modified_at", "pk").values_list("modified_at", "pk")
    while batch := list(stories.filter(after)[:BATCH]):
        changed += refresh([pk for _moment, pk in batch])
        moment, last = batch[-1]
        after = Q(modified_at__gt=moment) | Q(modified_at=moment, pk__gt=last)
        for _story in batch:
            step()
    return changed


def is_missing():
    """Return whether there are stories, and editors find none: the site is older than these words."""
    return not StoryWords.objects.exists() and Article.objects.exists()


def _make_room(instance, raw, using, **_kwargs):
    """Let a row of a dump take the place of the row that its story has by now."""
    if raw:
        rows = StoryWords.objects.using(using).filter(article=instance.article_id)
        rows.exclude(pk=instance.pk).delete()


def _stories_of(reworded, article_ids):
    """Return the ids of the stories of these editions, or of all of these stories."""
    if reworded is None:
        return set(article_ids)
    if not reworded:
        return set()
    editions = Edition.objects.filter(pk__in=reworded, article__in=article_ids)
    return set(editions.values_list("article", flat=True))


def _said(article_ids):
    """Return story -> the words of its texts, those of headlines first."""
    if not article_ids:
        return {}
    languages = with_columns()
    names = [name for language in languages for name in columns(ARTICLE_TEXTS, language)]
    rows = Article.objects.filter(pk__in=article_ids).values("pk", *names)
    return {row["pk"]: _words_of(row, languages) for row in rows.iterator()}


def _words_of(row, languages):
    """Return the words of a story, each once; of a whole library, those of its beginning."""
    spellings, size = {}, 0
    for language, text in _texts(row, languages):
        for spelling in _spellings(text, language):
            if spelling not in spellings:
                spellings[spelling] = None
                size += len(spelling.encode())
            if size > searching.LARGEST:
                return spellings
    return spellings


@lru_cache(maxsize=KEPT)
def _spellings(text, language):
    """Return by what the words of a text are found; of forty languages a save has changed one or two."""
    spelled = (words.spellings(word, language) for word in words.distinct(text))
    return tuple(dict.fromkeys(chain.from_iterable(spelled)))


def _texts(row, languages):
    """Yield (language, text) of a story: first the headlines, then the standfirsts, and then the bodies."""
    for name in ARTICLE_TEXTS:
        for language in languages:
            if text := row[column(name, language)]:
                yield language, body.parsed(text).text if name == "body" else text


def _filed(article_ids):
    """Return story -> words for the ids of its tags and authors; one query."""
    tags = TaggedArticle.objects.filter(content_object__in=article_ids).order_by()
    authors = Byline.objects.filter(article__in=article_ids).order_by()
    rows = tags.values_list("content_object", "tag", Value(searching.TAG)).union(
        authors.values_list("article", "author", Value(searching.AUTHOR))
    )
    by_story = defaultdict(list)
    for article, pk, kind in sorted(rows):
        by_story[article].append(searching.filed(kind, pk))
    return by_story


def _said_before(row):
    return [word for word in row.words.split() if not searching.is_filed(word)]


def _is_so(row, wanted, moment):
    return row is not None and row.words == wanted and row.modified_at == moment


def _write(article_ids, stored, wanted, moments):
    """Write these rows anew. One whose story was changed gets a place behind all others."""
    if not article_ids:
        return
    gone = [stored[pk].place for pk in article_ids if pk in stored]
    number = StoryWords.number_at(StoryWords.objects.aggregate(last=Max("place"))["last"] or 0)
    rows = []
    for pk in sorted(article_ids, key=lambda pk: (moments[pk], pk)):
        row = StoryWords(article_id=pk, modified_at=moments[pk], words=wanted[pk])
        if pk in stored and stored[pk].modified_at == moments[pk]:
            row.place = stored[pk].place
        else:
            number += 1
            row.place = StoryWords.place_of(number, pk)
        rows.append(row)
    if gone:
        StoryWords.objects.filter(pk__in=gone).delete()
    StoryWords.objects.bulk_create(rows)

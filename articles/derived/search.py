"""Keep the index of search in line with what is published: the only writer of SearchEntry, SearchWord and AuthorWord.

An edition is found by its words, and by the ids of what it is filed under. What tags, authors and categories are called
is looked up when somebody asks, so that a tag of 100,000 stories is renamed as fast as any other.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager

from django.db.models.signals import post_delete, post_save, pre_delete

from articles import body, searching
from articles.derived import story_words
from articles.models import (
    Article,
    Author,
    AuthorWord,
    Edition,
    Listing,
    SearchEntry,
    SearchWord,
    Tag,
    TaggedArticle,
)
from articles.texts import ARTICLE_TEXTS, columns, text
from newsroom.db import locks
from newsroom.db.bulk import watch
from newsroom.db.handed import HandedOn
from newsroom.i18n import words
from newsroom.languages import with_columns

BATCH = 500
LEAST_LETTERS = 4
"""Shorter words resemble too many others to be meant by one of them."""

_tagged = HandedOn()


def connect():
    """Follow what is written in bulk, and the names of authors; for the rest listings.refresh does."""
    story_words.connect()
    watch(Article, _follow_stories)
    post_save.connect(_follow_author, sender=Author, dispatch_uid="articles.derived.search")
    watch(Author, _follow_authors)
    pre_delete.connect(_forget, sender=Edition, dispatch_uid="articles.derived.search")
    pre_delete.connect(_note_stories, sender=Tag, dispatch_uid="articles.derived.search")
    post_delete.connect(_refresh_stories, sender=Tag, dispatch_uid="articles.derived.search")


@locks.writing()
def refresh(article_ids, *, reworded=None):
    """Make the entries of these articles what they should be, as their listings are, and their words for editors.

    Writes only the difference. `reworded` are the ids of the editions whose
    words may be others by now, None where all of them may.
    """
    story_words.refresh(article_ids, reworded=reworded)
    _refresh(article_ids, reworded=reworded)


def _refresh(article_ids, *, counts=True, reworded=None):
    """Make the entries what they should be; return how many were others. Without `counts` the caller counts the words of headlines."""
    editions = _editions(article_ids)
    languages = {"edition__language__in": with_columns()}
    rows = SearchEntry.objects.filter(edition__article__in=article_ids, **languages)
    stored = {row.edition_id: row for row in rows}
    if not editions and not stored:
        return 0
    known = {} if reworded is None else {pk: stored[pk] for pk in stored.keys() - set(reworded)}
    wanted = _entries(editions, known)
    gone = [row for pk, row in stored.items() if not _same(row, wanted.get(pk))]
    come = [row for pk, row in wanted.items() if not _same(row, stored.get(pk))]
    SearchEntry.objects.filter(pk__in=[row.pk for row in gone]).delete()
    SearchEntry.objects.bulk_create(come)
    if counts:
        _count(gone=gone, come=come)
    return len(gone) + len(come)


def rebuild(step=lambda: None):
    """Make all of it anew where it is not as it should be, in batches; readers go on to search meanwhile.

    `step()` is called for each story. Return how many entries were others.
    """
    changed, last = story_words.rebuild(), 0
    stories = Article.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(stories.filter(pk__gt=last)[:BATCH]):
        with locks.writing():
            changed += _refresh(batch, counts=False)
        last = batch[-1]
        for _pk in batch:
            step()
    recount()
    for author in Author.objects.order_by("pk").iterator():
        _name(author)
    return changed


def is_missing():
    """Return whether stories are there, and readers or editors find none: the site is older than its search."""
    published = Edition.objects.filter(status=Edition.Status.PUBLISHED)
    is_empty = not SearchEntry.objects.exists() and published.exists()
    return is_empty or story_words.is_missing()


@locks.writing()
def recount():
    """Count the words of all headlines anew."""
    numbers = Counter()
    rows = SearchEntry.objects.order_by("pk").values_list("headline", flat=True)
    for headline in rows.iterator():
        numbers.update(headline.split())
    SearchWord.objects.all().delete()
    SearchWord.objects.bulk_create(map(_counted, sorted(numbers.items())), batch_size=BATCH)


@contextmanager
def _follow_stories(write):
    pks = list(write.before().values_list("pk", flat=True))
    yield
    refresh(pks)


def _note_stories(instance, **kwargs):
    tagged = TaggedArticle.objects.filter(tag=instance).values_list("content_object", flat=True)
    _tagged.put(instance, list(tagged))


def _refresh_stories(instance, **kwargs):
    stories = _tagged.take(instance, [])
    for start in range(0, len(stories), BATCH):
        refresh(stories[start : start + BATCH])


def _follow_author(instance, *, raw=False, **kwargs):
    if not raw:
        _name(instance)


@contextmanager
def _follow_authors(write):
    yield
    for author in write.rows():
        _name(author)


def _editions(article_ids):
    """Return the published editions of these articles, without a text."""
    published = Edition.objects.filter(
        article__in=article_ids, status=Edition.Status.PUBLISHED, language__in=with_columns()
    )
    return list(published.only("pk", "article_id", "language", "published_at"))


def _with_texts(editions):
    """Return the same editions, with the texts of their languages only."""
    languages = {edition.language for edition in editions}
    names = [name for language in languages for name in columns(ARTICLE_TEXTS, language)]
    articles = Article.objects.only("pk", *names).in_bulk({e.article_id for e in editions})
    for edition in editions:
        edition.article = articles[edition.article_id]
    return editions


def _entries(editions, known):
    """Return the id of each edition -> its SearchEntry; `known` maps those whose words are the same to what is stored."""
    filed = defaultdict(list)
    names = {"category": searching.CATEGORY, "tag": searching.TAG, "author": searching.AUTHOR}
    rows = Listing.objects.filter(edition__in=[edition.pk for edition in editions])
    for edition, language, *ids in rows.values_list("edition", "language", *names):
        filed[edition] += [
            searching.word(language, kind, pk)
            for kind, pk in zip(names.values(), ids, strict=True)
            if pk
        ]
    wanted = {
        edition.pk: known[edition.pk]
        for edition in editions
        if edition.pk in known and _is_still(known[edition.pk], edition, filed[edition.pk])
    }
    others = [edition for edition in editions if edition.pk not in wanted]
    return wanted | {
        edition.pk: _entry(edition, filed[edition.pk])
        for edition in (_with_texts(others) if others else ())
    }


def _is_still(row, edition, filed):
    place = SearchEntry.place_of(edition.published_at, edition.pk)
    return row.place == place and _begins_with(row, sorted(filed))


def _entry(edition, filed):
    language, title, standfirst = edition.language, edition.title, edition.standfirst
    top = f"{title}\n{standfirst}"
    everything = f"{top}\n{body.parsed(edition.body).text}"
    all_words = [
        *sorted(filed),
        *searching.words_of(title, searching.HEADLINE, language),
        *searching.words_of(top, searching.TOP, language),
        *searching.words_of(everything, searching.ANYWHERE, language),
    ]
    return SearchEntry(
        place=SearchEntry.place_of(edition.published_at, edition.pk),
        edition_id=edition.pk,
        words=" ".join(all_words),
        headline=" ".join(_told(title, language)),
    )


def _begins_with(row, filed):
    """Return whether a row has these words, and no others, before those of its text."""
    first = "".join(f"{word} " for word in filed)
    kind = row.words.removeprefix(first).partition(":")[2].partition(":")[0]
    return row.words.startswith(first) and kind in searching.TIERS


def _same(one, other):
    if one is None or other is None:
        return False
    return all(getattr(one, name) == getattr(other, name) for name in ("pk", "words", "headline"))


def _told(title, language):
    """Return the words of a headline that somebody may mean, with their language before them."""
    lower = (word.text.lower() for word in words.words(title) if word.text.isalpha())
    return sorted(
        {
            f"{language}:{word}"
            for word in lower
            if LEAST_LETTERS <= len(word) <= words.LONGEST
            and not words.is_stop_word(word, language)
        }
    )


def _forget(instance, **kwargs):
    """Count the words of an edition no more, whose entry goes with it."""
    with locks.writing():
        _count(gone=SearchEntry.objects.filter(edition=instance))


def _count(*, gone=(), come=()):
    """Add the words of headlines that come to the numbers of all, and take away those that go."""
    steps = Counter(word for row in come for word in row.headline.split())
    steps.subtract(word for row in gone for word in row.headline.split())
    steps = {word: step for word, step in steps.items() if step}
    letters = {word.partition(":")[2] for word in steps}
    known = list(SearchWord.objects.filter(word__in=letters)) if steps else []
    changed = [row for row in known if f"{row.language}:{row.word}" in steps]
    for row in changed:
        row.number += steps.pop(f"{row.language}:{row.word}")
    SearchWord.objects.bulk_update(changed, ["number"], batch_size=BATCH)
    SearchWord.objects.bulk_create(map(_counted, sorted(steps.items())), batch_size=BATCH)
    if any(row.number <= 0 for row in changed):
        SearchWord.objects.filter(number__lte=0).delete()


def _counted(item):
    word, number = item
    language, _colon, letters = word.partition(":")
    plain = words.fold(letters)
    return SearchWord(
        language=language, word=letters, head=plain[:3], tail=plain[-3:], number=number
    )


def _name(author):
    """Give an author the words of all its names."""
    with locks.writing():
        wanted = set()
        for language in with_columns():
            plain = words.fold(text(author, "name", language))
            wanted |= {*plain.split(), plain.replace(" ", "")}
        wanted = {word[: words.LONGEST] for word in wanted if word}
        rows = AuthorWord.objects.filter(author=author)
        rows.exclude(word__in=wanted).delete()
        AuthorWord.objects.bulk_create(
            [AuthorWord(author=author, word=word) for word in sorted(wanted)], ignore_conflicts=True
        )

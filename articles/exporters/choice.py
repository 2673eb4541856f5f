"""Which stories are exported, in batches that a machine of any size can hold."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from articles.importers.story import EVERY_LANGUAGE
from articles.models import Article, Category, Edition, TaggedArticle

BATCH = 200


@dataclass(frozen=True)
class Choice:
    """Stories of any of these languages, with a tag, and published between two moments.

    `shelves` are groups of categories: a story stands in one of each group. What is empty or None asks for nothing. A story without a time is only in what has no limits of time.
    """

    languages: tuple[str, ...] = ()
    shelves: tuple[tuple[int, ...], ...] = ()
    tag: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def articles(self):
        """Return the articles, in no order."""
        articles = Article.objects.all()
        if self.languages or self.since or self.until:
            articles = articles.filter(Exists(self.editions().filter(article=OuterRef("pk"))))
        for shelf in self.shelves:
            filed = Category.articles.through.objects.filter(category__in=shelf)
            articles = articles.filter(pk__in=filed.values("article"))
        if self.tag:
            tagged = TaggedArticle.objects.filter(tag=self.tag)
            articles = articles.filter(pk__in=tagged.values("content_object"))
        return articles

    def editions(self):
        """Return the editions of any story that have the languages and the times."""
        wanted = {
            "language__in": self.languages,
            "published_at__gte": self.since,
            "published_at__lt": self.until,
        }
        return Edition.objects.filter(**{name: value for name, value in wanted.items() if value})

    def narrowed(self, story):
        """Return a story without the languages that nobody asked for."""
        if not self.languages:
            return story
        texts = {code: text for code, text in story.texts.items() if code in self.languages}
        is_there = story.source_language in texts
        return replace(
            story,
            texts=texts,
            source_language=story.source_language if is_there else next(iter(texts)),
            bylines=tuple(
                byline for byline in story.bylines if byline.language in {EVERY_LANGUAGE, *texts}
            ),
            pictures=tuple(
                replace(
                    picture, caption=_only(picture.caption, texts), alt=_only(picture.alt, texts)
                )
                for picture in story.pictures
            ),
            old_addresses=_only(story.old_addresses, texts),
            comments=tuple(comment for comment in story.comments if comment.language in texts),
            machine_drafts=tuple(
                draft for draft in story.machine_drafts if draft.language in texts
            ),
        )


def _only(by_language, languages):
    return {code: value for code, value in by_language.items() if code in languages}


def batches(rows, *, size=BATCH):
    """Yield lists of rows by their ids, the oldest first: the last costs what the first does."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield batch
        last = batch[-1].pk

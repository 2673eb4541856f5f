"""Take what stands here for what the source gave, where that was not kept at the time.

Only for a story that nobody has changed since it was imported.
"""

from articles.importers.writer.pictures import WORDS, field_of
from articles.importers.writer.states import plain
from articles.models import Edition
from articles.texts import ARTICLE_TEXTS, text


def adopt(given, article, story):
    """Fill `given` from the article, with what a story like this one could have said."""
    languages = [code for code in article.languages() if story.is_whole or code in story.texts]
    for language in languages:
        for field in ARTICLE_TEXTS:
            given.adopt(f"{field}.{language}", text(article, field, language))
        for use in article.uses.all():
            for field in WORDS:
                given.adopt(field_of(field, language, use.image_id), text(use, field, language))
    for edition in Edition.objects.filter(article=article, language__in=languages):
        given.adopt(f"slug.{edition.language}", edition.slug)
        given.adopt(f"published_at.{edition.language}", plain(edition.published_at))
    if story.is_whole:
        _adopt_shared(given, article)


def _adopt_shared(given, article):
    given.adopt("source_language", article.source_language)
    uses = list(article.uses.order_by("position", "pk"))
    given.exchange("images", [use.image_id for use in uses])
    given.exchange("rights", [use.image_id for use in uses])
    given.own["lead"] = next((use.image_id for use in uses if use.is_lead), None)
    given.exchange("categories", article.categories.values_list("pk", flat=True))
    given.exchange("tags", article.tags.values_list("pk", flat=True))
    keys = article.bylines.values_list("author", "role", "language")
    given.exchange("bylines", [list(key) for key in keys])

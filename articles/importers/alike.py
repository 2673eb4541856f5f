"""Whether a story is the one that came under its id, or one that is here already under another."""

from datetime import timedelta

from articles.body import plain_text
from articles.models import Edition, Origin
from articles.texts import slug_from, text

NEAR = timedelta(days=2)
"""Two stories of one headline are likely one if no more lies between their dates."""


def stranger(story, *, source):
    """Return the story that came under this id in its language if it shares no paragraph, nor the headline."""
    origin = (
        Origin.objects.filter(source=source, external_id=story.external_id, article__isnull=False)
        .select_related("article")
        .first()
    )
    if origin is None:
        return None
    language = story.source_language
    here = {
        text(origin.article, "title", language),
        *_lines(text(origin.article, "body", language)),
    }
    said = story.texts[language]
    is_same = here & {said.title, *_lines(said.body)} or here == {""}
    return None if is_same else origin.article


def _lines(html):
    return plain_text(html or "").splitlines()


def headline_notes(story, article):
    """Return notes for a new story on those of its headlines that another story of about that day has."""
    notes = []
    for language, said in story.texts.items():
        slug = slug_from(said.title, language=language)
        other = (
            Edition.objects.filter(language=language, slug=slug)
            .exclude(article=article)
            .select_related("article")
            .first()
        )
        if other and other.title == said.title and _is_near(other.published_at, said.published_at):
            where = other.url or f"draft {other.article_id}"
            notes.append(f"A story with this headline is here already in {language}: {where}.")
    return notes


def _is_near(one, other):
    return one is None or other is None or abs(one - other) <= NEAR

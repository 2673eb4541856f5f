"""Whether a story is the one that came under its id, or one that is here already under another."""

import re
from datetime import timedelta

from articles.body import Body
from articles.models import Edition
from articles.texts import fold, slug_from, text

NEAR = timedelta(days=2)
"""Two stories of one headline are likely one if no more lies between their dates."""

ALIKE = 1 / 3
"""A corrected story shares at least this part of its threes of words with what it was, a new one hardly any."""


def is_another(story, article, given):
    """Return whether a page is another story than the article that came under its id, in its language.

    It is the same with the headline that is here or was given, or with enough of the words; and where
    nothing is here yet in this language.
    """
    language = story.source_language
    said, title = story.texts[language], text(article, "title", language)
    if said.title == title or given.has_said(f"title.{language}", said.title):
        return False
    here = _threes(title, text(article, "body", language))
    new = _threes(said.title, said.body)
    return bool(here and new) and len(here & new) < ALIKE * min(len(here), len(new))


def _threes(title, html):
    words = [fold(word) for word in re.findall(r"\w+", f"{title or ''}\n{Body(html or '').text}")]
    return {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))} - {()}


def headline_notes(story, article, editions):
    """Return notes for a new story on those of its headlines that another story of about that day has."""
    notes, own = [], {edition.language: edition.slug for edition in editions}
    for language, said in story.texts.items():
        slug = slug_from(said.title, language=language)
        if own.get(language) == slug:  # then it is no other's
            continue
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

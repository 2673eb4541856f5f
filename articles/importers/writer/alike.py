"""Whether a story is the one that came under its id, or one that is here already under another."""

import re
from collections import defaultdict
from datetime import timedelta

from django.db.models import Q

from articles.body import Body
from articles.derived.waiting_links import headline_key
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


def headline_notes(story, article, editions, *, elsewhere):
    """Return notes for a new story on those of its headlines that another story of about that day has.

    `elsewhere` are the Headlines of other sources: whatever their slug, they may be the same story. One source knows its
    stories apart where it gives them slugs of their own.
    """
    notes, own = [], {edition.language: edition.slug for edition in editions}
    for language, said in story.texts.items():
        others = elsewhere.like(said.title, language)
        slug = slug_from(said.title, language=language)
        if own.get(language) != slug:  # then another may have it
            others += Edition.objects.filter(language=language, slug=slug).exclude(article=article)
        if other := next((candidate for candidate in others if _is_same(candidate, said)), None):
            where = other.url or f"draft {other.article_id}"
            notes.append(f"A story with this headline is here already in {language}: {where}.")
    return notes


class Headlines:
    """Editions of stories from elsewhere than a source that have a headline of these Story records, of about their days."""

    def __init__(self, stories, source):
        self._found = defaultdict(list)
        texts = [said for story in stories for said in story.texts.values()]
        keys = {headline_key(said.title) for said in texts} - {""}
        rows = Edition.objects.filter(headline_key__in=keys).exclude(
            article__origins__source=source
        )
        for edition in rows.filter(_about([said.published_at for said in texts])).order_by("pk"):
            self._found[edition.language, edition.headline_key].append(edition)

    def like(self, title, language):
        """Return those that say the same in a language, whatever its case, accents and signs."""
        return list(self._found.get((language, headline_key(title)), ()))


def _about(moments):
    """Return what editions must fulfil to lie near one of these moments; an unknown one is near to all."""
    if not moments or None in moments:
        return Q()
    days = (min(moments) - NEAR, max(moments) + NEAR)
    return Q(published_at=None) | Q(published_at__range=days)


def _is_same(edition, said):
    is_near = _is_near(edition.published_at, said.published_at)
    return is_near and edition.headline_key == headline_key(said.title)


def _is_near(one, other):
    return one is None or other is None or abs(one - other) <= NEAR

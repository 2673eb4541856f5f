"""Find stories by what editors type: words of any of their languages, drafts too, and names of tags and authors."""

import unicodedata

from django.db.models import Max
from django.utils.translation import get_language

from articles import searching
from articles.models import StoryWords
from articles.pages.search.question import MOST, NAMESAKES, Question, names
from newsroom.db.fulltext import ANY, Match, Search
from newsroom.i18n import words

REACHED = 10_000
"""Of more stories than that the ones that were changed last are looked at."""

SHORTEST = 3
"""Letters of which a word may be the beginning of others; a shorter one is meant as it is."""


def matching(typed):
    """Return the ids of stories that have all of the words that somebody typed, those changed last first, and whether there are more.

    Three queries. A word behind a hyphen is unwanted.
    """
    question = Question.read({"q": typed})
    wanted, _is_cut = words.asked(question.wanted, get_language(), most=MOST)
    meant = names(question)
    every = tuple(group for word in wanted if (group := _group(word, meant.get(word, ()))))
    last = StoryWords.objects.aggregate(place=Max("place"))["place"] if every else None
    if last is None:
        return [], False
    unwanted = (_group(word.text) for word in words.words(question.unwanted) if not word.is_part)
    search = Search(
        (Match(every, tuple(Match((group,)) for group in unwanted if group)),),
        (last,),
        REACHED + 1,
    )
    (hits,) = StoryWords.index.find([search], using=StoryWords.objects.all().db)
    ids = [StoryWords.article_at(hit.key) for hit in hits[:REACHED]]
    return ids, len(hits) > REACHED


def _group(word, meant=()):
    """Return the words of the index that fulfil one that was typed: those that begin with it, and what it is a name of."""
    spelled = (
        f"{spelling}{ANY}" if _letters(spelling) >= SHORTEST else spelling
        for spelling in words.spellings(word, "")
    )
    return (*spelled, *(searching.filed(kind, pk) for kind, pk in meant[:NAMESAKES]))


def _letters(word):
    """Return the number of letters of a word; a syllable of Korean has two or three."""
    return len(unicodedata.normalize("NFD", word))

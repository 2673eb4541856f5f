"""What search reads: the words of each published edition, and those by which authors and headlines are found.

articles/derived/search.py writes all of it, and nobody else. StoryWords is for editors, and no page of readers asks it;
articles/derived/story_words.py writes that.
"""

from datetime import UTC, datetime, timedelta

from django.db import models

from articles.models.article import Article
from articles.models.byline import Author
from articles.models.edition import Edition
from newsroom import moments
from newsroom.db.fulltext import Index
from newsroom.languages import CODE_LENGTH, choices

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ID_BITS = 31
"""Of the 63 bits of a place, those that hold the id of the edition; the others hold minutes, for ten thousand years."""

NEAR, FAR = ID_BITS + 15, ID_BITS + 19
"""The bits of a place that stand for 23 days, and for 364."""


class SearchEntry(models.Model):
    """A published edition, or one that is to come, with the words by which it is found.

    Its `place` holds the minute of publication and then the id, so that rows in the order of their places are in that
    of readers. A word has its kind before it: see derived/search.py. `headline` are the words that
    SearchWord counts.
    """

    place = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="search_entry")
    words = models.TextField()
    headline = models.TextField(blank=True)

    index = Index("articles_searchentry", key="place", words="words", near=NEAR, far=FAR)

    def __str__(self):
        return f"{self.edition_id} at {self.place}"

    @staticmethod
    def place_of(moment, edition=(1 << ID_BITS) - 1):
        """Return the place of an edition that was published at a moment; without its id, the last place of that minute."""
        return ((moment - EPOCH) // MINUTE << ID_BITS) + edition

    @staticmethod
    def moment_of(place):
        """Return the minute of a place, or the end of time where the calendar has no such one."""
        try:
            return EPOCH + (place >> ID_BITS) * MINUTE
        except OverflowError:
            return moments.FOREVER if place > 0 else EPOCH

    @staticmethod
    def edition_at(place):
        """Return the id of the edition that has a place."""
        return place & ((1 << ID_BITS) - 1)


class SearchWord(models.Model):
    """How many published headlines of a language hold a word: what somebody may have meant who typed another one.

    One that is spelled much the same shares its `head` or its `tail`, three letters without accents.
    """

    language = models.CharField(max_length=CODE_LENGTH, choices=choices)
    word = models.CharField(max_length=40)
    head = models.CharField(max_length=3)
    tail = models.CharField(max_length=3)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="searchword_once")]
        indexes = [
            models.Index(fields=["language", "head"], name="searchword_head"),
            models.Index(fields=["language", "tail"], name="searchword_tail"),
        ]

    def __str__(self):
        return f"{self.word} ({self.language}): {self.number}"


class AuthorWord(models.Model):
    """A word of a name of an author, in whatever language, or all of a name: without case, accents and spaces."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="search_words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "author"], name="authorword_once")]

    def __str__(self):
        return f"{self.word}: {self.author_id}"


class StoryWords(models.Model):
    """The words of a story in all its languages, drafts too, by which editors find it in the list of stories.

    Its `place` holds a number that counts on with each save of a story, and then the id of the story: rows in the order of their
    places are in that of their last changes, and as many of them are in each span, however many were imported in a minute.
    `modified_at` is the change of the story that the place is for.
    """

    place = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="story_words")
    modified_at = models.DateTimeField()
    words = models.TextField()

    index = Index(
        "articles_storywords",
        key="place",
        words="words",
        near=ID_BITS + 12,
        far=ID_BITS + 16,
        prefixes=(3, 4, 5),
    )

    def __str__(self):
        return f"{self.article_id} at {self.place}"

    @staticmethod
    def place_of(number, article):
        return (number << ID_BITS) + article

    @staticmethod
    def number_at(place):
        """Return the number of a place, by which it stands among others."""
        return place >> ID_BITS

    @staticmethod
    def article_at(place):
        """Return the id of the story that has a place."""
        return place & ((1 << ID_BITS) - 1)

"""The rows of generated stories: those that writing.save and publishing.publish would write.

Only the history is left out (events and revisions), which no public page reads.
"""

from hashlib import sha256
from itertools import count

from django.db.models import Max

from articles.models import Article, Byline, Edition, ImageUse, Listing, TaggedArticle
from articles.texts import column
from newsroom.languages import first_language, with_columns
from tests.bench import archive, words

Membership = Article.categories.through
NO_NUMBERS = (0, 0, False)
"""No comments, nothing behind, and nothing by a machine."""

Role, Status = Byline.Role, Edition.Status
BASE = list(with_columns()).index(first_language())


def _texts(*fields):
    return [
        name for field in fields for name in (field, *(column(field, c) for c in with_columns()))
    ]


FIELDS = {
    Article: [
        *("id", "source_language", "related", "rev", "created_at", "modified_at", "active_at"),
        *_texts("title", "standfirst", "body"),
    ],
    Edition: [
        *("id", "article_id", "language", "status", "slug", "published_at"),
        *("modified_at", "withdrawn_reason", "version", "source_version", "text_checksum"),
        *("headline_key", "earlier_changes", "comments_until", "comment_count"),
        *("blocks_behind", "machine_drafted", "corrections"),
    ],
    Membership: ["id", "article_id", "category_id"],
    TaggedArticle: ["id", "content_object_id", "tag_id"],
    Byline: ["id", "article_id", "author_id", "role", "language", "position"],
    ImageUse: [
        *("id", "article_id", "image_id", "is_lead", "position", *_texts("caption", "alt")),
        *("source_reference", "source_rights"),
    ],
    Listing: ["id", "edition_id", "language", "published_at", "category_id", "tag_id", "author_id"],
}
"""The columns of each table, the tables in the order in which foreign keys let them be written."""


class Rows:
    """`tables` maps a model to rows in the order of FIELDS; `add` appends those of one story."""

    def __init__(self, shelves):
        self.shelves = shelves
        self.ids = {model: count(_highest_id(model) + 1) for model in FIELDS}
        self.clear()

    def clear(self):
        self.tables = {model: [] for model in FIELDS}

    def add(self, story):
        article = self._article(story)
        region, *above = self.shelves.regions[story.region]
        section = self.shelves.sections[story.section]
        tags = [self.shelves.tags[rank] for rank in story.tags]
        credits = self._credits(story)
        for category in (region, section):
            self._put(Membership, article, category)
        for tag in tags:
            self._put(TaggedArticle, article, tag)
        for position, (author, role, only) in enumerate(credits):
            self._put(Byline, article, author, role, only, position)
        if story.picture is not None:
            self._lead(article, story)
        for language in story.languages:
            edition = self._edition(article, story, language)
            key = (edition, language, story.published_at)
            for category in (region, *above, section):
                self._put(Listing, *key, category, None, None)
            for tag in tags:
                self._put(Listing, *key, None, tag, None)
            for author in {author for author, _role, only in credits if only in {"", language}}:
                self._put(Listing, *key, None, None, author)

    def _put(self, model, *values):
        pk = next(self.ids[model])
        self.tables[model].append((pk, *values))
        return pk

    def _article(self, story):
        number, when = story.number, story.published_at
        told = story.languages
        return self._put(
            Article,
            archive.SOURCE,
            None,
            1,
            *[when] * 3,
            *_in_all(lambda code: words.headline(number, code), told, none=None),
            *_in_all(lambda code: words.STANDFIRSTS[code], told, none=None),
            *_in_all(lambda code: words.body(number, code), told, none=""),
        )

    def _edition(self, article, story, language):
        number = story.number
        return self._put(
            Edition,
            article,
            language,
            Status.PUBLISHED.value,
            words.slug(number, language),
            story.published_at,
            None,
            "",
            1,
            None if language == archive.SOURCE else 1,
            _checksum(number, language),
            words.headline_key(number, language),
            None,
            None,
            *NO_NUMBERS,
            None,
        )

    def _credits(self, story):
        """Return (author id, role, only in this language or "") in the order of the desk."""
        writer, translator = (
            self.shelves.authors[story.author],
            self.shelves.authors[story.translator],
        )
        others = [code for code in story.languages if code != archive.SOURCE]
        return [
            (writer, Role.AUTHOR.value, ""),
            *((translator, Role.TRANSLATOR.value, code) for code in others),
        ]

    def _lead(self, article, story):
        self._put(
            ImageUse,
            article,
            self.shelves.pictures[story.picture],
            True,  # noqa: FBT003, the value of a column
            0,
            *_in_all(lambda _code: "", (), none=""),
            *_in_all(lambda code: words.ALT[code], story.languages, none=None),
            "",
            {},
        )


def _in_all(text, told, *, none):
    """Return the base column, then one for each language; `none` where the story is not told."""
    texts = [text(code) if code in told else none for code in with_columns()]
    return texts[BASE], *texts


def _checksum(number, language):
    title, standfirst = words.headline(number, language), words.STANDFIRSTS[language]
    told = "\x00".join((title, standfirst, words.plain_text(number, language)))
    return sha256(told.encode()).hexdigest()


def _highest_id(model):
    return model._base_manager.aggregate(highest=Max("id"))["highest"] or 0

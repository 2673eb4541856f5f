from django.db import models
from django.db.models import Q

from articles.models.byline import Author
from articles.models.category import Category
from articles.models.edition import Edition
from articles.models.tag import Tag
from newsroom.languages import CODE_LENGTH

SHELVES = ("category", "tag", "author")


def _only(shelf):
    """Return the condition that this shelf, and no other, is named."""
    return Q(**{f"{name}__isnull": name != shelf for name in SHELVES})


class ListingQuerySet(models.QuerySet):
    def on_shelf(self, *, language, at, **shelf):
        """Keep one category's, tag's or author's rows in one language, up to a moment.

        `shelf` is exactly one of category=, tag= or author=.
        """
        return self.filter(language=language, published_at__lte=at, **shelf)

    def newest_first(self):
        return self.order_by("-published_at", "-edition_id")

    def by_identity(self):
        """Return what `identity` says of each row -> its id; a story has hundreds, of which mostly nothing else is asked."""
        rows = self.values_list("pk", "edition", "language", "published_at", *SHELVES)
        return {_identity(*where): pk for pk, *where in rows}


class Listing(models.Model):
    """A published edition on one shelf. Written by articles/derived/listings.py only.

    An index over (shelf, language, time) makes the page of the rarest and of the commonest
    category cost the same, however many articles there are; no join could give that order.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="listings")
    language = models.CharField(max_length=CODE_LENGTH)
    published_at = models.DateTimeField()
    category = models.ForeignKey(
        Category, null=True, on_delete=models.CASCADE, related_name="listings", db_index=False
    )
    tag = models.ForeignKey(
        Tag, null=True, on_delete=models.CASCADE, related_name="listings", db_index=False
    )
    author = models.ForeignKey(
        Author, null=True, on_delete=models.CASCADE, related_name="listings", db_index=False
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_only("category") | _only("tag") | _only("author"),
                name="listing_one_shelf",
            ),
            *(
                models.UniqueConstraint(
                    fields=[shelf, "language", "published_at", "edition"],
                    name=f"listing_{shelf}",
                    condition=Q(**{f"{shelf}__isnull": False}),
                )
                for shelf in SHELVES
            ),
        ]

    def __str__(self):
        return f"{self.edition_id} on {self.category_id or self.tag_id or self.author_id}"

    def identity(self):
        """Return (edition, language, published_at, shelf, id on it): no two rows have the same."""
        keys = (getattr(self, f"{name}_id") for name in SHELVES)
        return _identity(self.edition_id, self.language, self.published_at, *keys)


def _identity(edition, language, published_at, *keys):
    shelf, key = next(pair for pair in zip(SHELVES, keys, strict=True) if pair[1])
    return edition, language, published_at, shelf, key

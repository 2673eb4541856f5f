"""Writes in bulk: of every model that readers see something of, they purge what single saves do."""

from datetime import timedelta
from itertools import cycle

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import NotSupportedError, connection, models, transaction
from django.db.models import Exists, F, Subquery
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.derived import addresses, listings
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Comment,
    Edition,
    Image,
    ImageUse,
    Listing,
    MenuEntry,
    OldAddress,
    OwnPage,
    OwnPageEdition,
    Promotion,
    PromotionEdition,
    Tag,
    TaggedArticle,
    Wording,
)
from articles.purging.facts import KINDS
from newsroom.db import bulk
from newsroom.db.bulk import WatchedQuerySet
from newsroom.pagecache.models import Purge
from newsroom.site import actions
from newsroom.site.models import ONLY, SiteSettings, SiteTexts
from tests import factories
from tests.articles.purging.purges import Purges
from tests.every import every

pytestmark = pytest.mark.django_db(transaction=True)

LINKS = Article.categories.through
COLUMNS = {model: column for kind in KINDS for model, column in kind.models.items()}
MODELS = [model for model in COLUMNS if model is not LINKS]
BOUND = {
    Promotion: {"place", "category"},
    Category: {"is_genre"},
    SiteTexts: {"site"},
    MenuEntry: {"category", "page", "link"},
}
"""Columns that the database lets change together with others alone."""

VALUES = {
    "status": "withdrawn",
    "language": "ar",
    "accent": "#005ea5",
    "accent_dark": "#aaccff",
    "corrections": [[1, "correction", "2026-03-02T09:00:00+00:00", "It was not so."]],
}
"""What can stand in a column where not all words can."""

PK = 900_001
"""The id of a new row; no other thing has it."""


class Site:
    """A story with one of everything, and a second of each."""

    def __init__(self):
        self.regions = [factories.CategoryFactory() for _ in range(2)]
        self.tags = [factories.TagFactory() for _ in range(2)]
        self.authors = [factories.AuthorFactory() for _ in range(2)]
        self.images = [factories.ImageFactory() for _ in range(2)]
        self.story = factories.story(
            live=["en"],
            categories=self.regions[:1],
            tags=self.tags[:1],
            authors=self.authors[:1],
            images=self.images[:1],
        )
        self.other = factories.story(live=["pt"])
        self.now = now = timezone.now()
        week = {"starts_at": now - timedelta(days=5), "lasts": timedelta(days=9)}
        self.promotions = [
            factories.promotion(**week, tag=self.tags[0]),
            factories.promotion(**week, place="front", live=["ar"]),
        ]
        self.own_pages = [factories.own_page(kind="about"), factories.own_page(live=["ar"])]
        self.entry = factories.menu_entry(
            link="https://shop.example/", label_ar="متجر", languages=["ar"]
        )
        self.comment, self.wording = self.new(Comment), self.new(Wording)
        self.comment.save()
        self.wording.save()
        actions.say("en", name="The Post")

    def new(self, model):
        """Return a row of a model that readers see something of, not yet saved."""
        now = self.now
        address = {"slug": "a-new-one", "published_at": now - timedelta(hours=1)}
        rows = {
            Article: {"title_en": "New"},
            Byline: {"article": self.story, "author": self.authors[1]},
            Edition: {"article": self.story, "language": "es", "status": "published", **address},
            ImageUse: {"article": self.story, "image": self.images[1]},
            TaggedArticle: {"content_object": self.story, "tag": self.tags[1]},
            Author: {"name_en": "New", "slug": "new"},
            Category: {"name_en": "New", "slug_en": "new", "kind": "region"},
            Comment: {
                "edition": factories.edition(self.story),
                "name": "Rana",
                "words": "So it was.",
                "state": "published",
                "written_at": now,
            },
            Wording: {
                "edition": factories.edition(self.story),
                "words": ["Then", "", []],
                "replaced_at": now,
            },
            Image: {"file": self.images[0].file.name, "valid_until": now + timedelta(hours=1)},
            Tag: {"name": "New", "slug": "new"},
            Promotion: {"title_en": "New", "starts_at": now, "ends_at": now + timedelta(hours=1)},
            PromotionEdition: {"promotion": self.promotions[0], "language": "es"},
            OwnPage: {"kind": "ethics"},
            OwnPageEdition: {
                "page": self.own_pages[0],
                "language": "es",
                "title": "Nueva",
                "slug": "nueva",
                "is_published": True,
            },
            MenuEntry: {"link": "https://new.example/", "label_en": "New"},
            SiteSettings: {},
            SiteTexts: {"site_id": ONLY, "language": "es", "name": "El Correo"},
        }
        return model(**rows[model])

    def stored(self, model):
        """Return a row of a model that is shown already."""
        rows = {
            Article: self.story,
            Author: self.authors[0],
            Category: self.regions[0],
            Comment: self.comment,
            Image: self.images[0],
            Promotion: self.promotions[0],
            PromotionEdition: self.promotions[0].editions.first(),
            OwnPage: self.own_pages[0],
            OwnPageEdition: self.own_pages[0].editions.first(),
            MenuEntry: self.entry,
            SiteSettings: SiteSettings.objects.first(),
            SiteTexts: SiteTexts.objects.first(),
            Tag: self.tags[0],
            Wording: self.wording,
        }
        return rows.get(model) or model.objects.get(
            **{COLUMNS[model].removesuffix("_id"): self.story}
        )

    def others(self):
        return {
            Article: self.other,
            Author: self.authors[1],
            Category: self.regions[1],
            Edition: factories.edition(self.other, "pt"),
            Image: self.images[1],
            OwnPage: self.own_pages[1],
            Promotion: self.promotions[1],
            Tag: self.tags[1],
        }


@pytest.fixture
def site():
    return Site()


def columns(model):
    """Return the columns that can be written one by one, in two languages of those that are translated."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    translated = {
        field.translated_field.name for field in fields if hasattr(field, "translated_field")
    }
    bound = BOUND.get(model, set())
    for field in fields:
        is_base = field.name in translated
        is_elsewhere = hasattr(field, "translated_field") and field.language not in {"en", "es"}
        is_automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        if not (is_base or is_elsewhere or is_automatic or field.name in bound):
            yield field


def another(field, value, site):
    """Return some other value of a column."""
    if field.is_relation:
        return site.others().get(field.related_model)
    if field.name in VALUES:
        return VALUES[field.name]
    if field.choices:
        return next(key for key, _words in field.choices if key != value)
    kinds = {
        models.BooleanField: lambda: not value,
        models.DateTimeField: lambda: (value or timezone.now()) - timedelta(days=2),
        models.FloatField: lambda: 0.25,
        models.JSONField: lambda: {"other": 1},
        models.FileField: lambda: site.images[1].file.name,
        models.IntegerField: lambda: (value or 0) + 50,
        models.SlugField: lambda: "another-word",
    }
    make = next(
        (kinds[kind] for kind in kinds if isinstance(field, kind)), lambda: "<p>Another.</p>"
    )
    return make()


def in_bulk(row, field, value, method):
    if method == "update":
        count = type(row).objects.filter(pk=row.pk).update(**{field.name: value})
    else:
        setattr(row, field.name, value)
        count = type(row).objects.bulk_update([row], [field.name])
    assert count == 1


def saved(row, field, value):
    row = type(row).objects.get(pk=row.pk)
    setattr(row, field.name, value)
    models.Model.save(row, update_fields=[field.name])


def names(purges, pk=PK):
    """Return what was purged, with the moments and hardness of it, and one name for a new row."""
    return {
        (
            ":".join("new" if part == str(pk) else part for part in name.split(":")),
            row.is_soft,
            row.due,
        )
        for row in purges.rows
        for name, _place in row.tags
    }


def assert_as_saved(bulk, single):
    """A write in bulk purges what single saves purge; and lists, which for those the verbs bring into line."""
    assert single <= bulk
    lists = {"list", "filled", "months", "index", "menu"}
    assert {name.split(":")[0] for name, *_rest in bulk - single} <= lists


def assert_lists_are_right():
    rows = {row.identity() for row in Listing.objects.all()}
    listings.refresh(list(Article.objects.values_list("pk", flat=True)))
    assert rows == {row.identity() for row in Listing.objects.all()}


@every([*MODELS, LINKS])
def test_every_model_that_readers_see_has_a_watched_queryset(model):
    assert isinstance(model.objects.all(), WatchedQuerySet)
    assert isinstance(model._default_manager.all(), WatchedQuerySet)
    assert bulk._watchers[model]


def test_new_rows_are_not_looked_for_before_they_are_written(django_assert_num_queries):
    write = bulk.BulkWrite(Article, objects=[Article(pk=PK, title_en="New")])

    with django_assert_num_queries(0):
        assert not write.before()
        assert write.holds("id") == {PK}


@pytest.mark.once  # what a column purges is not about the database; the test below and derived/ write in bulk on both
@every(MODELS)
def test_an_update_purges_what_a_save_purges(model, site):
    row = site.stored(model)
    for method, field in zip(cycle(["update", "bulk_update"]), columns(model), strict=False):
        old = getattr(row, field.name)
        new = another(field, old, site)
        single = Purges()
        saved(row, field, new)
        single = names(single)
        saved(row, field, old)
        written = Purges()

        in_bulk(row, field, new, method)

        assert_as_saved(names(written), single)
        assert_lists_are_right()
        in_bulk(row, field, old, method)


@every(MODELS)
def test_rows_that_are_created_or_deleted_in_bulk_purge_what_single_ones_do(model, site):
    rows, purged = model.objects.filter(pk=PK), []
    for create, settle, delete in (
        (models.Model.save, lambda: listings.refresh([site.story.pk]), lambda: rows.get().delete()),
        (lambda row: model.objects.bulk_create([row]), assert_lists_are_right, rows.delete),
    ):
        row, purges = site.new(model), Purges()
        row.pk = PK
        create(row)
        created = names(purges)
        settle()
        purges = Purges()
        delete()
        purged.append((created, names(purges)))

    (created, deleted), (created_in_bulk, deleted_in_bulk) = purged
    assert_as_saved(created_in_bulk, created)
    assert deleted_in_bulk == deleted


def test_a_row_of_categories_that_is_written_in_bulk_is_like_one_that_is_set(site):
    links, region = LINKS.objects.filter(article=site.story), site.regions[1]
    steps = [
        (lambda: site.story.categories.set([region]), lambda: links.update(category=region)),
        (
            lambda: site.story.categories.add(region),
            lambda: LINKS.objects.bulk_create([LINKS(article=site.story, category=region)]),
        ),
        (
            lambda: site.story.categories.add(region),
            lambda: LINKS.objects.create(article=site.story, category=region),
        ),
        (lambda: site.story.categories.clear(), links.delete),
    ]
    for by_hand, in_bulk in steps:
        purged = []
        for write in (by_hand, in_bulk):
            site.story.categories.set(site.regions[:1])
            listings.refresh([site.story.pk])
            purges = Purges()
            write()
            purged.append(names(purges))
        assert_as_saved(purged[1], purged[0])
        assert_lists_are_right()


PLACED = [
    (Edition, "slug"),
    (Edition, "published_at"),
    (Category, "slug_en"),
    (Category, "parent"),
    (Tag, "slug"),
    (Author, "slug"),
]
"""What the address of a thing is made of."""


@every([(*place, method) for place in PLACED for method in ("update", "bulk_update")])
def test_an_address_that_is_changed_in_bulk_is_kept(model, name, method, site):
    with transaction.atomic():
        _change_address(model, model._meta.get_field(name), method, site)
        transaction.set_rollback(True)  # for the next look


def _change_address(model, field, method, site):
    row = model.objects.get(pk=site.stored(model).pk)
    old = set(addresses.paths(row).values())

    in_bulk(row, field, another(field, getattr(row, field.name), site), method)

    row = model.objects.get(pk=row.pk)
    assert set(OldAddress.objects.values_list("path", flat=True)) == old
    assert {address.target for address in OldAddress.objects.all()} == {row}
    assert not old & set(addresses.paths(row).values())


def test_a_path_that_is_in_use_again_is_no_longer_old(site):
    edition = site.stored(Edition)
    path = edition.get_absolute_url()
    edition.delete()
    assert OldAddress.objects.filter(path=path).exists()
    edition.pk = None

    Edition.objects.bulk_create([edition])

    assert not OldAddress.objects.filter(path=path).exists()


def test_an_overwritten_row_is_changed_like_any_other(site):
    use, purges = site.stored(ImageUse), Purges()
    use.alt_en = "Other words"

    ImageUse.objects.bulk_create(
        [ImageUse(article=site.story, image=use.image, is_lead=True, alt_en="Other words")],
        update_conflicts=True,
        update_fields=["alt_en"],
        unique_fields=["article", "image"],
    )

    assert f"article:{site.story.pk}:en" in purges.now()


def test_a_new_row_may_have_been_given_its_story_before_that_was_saved(site):
    story = Article(title_en="New", body_en="<p>New.</p>")
    address = {"slug": "new", "published_at": timezone.now()}
    edition = Edition(article=story, language="en", status="published", **address)
    story.save()
    purges = Purges()

    Edition.objects.bulk_create([edition])

    assert {f"article:{story.pk}:en", "list:all:en"} <= purges.now()


def test_more_rows_than_are_held_are_each_compared(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 2)
    stories = [factories.story(live=["en"]) for _ in range(5)]
    purges = Purges()

    count = Article.objects.order_by("-pk").update(title_en="The same")

    assert count == 5
    assert {f"link:{story.pk}:en" for story in stories} <= purges.now()


@pytest.fixture
def many(monkeypatch):
    """More categories than are written at once, in no place yet; which is asked before the first is written."""
    monkeypatch.setattr(bulk, "CHUNK", 2)
    for _ in range(5):
        factories.CategoryFactory()
    return Category.objects.filter(~Exists(Category.objects.filter(position=PK)))


def test_an_update_asks_its_conditions_before_it_writes(many):
    assert many.update(position=PK) == Category.objects.count() > 2


@pytest.mark.parametrize(
    "value",
    [
        Subquery(Category.objects.order_by("-position").values("position")[:1]),
        Coalesce(Subquery(Category.objects.values("position")[:1]), 0) + 1,
        F("last") + 1,
    ],
)
def test_an_update_of_many_rows_with_a_value_of_others_is_refused_in_a_sentence(many, value):
    rows = many.annotate(last=F("position"))

    with pytest.raises(NotSupportedError, match="More than 2 rows of Category cannot be updated"):
        rows.update(position=value)
    assert rows.filter(pk=Category.objects.latest("pk").pk).update(position=value) == 1


def test_an_update_asks_the_same_for_one_row_as_for_many():
    stories = [factories.story(live=["en"]) for _ in range(7)]
    counts = []
    for number in (1, 6):
        rows = Edition.objects.filter(article__in=stories[:number])
        with CaptureQueriesContext(connection) as queries:
            rows.update(withdrawn_reason="None")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_update_of_no_rows_is_refused_like_any_other_and_purges_nothing(site):
    nothing, last = Article.objects.filter(pk=PK), Purge.objects.count()

    assert nothing.update(title_en="Nobody") == 0
    with pytest.raises(FieldDoesNotExist):
        nothing.update(no_such_column=1)
    assert Purge.objects.count() == last

"""Things to test with. Whatever a test does not state is empty, or the least that is valid.

Text is stated per language (`title_es=…`). A model factory makes a bare row; `story` and `edition`
go through the verbs, so that slugs, lists and old addresses are what they are on a site.
"""

from datetime import timedelta

import factory
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory, ImageField

from articles.actions import menu, own_pages, promoting, publishing, writing
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Image,
    ImageUse,
    MenuEntry,
    OwnPage,
    OwnPageEdition,
    Promotion,
    PromotionEdition,
    Tag,
)
from articles.texts import column
from newsroom.db import locks
from newsroom.languages import LANGUAGES

PASSWORD = "a password for tests"


class UserFactory(DjangoModelFactory):
    """A login without rights; `is_staff=True` and `is_superuser=True` give them."""

    username = factory.Sequence("user{}".format)
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True


class CategoryFactory(DjangoModelFactory):
    """A region; one that all tests have ("Syria") is found by its English name, not made."""

    kind = Category.Kind.REGION
    name_en = factory.Sequence("Place {}".format)
    slug_en = factory.LazyAttribute(lambda category: slugify(category.name_en))

    class Meta:
        model = Category
        django_get_or_create = ("kind", "slug_en")


class TagFactory(DjangoModelFactory):
    name = factory.Sequence("Topic {}".format)

    class Meta:
        model = Tag


class AuthorFactory(DjangoModelFactory):
    name_en = factory.Sequence("Writer {}".format)

    class Meta:
        model = Author


class ImageFactory(DjangoModelFactory):
    """A small drawn picture with its credit; `file=""` makes a gap, `file__width=…` one of another width."""

    file = ImageField(
        filename="drawn.jpg",
        width=480,
        height=320,
        # Another colour each time: an original is kept under the checksum of its bytes.
        color=factory.Sequence(lambda n: (n * 37 % 256, n * 91 % 256, n * 151 % 256)),
    )
    creator = "A. Painter"

    class Meta:
        model = Image


class ImageUseFactory(DjangoModelFactory):
    image = factory.SubFactory(ImageFactory)

    class Meta:
        model = ImageUse


class BylineFactory(DjangoModelFactory):
    author = factory.SubFactory(AuthorFactory)

    class Meta:
        model = Byline


class ArticleFactory(DjangoModelFactory):
    """A bare row of text, without editions: see `story`."""

    class Meta:
        model = Article


def story(*, live=(), at=None, slugs=None, categories=(), tags=(), authors=(), images=(), **texts):
    """Return an article with an edition for each headline, published in the languages of `live`.

    `at` is the time of publication (default: now); one in the future schedules. A language of
    `live` that has no headline or body gets one. `tags` are words or Tags; `authors` are credited
    in every language; the first of `images` leads. Other arguments are the article's own.
    """
    texts.setdefault("source_language", next(iter(live), "en"))
    for language in live:
        number = Article.objects.count() + 1
        texts.setdefault(column("title", language), f"Story {number} in {language}")
        texts.setdefault(column("body", language), f"<p>The words in {language}.</p>")
    article = Article(**texts)
    # What follows from saving and from publishing is done once: half the time of most tests.
    with locks.together():
        if categories or tags or authors or images:
            writing.begin(article)
            article.categories.set(categories)
            article.tags.set(tags)
        for position, author in enumerate(authors):
            BylineFactory(article=article, author=author, position=position)
        _use(images, article=article, languages=live)
        for story_edition in writing.save(article, slugs=slugs):
            if story_edition.language in live:
                release(story_edition, at=at)
    return article


def edition(article, language="en"):
    """Return the edition of an article in a language."""
    return article.editions.get(language=language)


def release(story_edition, *, at=None):
    """Publish an edition as of `at` (default: now), or schedule it when that is to come."""
    now = timezone.now()
    if at and at > now:
        publishing.schedule(story_edition, by=publishing.SYSTEM, at=at, now=now)
    else:
        publishing.publish(story_edition, by=publishing.SYSTEM, at=at, now=now)
    return story_edition


def live_edition(language="en", **story_arguments):
    """Return the edition of a new story that is published in one language."""
    return edition(story(live=[language], **story_arguments), language)


def _use(images, *, article, languages):
    for position, image in enumerate(images):
        words = {column("alt", language): "A drawn picture" for language in languages}
        ImageUseFactory(
            article=article, image=image, is_lead=position == 0, position=position, **words
        )


def promotion(*, live=("en",), starts_at=None, lasts=timedelta(days=7), own=None, **values):
    """Return a promotion that is published in the languages of `live`, by default from now on for a week.

    Where a category or a tag is given, it stands on that page, else at the foot of stories. `own` maps
    a language to what its PromotionEdition has beside.
    """
    number = Promotion.objects.count() + 1
    place = next((name for name in ("category", "tag") if name in values), Promotion.Place.STORY)
    words = {column("title", code): f"Promotion {number} in {code}" for code in live}
    if "image" in values:
        words |= {column("alt", code): "A poster" for code in live}
    starts_at = starts_at or timezone.now()
    made = Promotion(
        **{"place": place, "starts_at": starts_at, "ends_at": starts_at + lasts} | words | values
    )
    editions = [
        PromotionEdition(language=code, is_published=True, **(own or {}).get(code, {}))
        for code in live
    ]
    promoting.save(made, by=publishing.SYSTEM, editions=editions)
    return made


def menu_entry(**values):
    """Return an entry of the menu: MenuEntry's own `category`, `page` or `link`, and `label_es`."""
    entry = MenuEntry(**values)
    menu.save(entry)
    return entry


def own_page(*, live=("en",), kind=OwnPage.Kind.OTHER, slugs=None, **texts):
    """Return a page of the site's own that is published in the languages of `live`, with a title and a body in each.

    `texts` are those of its editions (`title_es=…`); a language of which one is given and that is not live is a draft.
    """
    number = OwnPage.objects.count() + 1
    for code in live:
        texts.setdefault(column("title", code), f"Page {number} in {code}")
        texts.setdefault(column("body", code), f"<p>The words in {code}.</p>")
    codes = [
        code for code in LANGUAGES if {column("title", code), column("body", code)} & texts.keys()
    ]
    page = OwnPage(
        kind=kind, **{key: texts[key] for key in ("in_foot", "position") if key in texts}
    )
    editions = [
        OwnPageEdition(
            language=code,
            title=texts.get(column("title", code), ""),
            body=texts.get(column("body", code), ""),
            slug=(slugs or {}).get(code, ""),
            is_published=code in live,
        )
        for code in codes
    ]
    own_pages.save(page, by=publishing.SYSTEM, editions=editions)
    return page

"""Two stories become one in several languages, and two again; no reader sees anything else than before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.actions import publishing, writing
from articles.actions.pairing import join, part
from articles.importers import writer
from articles.importers.story import Story, TagLabel, Text
from articles.models import (
    Article,
    Byline,
    Comment,
    Edition,
    Event,
    ImageUse,
    Item,
    Join,
    Listing,
    OldAddress,
    Origin,
    Pair,
    SearchEntry,
    WaitingLink,
)
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db

AT = datetime(2020, 5, 1, tzinfo=UTC)
KEYED = (Article, Edition, ImageUse, Comment)
"""What goes and comes back under its own id."""

OTHERS = (Byline, Event, Listing, OldAddress, Origin, Pair, SearchEntry, WaitingLink)


def snapshot():
    """Return every row that makes the stories what they are, but for the number and the times of the last save."""
    by_model = {}
    for model in (*KEYED, *OTHERS, Article.categories.through, Article.tags.through):
        moving = {"rev", "modified_at", "active_at"} if model is Article else set()
        moving |= set() if model in KEYED else {"id"}
        rows = [
            {name: value for name, value in row.items() if name not in moving}
            for row in model.objects.values()
        ]
        by_model[model.__name__] = sorted(rows, key=str)
    return by_model


def english(**fields):
    ana = factories.AuthorFactory(name_en="Ana")
    return factories.story(
        live=["en"], at=AT, title_en="Tide", tags=["Water"], authors=[ana], **fields
    )


def spanish(**fields):
    bea = factories.AuthorFactory(name_en="Bea")
    return factories.story(
        live=["es"], at=AT, title_es="Marea", tags=["Water", "Mar"], authors=[bea], **fields
    )


def addresses():
    return dict(Edition.objects.values_list("language", "slug"))


def test_two_stories_are_one_and_two_again(client):
    category = factories.CategoryFactory()
    en = english(images=[factories.ImageFactory()])
    es = spanish(images=[factories.ImageFactory()], categories=[category])
    third = factories.story(live=["es"], body_es=f'<p><a data-article="{es.pk}">x</a></p>')
    factories.story(title_en="Beside", related=[es.pk])
    publishing.redate(es.editions.get(), by=None, at=AT - timedelta(days=40))
    Comment.objects.create(edition=es.editions.get(), name="R", words="W.", written_at=AT)
    Pair.objects.create(one=en, other=es, score=90)
    Pair.objects.create(one=es, other=factories.story(title_pt="P"), score=50)
    before = snapshot()
    paths = [edition.url for edition in Edition.objects.exclude(published_at=None)]
    paths += list(OldAddress.objects.values_list("path", flat=True))
    answers = [client.get(path, follow=True).redirect_chain for path in paths]

    joined = join(en, es, by=None)

    article = Article.objects.get(pk=en.pk)
    assert not Article.objects.filter(pk=es.pk).exists()
    assert (article.title_en, article.title_es, article.source_language) == ("Tide", "Marea", "en")
    assert sorted(tag.name for tag in article.tags.all()) == ["Mar", "Water"]
    assert [*article.bylines.values_list("author__name_en", "language")] == [
        ("Ana", "en"),
        ("Bea", "es"),
    ]
    assert [use.is_lead for use in article.uses.all()] == [True, False]
    assert article.editions.get(language="es").comments.count() == 1
    third.refresh_from_db()
    assert third.body_es == f'<p><a data-article="{en.pk}">x</a></p>'
    assert Article.objects.get(title_en="Beside").related == [en.pk]
    assert [(pair.one_id, pair.score) for pair in Pair.objects.all()] == [(en.pk, 50)]
    assert [client.get(path, follow=True).redirect_chain for path in paths] == answers
    assert b"Tide" not in client.get(article.editions.get(language="es").url).content

    assert part(joined, by=None).pk == es.pk

    assert snapshot() == before
    assert not Join.objects.exists()


def test_what_was_changed_since_goes_with_its_language():
    en, es = english(), spanish()
    joined = join(en, es, by=None)
    article = Article.objects.get()
    article.title_es, article.title_en, article.title_pt = "Marea alta", "High tide", "Maré"
    writing.save(article)
    factories.BylineFactory(article=article, author=factories.AuthorFactory(), language="en")

    part(joined, by=None)

    en, es = Article.objects.get(pk=en.pk), Article.objects.get(pk=es.pk)
    assert (en.title_en, en.title_es or "", en.title_pt) == ("High tide", "", "Maré")
    assert (es.title_es, es.title_en or "") == ("Marea alta", "")
    assert (en.bylines.count(), es.bylines.count()) == (2, 1)


@pytest.mark.parametrize("is_last_first", [True, False])
def test_three_stories_are_one_and_three_again_in_any_order(is_last_first):
    stories = [english(), spanish(), factories.story(live=["pt"], at=AT, title_pt="Maré")]
    before = snapshot()
    en, es, pt = stories
    joins = [join(es, pt, by=None), join(en, es, by=None)]
    assert Article.objects.get().languages() == ["en", "es", "pt"]

    for joined in reversed(joins) if is_last_first else joins:
        part(Join.objects.get(pk=joined.pk), by=None)

    after = snapshot()
    if (
        not is_last_first
    ):  # then a credit may say for which language it is, though there is no other
        assert [row["author_id"] for row in after.pop("Byline")] == [
            row["author_id"] for row in before.pop("Byline")
        ]
    assert after == before


def test_a_language_that_both_have_is_named_and_nothing_is_changed():
    en, es = english(), spanish(title_en="Sea", title_ar="مد")
    before = snapshot()

    with pytest.raises(ValidationError, match="Both stories have a text in: English"):
        join(en, es, by=None)
    with pytest.raises(ValidationError, match="two different stories"):
        join(en, en, by=None)

    assert snapshot() == before


@pytest.mark.once  # of permissions
@pytest.mark.parametrize("permission", ["change_article", "publish_article"])
def test_only_who_may_publish_may_join_and_part(permission):
    user = factories.UserFactory()
    user.user_permissions.add(Permission.objects.get(codename=permission))
    en, es = english(), spanish()
    with pytest.raises(PermissionDenied):
        join(en, es, by=user)
    joined = join(en, es, by=None)
    with pytest.raises(PermissionDenied):
        part(joined, by=user)


def test_one_picture_of_both_has_the_words_of_both():
    picture = factories.ImageFactory()
    en, es = english(images=[picture]), spanish(images=[picture])
    ImageUse.objects.filter(article=es).update(alt_es="Un puerto")
    before = snapshot()

    joined = join(en, es, by=None)

    use = ImageUse.objects.get()
    assert (use.is_lead, use.alt_en, use.alt_es) == (True, "A drawn picture", "Un puerto")
    part(joined, by=None)
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_readers_of_both_are_told_and_nobody_else():
    en, es = english(), spanish()
    other = factories.story(live=["en", "es"], at=AT)
    purges = Purges()

    joined = join(en, es, by=None)

    for changed in (purges.now(), purges.now()):
        assert f"article:{en.pk}:en" in changed
        assert f"article:{es.pk}:es" in changed
        assert not any(f":{other.pk}:" in name for name in changed)
        purges = Purges()
        if joined:
            part(joined, by=None)
            joined = None


def test_partners_are_told_that_the_story_has_another_number():
    en, es = english(), spanish()
    told = Item.objects.get(article=es)
    told.position, told.digest = 1, "x"
    told.save()

    join(en, es, by=None)

    assert {*Item.objects.exclude(digest="").values_list("article", "language")} == {
        (en.pk, "en"),
        (en.pk, "es"),
    }
    assert Item.objects.get(article=es.pk).due is not None


def imported(source, language, title, tag):
    text = Text(title=title, body="<p>W.</p>", status="published", published_at=AT)
    return Story(
        external_id="1",
        source_language=language,
        texts={language: text},
        tags=(TagLabel(name=tag),),
    ), source


def test_each_source_goes_on_with_its_language():
    for record, source in (imported("a", "en", "Tide", "Sea"), imported("b", "es", "Marea", "Sea")):
        writer.save(record, source=source, publish=True)
    join(*Article.objects.order_by("pk"), by=None)

    record, source = imported("b", "es", "Marea alta", "Mar")
    result = writer.save(record, source=source, publish=True, now=timezone.now())

    article = Article.objects.get()
    assert result.outcome == "updated"
    assert (article.title_en, article.title_es, article.source_language) == (
        "Tide",
        "Marea alta",
        "en",
    )
    assert sorted(tag.name for tag in article.tags.all()) == ["Mar", "Sea"]

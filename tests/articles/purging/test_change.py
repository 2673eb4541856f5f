"""Which tags a change purges: only those whose facts differ, and none for work that was taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import renditions
from articles.actions import organising, publishing, writing
from articles.models import Article, Category, ImageUse, Listing
from articles.purging import change as change_module, list_of, lists as rows_module
from articles.purging.facts import category as category_module
from articles.purging.facts.image import KIND
from newsroom.pagecache import EVERYTHING
from newsroom.pagecache.models import Purge
from tests import factories
from tests.articles.purging.purges import Purges

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

SYSTEM = publishing.SYSTEM


def titled(article, **texts):
    for name, value in texts.items():
        setattr(article, name, value)
    writing.save(article)


@pytest.fixture
def article():
    return factories.story(live=["en", "es"])


def test_a_new_headline_is_purged_where_it_stands_and_nowhere_else(article):
    purges = Purges()

    titled(article, title_en="Another")

    pk = article.pk
    assert purges.now() == {
        *(f"article:{pk}:en", f"text:{pk}:en", f"link:{pk}:en", f"teaser:{pk}:en"),
        f"changes:{factories.edition(article).pk}",
    }


def test_words_that_only_the_page_shows_are_purged_there(article):
    purges = Purges()

    titled(article, body_es="<p>Other words.</p>")

    assert purges.now() == {
        *(f"article:{article.pk}:es", f"text:{article.pk}:es"),
        f"changes:{factories.edition(article, 'es').pk}",
    }


def test_a_save_that_changes_nothing_purges_nothing(article):
    purges = Purges()

    titled(article)

    assert not purges.rows.exists()


def test_a_draft_concerns_nobody():
    draft = factories.story(title_en="A")
    purges = Purges()

    titled(draft, title_en="B")

    assert not purges.rows.exists()


@pytest.mark.both
def test_a_publication_purges_its_lists_and_the_switchers_of_its_other_languages():
    region, tag = factories.CategoryFactory(), factories.TagFactory()
    article = factories.story(
        live=["en"], title_es="B", body_es="<p>B</p>", categories=[region], tags=[tag]
    )
    edition, purges = factories.edition(article, "es"), Purges()

    publishing.publish(edition, by=SYSTEM)

    pk = article.pk
    month = f"{edition.published_at:%Y-%m}"
    day = f"{edition.published_at:%Y-%m-%d}"
    assert purges.now() == {
        *(
            f"{kind}:{pk}:es"
            for kind in ("article", "text", "commenting", "link", "teaser", "url:article")
        ),
        f"article:{pk}:en",
        f"text:{pk}:en",
        *("list:all:es", f"list:category:{region.pk}:es", f"list:tag:{tag.pk}:es"),
        *(f"filled:category:{region.pk}:es", f"filled:tag:{tag.pk}:es"),
        *(
            f"filled:month:{month}:es",
            f"filled:day:{day}:es",
            "months:es",
            "menu:es",
            *("index:category:es", "index:tag:es"),
        ),
    }


@pytest.mark.both
def test_a_shelf_that_fills_under_those_in_the_menu_leaves_the_menu_alone():
    shown = factories.CategoryFactory()
    below = factories.CategoryFactory(parent=factories.CategoryFactory(parent=shown))
    factories.story(live=["en"], categories=[below.parent])
    purges = Purges()

    factories.story(live=["en"], categories=[below])

    assert f"filled:category:{below.pk}:en" in purges.now()
    assert "menu:en" not in purges.now()


def test_a_list_is_purged_at_the_place_of_the_story_only():
    region = factories.CategoryFactory()
    moment = timezone.now() - timedelta(hours=3)
    factories.live_edition(categories=[region], at=moment - timedelta(hours=1))
    purges = Purges()

    factories.live_edition(categories=[region], at=moment)

    (row,) = (row for row in purges.rows if [f"list:category:{region.pk}:en", None] not in row.tags)
    places = {place for name, place in row.tags if name.startswith("list:")}
    assert places == {round(moment.timestamp() * 1e6)}
    assert f"filled:category:{region.pk}:en" not in purges.now()


def test_a_scheduled_story_is_purged_at_its_minute():
    region = factories.CategoryFactory()
    article = factories.story(live=["es"], title_en="A", body_en="<p>A</p>", categories=[region])
    moment = timezone.now() + timedelta(hours=2)
    purges = Purges()

    publishing.schedule(factories.edition(article), by=SYSTEM, at=moment)

    pk = article.pk
    assert purges.now() == set()
    assert purges.due()[moment] >= {
        *(f"article:{pk}:en", f"article:{pk}:es", f"link:{pk}:en", f"teaser:{pk}:en"),
        *("list:all:en", f"list:category:{region.pk}:en", f"filled:category:{region.pk}:en"),
    }


def test_a_schedule_that_stays_is_written_once():
    article = factories.story(live=["en"], at=timezone.now() + timedelta(hours=2))
    purges = Purges()

    titled(article, standfirst_en="More words.")

    assert not purges.rows.exists()


def test_a_list_that_is_empty_again_is_filled_by_what_is_scheduled():
    region = factories.CategoryFactory()
    moment = timezone.now() + timedelta(hours=2)
    first = factories.live_edition(categories=[region])
    factories.live_edition(categories=[region], at=moment)
    purges = Purges()

    publishing.withdraw(first, by=SYSTEM, reason="No.")

    filled = f"filled:category:{region.pk}:en"
    assert filled in purges.now()
    assert filled in purges.due()[moment]


def test_an_ending_right_is_purged_at_its_moment():
    image = factories.ImageFactory()
    image.valid_until = timezone.now() + timedelta(hours=2)
    purges = Purges()

    image.save()

    pk = image.pk
    assert purges.now() == set()
    assert purges.due() == {image.valid_until: {f"{part.name}:{pk}" for part in KIND.parts}}


@pytest.mark.both
def test_the_right_to_a_new_image_ends_at_its_moment_too():
    purges, moment = Purges(), timezone.now() + timedelta(hours=2)

    image = factories.ImageFactory(valid_until=moment)

    assert f"image:{image.pk}" in purges.due()[moment]


def test_a_part_that_moves_to_another_story_is_purged_in_both(article):
    use = factories.ImageUseFactory(article=article, is_lead=True)
    other = factories.story(live=["en"])
    use.article = other
    purges = Purges()

    use.save()

    assert purges.now() >= {f"article:{story.pk}:en" for story in (article, other)}


def test_a_tag_that_a_story_is_given_is_purged_where_the_topics_of_a_list_stand(article):
    purges = Purges()

    article.tags.add("Tide")

    assert f"topics:{article.pk}" in purges.now()


def test_a_credit_is_no_part_of_a_card():
    image = factories.ImageFactory()
    image.licence = "CC BY"
    purges = Purges()

    image.save()

    assert purges.now() == {f"credit:{image.pk}"}


@pytest.mark.both
def test_the_credit_of_a_gap_is_seen_by_nobody():
    gap = factories.ImageFactory(file="")
    gap.creator = "Somebody"
    purges = Purges()

    gap.save()

    assert not purges.rows.exists()


def test_renditions_change_every_page_with_the_picture():
    image = factories.ImageFactory()
    purges = Purges()

    renditions.render.call(image.pk)

    assert purges.now() == {f"image:{image.pk}", f"crop:{image.pk}"}


def test_a_position_that_changes_no_order_purges_nothing():
    region = factories.CategoryFactory(position=10)
    region.position = 11
    purges = Purges()

    region.save()

    assert not purges.rows.exists()


@pytest.mark.both
def test_a_category_in_no_menu_is_purged_by_its_own_name():
    root = factories.CategoryFactory()
    middle = factories.CategoryFactory(parent=root)
    leaf = factories.CategoryFactory(parent=middle, name_es="Uno")
    factories.story(live=["es"], categories=[leaf])
    leaf.name_es = "Dos"
    purges = Purges()

    leaf.save()

    assert purges.now() == {
        f"category:{leaf.pk}:es",
        *(f"way:category:{pk}:es" for pk in (middle.pk, leaf.pk)),
    }


@pytest.mark.both
def test_a_story_whose_kicker_changes_with_the_tree_is_purged():
    root = factories.CategoryFactory()
    one, two = (
        factories.CategoryFactory(parent=factories.CategoryFactory(parent=root), position=place)
        for place in (10, 20)
    )
    article = factories.story(live=["en"], categories=[one, two])
    factories.story(live=["en"], categories=[one])
    one.position = 30
    purges = Purges()

    one.save()

    pk = article.pk
    assert purges.now() == {
        f"article:{pk}:en",
        f"text:{pk}:en",
        f"kicker:{pk}",
        f"kicker:in:{root.pk}:{pk}",
    }


@pytest.mark.both
def test_a_section_that_comes_to_stand_before_headlines_purges_those_of_its_stories():
    section = factories.CategoryFactory(kind="section")
    pk = factories.story(live=["en"], categories=[section]).pk
    factories.story(live=["en"], categories=[factories.CategoryFactory(kind="section")])
    purges = Purges()

    Category.objects.filter(pk=section.pk).update(is_genre=True)

    assert purges.now() == {f"article:{pk}:en", f"genre:{pk}"}


def test_many_stories_in_company_are_everything(monkeypatch):
    monkeypatch.setattr(category_module, "HELD", 1)
    root = factories.CategoryFactory()
    one, two = (factories.CategoryFactory(parent=root, position=place) for place in (10, 20))
    for _ in range(2):
        factories.story(live=["en"], categories=[one, two])
    one.position = 30
    purges = Purges()

    one.save()

    assert EVERYTHING in purges.now()


def test_a_new_label_is_purged_by_the_tag():
    tag = factories.TagFactory(name="Water")
    tag.label_es = "Agua"
    purges = Purges()

    tag.save()

    assert purges.now() == {f"tag:{tag.pk}:es", f"url:tag:{tag.pk}:es", "letters:tag:es"}


def test_a_tag_that_takes_the_address_of_another_purges_that_one():
    taker = factories.TagFactory(name="One", slug="one")
    owner = factories.TagFactory(name="Two", slug="two")
    taker.label_es, taker.label_slug_es = "Dos", "two"
    purges = Purges()

    taker.save()

    assert f"tag:{owner.pk}:es" in purges.now()
    assert f"tag:{owner.pk}:en" not in purges.now()


@pytest.mark.both
def test_a_tag_that_is_loaded_over_the_address_of_another_purges_that_one():
    owner = factories.TagFactory(name="Two", slug="two")
    purges = Purges()

    factories.TagFactory(pk=owner.pk - 1, name="One", label_es="Dos", label_slug_es="two")

    assert f"tag:{owner.pk}:es" in purges.now()


@pytest.mark.both
def test_merging_purges_the_stories_and_lists():
    kept, lost = factories.TagFactory(), factories.TagFactory()
    article = factories.story(live=["en"], tags=[lost])
    purges = Purges()

    organising.merge_tags([lost], into=kept)

    assert purges.now() >= {
        f"article:{article.pk}:en",
        f"tag:{lost.pk}:en",
        f"list:tag:{kept.pk}:en",
    }


@pytest.mark.both
def test_a_biography_is_no_part_of_a_byline():
    author = factories.AuthorFactory()
    author.bio_en = "Writes."
    purges = Purges()

    author.save()

    assert purges.now() == {f"about:author:{author.pk}:en"}


def test_a_deletion_purges_what_was_there():
    region = factories.CategoryFactory()
    article = factories.story(live=["en"], categories=[region])
    pk = article.pk
    purges = Purges()

    article.delete()

    assert purges.now() >= {f"article:{pk}:en", "list:all:en", f"list:category:{region.pk}:en"}


# --- Hard and soft ---


def shown(article, *codes):
    kinds = ("article", "text", "url:article", "link", "teaser")
    return {f"{kind}:{article.pk}:{code}" for kind in kinds for code in codes}


def test_what_is_new_or_otherwise_is_purged_softly(article):
    purges = Purges()

    titled(article, title_en="Another headline", body_en="<p>Other words.</p>")
    factories.story(live=["en"])
    article.categories.add(factories.CategoryFactory())
    article.categories.clear()

    assert purges.now()
    assert purges.hard() == set()


def test_what_is_withdrawn_is_purged_hard_in_its_language_only(article):
    purges = Purges()

    publishing.withdraw(article.editions.get(language="es"), by=SYSTEM, reason="It was wrong.")

    assert purges.hard() == shown(article, "es")
    assert f"article:{article.pk}:en" in purges.now()  # its switcher


def test_the_notice_of_a_withdrawn_story_moves_softly_and_is_deleted_hard(article):
    edition = article.editions.get(language="es")
    publishing.withdraw(edition, by=SYSTEM, reason="It was wrong.")
    purges, notice = Purges(), f"article:{article.pk}:es"

    writing.save(article, slugs={"es": "otra"})

    assert notice in purges.now() - purges.hard()

    edition.delete()

    assert notice in purges.hard()


def test_a_notice_moves_hard_beside_a_change_that_may_have_shown_its_story(article):
    edition = article.editions.get(language="es")
    publishing.withdraw(edition, by=SYSTEM, reason="It was wrong.")
    purges, other = Purges(), Purge.objects.create(tags=[], is_pending=True, clock=0)

    writing.save(article, slugs={"es": "otra"})
    other.delete()

    assert f"article:{article.pk}:es" in purges.hard()


def test_what_is_restored_is_purged_softly(article):
    edition = article.editions.get(language="es")
    publishing.withdraw(edition, by=SYSTEM, reason="It was wrong.")
    purges = Purges()

    publishing.restore(edition, by=SYSTEM)

    assert f"article:{article.pk}:es" in purges.now()
    assert purges.hard() == set()


@pytest.mark.both
def test_what_is_deleted_is_purged_hard(article):
    expected = shown(article, "en", "es")
    purges = Purges()

    article.delete()

    assert purges.hard() == expected


def test_what_becomes_a_draft_is_purged_hard(article):
    edition, purges = article.editions.get(language="en"), Purges()

    edition.status = "draft"
    edition.save()

    assert purges.hard() >= shown(article, "en")


@pytest.mark.both
def test_a_deleted_tag_is_purged_hard():
    tag = factories.TagFactory()
    purges, pk = Purges(), tag.pk

    tag.delete()

    assert f"tag:{pk}:en" in purges.hard()


@pytest.mark.parametrize("change", ["valid_until", "file"])
def test_a_picture_that_must_not_be_seen_any_more_is_purged_hard(change):
    image = factories.ImageFactory()
    purges, pk = Purges(), image.pk
    setattr(image, change, timezone.now() - timedelta(hours=1) if change == "valid_until" else "")

    image.save()

    assert purges.hard() == {f"image:{pk}", f"crop:{pk}"}


def test_the_end_of_a_right_is_hard_and_the_minute_of_a_story_is_soft():
    purges, moment = Purges(), timezone.now() + timedelta(hours=2)

    image = factories.ImageFactory(valid_until=moment)
    factories.story(live=["en"], at=moment)

    pk = image.pk
    assert purges.hard(due=True) == {f"image:{pk}", f"crop:{pk}"}
    assert purges.due()[moment] >= {f"image:{pk}", "list:all:en"}


# --- Transactions ---


def test_nothing_is_purged_for_what_is_rolled_back(article):
    purges = Purges()

    with transaction.atomic():
        titled(article, title_en="Another")
        transaction.set_rollback(True)

    assert not purges.rows.exists()


def test_what_a_savepoint_took_back_is_not_purged(article):
    purges = Purges()

    with transaction.atomic():
        with transaction.atomic():
            titled(article, title_en="Another")
            transaction.set_rollback(True)
        titled(Article.objects.get(pk=article.pk), title_es="Otra")

    own = {f"changes:{factories.edition(article, 'es').pk}"}
    assert {name.rsplit(":", 1)[1] for name in purges.now() - own} == {"es"}


def test_a_publication_stays_purged_where_only_its_withdrawal_is_taken_back():
    region = factories.CategoryFactory()
    article = factories.story(title_en="A", body_en="<p>A</p>", categories=[region])
    edition = factories.edition(article)
    purges = Purges()

    with transaction.atomic():
        publishing.publish(edition, by=SYSTEM)
        with transaction.atomic():
            publishing.withdraw(edition, by=SYSTEM, reason="No.")
            transaction.set_rollback(True)

    assert f"list:category:{region.pk}:en" in purges.now()


def test_a_list_is_left_alone_by_a_withdrawal_that_is_taken_back():
    region = factories.CategoryFactory()
    edition = factories.live_edition(categories=[region])
    purges = Purges()

    with transaction.atomic():
        titled(Article.objects.get(pk=edition.article_id), title_en="Another")
        with transaction.atomic():
            publishing.withdraw(edition, by=SYSTEM, reason="No.")
            transaction.set_rollback(True)

    assert {name.partition(":")[0] for name in purges.now()} == {
        "article",
        "text",
        "link",
        "teaser",
        "changes",
    }


def test_what_comes_and_goes_in_one_transaction_was_never_there():
    region = factories.CategoryFactory()
    article = factories.story(title_en="A", body_en="<p>A</p>", categories=[region])
    edition = factories.edition(article)
    purges = Purges()

    with transaction.atomic():
        publishing.publish(edition, by=SYSTEM)
        publishing.withdraw(edition, by=SYSTEM, reason="No.")

    assert purges.now() == {f"article:{article.pk}:en"}


def test_a_save_outside_of_a_transaction_is_purged(article):
    image = factories.ImageFactory()
    use = ImageUse.objects.create(article=article, image=image, is_lead=True, alt_en="A")
    purges = Purges()

    use.alt_en = "B"
    use.save()

    assert purges.now() == {f"article:{article.pk}:en", f"text:{article.pk}:en"}


@pytest.mark.both
def test_a_save_that_fails_outside_of_a_transaction_is_told_with_the_next(article):
    lead = ImageUse.objects.create(article=article, image=factories.ImageFactory(), is_lead=True)
    with pytest.raises(Exception, match="imageuse|UNIQUE"):
        ImageUse.objects.create(article=article, image=lead.image)
    assert Purge.objects.filter(is_pending=True).exists()
    purges = Purges()

    lead.save()

    assert not purges.rows.exists()


@pytest.mark.both
def test_until_the_commit_a_change_counts_for_everything(article):
    with transaction.atomic():
        titled(article, title_en="Another")
        assert Purge.objects.filter(is_pending=True).count() == 1

    assert not Purge.objects.filter(is_pending=True).exists()


def test_until_the_commit_of_a_change_of_what_readers_see_every_page_may_show_what_must_go(article):
    with transaction.atomic():
        titled(article, title_en="Another")
        assert not Purge.objects.get(is_pending=True).is_soft


def test_until_the_commit_of_a_new_story_every_page_may_stand_in(article):
    draft = factories.edition(factories.story(title_en="A", body_en="<p>B</p>"))
    with transaction.atomic():
        publishing.publish(draft, by=SYSTEM)
        assert Purge.objects.get(is_pending=True).is_soft


def test_what_somebody_else_changed_meanwhile_is_purged_whole(article):
    purges = Purges()

    with transaction.atomic():
        titled(article, standfirst_en="B")
        Purge.objects.create(tags=[["link:1:en", None]], clock=1)

    assert f"url:article:{article.pk}:es" in purges.now()


# --- Bounds ---


def test_many_stories_are_compared_before_the_commit(monkeypatch):
    monkeypatch.setattr(change_module, "HELD", 2)
    articles = [factories.story(live=["en"]) for _ in range(5)]
    purges = Purges()

    with transaction.atomic():
        for article in articles:
            titled(article, title_en=f"Another {article.pk}")

    assert purges.now() >= {f"link:{article.pk}:en" for article in articles}


def test_many_tags_are_everything(monkeypatch, article):
    monkeypatch.setattr(change_module, "TOLD", 2)
    purges = Purges()

    titled(article, title_en="Another")

    assert purges.now() == {EVERYTHING}


@pytest.mark.both
def test_many_places_are_the_whole_list(monkeypatch):
    monkeypatch.setattr(rows_module, "HELD", 2)
    region, root = factories.CategoryFactory(), factories.CategoryFactory()
    for hours in range(4):
        factories.live_edition(categories=[region], at=timezone.now() - timedelta(hours=hours))
    purges = Purges()

    with transaction.atomic():
        region.parent = root
        region.save()

    places = [
        place
        for row in purges.rows
        for name, place in row.tags
        if name == f"list:category:{root.pk}:en"
    ]
    assert places == [None]


@pytest.mark.both
@pytest.mark.parametrize("place", ["list:all:en", "list:category:{}:en"])
def test_of_many_places_those_to_come_are_purged_at_their_minutes(monkeypatch, place):
    monkeypatch.setattr(rows_module, "HELD", 2)
    region = factories.CategoryFactory()
    moments = {timezone.now() + timedelta(hours=hours) for hours in range(1, 5)}
    purges = Purges()

    with transaction.atomic():
        for moment in moments:
            factories.live_edition(categories=[region], at=moment)

    name = place.format(region.pk)
    assert {moment for moment, names in purges.due().items() if name in names} == moments


@pytest.mark.both
def test_a_story_that_is_loaded_from_a_file_comes_to_its_lists(tmp_path):
    story = factories.story(live=["en"], categories=[factories.CategoryFactory()], tags=["Peace"])
    rows = Listing.objects.filter(edition__article=story)
    names = {list_of(shelf, pk, code) for _, code, _, shelf, pk in (r.identity() for r in rows)}
    kept = tmp_path / "story.json"
    kept.write_text(serializers.serialize("json", [story, *story.editions.all(), *rows]))
    story.delete()
    purges = Purges()
    call_command("loaddata", kept, verbosity=0)
    assert len(names) == 2
    assert names <= purges.now()


def test_a_sitemap_is_purged_by_what_it_tells_of_a_story_and_by_nothing_else():
    at = datetime(2017, 11, 30, 12, tzinfo=UTC)
    article = factories.story(live=["en", "es"], at=at)
    edition, purges = factories.edition(article, "es"), Purges()

    publishing.withdraw(edition, by=SYSTEM, reason="No.")
    assert purges.dated() == {"dated:en:2017-11", "dated:es:2017-11"}

    tag, purges = factories.TagFactory(), Purges()
    with transaction.atomic():
        article.tags.add(tag)
        writing.save(article)
    assert f"text:{article.pk}:en" in purges.now()
    assert purges.dated() == set()

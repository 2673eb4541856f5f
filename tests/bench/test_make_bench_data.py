"""The generated archive is what the newsroom's own verbs would have written."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import body
from articles.actions import publishing, writing
from articles.derived import listings
from articles.models import Article, Edition, Event, Listing, Tag
from tests.bench import archive, loading
from tests.bench.management.commands.make_bench_data import Command
from tests.bench.rows import FIELDS
from tests.bench.shelves import TAG_NAME

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def make(stories):
    out = StringIO()
    call_command(Command(stdout=out), stories)
    return out.getvalue()


def listing_rows():
    rows = Listing.objects.values_list(
        "edition__slug",
        "language",
        "published_at",
        "category__slug_en",
        "tag__name",
        "author__slug",
    )
    return Counter(rows)


def test_it_says_how_many_and_how_fast():
    assert make(3).startswith("3 stories appended in ")


@pytest.mark.parametrize("stories", ["0", "-1", "10000001"])
def test_a_number_that_makes_no_sense_is_refused_in_one_line(stories):
    with pytest.raises(CommandError, match="it must lie between 1 and 10,000,000"):
        make(stories)

    assert not Article.objects.exists()


def test_a_word_for_a_number_is_refused():
    with pytest.raises(CommandError, match="invalid int value: 'many'"):
        make("many")


@pytest.mark.parametrize("model", FIELDS)
def test_every_column_of_every_table_is_written(model):
    assert set(FIELDS[model]) == {field.attname for field in model._meta.concrete_fields}


@pytest.mark.both
def test_lists_are_what_the_newsroom_would_make_them():
    make(30)
    before = listing_rows()
    ids = set(Listing.objects.values_list("pk", flat=True))

    listings.refresh(list(Article.objects.values_list("pk", flat=True)))

    assert listing_rows() == before
    assert set(Listing.objects.values_list("pk", flat=True)) == ids


@pytest.mark.both
def test_editions_are_what_the_newsroom_would_make_them():
    make(12)
    fields = ("language", "slug", "status", "published_at", "version", "source_version")
    fields += ("text_checksum", "headline_key")
    before = list(Edition.objects.order_by("pk").values_list(*fields))

    for article in Article.objects.all():
        writing.save(article)

    assert list(Edition.objects.order_by("pk").values_list(*fields)) == before


@pytest.mark.both
def test_a_story_made_by_the_verbs_has_the_same_rows():
    make(1)
    made = Edition.objects.get(language="es")
    copy = Article.objects.get()
    texts = {f"{name}_es": getattr(copy, f"{name}_es") for name in ("title", "standfirst", "body")}
    Article.objects.all().delete()

    article = Article.objects.create(source_language="es", **texts)
    writing.save(article)
    edition = article.editions.get()
    publishing.publish(edition, by=publishing.SYSTEM, at=made.published_at)

    assert (edition.slug, edition.status, edition.text_checksum) == (
        made.slug,
        made.status,
        made.text_checksum,
    )
    assert article.rev == copy.rev


@pytest.mark.once  # of what is drawn; the tests above and below write it on both databases
def test_bodies_are_clean_and_need_no_other_row():
    make(12)

    for article in Article.objects.all():
        assert body.clean(article.body_en).html == article.body_en
        assert not any(vars(body.Body(article.body_en).references).values())


@pytest.mark.once  # of what is drawn; the tests above and below write it on both databases
def test_base_columns_hold_the_default_language():
    make(2)

    columns = Article._base_manager.rewrite(mode=False).values_list(
        "title", "title_en", "body", "body_en"
    )
    for title, title_en, text, text_en in columns:
        assert (title, text) == (title_en, text_en)


@pytest.mark.once  # of what is drawn; the tests above and below write it on both databases
def test_every_edition_can_be_read_under_its_address(client):
    make(11)
    live = list(Edition.objects.live(at=timezone.now()).select_related("article"))

    assert Counter(edition.language for edition in live) == {"en": 11, "es": 2, "pt": 2}
    assert {client.get(edition.url).status_code for edition in live} == {200}


@pytest.mark.once  # of what is drawn; the tests above and below write it on both databases
def test_the_rarest_tag_and_categories_have_exactly_three_stories():
    make(200)

    rarest = Tag.objects.get(name=TAG_NAME.format(archive.TAGS))
    assert Listing.objects.filter(tag=rarest, language="en").count() == archive.RARE
    for slug in ("antarctica", "oceans-poles", archive.SECTIONS[-1]):
        rows = Listing.objects.filter(category__slug_en=slug, language="en")
        assert rows.count() == archive.RARE


@pytest.mark.once  # of what is drawn; the tests above and below write it on both databases
def test_the_commonest_tag_and_category_have_six_stories_in_ten_and_dates_span_ten_years():
    make(1000)

    commonest = Tag.objects.get(name=TAG_NAME.format(1))
    tagged = Listing.objects.filter(tag=commonest, language="en").count()
    placed = Listing.objects.filter(category__slug_en="middle-east", language="en").count()
    assert 540 < tagged < 660
    assert 540 < placed < 660
    years = Counter(edition.published_at.year for edition in Edition.objects.filter(language="en"))
    assert set(years) == set(range(2015, 2025))
    assert max(years.values()) < 1.1 * min(years.values())


def test_two_steps_make_what_one_step_makes():
    make(7)
    make(5)
    in_two = listing_rows()
    Article.objects.all().delete()

    make(12)

    assert listing_rows() == in_two


def test_it_appends_to_what_is_there_and_the_newsroom_can_go_on(client):
    from tests import factories

    own = factories.live_edition(title_en="Our own story")
    make(3)
    later = factories.live_edition(title_en="Another of our own")

    assert Article.objects.count() == 5
    assert {client.get(edition.url).status_code for edition in (own, later)} == {200}
    assert Event.objects.count() == 2


@pytest.mark.both
def test_a_batch_that_fails_leaves_whole_stories(monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)
    write = loading._write

    def fail_later(tables):
        write(tables)
        if loading.next_number() == 4:
            raise RuntimeError("stopped")

    monkeypatch.setattr(loading, "_write", fail_later)
    with pytest.raises(RuntimeError, match="stopped"):
        make(6)

    assert Article.objects.count() == 4
    assert connection.connection is not None

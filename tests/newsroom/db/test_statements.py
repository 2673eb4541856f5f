"""A statement is written once, and answers as the queryset would that has the values in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q
from django.test.utils import override_settings

from articles.models import Article, Category, Edition, Image
from newsroom.db.statements import Each, Given, named, padded, statement
from tests import factories
from tests.every import every

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


@statement
def live(language):
    rows = Edition.objects.live(language=language, at=Given("at"))
    return rows.newest_first().values_list("pk", "published_at")


@statement
def among(number):
    return Edition.objects.filter(pk__in=Each("ids", number)).values_list("pk")


def test_the_values_of_a_call_are_its_own():
    first = factories.live_edition(at=AT)
    second = factories.live_edition(at=AT + timedelta(microseconds=1))

    assert live("en", at=AT) == [(first.pk, AT)]
    assert live("en", at=second.published_at) == [(second.pk, second.published_at), (first.pk, AT)]
    assert live("en", at=AT - timedelta(microseconds=1)) == []
    assert live("es", at=AT) == []


def test_a_statement_is_written_once_for_each_shape():
    calls = []

    @statement
    def named(language):
        calls.append(language)
        return Category.objects.rewrite(mode=False).filter(slug_en=Given("slug")).values_list("pk")

    for slug in ("syria", "nowhere", "syria"):
        named("en", slug=slug)
    named("es", slug="syria")

    assert calls == ["en", "es"]


def test_an_enabled_language_less_is_another_statement():
    factories.live_edition("es", at=AT)
    assert live("es", at=AT)

    with override_settings(LANGUAGES=[("en", "English")]):
        assert live("es", at=AT) == []
    assert live("es", at=AT)


@pytest.fixture
def made():
    return [factories.live_edition(at=AT).pk for _ in range(10)]


@every(range(10))
def test_a_list_of_values_may_have_any_length(wanted, made):
    ids = padded(made[:wanted])

    assert {pk for (pk,) in among(len(ids), ids=ids)} == set(made[:wanted])
    assert len(ids) in {1, 2, 4, 8, 16}


@pytest.mark.parametrize("is_run_by_django", [False, True])
def test_a_row_has_the_names_of_its_columns(is_run_by_django):
    def titles():
        return named(Edition.objects.all(), "language", words="article__title_en")

    factories.live_edition(title_en="Ceasefire")

    (row,) = titles() if is_run_by_django else statement(titles)()

    assert (row.language, row.words) == ("en", "Ceasefire")


def test_columns_are_read_as_django_reads_them():
    @statement
    def images():
        rows = Image.objects.filter(checksum=Given("checksum"))
        return rows.values_list("available", "created_at", "focal_x")

    image = factories.ImageFactory()
    Image.objects.update(available={"key": {"jpeg": [320]}})

    assert images(checksum=image.checksum) == [({"key": {"jpeg": [320]}}, image.created_at, 0.5)]


def test_a_value_may_stand_in_any_condition_and_in_a_union():
    @statement
    def either():
        articles = Article.objects.rewrite(mode=False)
        one = articles.filter(~Q(pk=Given("other")), editions__language=Given("language"))
        other = articles.filter(pk=Given("other"))
        return one.values_list("pk").union(other.values_list("pk"), all=True)

    first, second = factories.live_edition(), factories.live_edition("es")

    rows = either(other=second.article_id, language="en")

    assert sorted(rows) == sorted([(first.article_id,), (second.article_id,)])


def test_what_people_wrote_is_a_value_and_no_part_of_a_statement():
    @statement
    def named():
        return Category.objects.rewrite(mode=False).filter(slug_en=Given("slug")).values_list("pk")

    assert named(slug="x' OR '1'='1") == []
    assert named(slug="%s") == []


@pytest.mark.parametrize(
    "queryset", [lambda: Edition.objects.all(), lambda: Category.objects.values_list("pk", "kind")]
)
def test_rows_that_come_in_another_order_or_as_objects_are_refused(queryset):
    with pytest.raises(TypeError, match="rewrite"):
        statement(queryset)()

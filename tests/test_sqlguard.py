"""Plant each mistake that reads a base column, and each honest query that looks like one."""

import pytest
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import translation

from articles.models import Article, Category, Edition
from tests.sqlguard import BaseColumnUsedError, Statement

pytestmark = pytest.mark.django_db

MISTAKES = {
    "order by an expression": lambda: Article.objects.order_by(F("title").desc()),
    "order by a function": lambda: Article.objects.order_by(Lower("title")),
    "annotate with a function": lambda: Article.objects.annotate(x=Lower("title")),
    "annotate with a condition": lambda: Article.objects.annotate(
        x=Case(When(title="a", then=Value(1)), default=Value(0))
    ),
    "annotate with an alternative": lambda: Article.objects.annotate(
        x=Coalesce("title", Value(""))
    ),
    "annotate with a subquery": lambda: Edition.objects.annotate(
        x=Subquery(Article.objects.filter(pk=OuterRef("article")).values(x=Lower("title")))
    ),
    "filter from a model without translations": lambda: Edition.objects.filter(article__title="a"),
    "exclude from a model without translations": lambda: Edition.objects.exclude(
        article__title="a"
    ),
    "order by a number that stands for it": lambda: (
        Edition.objects.values("article__title")
        .union(Edition.objects.values("article__title"))
        .order_by("article__title")
    ),
    "order from a model without translations": lambda: Edition.objects.order_by("article__title"),
    "group from a model without translations": lambda: Edition.objects.values(
        "article__title"
    ).annotate(n=Count("pk")),
    "count with a filter": lambda: Edition.objects.values("language").annotate(
        n=Count("article", filter=Q(article__title="a"))
    ),
    "an inner query": lambda: Category.objects.filter(
        Exists(Edition.objects.filter(article__categories=OuterRef("pk"), article__title="a"))
    ),
    "a union": lambda: Edition.objects.values("pk").union(
        Edition.objects.filter(article__title="a").values("pk")
    ),
    "an inner list": lambda: Article.objects.filter(
        pk__in=Edition.objects.filter(article__title="a").values("article").distinct()
    ),
    "a distinct list with a condition": lambda: Edition.objects.filter(
        article__title="a"
    ).distinct()[:5],
}

HONEST = {
    "a list": lambda: Article.objects.all(),
    "a distinct list": lambda: Article.objects.filter(categories__isnull=True).distinct(),
    "a list with a number in each row": lambda: Article.objects.annotate(n=Count("editions")),
    "a list with a number, sorted by it": lambda: Article.objects.annotate(
        n=Count("editions")
    ).order_by("-n", "title_en"),
    "a list with an inner query": lambda: Article.objects.filter(
        Exists(Edition.objects.filter(article=OuterRef("pk"), language="en"))
    ),
    "a filter that is rewritten": lambda: Article.objects.filter(title="a"),
    "an order that is rewritten": lambda: Article.objects.order_by("-title"),
    "a named column from another model": lambda: Edition.objects.filter(article__title_es="a"),
    "a function of a named column": lambda: Article.objects.order_by(Lower("title_es")),
    "a join that loads the article": lambda: Edition.objects.select_related("article"),
    "values that are rewritten": lambda: Article.objects.values("title"),
    "a union of lists": lambda: Article.objects.filter(pk=1).union(Article.objects.filter(pk=2)),
    "a list by an inner list": lambda: Article.objects.filter(
        pk__in=Edition.objects.values("article_id")
    ),
    "a tree": lambda: Category.objects.select_related("parent").filter(parent__slug="none"),
}


@pytest.mark.parametrize("query", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_caught(query):
    with pytest.raises(BaseColumnUsedError, match="language of chance"):
        list(query())


@pytest.mark.parametrize("query", HONEST.values(), ids=HONEST.keys())
def test_an_honest_query_passes(query):
    assert list(query()) == []


def test_an_aggregate_is_caught():
    with pytest.raises(BaseColumnUsedError):
        Article.objects.aggregate(Max("title"))


def test_a_count_over_a_derived_table_is_caught():
    with pytest.raises(BaseColumnUsedError):
        Article.objects.annotate(x=Lower("title")).filter(x="a").distinct().count()


def test_a_distinct_base_column_is_caught():
    sql = 'SELECT DISTINCT ON ("articles_article"."title") "articles_article"."id" FROM "articles_article"'

    assert Statement(sql).misuse() == '"articles_article"."title"'


def test_an_update_from_a_base_column_is_caught():
    Article.objects.create(title_en="a")

    with pytest.raises(BaseColumnUsedError):
        Article.objects.rewrite(mode=False).update(title_en=Lower("title"))


def test_counts_of_lists_pass():
    assert Article.objects.distinct().count() == 0
    assert Article.objects.annotate(n=Count("editions")).filter(n=0).count() == 0
    assert not Article.objects.distinct().exists()


def test_writing_passes_in_every_language():
    with translation.override("es"):
        article = Article.objects.create(title_en="a", title_es="b")
        article.title_es = "c"
        article.save()
        Article.objects.bulk_update([article], ["title_es"])
        Article.objects.filter(title="c").update(title="d")

    assert list(Article.objects.values_list("title_en", "title_es")) == [("a", "d")]
    assert Article.objects.filter(title_es="d").delete()[1]["articles.Article"] == 1

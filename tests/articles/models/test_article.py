import pytest
from django.utils import translation

from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("active", ["en", "es", "ar"])
def test_the_untranslated_columns_hold_the_default_language_whichever_is_active(active):
    with translation.override(active):
        article = factories.ArticleFactory(title_en="A", title_es="B", body_es="<p>b</p>")

    assert Article.objects.filter(pk=article.pk).values_list("title", "body").get() == ("A", "")


def test_every_body_is_cleaned_whoever_writes_it():
    article = factories.ArticleFactory(body_en="<p onclick=x>a</p>", body_ar="<script>b</script>")

    assert (article.body_en, article.body_ar, article.body_es) == ("<p>a</p>", "", "")


def test_the_languages_of_a_story_are_those_with_any_text_in_house_order():
    article = factories.ArticleFactory(body_ar="<p>a</p>", standfirst_es="b", title_en="c")

    assert article.languages() == ["en", "es", "ar"]

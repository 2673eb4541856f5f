import pytest
from django.core.exceptions import ValidationError

from articles.models import Category
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_category_has_a_slug_for_each_name():
    category = Category.objects.create(kind="region", name_en="The Coast", name_ar="الساحل")

    assert (category.slug_en, category.slug_ar, category.slug_es) == ("the-coast", "الساحل", None)
    assert category.url_in("es") == "/es/region/the-coast/"


def test_a_slug_that_is_taken_in_its_kind_gets_a_number():
    factories.CategoryFactory(name_en="Coast")

    assert Category.objects.create(kind="region", name_en="Coast").slug_en == "coast-2"
    assert Category.objects.create(kind="section", name_en="Coast").slug_en == "coast"


def test_a_slug_is_not_one_that_stands_in_for_a_missing_translation():
    factories.CategoryFactory(name_en="Coast")

    assert Category.objects.create(kind="region", name_es="Coast", name_en="B").slug_es == "coast-2"


def test_a_category_without_any_name_still_has_an_address():
    assert Category.objects.create(kind="section").url_in("pt") == "/pt/section/section/"


def test_a_category_cannot_stand_under_itself_or_under_another_kind():
    top = factories.CategoryFactory()
    below = factories.CategoryFactory(parent=top)

    for parent in (top, below, factories.CategoryFactory(kind="section")):
        top.parent = parent
        with pytest.raises(ValidationError):
            top.clean()


def test_a_category_keeps_its_kind_while_others_stand_under_it():
    top = factories.CategoryFactory()
    below = factories.CategoryFactory(parent=top)
    top.kind = below.kind = "section"

    with pytest.raises(ValidationError, match="same kind"):
        top.clean()
    below.parent = None
    below.clean()

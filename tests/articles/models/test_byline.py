import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_two_people_of_one_name_have_two_addresses():
    slugs = [factories.AuthorFactory(name_en="Ana Duarte").slug for _ in range(3)]

    assert slugs == ["ana-duarte", "ana-duarte-2", "ana-duarte-3"]


@pytest.mark.parametrize(
    ("names", "slug"), [({"name_en": "", "name_ar": "آنا"}, "آنا"), ({"name_en": "?"}, "author")]
)
def test_an_author_always_has_an_address(names, slug):
    author = factories.AuthorFactory(**names)

    assert author.slug == slug
    assert author.url_in("es").startswith("/es/author/")

import pytest
from django.core.exceptions import ValidationError

from articles.actions import deleting
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "use"),
    [(AuthorFactory, "authors"), (CategoryFactory, "categories"), (ImageFactory, "images")],
)
def test_of_things_that_go_together_none_goes_where_one_is_in_use(make, use):
    used, free = make(), make()
    story(title_en="Ferry strike", **{use: [used]})

    with pytest.raises(ValidationError) as refusal:
        deleting.delete([used, free])

    (sentence,) = refusal.value.messages
    assert sentence.startswith(f"“{used}”: ")
    assert sentence.endswith(": Ferry strike")
    assert type(used).objects.filter(pk__in=[used.pk, free.pk]).count() == 2


def test_a_category_goes_only_when_it_is_said_where_to_put_what_is_in_it():
    category = CategoryFactory()
    article = story(categories=[category])
    with pytest.raises(ValidationError, match="Stories are in it"):
        deleting.delete_category(category)
    child = CategoryFactory(parent=category)
    with pytest.raises(ValidationError, match="Other categories stand under it"):
        deleting.delete_category(category, nowhere=True)

    deleting.delete_category(child)
    deleting.delete_category(category, nowhere=True)

    assert not article.categories.exists()

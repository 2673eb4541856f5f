import pytest

from articles.models import Tag
from newsroom.db.comparing import is_same, is_stored
from tests.factories import TagFactory

pytestmark = pytest.mark.django_db


def test_a_row_is_stored_until_one_of_its_columns_is_another():
    tag = Tag.objects.get(pk=TagFactory(label_es="Puerto").pk)
    assert is_stored(tag)

    tag.label_es = "Muelle"

    assert not is_stored(tag)
    assert not is_stored(Tag(name="New"))


def test_two_new_rows_are_the_same_where_they_say_the_same():
    assert is_same(Tag(name="A"), Tag(name="A"))
    assert not is_same(Tag(name="A"), Tag(name="A", label_es="B"))
    assert not is_same(Tag(name="A"), None)

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from reversion.models import Version

from articles.actions import restoring, writing
from articles.models import Article
from articles.roles import EDITOR, WRITER
from tests.factories import AuthorFactory, UserFactory, story

pytestmark = pytest.mark.django_db


def member(group):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_a_writer_goes_back_in_no_story_that_readers_see():
    writer, editor = member(WRITER), member(EDITOR)
    article = story(live=["en"], title_en="A", authors=[AuthorFactory(user=writer)])
    version = Version.objects.get_for_object(article).get()
    article.title_en = "B"
    writing.save(article)
    back = {"languages": ["en"], "shared": False, "comment": "Back."}

    with pytest.raises(PermissionDenied):
        restoring.go_back(article, version, by=writer, **back)
    assert Article.objects.get().title_en == "B"

    restoring.go_back(article, version, by=editor, **back)
    assert Article.objects.get().title_en == "A"

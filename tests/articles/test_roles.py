"""Whose story it is: of who began it or is credited in it, and of nobody else."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from articles import roles
from articles.actions import publishing
from articles.models import Article, Byline, Tag
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return factories.UserFactory()


@pytest.fixture
def article():
    return factories.story(title_en="A")


def log(flag, *, user, thing):
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(type(thing)),
        object_id=str(thing.pk),
        object_repr=str(thing),
        action_flag=flag,
    )


def test_a_story_is_of_who_began_it_also_after_others_changed_it(article, user):
    log(ADDITION, user=user, thing=article)
    log(CHANGE, user=factories.UserFactory(), thing=article)

    assert roles.is_own(article, user)


def test_a_story_is_of_who_is_credited_for_as_long_as_the_credit_stands(article, user):
    author = factories.AuthorFactory(user=user)
    factories.BylineFactory(article=article, author=author)
    log(CHANGE, user=user, thing=article)
    assert roles.is_own(article, user)

    Byline.objects.get().delete()

    assert not roles.is_own(article, user)


def test_nothing_else_makes_a_story_ones_own(article, user):
    log(CHANGE, user=user, thing=article)
    log(ADDITION, user=user, thing=factories.story(title_en="B"))
    log(ADDITION, user=user, thing=factories.TagFactory(pk=article.pk))
    factories.BylineFactory(article=article, author=factories.AuthorFactory())

    assert Article.objects.filter(pk=article.pk).exists()
    assert Tag.objects.filter(pk=article.pk).exists()
    assert not roles.is_own(article, user)


@pytest.mark.parametrize("state", ["draft", "submitted", "live", "withdrawn"])
def test_who_may_not_publish_writes_only_what_was_never_released(state):
    article = factories.story(title_en="A", body_en="<p>b</p>", title_es="B", body_es="<p>b</p>")
    put_into(state, factories.edition(article))
    writer = writer_of(article)

    released = state in {"live", "withdrawn"}
    writable = set(roles.writable_languages(writer, article))
    assert ("en" in writable, "es" in writable) == (not released, True)
    assert roles.may_change_what_is_shown(writer, article) is not released


def put_into(state, edition):
    if state == "submitted":
        publishing.submit(edition, by=publishing.SYSTEM)
    elif state in {"live", "withdrawn"}:
        publishing.publish(edition, by=publishing.SYSTEM)
    if state == "withdrawn":
        publishing.withdraw(edition, by=publishing.SYSTEM, reason="Wrong.")


def writer_of(article):
    roles.ensure()
    user = factories.UserFactory(is_staff=True)
    user.groups.set([Group.objects.get(name=roles.WRITER)])
    factories.BylineFactory(article=article, author=factories.AuthorFactory(user=user))
    return user

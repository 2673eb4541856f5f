"""Who has a language of a story in hand: given, claimed, given back, and ended by publication."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from articles import roles
from articles.actions import assigning, publishing
from articles.models import Assignment, Byline, Event
from tests.factories import AuthorFactory, UserFactory, edition, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def member(role):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def volunteer():
    return member(roles.WRITER)


@pytest.fixture
def manager():
    return member(roles.EDITOR)


@pytest.fixture
def article():
    return story(live=["en"], title_es="Marea", body_es="<p>Palabras.</p>")


def held(article):
    return {
        assignment.language: assignment.user
        for assignment in article.assignments.select_related("user")
    }


@pytest.mark.both
def test_who_claims_a_language_may_write_that_and_nothing_else(article, volunteer):
    assert not roles.may_change(volunteer, article)

    assigning.claim(article, "es", by=volunteer)

    assert held(article) == {"es": volunteer}
    assert roles.writable_languages(volunteer, article) == ("es",)
    assert not roles.may_change_what_is_shown(volunteer, article)
    event = Event.objects.get(verb="claim")
    assert (event.language, event.by, event.note) == ("es", volunteer, "")


@pytest.mark.both
def test_who_publishes_what_was_claimed_credits_who_claimed_it(article, volunteer, manager):
    author = AuthorFactory(user=volunteer)
    assigning.claim(article, "es", by=volunteer)

    publishing.publish(edition(article, "es"), by=manager)

    assert held(article) == {}
    credit = Byline.objects.get()
    assert (credit.author, credit.role, credit.language) == (author, "translator", "es")


@pytest.mark.parametrize("language", ["", "es"])
def test_nobody_is_credited_twice_nor_without_a_name(article, volunteer, manager, language):
    assigning.assign(article, "pt", to=manager, by=manager)
    assigning.claim(article, "es", by=volunteer)
    author = AuthorFactory(user=volunteer)
    Byline.objects.create(article=article, author=author, role="author", language=language)
    article.title_pt, article.body_pt = "Maré", "<p>Palavras.</p>"
    article.save()
    article.editions.create(language="pt")

    publishing.publish(edition(article, "es"), by=manager)
    publishing.publish(edition(article, "pt"), by=manager)

    assert Byline.objects.count() == 1
    assert not Assignment.objects.exists()


def test_the_source_language_credits_no_translator(manager):
    AuthorFactory(user=manager)
    article = story(title_en="A", body_en="<p>x</p>")
    assigning.assign(article, "en", to=manager, by=manager)

    publishing.publish(edition(article), by=manager)

    assert not Byline.objects.exists()


@pytest.mark.both
def test_what_somebody_has_nobody_else_claims(article, volunteer, manager):
    assigning.claim(article, "es", by=volunteer)

    for other in (volunteer, member(roles.WRITER), manager):
        with pytest.raises(ValidationError, match="has it in hand"):
            assigning.claim(article, "es", by=other)
    with pytest.raises(ValidationError, match="has it in hand"):
        assigning.release(article, "es", by=member(roles.WRITER))

    assigning.assign(article, "es", to=manager, by=manager)
    assert held(article) == {"es": manager}
    assert Event.objects.get(verb="assign").note == ""


@pytest.mark.both
def test_it_is_given_back_by_who_has_it_or_taken_by_the_desk(article, volunteer, manager):
    for by in (volunteer, manager):
        assigning.claim(article, "es", by=volunteer)
        assigning.release(article, "es", by=by)
        assert held(article) == {}
    with pytest.raises(ValidationError, match="Nobody"):
        assigning.release(article, "es", by=manager)

    notes = Event.objects.filter(verb="release").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["", str(volunteer)]


def test_a_volunteer_claims_no_source_and_nothing_that_readers_know(article, volunteer, manager):
    publishing.publish(edition(article, "es"), by=manager)

    for language in ("en", "es"):
        with pytest.raises(ValidationError):
            assigning.claim(article, language, by=volunteer)
    assigning.claim(article, "en", by=manager)
    assigning.claim(article, "pt", by=volunteer)

    assert held(article) == {"en": manager, "pt": volunteer}


def test_only_who_may_publish_assigns_and_only_to_who_may_write(article, volunteer, manager):
    with pytest.raises(PermissionDenied):
        assigning.assign(article, "es", to=volunteer, by=volunteer)
    with pytest.raises(PermissionDenied):
        assigning.claim(article, "es", by=member(roles.MODERATOR))
    with pytest.raises(ValidationError, match="may not write"):
        assigning.assign(article, "es", to=UserFactory(), by=manager)
    assert held(article) == {}

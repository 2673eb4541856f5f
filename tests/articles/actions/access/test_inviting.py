"""A colleague who is invited has everything to begin with."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError

from articles import roles
from articles.actions.access import inviting
from articles.models import Author
from tests.factories import AuthorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return UserFactory(is_superuser=True)


def invite(chief, name="Núria Vidal i Roca", email="n.vidal@example.org", **more):
    given = {"role": roles.WRITER, "languages": ["es", "pt"]} | more
    return inviting.invite(name, email=email, by=chief, **given)


def test_login_group_and_author_are_made_at_once(chief):
    user = invite(chief)

    author = Author.objects.get()
    assert (user.username, user.is_staff, str(user)) == ("n.vidal", True, "Núria Vidal i Roca")
    assert [group.name for group in user.groups.all()] == ["Writer"]
    assert user.language == "es"
    assert (author.user, author.name_es, author.name_pt) == (user, *["Núria Vidal i Roca"] * 2)
    assert not author.name_ar


def test_who_was_credited_before_gets_their_stories(chief):
    credited = AuthorFactory(name_es="Núria Vidal i Roca", name_en="", bio_es="Reportera")

    user = invite(chief)

    assert Author.objects.get() == credited
    assert user.author.bio_es == "Reportera"


def test_a_second_person_of_a_name_is_somebody_else(chief):
    first, second = invite(chief), invite(chief, email="n.vidal@example.net")

    assert (first.username, second.username) == ("n.vidal", "n.vidal-2")
    assert first.author != second.author


def test_an_address_has_one_login(chief):
    invite(chief)

    with pytest.raises(ValidationError, match="Núria Vidal i Roca, who has a login already"):
        invite(chief, email="N.VIDAL@example.org")

    assert get_user_model().objects.count() == 2
    assert Author.objects.count() == 1


def test_only_who_may_add_users_invites():
    with pytest.raises(PermissionDenied):
        invite(UserFactory(is_staff=True))

"""One who can let others in stays, in whichever way the last would go."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from newsroom.forms.merging import opened_with
from newsroom.models import Autosave
from newsroom.users import last
from newsroom.users.forms import PersonForm
from newsroom.users.models import User
from tests.factories import UserFactory

# Forms and what they say: the database is asked for three marks.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SENTENCE = "One active superuser has to stay"


def superuser(**values):
    return UserFactory(is_staff=True, is_superuser=True, **values)


def test_all_but_one_may_go_and_who_cannot_give_rights_does_not_count():
    one, other = superuser(), superuser()
    superuser(is_active=False)
    writer = UserFactory(is_staff=True)

    assert last.refusal([one]) == last.refusal([other, writer]) == ""
    assert last.refusal([one, other]).startswith(SENTENCE)
    other.delete()
    assert last.refusal([one, writer]).startswith(SENTENCE)
    assert last.refusal([writer]) == ""


@pytest.mark.parametrize("mark", last.MARKS)
def test_the_last_superuser_keeps_each_mark_until_there_is_another(mark):
    person = superuser()
    fields = {"opened": opened_with(PersonForm(instance=person)), "username": person.username}
    fields |= {name: "on" for name in last.MARKS if name != mark}

    def told():
        form = PersonForm(QueryDict(urlencode(fields)), instance=User.objects.get(pk=person.pk))
        return form.errors.get(mark, [""])[0]

    assert told().startswith(SENTENCE)
    superuser()
    assert told() == ""


def test_the_last_superuser_is_deleted_neither_alone_nor_with_others(client):
    person, writer = superuser(), UserFactory()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    chosen = {"action": "delete_selected", "_selected_action": [person.pk, writer.pk]}
    yes = {"post": "yes"}

    alone = client.post(reverse("admin:users_user_delete", args=[person.pk]), yes)
    together = client.post(reverse("admin:users_user_changelist"), chosen | yes)

    assert SENTENCE in alone.text
    assert SENTENCE in together.text
    assert User.objects.count() == 2
    chosen["_selected_action"] = [writer.pk]
    client.post(reverse("admin:users_user_changelist"), chosen | yes)
    assert User.objects.get() == person


def test_nobody_is_told_of_what_the_site_notes_of_open_forms(client):
    person = UserFactory()
    Autosave.objects.create(
        user=person, key="a", path="/a/", title="Half a story", at=timezone.now()
    )
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(f"/admin/users/user/{person.pk}/delete/").text

    assert "Are you sure" in page
    assert "Half a story" not in page
    assert "utosaves" not in page

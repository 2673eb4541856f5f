"""A story before it is out, for who has a link to it, and for nobody else."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from articles import roles
from articles.actions.access import previewing
from articles.models import Assignment, Event, PreviewLink
from tests.factories import ImageFactory, UserFactory, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(is_superuser=True)


@pytest.fixture
def draft():
    """A story that readers see in Spanish, and not in English nor Arabic."""
    return story(
        live=["es"],
        title_en="A secret plan",
        body_en="<p>Words before the hour.</p>",
        title_ar="خطة",
        body_ar="<p>كلمات.</p>",
        images=[ImageFactory()],
    )


def link(article, language, by, *, days=1, ago=timedelta(0)):
    made = timezone.now() - ago
    return previewing.make_link(article, language, days=days, by=by, now=made)


def get(secret, rest=""):
    return Client().get(f"/preview/{secret}/{rest}")


def test_who_has_the_link_reads_the_story_in_its_language_and_no_cache_keeps_it(draft, by):
    secret = link(draft, "ar", by)

    response = get(secret)

    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page
    assert "كلمات." in page
    assert "Words before the hour" not in page
    assert response["Content-Language"] == "ar"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not getattr(response, "cache_tags", None)
    for left_out in ('rel="canonical"', "ld+json", "/lite/", "index.md", "comments/", "og:"):
        assert left_out not in page
    assert "Disallow: /preview/" in Client().get("/robots.txt").text
    assert Client().get("/ar/sitemap.xml").text.count("خطة") == 0
    assert PreviewLink.objects.get().used_at


def test_pictures_that_nobody_else_may_see_are_seen_by_the_link(by):
    draft = story(title_en="A", body_en="<p>x</p>", images=[ImageFactory()])
    secret = link(draft, "en", by)
    own = f"/preview/{secret}/"

    page = get(secret).content.decode()

    pictures = re.findall(rf'{own}((?:originals|renditions)/[^", ]+)', page)
    assert pictures
    assert 'src="/media/originals' not in page
    answer = get(secret, pictures[0])
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(answer)
    assert Client().get(f"{settings.MEDIA_URL}{pictures[0]}").status_code == 404
    other = ImageFactory()
    assert get(secret, other.file.name).status_code == 404
    assert get("0" * 40, pictures[0]).status_code == 404


def test_a_link_that_is_over_says_so_with_410(draft, by):
    now = timezone.now()
    good, revoked = link(draft, "en", by), link(draft, "en", by)
    over = link(draft, "en", by, ago=timedelta(days=1))
    previewing.revoke(PreviewLink.objects.all()[1], by=by, now=now)

    answers = {name: get(secret) for name, secret in [("over", over), ("none", "f" * 40)]}
    states = sorted(get(secret).status_code for secret in (good, revoked))
    draft.delete()
    answers["deleted"] = get(good)

    assert states == [200, 410]
    for answer in answers.values():
        assert answer.status_code == 410
        assert "This page is gone" in answer.content.decode()
        assert "secret plan" not in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"


def test_the_secret_is_kept_nowhere_and_what_was_done_is_noted(draft, by):
    secret = link(draft, "en", by)
    made = PreviewLink.objects.get()

    previewing.revoke(made, by=by, now=timezone.now())
    previewing.revoke(made, by=by, now=timezone.now())

    assert secret not in str(PreviewLink.objects.values())
    verbs = Event.objects.filter(article=draft, language="en").values_list("verb", "by")
    assert sorted(verbs) == [("end_preview", by.pk), ("preview", by.pk)]


def test_who_made_a_link_revokes_it_also_after_the_language_is_another_s(draft):
    roles.ensure()
    writer = UserFactory(is_staff=True)
    writer.groups.add(Group.objects.get(name=roles.WRITER))
    held = Assignment.objects.create(article=draft, language="ar", user=writer, at=timezone.now())
    link(draft, "ar", writer)
    held.delete()

    with pytest.raises(previewing.PermissionDenied):
        link(draft, "ar", writer)
    previewing.revoke(PreviewLink.objects.get(), by=writer, now=timezone.now())

    assert PreviewLink.objects.get().revoked_at

"""The desk as an object: which stories it holds, and what its cells say, without HTML."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import assigning, correcting, publishing, writing
from articles.admin.desk.board import rows
from articles.admin.desk.filters import Asked, stories
from articles.models import Target
from tests.factories import CategoryFactory, TagFactory, UserFactory, edition, story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def manager():
    return UserFactory(is_staff=True, is_superuser=True, first_name="Ana")


def shown(query, *, user, at):
    asked, targets = Asked(QueryDict(query)), list(Target.objects.all())
    wanted = stories(asked, user=user, targets=targets, at=at)
    return rows(wanted[:50], user=user, targets=targets, tree=asked.tree, at=at)


def headlines(query, *, user, at):
    return [row.headline for row in shown(query, user=user, at=at)]


def cells(article, *, user, at):
    row = next(row for row in shown("", user=user, at=at) if row.pk == article.pk)
    return {cell.language: cell for cell in row.cells}


def test_a_cell_says_state_age_who_and_how_far_behind(manager, now):
    article = story(live=["en"], at=now - 3 * HOUR, title_en="A", title_es="B")
    assigning.assign(article, "es", to=manager, by=manager)
    article.title_en = "C"
    writing.save(article)

    by_language = cells(article, user=manager, at=now)

    assert list(by_language) == ["en", "es", "pt", "ar"]
    assert [cell.state for cell in by_language.values()] == ["published", "draft", "none", "none"]
    assert [cell.age for cell in by_language.values()] == ["3 hrs"] * 4
    assert (by_language["es"].who, by_language["es"].behind, by_language["es"].verb) == (
        "Ana",
        1,
        "release",
    )
    assert (by_language["en"].behind, by_language["en"].verb, by_language["pt"].verb) == (
        0,
        "",
        "claim",
    )
    assert [cell.url.split("/")[-1] or "beside" for cell in by_language.values()] == [
        "#panel-en",
        *["beside"] * 3,
    ]


def test_a_wait_is_counted_from_the_verb_that_began_it(manager, now):
    article = story(title_en="A", title_es="B", body_es="<p>b</p>")
    publishing.submit(edition(article), by=manager, now=now - 2 * HOUR)
    publishing.publish(edition(article, "es"), by=manager, now=now - 9 * HOUR)
    publishing.withdraw(edition(article, "es"), by=manager, reason="Wrong.", now=now - HOUR)

    by_language = cells(article, user=manager, at=now)

    assert [by_language[code].age for code in ("en", "es")] == ["2 hrs", "1 hr"]
    assert by_language["pt"].since is None


def test_filters_answer_what_a_desk_asks(manager, now):
    asia, calm = CategoryFactory(name_en="Asia"), TagFactory(name="Calm")
    old = story(live=["en"], at=now - 3 * HOUR, title_en="Old", categories=[asia], tags=[calm])
    new = story(live=["en", "es"], at=now - HOUR, title_en="New", body_en="<p>a</p>")
    new.body_en = "<p>b</p>"
    writing.save(new)
    story(live=["en"], at=now - 40 * 24 * HOUR, title_en="Changed")
    draft = story(title_en="Draft")
    assigning.assign(draft, "es", to=manager, by=manager)

    answers = {
        "": ["Draft", "Changed", "New", "Old"],
        "live=en&language=es&state=waiting&hours=2": ["Changed", "Old"],
        "live=en&language=es&state=behind": ["New"],
        "live=es": ["New"],
        "language=es": ["New"],
        "hours=2": ["Changed", "Old"],
        "state=draft": ["Draft"],
        "who=me": ["Draft"],
        f"who={manager.pk}&language=es": ["Draft"],
        "who=me&language=pt": [],
        "who=nobody": ["Changed", "New", "Old"],
        f"category={asia.pk}": ["Old"],
        "tag=calm": ["Old"],
        "tag=none": [],
        # What cannot be used is not asked.
        "days=x&live=xx&state=yy&hours=9&category=0&who=zz": ["Draft", "Changed", "New", "Old"],
    }
    assert {query: headlines(query, user=manager, at=now) for query in answers} == answers

    # Spanish is made from English; words of Spanish alone leave that behind nothing, and are older there by now.
    assert headlines("live=en&language=es&state=unchanged", user=manager, at=now) == ["New"]
    new.body_es = "<p>b</p>"
    writing.save(new)
    assert headlines("live=en&language=es&state=unchanged", user=manager, at=timezone.now()) == []
    for query in ("live=es&language=en&state=unchanged", "state=unchanged"):
        assert headlines(query, user=manager, at=timezone.now()) == ["New"]

    # A correction that is told in English, and not to those who read Spanish.
    told = correcting.record(new, {"en": "It was b."}, by=manager)
    both = "live=en&language=es&state=uncorrected"
    for query in (both, "language=es&state=uncorrected", "state=uncorrected"):
        assert headlines(query, user=manager, at=timezone.now()) == ["New"]
    for query in ("live=es&language=en&state=uncorrected", "language=pt&state=uncorrected"):
        assert headlines(query, user=manager, at=timezone.now()) == []
    correcting.save(told, {"es": "Era b."}, by=manager)
    assert headlines(both, user=manager, at=timezone.now()) == []

    # A verb counts as a change does, and a moment that is to come stays where it is.
    type(old).objects.update(active_at=now - 60 * 24 * HOUR)
    assert headlines("", user=manager, at=now) == []
    publishing.submit(edition(draft), by=manager, now=now)
    soon = story(live=["en"], at=now + 30 * 24 * HOUR, title_en="Soon")
    writing.save(soon)
    assert headlines("days=1", user=manager, at=now) == ["Soon", "Draft"]
    assert headlines("days=1", user=manager, at=now + 30 * 24 * HOUR) == ["Soon"]


def test_what_is_past_its_target_is_late_and_comes_first_when_asked(manager, now):
    asia = CategoryFactory(name_en="Middle East")
    syria = CategoryFactory(name_en="Syria", parent=asia)
    calm = TagFactory(name="Calm")
    slow = story(live=["en"], at=now - 5 * HOUR, title_en="Slow", tags=[calm])
    story(live=["en"], at=now - 2 * HOUR, title_en="Fast", categories=[syria])
    story(live=["en", "es", "pt"], at=now - 9 * HOUR, title_en="Done", categories=[syria])
    story(live=["es"], at=now - 9 * HOUR, title_es="Otra", categories=[syria])
    story(live=["en"], at=now - 31 * 24 * HOUR, title_en="Archive", categories=[syria])
    early = story(live=["en"], at=now, title_en="Early", categories=[syria])
    Target.objects.create(category=asia, source_language="en", language="es", minutes=30)
    Target.objects.create(tag=calm, language="pt", minutes=240)
    Target.objects.create(language="es", minutes=600)

    assert set(headlines("state=late", user=manager, at=now)) == {"Slow", "Fast"}
    assert headlines("state=late&language=pt", user=manager, at=now) == ["Slow"]
    by_due = headlines("order=late", user=manager, at=now)
    assert by_due[:3] == ["Fast", "Slow", "Early"]
    by_language = cells(slow, user=manager, at=now)
    assert (by_language["pt"].is_late, by_language["pt"].lateness) == (True, "1 hr")
    assert (by_language["es"].is_late, by_language["es"].lateness) == (False, "5 hrs")
    assert (by_language["ar"].due, by_language["en"].due) == (None, None)
    assert cells(early, user=manager, at=now)["es"].lateness == "30 mins"


def test_what_is_due_at_one_moment_or_never_stays_in_the_order_of_the_last_change(manager, now):
    moment = now - 2 * HOUR
    for number in range(3):
        story(live=["en"], at=moment, title_en=f"Due {number}")
        story(live=["en", "es", "pt"], at=moment - HOUR, title_en=f"Never {number}")
    story(live=["en", "es"], at=moment - HOUR, title_en="As soon")
    story(title_en="Draft")
    Target.objects.create(language="es", minutes=60)
    Target.objects.create(language="pt", minutes=120)

    due = ["As soon", "Due 2", "Due 1", "Due 0"]
    assert headlines("order=late&state=late", user=manager, at=now) == due
    never = ["Draft", *(f"Never {number}" for number in (2, 1, 0))]
    assert headlines("order=late", user=manager, at=now) == due + never
    assert headlines("order=late&state=late&language=pt", user=manager, at=now) == due
    early = now - timedelta(milliseconds=2)
    assert headlines("order=late&state=late&language=pt", user=manager, at=early) == due[:1]


def test_the_desk_reads_no_moment_of_a_story_that_it_does_not_show(manager, now):
    Target.objects.create(language="es", minutes=60)
    for _ in range(5):
        story(live=["en"], at=now - 2 * HOUR)

    with CaptureQueriesContext(connection) as statements:
        late = stories(
            Asked(QueryDict("order=late&state=late")),
            user=manager,
            targets=list(Target.objects.all()),
            at=now,
        )

    assert late.count() == 5
    (sql,) = [
        statement["sql"]
        for statement in statements
        if "julianday" in statement["sql"] or "EPOCH" in statement["sql"]
    ]
    assert "LIMIT" in sql.rpartition("ORDER BY")[2]

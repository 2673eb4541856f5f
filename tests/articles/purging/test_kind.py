"""A noun that is made up here, a concert: a model, a page object, facts, a representation and its views are all that there is of it."""

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, models, transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.models import Category
from articles.purging import name, receivers
from articles.purging.kind import Kind, Part, Snapshot
from newsroom import urls
from newsroom.db.bulk import WatchedQuerySet
from newsroom.pagecache import tag
from tests import factories
from tests.articles.exactness import excuses, site
from tests.articles.exactness.readers import Readers
from tests.articles.purging.purges import Purges

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
    pytest.mark.usefixtures("small_pages"),
]

# --- The model ---

with isolate_apps("articles"):

    class Concert(models.Model):
        title = models.CharField(max_length=100)
        place = models.CharField(max_length=100, blank=True)
        ends_at = models.DateTimeField()
        notes = models.TextField(blank=True)

        objects = WatchedQuerySet.as_manager()

        class Meta:
            app_label = "articles"

        def __str__(self):
            return self.title


# --- What a page shows of it ---


@dataclass(frozen=True)
class Line:
    """A concert in a list."""

    pk: int
    title: str

    @property
    def url(self):
        return reverse("concert", kwargs={"pk": self.pk})


@dataclass(frozen=True)
class Announcement:
    """The page of a concert."""

    line: Line
    place: str


def announcement(concert, *, at):
    """Return the Announcement of a concert, or None once it is over."""
    return (
        Announcement(Line(concert.pk, concert.title), concert.place)
        if concert.ends_at > at
        else None
    )


# --- Its facts ---


@dataclass(frozen=True)
class Announced(Snapshot):
    concert: Concert

    def facts(self, *, at):
        if not (shown := announcement(self.concert, at=at)):
            return {}
        return {name("concert", self.concert.pk): shown, name("concerts"): shown.line}

    def moments(self, *, after):
        return [self.concert.ends_at] if self.concert.ends_at > after else []


class Concerts(Kind):
    models = {Concert: "pk"}
    parts = (
        Part("concert:<id>", "a concert", "it changes, or is over", hides=True),
        Part("concerts", "the list of concerts", "one comes, goes, or gets another title"),
    )

    def load(self, pks):
        return {concert.pk: Announced(concert) for concert in Concert.objects.filter(pk__in=pks)}

    def is_announced(self, thing):
        return True


# --- Its representation ---


def feed(lines):
    """Return the Lines of the list as a feed in JSON; the database is asked for nothing."""
    items = [{"id": line.url, "title": line.title} for line in lines]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


# --- Its pages ---


def listed():
    shown = (announcement(row, at=timezone.now()) for row in Concert.objects.order_by("pk"))
    return [announced.line for announced in shown if announced]


def concerts(request):
    lines = [format_html('<a href="{}">{}</a>', line.url, line.title) for line in listed()]
    return tag(HttpResponse("\n".join(lines)), [name("concerts")])


def concerts_feed(request):
    response = HttpResponse(feed(listed()), content_type="application/feed+json")
    return tag(response, [name("concerts")])


def concert(request, pk):
    row = Concert.objects.filter(pk=pk).first()
    if not (shown := row and announcement(row, at=timezone.now())):
        raise Http404
    return tag(HttpResponse(f"{shown.line.title}, {shown.place}"), [name("concert", pk)])


urlpatterns = [
    path("en/concerts/", concerts, name="concerts"),
    path("en/concerts/feed.json", concerts_feed, name="concerts_feed"),
    path("en/concerts/<int:pk>/", concert, name="concert"),
    *urls.urlpatterns,
]
handler404, handler500 = urls.handler404, urls.handler500


# --- The tests ---

LIST, FEED = "/en/concerts/", "/en/concerts/feed.json"
LISTS = {LIST, FEED}
END = site.BEGIN + timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(site.BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def look(clock):
    """Return a function that lets a minute pass and asks for every page; it returns those that changed.

    It fails for a page that is out of date, and for one that was made anew although it did not change.
    """
    with connection.schema_editor() as editor:
        editor.create_model(Concert)
    receivers.connect([Concerts()])
    Category.objects.exclude(parent=None).delete()
    Category.objects.all().delete()
    factories.story(live=["en"])
    readers = Readers(LIST, FEED, "/en/")

    def look():
        clock.shift(timedelta(minutes=1))
        return excuses.check(readers)

    yield look
    with connection.schema_editor() as editor:
        editor.delete_model(Concert)


def test_a_noun_is_shown_listed_and_purged_exactly_by_its_kind_alone(look, clock):
    look()
    look()
    choir, jazz = (Concert.objects.create(title=title, ends_at=END) for title in ("Choir", "Jazz"))
    choir_page, jazz_page = (Line(row.pk, row.title).url for row in (choir, jazz))
    assert look() == LISTS
    assert [entry["title"] for entry in Client().get(FEED).json()["items"]] == ["Choir", "Jazz"]
    assert look() == set()

    for change, changed in (
        ({"title": "Two choirs"}, {*LISTS, choir_page}),
        ({"place": "Harbour"}, {choir_page}),
        ({"notes": "Nobody reads this."}, set()),
    ):
        Concert.objects.update_or_create(pk=choir.pk, defaults=change)
        assert look() == changed

    Concert.objects.update(place="Town hall")
    assert look() == {choir_page, jazz_page}
    with transaction.atomic():
        Concert.objects.update(title="Lost")
        transaction.set_rollback(True)
    assert look() == set()

    jazz.delete()
    assert look() == {*LISTS, jazz_page}
    clock.move_to(END - timedelta(minutes=1))
    assert look() == {*LISTS, choir_page}


def test_what_hides_is_purged_hard_at_its_moment(look):
    purges = Purges()

    concert = Concert.objects.create(title="Choir", ends_at=END)

    assert purges.due() == {END: {f"concert:{concert.pk}", "concerts"}}
    assert purges.hard(due=True) == {f"concert:{concert.pk}"}

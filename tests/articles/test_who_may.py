"""Every address that can show or change an object, asked by every role of every kind of object."""

import re

import pytest
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from articles import models
from articles.actions.access import partnering
from articles.admin.partner import MAKE
from articles.models import Edition
from newsroom.forms import unsaved
from tests import factories
from tests.articles import who_may
from tests.articles.admin.conftest import Desk
from tests.articles.one_of_each import HIDDEN, Everything, query, stories
from tests.articles.who_may import READER, ROLES, STORIES, STORY, TABLE, TRANSLATOR, WRITER, Rule

# Who may do what is asked of no database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALLOWED, REFUSED, LOGIN = "allowed", "refused", "login"


def addresses(patterns, path=""):
    """Yield (path, name) of each pattern of the site."""
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here, pattern.name


def form(name, user, thing, story):
    """Return the address's query and what a form of it sends: the least that would change something."""
    page = f"/admin/articles/article/{story.pk}/change/"
    typed = {"autosave": "1" * 32, "title_en": "x", "writer": unsaved.name_writer(user)}
    sent = {
        "articles_assignment_changelist": ("", {"claim": f"{story.pk}:es"}),
        "articles_pair_changelist": ("", {"verb": f"later:{thing['articles_pair']}"}),
        "articles_comment_changelist": ("", {"verb": f"publish:{thing['articles_comment']}"}),
        "articles_partner_tokens": ("", {"token": MAKE}),
        f"{STORY}_preview_link": ("", {"days": "1"}),
        f"{STORY}_forget": ("", {"language": "en"}),
        f"{STORY}_revision": ("", {"part": "en"}),
        f"{STORY}_bulk": ("", {"story": story.pk, "verb": "tag", "tags": "Fire"}),
        "autosave_view": (f"?path={page}", typed),
        "presence_view": (f"?path={page}", {}),
    }
    return sent.get(name.removesuffix(who_may.IN_SPANISH), ("", {"post": "yes"}))


# --- What is asked of the admin ---


class World(Everything):
    """All that is asked for, and all who ask."""

    def __init__(self):
        super().__init__()
        self.requests = RequestFactory()

    def ask(self, role, name, kind, *, is_sent):
        """Return what a role is answered at an address, and leave all as it was."""
        user, story = self.users[role], self.stories[kind]
        at = self.address(name, kind)
        if is_sent:
            asked, fields = form(name, user, self.things, story)
            request = self.requests.post(at + asked, fields)
        else:
            request = self.requests.get(at + query(name, story))
        request.user, request.session = user, SessionBase()
        request._messages, request.csp_nonce = CookieStorage(request), "nonce"
        request._dont_enforce_csrf_checks = True
        request.resolver_match = match = resolve(at)
        with transaction.atomic():
            reply = answer(match, request)
            transaction.set_rollback(True)
        return reply


def answer(match, request):
    """Return how a view answers: behind the middleware, which asks nobody who they are."""
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except (PermissionDenied, Http404):
        return REFUSED
    except Exception as error:  # noqa: BLE001, it stands in the list
        return repr(error)
    if response.status_code == 302 and response["Location"].startswith(reverse("admin:login")):
        return LOGIN
    if match.url_name == f"{STORY}_bulk" and request.method == "POST":
        return ALLOWED if response.context_data.get("possible") else REFUSED
    return REFUSED if response.status_code in {403, 404, 405} else ALLOWED


def expected(role, rule, kind):
    allowed = rule.roles(kind) if isinstance(rule, Rule) else rule
    return ALLOWED if role in allowed else LOGIN if role == READER else REFUSED


@pytest.fixture
def world(settings, monkeypatch):
    """A site in two languages, and pages of the admin without their markup, which is most of their time."""
    settings.LANGUAGES = [
        language for language in settings.LANGUAGES if language[0] in {"en", "es"}
    ]
    made = World()
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(admin.site, "each_context", lambda request: {})
    return made


def asking(name, rule):
    """Yield (kind of story, role): every role of one kind; of the others those who are allowed less than the desk."""
    yield from ((STORIES[0], role) for role in ROLES)
    if name.startswith(f"{STORY}_"):
        roles = (WRITER, TRANSLATOR) if isinstance(rule, Rule) else (TRANSLATOR,)
        yield from ((kind, role) for kind in STORIES[1:] for role in roles)


def test_every_address_of_the_admin_asks_of_everybody_what_the_table_says(world):
    names = {
        name for path, name in addresses(get_resolver().url_patterns) if path.startswith("admin/")
    }
    listed = {name.removesuffix(who_may.IN_SPANISH) for name in TABLE}
    assert names - who_may.SHOW_NOTHING == listed, "say in who_may.py who may ask for it"

    wrong = []
    for name, rules in sorted(TABLE.items()):
        for is_sent, rule in enumerate(rules):
            for kind, role in asking(name, rule) if rule is not None else ():
                told = world.ask(role, name, kind, is_sent=is_sent)
                if told != expected(role, rule, kind):
                    how = "sends to" if is_sent else "reads"
                    wrong.append(f"{role} {how} {name} ({kind}): {told}")

    assert not wrong, "\n".join(wrong)


# --- What readers ask ---

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BESIDE_STORIES = {
    "tag": {"slug": "water"},
    "tag_feed": {"path": "water"},
    "author": {"slug": "ana"},
    "author_feed": {"path": "ana"},
    "own_page": {"slug": "about"},
    "region": {"path": "syria"},
    "region_feed": {"path": "syria"},
    "api_unknown": {"rest": "stories"},
    "preview_picture": {"name": "originals/a.jpg"},
}
"""Name of an address -> what it has otherwise than that of a story."""


def asked_for(pattern, edition):
    """Return the address of a pattern, for an edition as far as it has a place for one."""
    day = edition.published_at or timezone.now()
    path = f"{day:%Y/%m/%d}/{edition.slug}/"
    values = {
        "language": edition.language,
        "slug": edition.slug,
        "pk": edition.article_id,
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "rest": path,
        "path": f"{edition.language}/{path}",
        "form": "atom",
        "part": "1",
        "token": "0" * 40,
        **BESIDE_STORIES.get(pattern.name, {}),
    }
    return "/" + PARAMETER.sub(lambda match: str(values[match[1]]), str(pattern.pattern))


def test_no_address_shows_on_pages_of_readers_what_is_not_out():
    factories.own_page(slugs={"en": "about"})
    by_kind = stories(factories.UserFactory(), factories.UserFactory())
    given = models.Partner.objects.create(name="Partner")
    secret = partnering.make_token(given, by=None, now=timezone.now())
    partner = {"authorization": f"Bearer {secret}"}
    staff = Desk(factories.UserFactory(is_staff=True, is_superuser=True)).client
    live = set(Edition.objects.live(at=timezone.now()))
    editions = Edition.objects.select_related("article").order_by("article", "language")

    wrong = []
    for pattern in get_resolver("articles.urls").url_patterns:
        is_of_story = pattern.name in who_may.OF_ONE_STORY
        for edition in editions if is_of_story else [factories.edition(by_kind["live"])]:
            address = asked_for(pattern, edition)
            for client, headers in ((Client(), {}), (staff, {}), (Client(), partner)):
                response = client.get(address, headers=headers)
                is_shown = response.status_code == 200
                if HIDDEN in response.text or (is_of_story and is_shown and edition not in live):
                    wrong.append(f"{pattern.name}: {address} {response.status_code}")

    assert not wrong, "\n".join(wrong)

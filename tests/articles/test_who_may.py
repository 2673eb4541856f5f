"""Every address that can show or change an object, asked by every role of every kind of object."""

import re
from datetime import timedelta

import pytest
import reversion
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from reversion.models import Version

from articles import models, roles
from articles.actions import partnering, previewing, publishing
from articles.admin.partner import MAKE
from articles.models import Edition, PreviewLink
from newsroom.forms import unsaved
from newsroom.site.models import SiteSettings
from tests import factories
from tests.articles import who_may
from tests.articles.admin.conftest import Desk, member_of
from tests.articles.who_may import READER, ROLES, STORIES, STORY, TABLE, TRANSLATOR, WRITER, Rule

# Who may do what is asked of no database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HIDDEN = "Unseen"
"""A word of every headline and text that readers must not see."""

ALLOWED, REFUSED, LOGIN = "allowed", "refused", "login"


def addresses(patterns, path=""):
    """Yield (path, name) of each pattern of the site."""
    for each in patterns:
        here = path + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, here)
        else:
            yield here, each.name


# --- The people ---


def people():
    """Return role -> somebody who has it."""
    onlooker = factories.UserFactory(is_staff=True)
    onlooker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    users = {
        who_may.STRANGER: factories.UserFactory(is_staff=True),
        who_may.ONLOOKER: onlooker,
        WRITER: member_of(roles.WRITER),
        TRANSLATOR: member_of(roles.WRITER),
        who_may.MODERATOR: member_of(roles.MODERATOR),
        who_may.EDITOR: member_of(roles.EDITOR),
        who_may.ADMINISTRATOR: factories.UserFactory(is_staff=True, is_superuser=True),
    }
    return {READER: AnonymousUser(), **users}


# --- The stories ---


def written(**words):
    """Return a story with two versions."""
    words = {"title_en": f"{HIDDEN} A", "title_es": f"{HIDDEN} B"} | words
    words |= {"tags": ["Water"], "categories": [factories.CategoryFactory(name_en="Syria")]}
    texts = {f"body_{code}": f"<p>{HIDDEN} words</p>" for code in ("en", "es")}
    made = factories.story(**texts | words)
    for _each in range(2):
        with reversion.create_revision():
            made.save()
    return made


def stories(writer, translator):
    """Return kind -> story, one of each kind of who_may.STORIES."""
    mine = {"authors": [factories.AuthorFactory(name_en="Ana", user=writer)]}
    found = {
        "own": written(**mine),
        "own live": written(live=["en"], title_en="Seen", body_en="<p>Seen</p>", **mine),
        "own withdrawn": written(live=["en"], title_en="Seen once", **mine),
        "own in Spanish": written(source_language="es", **mine),
        "own with Spanish live": written(
            live=["es"], source_language="en", title_es="Seen", body_es="<p>Seen</p>", **mine
        ),
        "of others": written(images=[factories.ImageFactory()]),
        "in hand": written(),
        "live": written(live=["en"], title_en="Seen", body_en="<p>Seen</p>"),
        "scheduled": written(live=["en"], at=timezone.now() + timedelta(days=1)),
    }
    publishing.withdraw(
        factories.edition(found["own withdrawn"]), by=publishing.SYSTEM, reason="Wrong."
    )
    at = {"by": translator, "at": timezone.now()}
    models.Assignment.objects.create(article=found["in hand"], language="es", user=translator, **at)
    return found


def link(story, *, by):
    """Return the id of a link to the preview of a story."""
    previewing.make_link(story, "en", days=1, by=by, now=timezone.now())
    return PreviewLink.objects.latest("pk").pk


# --- What else there is ---


def things(found, user):
    """Return (app, model) -> the id of one of each other kind, as far as its pages need one."""
    now, live = timezone.now(), factories.edition(found["live"])
    drafted = {"article": found["of others"], "language": "es", "asked_at": now}
    comment = models.Comment.objects.create(edition=live, name="Cora", words="W", written_at=now)
    partner = models.Partner.objects.create(name="Partner")
    told = models.Partner.objects.create(name="Who was told something stays")
    held = {"partner": told, "article_id": found["live"].pk, "language": "en", "version": 1}
    factories.TagFactory(name="Fire")
    page = factories.own_page()
    with reversion.create_revision():
        page.save()
    rows = [
        *(user, Group.objects.first(), comment, partner, page),
        *(factories.ImageFactory(), factories.AuthorFactory(), factories.TagFactory()),
        *(factories.CategoryFactory(), factories.promotion(), models.Assignment.objects.get()),
        models.Target.objects.create(language="es", minutes=60),
        models.MachineDraft.objects.create(**drafted),
        models.Pair.objects.create(one=found["own live"], other=found["live"], score=80),
        factories.menu_entry(link="https://example.org/", label_en="Elsewhere"),
        models.Delivery.objects.create(at=now, **held),
        models.ImportBatch.objects.create(started_at=now),
        models.CommentEvent.objects.create(edition=live, comment=comment, verb="publish", at=now),
        models.CommentRule.objects.create(),
        SiteSettings.objects.get_or_create()[0],
        AccessAttempt.objects.create(failures_since_start=1),
        AccessLog.objects.create(),
        AccessFailureLog.objects.create(),
        DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}),
    ]
    given = {"es": {"fields": {}, "promotions": ["A book launch"]}}
    origin = models.Origin.objects.create(article=found["own"], external_id="1", given=given)
    ids = {f"{row._meta.app_label}_{row._meta.model_name}": row.pk for row in rows}
    return ids | {"origin": origin.pk}


def arguments(thing, story):
    """Return name -> what an address of the admin is reversed with; what is not in it needs nothing."""
    pk, page = story.pk, thing["articles_ownpage"]
    version = Version.objects.get_for_object(story).first().pk
    own = Version.objects.get_for_model(models.OwnPage).first().pk
    found = {
        "compare": [pk],
        "forget": [pk],
        "revision": [pk, version],
        "recover": [thing["deleted"]],
        "side_by_side_change": [pk, "en" if story.source_language == "es" else "es"],
        "preview": [pk, "en"],
        "preview_page": [pk, "en"],
        "preview_link": [pk, "en"],
        "preview_revoke": [thing["link"]],
    }
    return {
        **{f"{STORY}_{name}": value for name, value in found.items()},
        **{f"{STORY}_{name}": [pk] for name in OF_ONE},
        **{f"{model}_{name}": [thing[model]] for model in who_may.OF_MODELS for name in OF_ONE},
        "articles_ownpage_revision": [page, own],
        "articles_ownpage_recover": [own],
        "articles_promotion_preview": [thing["articles_promotion"], "en"],
        "articles_promotion_of_page": [thing["origin"], "es"],
        "view_on_site": [ContentType.objects.get_for_model(models.Article).pk, pk],
        "bring_view": ["0" * 32],
        "app_list": ["articles"],
        "auth_user_password_change": [thing["users_user"]],
        "articles_importbatch_take_back": [thing["articles_importbatch"]],
        "articles_importbatch_mapping": [thing["articles_importbatch"]],
        "articles_partner_tokens": [thing["articles_partner"]],
    }


OF_ONE = ("change", "history", "delete")
"""The pages of Django that are of one thing."""


def query(name, story):
    """Return what is asked where a page needs to be told what it shows."""
    if name == "autocomplete":
        return "?app_label=articles&model_name=imageuse&field_name=image&term="
    if name == f"{STORY}_compare":
        return f"?new={Version.objects.get_for_object(story).first().pk}"
    return ""


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
    return sent.get(name, ("", {"post": "yes"}))


# --- What is asked of the admin ---


class World:
    """All that is asked for, and all who ask."""

    def __init__(self):
        self.requests, self.users = RequestFactory(), people()
        users = self.users
        self.stories = stories(users[WRITER], users[TRANSLATOR])
        self.things = things(self.stories, users[who_may.EDITOR])
        said = self.stories[STORIES[0]].editions.get(language="en")
        models.Wording.objects.create(edition=said, words=["The sea", "", []])
        gone = written()
        self.things["deleted"] = Version.objects.get_for_object(gone).first().pk
        gone.delete()
        self.arguments = {
            kind: arguments(
                self.things | {"link": link(story, by=users[who_may.ADMINISTRATOR])}, story
            )
            for kind, story in self.stories.items()
        }

    def ask(self, role, name, kind, *, is_sent):
        """Return what a role is answered at an address, and leave all as it was."""
        user, story = self.users[role], self.stories[kind]
        at = reverse(f"admin:{name}", args=self.arguments[kind].get(name, []))
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
            found = answer(match, request)
            transaction.set_rollback(True)
        return found


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
    settings.LANGUAGES = [each for each in settings.LANGUAGES if each[0] in {"en", "es"}]
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
    assert names - who_may.SHOW_NOTHING == set(TABLE), "say in who_may.py who may ask for it"

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
    return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), str(pattern.pattern))


def test_no_address_shows_on_pages_of_readers_what_is_not_out():
    factories.own_page(slugs={"en": "about"})
    found = stories(factories.UserFactory(), factories.UserFactory())
    given = models.Partner.objects.create(name="Partner")
    secret = partnering.make_token(given, by=None, now=timezone.now())
    partner = {"authorization": f"Bearer {secret}"}
    staff = Desk(factories.UserFactory(is_staff=True, is_superuser=True)).client
    live = set(Edition.objects.live(at=timezone.now()))
    editions = Edition.objects.select_related("article").order_by("article", "language")

    wrong = []
    for pattern in get_resolver("articles.urls").url_patterns:
        is_of_story = pattern.name in who_may.OF_ONE_STORY
        for edition in editions if is_of_story else [factories.edition(found["live"])]:
            address = asked_for(pattern, edition)
            for client, headers in ((Client(), {}), (staff, {}), (Client(), partner)):
                response = client.get(address, headers=headers)
                is_shown = response.status_code == 200
                if HIDDEN in response.text or (is_of_story and is_shown and edition not in live):
                    wrong.append(f"{pattern.name}: {address} {response.status_code}")

    assert not wrong, "\n".join(wrong)

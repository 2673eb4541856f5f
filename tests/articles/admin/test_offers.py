"""What the admin offers to somebody, they may use: no link and no button answers "forbidden"."""

from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
import reversion
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.actions import publishing
from articles.actions.access import partnering
from articles.models import Category, ImportBatch, ImportChange, Origin, Partner
from tests.articles.admin.conftest import Desk, member_of
from tests.factories import (
    AuthorFactory,
    CategoryFactory,
    ImageFactory,
    TagFactory,
    UserFactory,
    edition,
    story,
)

# It presses every button there is; who may do what is asked of no database.
pytestmark = pytest.mark.once

ADMIN = "/admin/"
LEFT = {"/admin/logout/", "/admin/jsi18n/"}
ALIKE = {"_addanother", "_continue"}
"""Buttons that ask for what "Save" beside them asks for, and show the whole form again."""

FORBIDDEN = 403


class Offers(HTMLParser):
    """Read what a page offers: the addresses it leads to or asks, and the buttons of its forms."""

    def __init__(self, html, *, at):
        super().__init__()
        self.at, self.action = at, None
        self.links, self.buttons = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            is_post = attrs.get("method", "").lower() == "post"
            self.action = urljoin(self.at, attrs.get("action") or "") if is_post else None
        elif self.action and attrs.get("type") == "submit":
            self.buttons.add((self.action, attrs.get("name") or "", attrs.get("value") or ""))
        if "data-ajax--url" in attrs:
            names = ("app_label", "model_name", "field_name")
            asked = {name: attrs[f"data-{name.replace('_', '-')}"] for name in names}
            self.links.add(f"{attrs['data-ajax--url']}?{urlencode(asked)}")
            return
        for name, value in attrs.items():
            if value and (name == "href" or name.startswith("data-")):
                self._link(name, value)

    def handle_endtag(self, tag):
        if tag == "form":
            self.action = None

    def _link(self, name, value):
        if name != "href" and not value.startswith(ADMIN):
            return
        path = urlsplit(urljoin(self.at, value)).path
        if "__fk__" in path:
            _root, _admin, app, model, *_rest = path.split("/")
            chosen = apps.get_model(app, model).objects.last()
            path = path.replace("__fk__", str(chosen.pk)) if chosen else ADMIN
        if path.startswith(ADMIN) and path not in LEFT:
            self.links.add(path)


def is_refused(desk, action, name, value):
    """Press a button, and undo what that did."""
    with transaction.atomic():
        response = desk.client.post(action, {"post": "yes", name or "unnamed": value})
        transaction.set_rollback(True)
    return response.status_code == FORBIDDEN


def walk(desk):
    """Follow every link from the front page; return all that was seen, and what was refused."""
    waiting, seen, refused = [("", reverse("admin:index"))], set(), []
    while waiting:
        page, address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = desk.client.get(address)
        if response.status_code == FORBIDDEN:
            refused.append(f"{page} leads to {address}")
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        offers = Offers(response.content.decode(), at=address)
        waiting += [(address, link) for link in sorted(offers.links)]
        refused += [
            f"{address} has the button {name} {value!r}"
            for action, name, value in sorted(offers.buttons)
            if action not in LEFT and name not in ALIKE and is_refused(desk, action, name, value)
        ]
    return seen, refused


def onlooker():
    """Somebody who may see everything of the newsroom and change nothing."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return user


ROLES = {
    "editor": lambda: member_of(roles.EDITOR),
    "writer": lambda: member_of(roles.WRITER),
    "onlooker": onlooker,
}


def furnish(user):
    """Make a story in every state, of this person and, where that counts, of somebody else; and one of all else."""
    Category.objects.all().delete()  # each has the same pages as the one below
    shared = {"images": [ImageFactory()], "tags": [TagFactory()], "categories": [CategoryFactory()]}
    ImageFactory(file="")
    partnering.make_token(Partner.objects.create(name="Partner"), by=None, now=timezone.now())
    _import()
    owners = [user, UserFactory()] if roles.WRITER in _groups(user) else [user]
    for author in [AuthorFactory(user=owner) for owner in owners]:
        for live in ([], ["en"]):
            _with_version(title_es="B", title_en="A", live=live, authors=[author], **shared)
        withdrawn = _with_version(live=["en"], authors=[author], **shared)
        publishing.withdraw(edition(withdrawn), by=publishing.SYSTEM, reason="Wrong.")
        _with_version(title_en="Deleted", authors=[author]).delete()


def _import():
    """Let one import wait for somebody's word, and one be done."""
    states, now = ImportBatch.State, timezone.now()
    ImportBatch.objects.create(
        started_at=now, state=states.PLANNED, plan={"categories": [["a", None]]}
    )
    done = ImportBatch.objects.create(started_at=now, state=states.DONE)
    gap = ImageFactory(file="", source_url="https://news.example/sea.jpg")
    origin = Origin.objects.create(
        source="wire", external_id="a", article=story(title_en="A", images=[gap])
    )
    ImportChange.objects.create(batch=done, origin=origin, is_new=True, rev=origin.article.rev)


def _groups(user):
    return user.groups.values_list("name", flat=True)


def _with_version(**words):
    article = story(**words)
    with reversion.create_revision():
        article.save()
    return article


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_link_and_no_button_that_somebody_is_shown_is_forbidden_to_them(role, settings):
    # A story has each button once for each language: two are enough, with words and without.
    settings.LANGUAGES = settings.LANGUAGES[:2]
    user = ROLES[role]()
    furnish(user)

    seen, refused = walk(Desk(user))

    assert {f"/admin/articles/{name}/" for name in ("article", "image", "tag", "author")} <= seen
    assert not refused, "\n".join(refused)

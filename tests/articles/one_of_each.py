"""One of each thing that the site knows, with those who may ask for it, and where the admin shows it."""

from datetime import timedelta

import reversion
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from reversion.models import Version

from articles import models, roles
from articles.actions import publishing
from articles.actions.access import previewing
from articles.models import PreviewLink
from newsroom.site.models import SiteSettings
from tests import factories
from tests.articles import who_may
from tests.articles.admin.conftest import member_of
from tests.articles.who_may import READER, STORIES, STORY, TRANSLATOR, WRITER

HIDDEN = "Unseen"
"""A word of every headline and text that readers must not see."""


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
    by_kind = {
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
        factories.edition(by_kind["own withdrawn"]), by=publishing.SYSTEM, reason="Wrong."
    )
    at = {"by": translator, "at": timezone.now()}
    models.Assignment.objects.create(
        article=by_kind["in hand"], language="es", user=translator, **at
    )
    return by_kind


def link(story, language, *, by):
    """Return the id of a link to the preview of a story."""
    previewing.make_link(story, language, days=1, by=by, now=timezone.now())
    return PreviewLink.objects.latest("pk").pk


# --- What else there is ---


def things(by_kind, user):
    """Return (app, model) -> the id of one of each other kind, as far as its pages need one."""
    now, live = timezone.now(), factories.edition(by_kind["live"])
    drafted = {"article": by_kind["of others"], "language": "es", "asked_at": now}
    comment = models.Comment.objects.create(edition=live, name="Cora", words="W", written_at=now)
    partner = models.Partner.objects.create(name="Partner")
    told = models.Partner.objects.create(name="Who was told something stays")
    tried = dict.fromkeys(("username", "user_agent", "path_info"), "ana")
    tried["ip_address"] = "192.0.2.1"
    held = {"partner": told, "article_id": by_kind["live"].pk, "language": "en", "version": 1}
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
        models.Pair.objects.create(one=by_kind["own live"], other=by_kind["live"], score=80),
        factories.menu_entry(link="https://example.org/", label_en="Elsewhere"),
        models.Delivery.objects.create(at=now, **held),
        models.ImportBatch.objects.create(started_at=now, sources=["archive.xml"]),
        models.CommentEvent.objects.create(edition=live, comment=comment, verb="publish", at=now),
        models.CommentRule.objects.create(),
        SiteSettings.objects.get_or_create()[0],
        AccessAttempt.objects.create(**tried, failures_since_start=1),
        AccessLog.objects.create(**tried),
        AccessFailureLog.objects.create(**tried),
        DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}),
    ]
    given = {"es": {"fields": {}, "promotions": ["A book launch"]}}
    origin = models.Origin.objects.create(article=by_kind["own"], external_id="1", given=given)
    ids = {f"{row._meta.app_label}_{row._meta.model_name}": row.pk for row in rows}
    return ids | {"origin": origin.pk}


def arguments(thing, story):
    """Return name -> what an address of the admin is reversed with; what is not in it needs nothing."""
    pk, page = story.pk, thing["articles_ownpage"]
    version = Version.objects.get_for_object(story).first().pk
    own = Version.objects.get_for_model(models.OwnPage).first().pk
    of_story = {
        "compare": [pk],
        "forget": [pk],
        "revision": [pk, version],
        "recover": [thing["deleted"]],
        "side_by_side_change": [pk, "en" if story.source_language == "es" else "es"],
        "preview": [pk, "en"],
        "preview_page": [pk, "en"],
        "preview_link": [pk, "en"],
        "preview_link in Spanish": [pk, "es"],
        "preview_revoke": [thing["link"]],
        "preview_revoke in Spanish": [thing["Spanish link"]],
    }
    return {
        **{f"{STORY}_{name}": value for name, value in of_story.items()},
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


class Everything:
    """People by role, stories by kind, the ids of all else by model, and for each kind of story what addresses name."""

    def __init__(self):
        users, self.arguments = people(), {}
        self.users = users
        self.stories = stories(users[WRITER], users[TRANSLATOR])
        self.things = things(self.stories, users[who_may.EDITOR])
        said = self.stories[STORIES[0]].editions.get(language="en")
        models.Wording.objects.create(edition=said, words=["The sea", "", []])
        gone = written()
        self.things["deleted"] = Version.objects.get_for_object(gone).first().pk
        gone.delete()
        by = users[who_may.ADMINISTRATOR]
        for kind, story in self.stories.items():
            links = {"link": link(story, "en", by=by), "Spanish link": link(story, "es", by=by)}
            self.arguments[kind] = arguments(self.things | links, story)

    def address(self, name, kind):
        """Return where an address of the admin is, of a kind of story if it is of one."""
        address = name.removesuffix(who_may.IN_SPANISH)
        return reverse(f"admin:{address}", args=self.arguments[kind].get(name, []))

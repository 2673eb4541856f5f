"""The working day on the first page of the admin: what waits for whoever reads it, list by list."""

from dataclasses import dataclass, replace

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import roles
from articles.admin.article import states
from articles.admin.article.panels import in_words
from articles.admin.languages import enabled, language_columns, writing_in
from articles.models import Article, Edition, Image
from articles.texts import text, text_or_default
from newsroom.languages import LANGUAGES

SHOWN = 8
COUNTED = 1000
Status = Edition.Status


@dataclass(frozen=True)
class Entry:
    """One line: what it is, where it leads, a note, and in which language its words are if not in its own."""

    words: str
    url: str
    note: str = ""
    attributes: dict | None = None
    borrowed: str = ""


@dataclass(frozen=True)
class Waiting:
    """One list of the day: its heading, its first entries, how many there are, and where all of them stand.

    Where nothing waits, a sentence says so, and the entries are ways to something else.
    """

    heading: str
    entries: list
    number: int
    url: str
    sentence: str = ""


def day(user, *, at):
    """Return the lists of the day for somebody at a moment that hold anything: two queries for each at most.

    For whom nothing waits there is one line: where something can be taken in hand.
    Those of the whole house are in the order of an index, so that their first entries are found however many there are.
    """
    told = [_drafts(user), _in_hand(user)]
    if user.has_perm(roles.PUBLISH):
        told += [_submitted(), _behind(), _scheduled(at=at), _gaps()]
    waits = [waiting for waiting in told if waiting.entries]
    return waits if waits or not roles.may_claim(user) else [_nothing()]


def _drafts(user):
    own = Article.objects.filter(roles.own_stories(user)).values("pk")
    drafts = _editions(Edition.objects.filter(status=Status.DRAFT, article__in=own))
    newest_first = drafts.order_by("-article__modified_at", "-pk")
    return _waiting(_("My drafts"), newest_first, _edition, "article", "desk=mine&state=draft")


def _in_hand(user):
    held = user.assignments.filter(language__in=enabled()).select_related("article")
    assignments = held.only("language", *_headlines()).order_by("at", "pk")
    return _waiting(_("In my hands"), assignments, _edition, "article", "desk=hand")


def _nothing():
    url = f"{reverse('admin:articles_assignment_changelist')}?who=nobody&state=waiting"
    entry = Entry(_("Stories that nobody has in hand"), url)
    listed = f"{reverse('admin:articles_article_changelist')}?desk=hand"
    return Waiting(_("In my hands"), [entry], 0, listed, _("Nothing is in your hands yet."))


def _submitted():
    editions = _editions(Edition.objects.filter(status=Status.SUBMITTED))
    editions = editions.order_by("article", "pk")
    return _waiting(_("For review"), editions, _edition, "article", "state=submitted")


def _behind():
    editions = _editions(Edition.objects.behind().filter(status=Status.PUBLISHED))
    editions = editions.order_by("-article", "-pk")
    return _waiting(_("Behind its source"), editions, _edition, "article", "state=behind")


def _scheduled(*, at):
    editions = _editions(states.appearing_today(at=at)).order_by("published_at", "pk")
    return _waiting(_("Scheduled today"), editions, _appearance, "article", f"state={states.TODAY}")


def _gaps():
    gaps = Image.objects.with_gaps().order_by("-pk")
    return _waiting(_("Missing file"), gaps, _image, "image", "gap=yes")


def _waiting(heading, rows, entry, model, query):
    entries = [entry(row) for row in rows[:SHOWN]]
    # In its order, too: that is of the index by which they are found.
    number = len(entries) if len(entries) < SHOWN else rows[:COUNTED].count()
    url = f"{reverse(f'admin:articles_{model}_changelist')}?{query}"
    return Waiting(heading, entries, number, url)


def _editions(editions):
    """Return editions of languages that the site has, with no more of their words than headlines."""
    fields = ("language", "published_at", *_headlines())
    return editions.filter(language__in=enabled()).select_related("article").only(*fields)


def _headlines():
    return [f"article__{name}" for name in ("source_language", *language_columns("title"))]


def _edition(row):
    """Return the line of an edition, or of an assignment: a story in one language, by its headline there if it has one."""
    address = reverse("admin:articles_article_change", args=[row.article_id])
    own = text(row.article, "title", row.language)
    label = own or text_or_default(row.article, "title", row.article.source_language)
    spoken = row.language if own else label.language
    is_borrowed = label and spoken != row.language
    return Entry(
        label or str(row.article),
        f"{address}#panel-{row.language}",
        LANGUAGES[row.language].name,
        writing_in(spoken),
        _("headline in %s") % LANGUAGES[spoken].name if is_borrowed else "",
    )


def _appearance(edition):
    entry = _edition(edition)
    return replace(entry, note=f"{entry.note} · {in_words(edition.published_at)}")


def _image(image):
    return Entry(str(image), reverse("admin:articles_image_change", args=[image.pk]))


admin.site.tells_day(day)

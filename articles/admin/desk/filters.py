"""What of the desk somebody asks for: the filters in its address, and the stories that they leave."""

from datetime import timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext_lazy as _

from articles import roles
from articles.admin.article import states
from articles.admin.article.change_list import COUNTED, has_tag, in_category
from articles.admin.article.panels import BEHIND, STATES
from articles.admin.desk import late
from articles.admin.languages import enabled, language_columns
from articles.admin.widgets import indented
from articles.models import Article, Assignment, Category, Edition
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, active

DAYS = (1, 3, 7, 30)
HOURS = (1, 2, 6, 24)
LATE, NOBODY, ME = "late", "nobody", "me"
UNCHANGED = "unchanged"
"""A language that readers see with words older than a change of what they see in another."""
DEFAULTS = {"days": 7, "hours": 0}


class Asked(forms.Form):
    """The filters as a form; what cannot be used is as if it were not there."""

    live = forms.ChoiceField(label=_("Live in"), required=False)
    hours = forms.TypedChoiceField(label=_("For more than"), coerce=int, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    who = forms.ChoiceField(label=_("In the hands of"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=100)
    days = forms.TypedChoiceField(label=_("Of the last"), coerce=int, required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, query):
        super().__init__(query, auto_id="desk-%s", label_suffix="")
        self.tree = Category.tree(language=get_language())
        for name, choices in self._choices().items():
            self.fields[name].choices = choices
        self.is_valid()
        # What was refused is shown as it is used: not at all.
        self.data = {name: str(self.asks(name)) for name in self.fields}
        self._errors = {}

    def asks(self, name):
        """Return what a filter asks for; "" for nothing."""
        return self.cleaned_data.get(name) or DEFAULTS.get(name, "")

    def languages(self):
        """Return the languages that a state or a person is asked of."""
        return [self.asks("language")] if self.asks("language") else enabled()

    def node(self):
        """Return the category that is asked for, as a node of the tree, or None."""
        return self.tree.nodes.get(int(self.asks("category") or 0))

    def _choices(self):
        any_one = ("", _("Any"))
        languages = [any_one, *((code, LANGUAGES[code].name) for code in enabled())]
        nodes = [(str(node.pk), indented(node.depth, node)) for node in self.tree.walk()]
        waits = [(states.NOT_LIVE, _("Not live")), (LATE, _("Late"))]
        behind = [
            (BEHIND, _("Behind its source")),
            (UNCHANGED, _("Not changed since “Live in” was")),
            (states.UNCORRECTED, _("Correction not told")),
        ]
        return {
            "live": languages,
            "hours": [("", "—"), *((hours, _long(hours=hours)) for hours in HOURS)],
            "language": languages,
            "state": [any_one, *waits, *STATES.items(), *behind],
            "who": [any_one, (ME, _("Me")), (NOBODY, _("Nobody")), *_people()],
            "category": [any_one, *nodes],
            "days": [(days, _long(days=days)) for days in DAYS],
            "order": [("", _("Last change")), (LATE, _("Most overdue"))],
        }


def _long(**length):
    return dates.age(timedelta(**length), active())


def _people():
    held = Exists(Assignment.objects.filter(user=OuterRef("pk")))
    people = get_user_model().objects.filter(held).order_by("first_name", "username")
    return [(str(user.pk), str(user)) for user in people]


class Stories:
    """The stories that somebody asks for, by their ids, of which a page is loaded at a time with no more words than the desk shows."""

    def __init__(self, ids):
        self.ids = ids

    def count(self):
        return len(self.ids)

    def __getitem__(self, part):
        ids = self.ids[part]
        fields = ("source_language", "created_at", "modified_at", *language_columns("title"))
        loaded = Article.objects.only(*fields).in_bulk(ids)
        return [loaded[pk] for pk in ids if pk in loaded]


def stories(asked, *, user, targets, at):
    """Return the Stories that somebody asks for, in their order: one query, and one for each page of them."""
    is_by_due = asked.asks("order") == LATE
    articles = Article.objects.filter(active_at__gte=at - timedelta(days=asked.asks("days")))
    for condition in _conditions(asked, user=user, targets=targets, at=at, is_by_due=is_by_due):
        articles = articles.filter(condition)
    # Not by the bare column: a database would walk through the archive in its order, and look for the few of these days.
    articles = articles.order_by(Coalesce("modified_at", "active_at").desc(), "-pk")
    if not is_by_due:
        return Stories(list(articles.values_list("pk", flat=True)[:COUNTED]))
    only_late = asked.asks("state") == LATE
    due = {"languages": asked.languages(), "at": at, "only_late": only_late}
    return Stories(late.by_due(articles, targets, asked.tree, **due))


def _conditions(asked, *, user, targets, at, is_by_due):
    yield from _live(asked, at=at)
    # Who sorts by what is due finds what is late on the way.
    if not (is_by_due and asked.asks("state") == LATE):
        yield from _state(asked, targets=targets, at=at)
    yield from _who(asked, user=user)
    if node := asked.node():
        yield in_category(node)
    if words := asked.asks("tag"):
        yield has_tag(words)


def _live(asked, *, at):
    language, hours = asked.asks("live"), asked.asks("hours")
    if language or hours:
        live = Edition.objects.live(language=language or None, at=at - timedelta(hours=hours))
        yield Exists(live.filter(article=OuterRef("pk")))


def _state(asked, *, targets, at):
    state, languages = asked.asks("state"), asked.languages()
    if state == LATE:
        yield late.is_late(targets, asked.tree, languages=languages, at=at)
    elif state == UNCHANGED:
        yield states.unchanged_since(asked.asks("live"), languages, at=at)
    elif state == states.UNCORRECTED:
        yield states.uncorrected(asked.asks("live"), languages, at=at)
    elif state:
        yield states.in_state(state, languages, at=at)
    elif asked.asks("language") and not asked.asks("who"):
        yield states.has_edition(Q(language__in=languages))


def _who(asked, *, user):
    who = asked.asks("who")
    held = Assignment.objects.filter(article=OuterRef("pk"), language__in=asked.languages())
    if who == NOBODY:
        yield ~Exists(held)
    elif who == ME:
        yield Exists(held.filter(user=user)) | roles.own_stories(user)
    elif who:
        yield Exists(held.filter(user=who))

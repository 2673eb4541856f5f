"""What a list of stories is about: a category, a tag, an author, or a month or day of the archive."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Category, Tag
from articles.pages import archive
from articles.pages.menu import Crumb, filled
from articles.texts import column, labelled, text, text_or_default
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES
from newsroom.site import digits
from newsroom.site.reading import current

MONTH, DAY = PERIODS = "month", "day"
ALL = "all"


@dataclass(frozen=True)
class Subject:
    """What a list is about, in the words of one language.

    Its rows are known by its `name` ("category", "tag", "author", MONTH or DAY; ALL has no page but the front), its `pk`, and the
    moments between which it is `bounded`, each None where it is not. `url_in` gives its path in a language.
    `kind` says over the heading what it is; the `title` says so, too, where a list of another kind may have that name. `lead`
    begins what other sites show of a list that has no description.
    """

    name: str
    pk: object
    heading: str
    url_in: object
    description: str = ""
    kind: str = ""
    title: str = ""
    lead: str = ""
    breadcrumbs: list = field(default_factory=list)
    children: tuple = ()
    bounded: tuple = (None, None)

    @property
    def subregions(self):
        """Those of its children that hold something in this language."""
        return filled(self.children)

    @property
    def needs_stories(self):
        """Whether it has no page without stories: its name would tell of a draft, or there are months without end."""
        return self.name != "category"


def of_all(language):
    """Return the Subject of all stories of a language: the front page is theirs."""
    site = current(language)
    return Subject(
        ALL,
        None,
        heading=site.name,
        url_in=lambda code: reverse("articles:front", kwargs={"language": code}),
        description=site.own_strapline,
    )


def of_category(node, *, tree, described=True):
    """Return the Subject of a node of the tree; one query, for its description."""
    words = Category.objects.filter(pk=node.pk).values_list(
        column("description", tree.language), flat=True
    )
    words = words if described else ()
    return Subject(
        "category",
        node.pk,
        heading=node.label,
        url_in=node.url_in,
        lead=_("News from %s") % node.label if node.kind == Category.Kind.REGION else "",
        description=next((description or "" for description in words), ""),
        breadcrumbs=[
            Crumb(ancestor.label, "" if ancestor is node else ancestor.url)
            for ancestor in node.lineage()
        ],
        children=node.children,
    )


def of_tag(tag, *, language):
    """Return the Subject of a tag: a topic, a series, or a running story."""
    kind = {
        Tag.Kind.TOPIC: _("Topic"),
        Tag.Kind.SERIES: _("Series"),
        Tag.Kind.STORYLINE: _("The story so far"),
    }[tag.kind]
    label = tag.label_in(language)
    return Subject(
        "tag",
        tag.pk,
        heading=label,
        kind=kind,
        title=labelled(kind, label),
        lead=_("News about %s") % label,
        url_in=tag.url_in,
    )


def of_author(author, *, language):
    name = text_or_default(author, "name", language)
    return Subject(
        "author",
        author.pk,
        heading=name,
        kind=_("Stories by"),
        title=_("Stories by %s") % name,
        url_in=author.url_in,
        description=text(author, "bio", language),
    )


def of_month(year, month, *, language):
    """Return the Subject of a month, by the digits of its address; ValueError if it is none."""
    bounded, first = archive.bounds(int(year), int(month)), date(int(year), int(month), 1)
    heading = _in_words(dates.month_of_year, first, language)
    return Subject(
        MONTH,
        f"{year}-{month}",
        heading=heading,
        url_in=partial(archive.month_url, first),
        breadcrumbs=[_archive(language), Crumb(heading, "")],
        bounded=bounded,
    )


def of_day(year, month, day, *, language):
    """Return the Subject of a day, by the digits of its address; ValueError if it is none."""
    above, here = of_month(year, month, language=language), date(int(year), int(month), int(day))
    heading = _in_words(partial(dates.written, form="day"), here, language)
    return Subject(
        DAY,
        f"{year}-{month}-{day}",
        heading=heading,
        url_in=partial(archive.day_url, here),
        breadcrumbs=[
            _archive(language),
            Crumb(above.heading, above.url_in(language)),
            Crumb(heading, ""),
        ],
        bounded=archive.bounds(here.year, here.month, here.day),
    )


def _in_words(write, day, language):
    spoken = LANGUAGES[language]
    return digits.shown(write(day, language=spoken), spoken, current(language))


def _archive(language):
    return Crumb(_("Archive"), reverse("articles:archive", kwargs={"language": language}))

"""What a person is shown of a pair: two stories, and what speaks for their being one."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, ngettext

from articles.admin.article.panels import in_words
from articles.admin.image import thumbnail
from articles.admin.languages import writing_in
from articles.sentences import shortened
from articles.texts import text
from newsroom.languages import LANGUAGES

WORDS = 600
"""So many letters of each story are shown."""

KINDS = {
    "picture": _("The same picture leads both"),
    "source": _("Their source says that they are one"),
    "name": _("Names in both"),
    "number": _("Numbers in both"),
}


@dataclass(frozen=True)
class Side:
    """One story of a pair, in the language that it was written in."""

    article: object

    @property
    def pk(self):
        return self.article.pk

    @cached_property
    def language(self):
        said = self.article.languages()
        source = self.article.source_language
        return source if source in said or not said else said[0]

    @property
    def languages(self):
        return ", ".join(LANGUAGES[code].name for code in self.article.languages())

    @property
    def attributes(self):
        return writing_in(self.language)

    @property
    def headline(self):
        return text(self.article, "title", self.language) or str(self.article)

    @property
    def words(self):
        standfirst = text(self.article, "standfirst", self.language)
        body = self.article.body_in(self.language).text
        return shortened(f"{standfirst} {body}", WORDS)

    @cached_property
    def edition(self):
        return self.article.editions.filter(language=self.language).first()

    @property
    def published(self):
        at = self.edition.published_at if self.edition else None
        return in_words(at) if at else _("Draft")

    @property
    def picture(self):
        use = self.article.uses.filter(is_lead=True).select_related("image").first()
        return thumbnail(use.image) if use else ""

    @property
    def address(self):
        return reverse("admin:articles_article_change", args=[self.pk])


def told(pair):
    """Yield (sentence, names or numbers) for all that speaks for a pair."""
    by_kind = {}
    for kind, words in pair.evidence:
        by_kind.setdefault(kind, []).append(words)
    for kind, words in by_kind.items():
        if kind == "days":
            days = int(words[0])
            yield ngettext("%d day apart", "%d days apart", days) % days, ""
        elif kind in KINDS:
            yield KINDS[kind], ", ".join(name.title() for name in words if name)

"""Promotions: saving one with its state in each language, and making one of what an imported page promotes."""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Origin, Promotion, PromotionEdition
from articles.texts import column, is_blank, text
from newsroom.db import locks
from newsroom.db.comparing import is_same, is_stored
from newsroom.languages import LANGUAGES

USUAL_TIME = timedelta(days=30)
"""How long a promotion of an imported page runs, until an editor says otherwise."""


class Kept(NamedTuple):
    """Lines of an imported page that promote something else, and the Promotion that was made of them, or None."""

    origin: Origin
    language: str
    lines: list
    made: Promotion | None


def save(promotion, *, by, editions=()):
    """Save a promotion, and these of its PromotionEditions, by a user or by SYSTEM; each other language stays as it is.

    Where nothing differs from what is stored, nothing is written. Raise ValidationError where one of them is published and lacks what readers need: see `obstacles`.
    """
    if not roles.may_promote(by):
        raise PermissionDenied
    problems = [
        sentence for edition in editions for _field, sentence in obstacles(promotion, edition)
    ]
    if problems:
        raise ValidationError(problems)
    with locks.writing(by=by):
        changed = [
            edition
            for edition in editions
            if not is_same(edition, edition_of(promotion, edition.language))
        ]
        if not changed and is_stored(promotion):
            return
        promotion.save()
        for edition in changed:
            edition.promotion = promotion
            edition.save()


def obstacles(promotion, edition):
    """Yield (field, sentence) for what keeps a promotion from being published as this edition says; nothing for a draft.

    The field is a column of the promotion, in that language where it is a text.
    """
    if not edition.is_published:
        return
    language = edition.language
    names = {"language": LANGUAGES[language].name}
    if is_blank(text(promotion, "title", language)):
        yield column("title", language), _("The title in %(language)s is missing.") % names
    image = edition.image or promotion.image
    if image and is_blank(text(promotion, "alt", language)):
        sentence = _("The picture has no alternative text in %(language)s.") % names
        yield column("alt", language), sentence
    if image and is_blank(image.credit_line + image.creator):
        yield "image", _("The image “%(image)s” has no credit.") % {"image": image}


def edition_of(promotion, language):
    """Return the PromotionEdition of a language as it is, or a new draft that is not saved."""
    edition = promotion.editions.filter(language=language).first() if promotion.pk else None
    return edition or PromotionEdition(language=language)


def kept(origins):
    """Return what the pages of these Origins promote, as Kept."""
    pages = [
        (origin, language, own["promotions"])
        for origin in origins
        for language, own in origin.given.items()
        if language and own.get("promotions")
    ]
    marks = {_mark(lines) for _origin, _language, lines in pages}
    editions = PromotionEdition.objects.filter(source_mark__in=marks).select_related("promotion")
    made = {edition.source_mark: edition.promotion for edition in editions}
    return [
        Kept(origin, language, lines, made.get(_mark(lines))) for origin, language, lines in pages
    ]


@locks.writing()
def make_of_page(origin, language, *, by, now=None):
    """Return a draft of what an imported page promotes, or the promotion that was made of the same lines before.

    Where one was made of the same page in another language, and has no words in this one, it gets these. The first
    line is its title. Return None where the page promotes nothing.
    """
    pages = {page.language: page for page in kept([origin])}
    page = pages.get(language)
    if page is None or page.made:
        return page and page.made
    now = now or timezone.now()
    made = _translated(pages.values(), language) or Promotion(
        starts_at=now, ends_at=now + USUAL_TIME
    )
    title, *others = page.lines
    longest = Promotion._meta.get_field("title").max_length
    if len(title) > longest:
        title, others = title[: longest - 1] + "…", page.lines
    setattr(made, column("title", language), title)
    setattr(made, column("text", language), "\n".join(others))
    edition = edition_of(made, language)
    edition.source_mark = _mark(page.lines)
    save(made, by=by, editions=[edition])
    return made


def _translated(pages, language):
    """Return the promotion that was made of one of these pages and says nothing in a language yet, or None."""
    made = (page.made for page in pages if page.made)
    return next((promotion for promotion in made if _is_unsaid(promotion, language)), None)


def _is_unsaid(promotion, language):
    edition = edition_of(promotion, language)
    texts = (text(promotion, field, language) for field in ("title", "text"))
    return all(map(is_blank, texts)) and not (edition.is_published or edition.source_mark)


def _mark(lines):
    return Origin.mark("\n".join(lines))

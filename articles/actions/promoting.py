"""Promotions: saving one with its state in each language."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from articles import roles
from articles.models import PromotionEdition
from articles.texts import column, is_blank, text
from newsroom.db import locks
from newsroom.languages import LANGUAGES


def save(promotion, *, by, editions=()):
    """Save a promotion, and these of its PromotionEditions, by a user or by SYSTEM; each other language stays as it is.

    Raise ValidationError where one of them is published and lacks what readers need: see `obstacles`.
    """
    if not roles.may_promote(by):
        raise PermissionDenied
    problems = [sentence for each in editions for _field, sentence in obstacles(promotion, each)]
    if problems:
        raise ValidationError(problems)
    with locks.writing(by=by):
        promotion.save()
        for edition in editions:
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
    found = promotion.editions.filter(language=language).first() if promotion.pk else None
    return found or PromotionEdition(language=language)

"""The site's own pages: writing and publishing them in each language, and going back to older words."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from articles import body, roles
from articles.converters import is_fixed
from articles.derived import addresses
from articles.models import OwnPage, OwnPageEdition
from articles.texts import is_blank, slug_from
from newsroom.db import locks, revisions
from newsroom.db.comparing import is_stored
from newsroom.languages import LANGUAGES

WORDS = ("title", "body")
"""What a page says in a language, and what an older version can give back."""

HEADING = re.compile(r"<(h[23])\b.*?</\1>", re.DOTALL)
"""What announces words and is none by itself."""

OPEN = "☐"
"""What stands before a question that nobody has answered yet."""


def save(page, *, by, editions=(), comment="", now=None):
    """Save a page, and these of its OwnPageEditions, by a user or by SYSTEM; each other language stays as it is.

    An edition without words and without a row is left out; one without a slug gets that of its title. Where nothing
    differs from what is stored, nothing is written: return whether anything was. Raise ValidationError where something stands in the way: see `obstacles`. Whoever may not publish may change
    neither what readers see nor whether they do.
    """
    if not roles.may_write_pages(by):
        raise PermissionDenied
    with locks.writing(by=by, comment=comment):
        stored = {
            edition.language: edition for edition in OwnPageEdition.objects.filter(page=page.pk)
        }
        editions = [edition for edition in editions if edition.pk or edition.title or edition.body]
        for edition in editions:
            _complete(edition, stored.get(edition.language), now=now or timezone.now())
        changed = [
            edition for edition in editions if _is_other(edition, stored.get(edition.language))
        ]
        if not roles.may_publish_pages(by) and any(
            _concerns_readers(edition, stored) for edition in changed
        ):
            raise PermissionDenied(
                _("You are not allowed to do this: ask somebody who may publish.")
            )
        problems = [
            sentence for edition in changed for _field, sentence in obstacles(page, edition)
        ]
        if problems:
            raise ValidationError(problems)
        if not changed and is_stored(page):
            return False
        page.save()
        for edition in changed:
            edition.page = page
            edition.save()
        # Again, by the title that it has now: a list of what was deleted knows nothing else of it.
        revisions.written([page])
    return True


def obstacles(page, edition):
    """Yield (field, sentence) for what keeps an edition from being saved as it is; a draft need not be complete."""
    names = {"language": LANGUAGES[edition.language].name, "slug": edition.slug}
    if edition.slug:
        yield from _obstacles_of_address(page, edition, names)
    if not edition.is_published:
        return
    if is_blank(edition.title):
        yield "title", _("The title in %(language)s is missing.") % names
    words = body.parsed(edition.body).text
    if _says_nothing(edition.body):
        yield "body", _("The text in %(language)s is empty.") % names
    if number := words.count(OPEN):
        sentence = ngettext(
            "%(number)d question in %(language)s is open: put an answer in the place of the line with %(mark)s.",
            "%(number)d questions in %(language)s are open: put an answer in the place of each line with %(mark)s.",
            number,
        )
        yield "body", sentence % (names | {"number": number, "mark": OPEN})


def edition_of(page, language):
    """Return the OwnPageEdition of a language as it is, or a new draft that is not saved."""
    edition = OwnPageEdition.objects.filter(page=page.pk, language=language).first()
    return edition or OwnPageEdition(language=language)


def name(edition):
    """Give an edition the slug of its title where it has none."""
    if not edition.slug and edition.title:
        slug = slug_from(edition.title, language=edition.language)
        edition.slug = slug or OwnPage.Kind.OTHER.value


def go_back(page, version, *, languages, by, comment=""):
    """Give a page the words of a version in these languages; its addresses, and what is published, stay as they are.

    Return whether anything of it is another now.
    """
    then = words_of(version)
    editions = [edition_of(page, code) for code in languages if code in then]
    for edition in editions:
        for field, words in then[edition.language].items():
            setattr(edition, field, words)
    return save(page, by=by, editions=editions, comment=comment)


def words_of(version):
    """Return language -> what a page said in it in a version: field -> words."""
    rows = version.revision.version_set.get_for_model(OwnPageEdition)
    editions = (row.field_dict for row in rows)
    return {
        edition["language"]: {field: edition[field] for field in WORDS}
        for edition in editions
        if str(edition["page_id"]) == version.object_id
    }


def _complete(edition, stored, *, now):
    """Give an edition its slug, and date its words where they are others."""
    name(edition)
    edition.clean_body()
    if stored is None or any(getattr(stored, name) != getattr(edition, name) for name in WORDS):
        edition.modified_at = now


def _is_other(edition, stored):
    """Return whether an edition is to be saved: nothing is where nothing of it was changed."""
    names = (*WORDS, "slug", "is_published")
    return stored is None or any(getattr(stored, name) != getattr(edition, name) for name in names)


def _concerns_readers(edition, stored):
    was = stored.get(edition.language)
    return edition.is_published or bool(was and was.is_published)


def _says_nothing(html):
    """Return whether a body has no word but those of headings."""
    return not any(map(str.isalnum, body.parsed(HEADING.sub("", html)).text))


def _obstacles_of_address(page, edition, names):
    if is_fixed(edition.slug, edition.language):
        yield (
            "slug",
            _("“%(slug)s” is an address that the site needs itself: choose another.") % names,
        )
        return
    others = OwnPageEdition.objects.filter(language=edition.language, slug=edition.slug)
    if other := others.exclude(pk=edition.pk).first():
        yield (
            "slug",
            _("“%(slug)s” is the address of the page “%(page)s”: choose another.")
            % (names | {"page": other.title}),
        )
    elif other := addresses.held_by(edition):
        sentence = _("“%(slug)s” still leads to “%(page)s”, which stood there: choose another.")
        yield "slug", sentence % (names | {"page": other})

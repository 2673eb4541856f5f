"""Saving a story: its text, and what follows from that and from its categories, tags, bylines and images."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.comparing.wordings import HEADLINE, NOTHING, STANDFIRST, Told
from articles.derived import (
    addresses,
    blocks,
    corrections,
    items,
    listings,
    waiting_links,
    wordings,
)
from articles.models import Article, Edition, Image, ImageUse
from articles.texts import ARTICLE_TEXTS, column, columns
from newsroom.db import locks, revisions, together
from newsroom.db.handed import HandedOn
from newsroom.languages import with_columns

SETTLED = (
    *("slug", "headline_key", "text_checksum", "version", "source_version"),
    *("modified_at", "earlier_changes"),
)
"""What an edition has of its own that follows from its words."""

_begun = HandedOn()


def begin(article):
    """Give a story that is new the row that its images, credits and tags name; `save` has to follow, in the same transaction."""
    if article._state.adding:
        article.save()
        _begun.put(article, article.pk)


@locks.writing()
def save(article, *, slugs=None, modified=None, earlier=None, was=None, told=NOTHING, now=None):
    """Save a story, whose images, credits, categories and tags are saved, with everything that follows.

    Gives each language with a headline its edition, counts the versions of its words, keeps old
    addresses, resolves links and refreshes the lists. `slugs` maps a language to the slug that an
    editor wants; one that is taken gets a number. An image that a body shows becomes one of the
    story. New words of a live edition are dated `now`, unless `modified` maps their language to another
    time, or to None, and `earlier` its language to the moments of changes before that; its publication is not touched.
    Each language knows then how many of its blocks are behind the source: `was` is what the story had stored before
    where that is not what it was loaded with, and `told` what a translator says of the blocks.
    Return the editions.
    """
    now = now or timezone.now()
    # Of one that has been begun just now nobody else knows.
    is_new = _begun.take(article) is not None
    article.rev = (0 if is_new else _counted(article)) + 1
    was = article.stored if was is None else was
    article.save()
    editions = {} if is_new else _known(article)
    languages = {*editions, *article.languages()}
    unknown = [code for code, edition in editions.items() if edition.blocks_behind]
    behind = {} if is_new else blocks.settle(article, was=was, unknown=unknown, told=told)
    stored = {edition.pk: edition.blocks_behind for edition in editions.values()}
    source_version, reworded = None, set()
    for language in sorted(languages, key=lambda code: (code != article.source_language, code)):
        edition = editions.get(language) or Edition(article=article, language=language)
        edition.article = article
        if edition.pk or edition.title:
            editions[language] = edition
            wanted = (slugs or {}).get(language)
            known = {"source_version": source_version, "behind": behind.get(language)}
            if _settle_edition(edition, wanted=wanted, **known, now=now):
                reworded.add(edition.pk)
                wordings.keep(edition, was=was, now=now)
            _date_changes(edition, modified or {}, earlier or {})
            if edition.is_source:
                source_version = edition.version
    _tell_behind(
        [
            edition
            for edition in editions.values()
            if edition.blocks_behind != stored.get(edition.pk, edition.blocks_behind)
        ]
    )
    if not is_new and len(editions) > len(stored):
        # A note can have been there before its language was.
        corrections.refresh(article)
    waiting_links.settle(article, is_new=is_new)
    _adopt_images(article)
    if _is_told_elsewhere(article, editions, was=was):
        reworded = None
    listings.refresh([article.pk], reworded=reworded)
    items.refresh([article.pk], now=now)
    return list(editions.values())


# --- Translating ---


def record_of(article):
    """Return the Record of which block of a story was made from which, as it stands now."""
    return blocks.of(article)[0]


@locks.writing()
def translate(article, language, *, lines, body, uses=(), unseen=frozenset(), by):
    """Save a language of a story, written block by block: headline and standfirst (`lines`), body, words of pictures.

    `body` holds (HTML, id of the source's block that it was made from, or ""). What was made from a block in `unseen`
    was made from an older wording. `uses` are those of the pictures whose words were changed.
    """
    _require(by, article, language)
    if uses and not roles.may_change_what_is_shown(by, article):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))
    for use in uses:
        use.save()
    texts = {"title": lines[HEADLINE], "standfirst": lines[STANDFIRST]}
    for field, words in (texts | {"body": "".join(html for html, _source in body)}).items():
        # What says the same stays as it is stored: a NULL is no empty text.
        if words != (getattr(article, column(field, language)) or ""):
            setattr(article, column(field, language), words)
    made_from = {html: source for html, source in body if source}
    save(article, told=Told(language, made_from, frozenset(unseen)))


@locks.writing()
def tell_sources(article, language, told, *, unseen=frozenset(), by):
    """Say of blocks of a language from which block of the source each was made, or from none (""); both by their ids.

    No text is changed. Which blocks are behind is counted anew: one of the source that nothing is made from any more is.
    """
    _require(by, article, language)
    record, kept = blocks.of(article)
    record.tell_sources(language, told, frozenset(unseen))
    _keep_record(article, record, kept)
    # Its texts stay: the history tells who said it, and when.
    revisions.add(article)


@locks.writing()
def confirm(article, language, names, *, by):
    """Say that these blocks of the source need no change in a language: what it has of them, or has not, is up to date."""
    _require(by, article, language)
    _confirm(article, names, [language])


@locks.writing()
def call_cosmetic(article, names, *, by):
    """Say that what these blocks of the source say is for no language anything new, nor for readers."""
    _require(by, article, article.source_language)
    record = _confirm(article, names)
    if edition := article.editions.filter(language=article.source_language).first():
        edition.article, blocks_of_source = article, record.of_source()
        wordings.call_cosmetic(edition, [blocks_of_source[name] for name in names])


def _require(by, article, language):
    if language not in roles.writable_languages(by, article):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))


def _confirm(article, names, languages=None):
    record, kept = blocks.of(article)
    for language in languages or record.translations():
        for name in names:
            record.confirm(language, name)
    _keep_record(article, record, kept)
    return record


def _keep_record(article, record, kept):
    """Store what is known of the blocks of a story, and how many of them are behind."""
    blocks.keep(article, record, kept)
    editions = {edition.language: edition for edition in article.editions.all()}
    changed = []
    for language, number in blocks.counts(record).items():
        if (edition := editions.get(language)) and edition.blocks_behind != number:
            edition.blocks_behind = number
            changed.append(edition)
    _tell_behind(changed)


# --- What follows from a save ---


def _counted(article):
    """Return how often a story was saved, by its row: who has waited for the lock may have read it before somebody else's save."""
    counted = Article.objects.filter(pk=article.pk).values_list("rev", flat=True).first()
    return counted or 0


def _known(article):
    known = article.editions.filter(language__in=with_columns())
    return {edition.language: edition for edition in known}


def _is_told_elsewhere(article, editions, *, was):
    """Return whether a language without an edition, for want of a headline, has other words than it had."""
    names = (
        name
        for code in with_columns()
        if code not in editions
        for name in columns(ARTICLE_TEXTS, code)
    )
    return any((was.get(name) or "") != (vars(article).get(name) or "") for name in names)


def _date_changes(edition, modified, earlier):
    """Date the changes of words as somebody else knows them."""
    code, before = edition.language, (edition.modified_at, edition.earlier_changes)
    edition.modified_at = modified.get(code, edition.modified_at)
    if code in earlier:
        edition.earlier_changes = earlier[code] or None
    if before != (edition.modified_at, edition.earlier_changes):
        edition.save(update_fields=["modified_at", "earlier_changes"])


def _tell_behind(editions):
    """Store how many blocks of these editions are behind, in one statement. No reader sees it, so that nothing is purged."""
    if not editions:
        return
    numbers = Case(*(When(pk=edition.pk, then=edition.blocks_behind) for edition in editions))
    rows = Edition._base_manager.filter(pk__in=[edition.pk for edition in editions])
    rows.update(blocks_behind=numbers)


def _adopt_images(article):
    """Give each image that a body shows its use, which holds the words under it."""
    shown = article.images_in_bodies()
    if not shown:
        return
    missing = shown - set(article.uses.values_list("image_id", flat=True))
    for image in Image.objects.filter(pk__in=missing).order_by("pk"):
        ImageUse.objects.create(article=article, image=image, position=article.uses.count())


def _settle_edition(edition, *, wanted, source_version, behind, now):
    """Save an edition where anything that follows from its words is otherwise now; return whether they are others."""
    version = edition.version
    before = _settled(edition)
    if wanted or not edition.slug:
        edition.slug = addresses.slug_for(edition, wanted=wanted or "", title=edition.title)
    edition.headline_key = waiting_links.headline_key(edition.title)
    _count_version(edition, source_version, now)
    if edition.is_source or behind is not None:
        edition.blocks_behind = 0 if edition.is_source else behind
    # Of forty languages an editor has touched one or two.
    is_new = edition._state.adding
    if is_new or _settled(edition) != before:
        edition.save()
    if is_new:
        together.note_new(edition)
    return edition.version != version


def _settled(edition):
    return [getattr(edition, name) for name in SETTLED]


def _count_version(edition, source_version, now):
    """Move the version on when a reader would read other words than before."""
    texts = {field: getattr(edition, field) for field in ARTICLE_TEXTS}
    texts["body"] = edition.article.body_in(edition.language).text
    words = "\x00".join(texts.values())
    checksum = hashlib.sha256(words.encode()).hexdigest()
    if checksum == edition.text_checksum:
        return
    edition.text_checksum = checksum
    edition.version += 1
    if not edition.is_source:
        edition.source_version = source_version
    if edition.is_live(at=now):
        date_change(edition, now=now)


def date_change(edition, *, now):
    """Tell readers that a live edition says something else from now on; whoever calls this saves it."""
    last = edition.modified_at
    if last and now - last >= wordings.APART:
        edition.earlier_changes = [*(edition.earlier_changes or []), last.isoformat()]
    edition.modified_at = now

"""Drafts of translations by machine: asked for by a person, written by the worker, and signed off by a person.

A draft fills what a language lacks and nothing else, and publishes nothing. As long as nobody has signed it off, the edition says so
to readers, should it be published.
"""

from html import unescape

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django_tasks import task

from articles import body, roles
from articles.actions import writing
from articles.comparing.wordings import HEADLINE, LINES, STANDFIRST
from articles.derived import items
from articles.models import Article, Edition, Event, MachineDraft
from articles.texts import column, plain, text
from newsroom.db import locks, revisions
from newsroom.i18n import machine_translation
from newsroom.i18n.machine_translation import TranslationError
from newsroom.languages import LANGUAGES
from newsroom.management.worker import SILENCE

State = MachineDraft.State
PICTURE_TEXTS = ("alt", "caption")


class DraftingError(Exception):
    """Why nothing is drafted or signed off, as one sentence for an editor."""


def obstacle(article, language, *, by):
    """Return why no draft of a language can be asked for, as a sentence; "" if it can."""
    names = {"language": LANGUAGES[language].name}
    if machine_translation.configured() is None:
        return _("This site translates nothing by machine.")
    # Whoever asked may have left meanwhile.
    if by is None or language not in roles.writable_languages(by, article):
        return _("You are not allowed to do this: ask somebody who may publish.")
    if not _missing(article, language, by):
        return _("Nothing is missing in %(language)s.") % names
    released = Edition.objects.filter(article=article, language=language, status__in=roles.RELEASED)
    if released.exists():
        return _("%(language)s is published or was: translate what it lacks yourself.") % names
    return ""


def ask(article, language, *, by, now=None):
    """Have what a language lacks drafted by the worker; raise DraftingError where that cannot be. Return the MachineDraft.

    One that is asked for already is returned as it is, unless nothing was heard of it for long.
    """
    now = now or timezone.now()
    if reason := obstacle(article, language, by=by):
        raise DraftingError(reason)
    with locks.writing():
        asked = article.machine_drafts.filter(language=language, state=State.ASKED)
        asked.filter(asked_at__lt=now - SILENCE).update(
            state=State.FAILED, problem=_("Nothing was heard of it.")
        )
        if pending := asked.first():
            return pending
        service = machine_translation.configured().name
        draft = MachineDraft.objects.create(
            article=article, language=language, service=service, asked_by=by, asked_at=now
        )
        transaction.on_commit(lambda: draft_by_machine.enqueue(draft_id=draft.pk))
    return draft


@task()
def draft_by_machine(draft_id):
    """Write a draft that was asked for. While the machine translates nobody waits for it."""
    draft = MachineDraft.objects.filter(pk=draft_id, state=State.ASKED).first()
    if draft is None:
        return
    try:
        write(draft)
    except (TranslationError, DraftingError, PermissionDenied) as error:
        draft.state, draft.problem = State.FAILED, str(error)
        draft.save(update_fields=["state", "problem"])


def write(draft):
    """Translate what a language lacks by now, and put it there unless somebody has meanwhile."""
    translator = machine_translation.configured()
    if translator is None:
        raise DraftingError(_("This site translates nothing by machine."))
    missing = _missing(draft.article, draft.language, draft.asked_by)
    worded = {name: words for name, words in missing.items() if _has_words(name, words)}
    asked = [words if _is_html(name) else escape(words) for name, words in worded.items()]
    source = draft.article.source_language
    said = translator.translate(asked, source=source, target=draft.language)
    made = missing | dict(zip(worded, said, strict=True))
    with locks.writing(comment=f"draft {draft.language}", by=draft.asked_by):
        article = Article.objects.select_for_update().get(pk=draft.article_id)
        if reason := obstacle(article, draft.language, by=draft.asked_by):
            raise DraftingError(reason)
        _fill(draft, article, made, worded)


def _missing(article, language, by):
    """Return name -> words of the source that a language lacks: of a block its HTML, of all else plain words.

    A block has the name that it has in the record of blocks, a picture's text that of its use and field. The title of an
    embed is a text of its own: no service translates it inside its block.
    """
    if language == article.source_language:
        return {}
    record = writing.record_of(article)
    missing = {block.id: block.html for block in record.lacks(language)}
    for block in list(missing):
        if _is_html(block):
            titles = enumerate(body.parsed(missing[block]).titles)
            missing |= {_title_name(block, number): title for number, title in titles if title}
    shown = article.uses.all() if roles.may_change_what_is_shown(by, article) else ()
    for use in shown:
        for field in PICTURE_TEXTS:
            words = text(use, field, article.source_language)
            if words and not text(use, field, language):
                missing[f"{field}:{use.pk}"] = words
    return missing


def _is_html(name):
    return name not in LINES and ":" not in name


def _title_name(block, number):
    return f"title:{block}:{number}"


def _has_words(name, words):
    """Return whether there is anything to translate: a figure is carried over as it is."""
    return not _is_html(name) or bool(body.parsed(words).text.strip())


def _fill(draft, article, made, worded):
    """Put what was made where nothing stands yet, and note which of it a machine has written."""
    language, missing = draft.language, _missing(article, draft.language, draft.asked_by)
    new = {name: _stored(name, words, language) for name, words in made.items() if name in missing}
    new |= {name: _titled(name, html, new) for name, html in new.items() if _is_html(name)}
    record = writing.record_of(article)
    lines = {
        name: new.get(name) or text(article, name, language) for name in (HEADLINE, STANDFIRST)
    }
    filled = _with_new_blocks(record, language, new)
    uses = [use for use in article.uses.all() if _give_texts(use, language, new)]
    words = {"lines": lines, "body": filled, "uses": uses}
    writing.translate(article, language, **words, by=draft.asked_by)
    edition = article.editions.get(language=language)
    edition.machine_drafted = True
    edition.save(update_fields=["machine_drafted"])
    event = {"language": language, "verb": "draft", "by": draft.asked_by, "note": draft.service}
    Event.objects.create(article=article, at=timezone.now(), **event)
    draft.words = {name: words for name, words in new.items() if name in worded}
    draft.state, draft.written = State.DONE, len(draft.words)
    draft.save()


def _give_texts(use, language, new):
    """Give a picture those of its words that were made; return whether there are any."""
    texts = {
        field: new[f"{field}:{use.pk}"] for field in PICTURE_TEXTS if f"{field}:{use.pk}" in new
    }
    for field, words in texts.items():
        setattr(use, column(field, language), words)
    return bool(texts)


def _stored(name, words, language):
    """Return what a machine said as it is stored: of a line plain words, of a block clean HTML."""
    if _is_html(name):
        return body.clean(words, language=language).html
    return plain(unescape(strip_tags(words)))


def _titled(block, html, new):
    """Return a new block with the titles of its embeds that were made, and without those of the source."""
    own = body.parsed(html)
    titles = (new.get(_title_name(block, number), "") for number in range(len(own.titles)))
    return own.titled(titles).html if own.titles else html


def _with_new_blocks(record, language, new):
    """Return (HTML, id of its source) of each block of a body with the new ones, each behind the one it follows in the source."""
    blocks = [
        (block.html, block.source) for block in record.texts.get(language, []) if not block.is_line
    ]
    place = 0
    for name in record.of_source():
        if name in new and name not in LINES:
            blocks.insert(place, (new[name], name))
        place = next(
            (n + 1 for n, (_html, made_from) in enumerate(blocks) if made_from == name), place
        )
    return blocks


def sign_off(edition, *, by, now=None):
    """Say that a person has read what a machine has drafted and answers for it; readers are no longer told of the machine."""
    article, language = edition.article, edition.language
    if language not in roles.writable_languages(by, article):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))
    now = now or timezone.now()
    with locks.writing(comment=f"sign_off {language}", by=by):
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        if not locked.machine_drafted:
            raise DraftingError(_("Nothing of it waits to be signed off."))
        for draft in article.machine_drafts.filter(
            language=language, signed_at=None, state=State.DONE
        ):
            _sign(draft, by=by, now=now)
        locked.machine_drafted = False
        locked.save(update_fields=["machine_drafted"])
        items.refresh([article.pk], now=now)
        Event.objects.create(article=article, language=language, verb="sign_off", by=by, at=now)
        revisions.add(article)
    edition.machine_drafted = False


@locks.writing()
def bring(article, editions, drafts):
    """Keep what was drafted of a story where it comes from, as rows that are not saved; readers are told of what nobody has signed off there."""
    MachineDraft.objects.bulk_create(drafts)
    unsigned = {draft.language for draft in drafts if draft.signed_at is None}
    for edition in editions:
        if edition.language in unsigned and not edition.machine_drafted:
            edition.machine_drafted = True
            edition.save(update_fields=["machine_drafted"])
    items.refresh([article.pk])


def _sign(draft, *, by, now):
    """Note who answers for a draft, and how many of its texts were others by then."""
    draft.signed_by, draft.signed_at = by.get_full_name() or by.get_username(), now
    there = _texts(draft.article, draft.language)
    draft.changed = sum(words not in there for words in draft.words.values())
    draft.save(update_fields=["signed_by", "signed_at", "changed"])


def _texts(article, language):
    """Return every text that a story has in a language: its lines, its blocks, and those of its pictures."""
    uses = article.uses.all()
    return {
        *(text(article, name, language) for name in LINES),
        *(block.html for block in article.body_in(language).blocks),
        *article.body_in(language).titles,
        *(text(use, field, language) for use in uses for field in PICTURE_TEXTS),
    }

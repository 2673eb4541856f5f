"""From Article to Story: the record that an import would read of it.

An article that was imported has the id, and its pictures the names, that its source gave them; so importing
the record again changes nothing. What was made here has names of its own.
"""

import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.db.models import prefetch_related_objects

from articles.body import Body
from articles.comparing.wordings import LINES
from articles.derived.waiting_links import ORIGIN
from articles.exporters.names import Names
from articles.importers.story import (
    COMMENT_STATES,
    EVERY_LANGUAGE,
    Comment,
    Correction,
    Drafted,
    Person,
    Picture,
    Story,
    TagLabel,
    Text,
)
from articles.importers.writer.pictures import described
from articles.importers.writer.rights import RIGHTS
from articles.importers.writer.topics import reference
from articles.models import Article, Edition, MachineDraft
from articles.texts import ARTICLE_TEXTS, plain, text
from newsroom.languages import first_language, with_columns

LOADED = (
    *("uses__image", "bylines__author", "categories", "tags__aliases"),
    *("editions__old_addresses", "editions__comments", "origins"),
    *("machine_drafts", "corrections"),
)


def story_of(article):
    """Return the whole Story of an article, drafts included."""
    (story,) = stories_of([article])
    return story


def stories_of(articles, *, names=None, called=None):
    """Return the whole Stories of articles; costs the same number of queries for any number of them.

    `names` are those of an export that writes more than these. `called` tells what the file calls a picture: it is
    given its use, and whether a body shows it.
    """
    prefetch_related_objects(articles, *LOADED)
    names = names or Names()
    linked = {pk for article in articles for pk in _linked(article)}
    related = {pk for article in articles for pk in article.related or ()}
    here = set(Article.objects.filter(pk__in=related).values_list("pk", flat=True))
    ids = names.of(linked | here | {article.pk for article in articles})
    return [_story(article, ids, here, called or _reference) for article in articles]


def _linked(article):
    for language in article.languages():
        yield from article.body_in(language).references.articles
    for draft in _done(article):
        for html in _words_of(draft)[1]:
            yield from Body(html).references.articles


def _story(article, ids, here, called):
    uses = sorted(article.uses.all(), key=lambda use: (use.position, use.pk))
    shown = article.images_in_bodies()
    images = {use.image_id: called(use, is_shown=use.image_id in shown) for use in uses}
    as_named_there = partial(_as_named_there, images, ids)
    texts = _texts(article, as_named_there)
    bylines = sorted(article.bylines.all(), key=lambda byline: (byline.position, byline.pk))
    return Story(
        external_id=ids[article.pk],
        source_language=article.source_language,
        texts=texts,
        bylines=tuple(filter(None, map(_person, bylines))),
        categories=tuple(sorted(map(reference, article.categories.all()))),
        tags=tuple(map(_tag, sorted(article.tags.all(), key=lambda tag: (tag.name, tag.pk)))),
        pictures=tuple(_picture(use, images[use.image_id]) for use in uses),
        related=tuple(ids[pk] for pk in article.related or () if pk in here),
        old_addresses=_old_addresses(article, texts),
        comments=tuple(_comments(article, texts)),
        corrections=tuple(_corrections(article)),
        machine_drafts=tuple(
            _drafted(draft, as_named_there) for draft in _done(article) if draft.language in texts
        ),
    )


def _texts(article, change):
    """Return language -> Text; that in which the story was written is there, if only as an empty draft."""
    editions = {edition.language: edition for edition in article.editions.all()}
    written = {*article.languages(), article.source_language}
    return {
        language: _text(article, editions.get(language) or Edition(language=language), change)
        for language in with_columns()
        if language in written
    }


def _text(article, edition, change):
    words = {field: text(article, field, edition.language) for field in ARTICLE_TEXTS}
    words["body"] = article.body_in(edition.language).rewritten(change).html
    return Text(
        **words,
        # A language without a headline has no edition that could keep it.
        slug=edition.slug if words["title"] else "",
        status=edition.status,
        published_at=edition.published_at,
        modified_at=edition.modified_at,
        earlier_changes=tuple(map(datetime.fromisoformat, edition.earlier_changes or ())),
        withdrawn_reason=edition.withdrawn_reason,
        comments_until=edition.comments_until,
    )


def _as_named_there(images, ids, _tag, attrs):
    """Return the attributes of a reference with the names that a file gives to pictures and stories."""
    attrs = dict(attrs)
    if "data-image" in attrs:
        image = int(attrs["data-image"])
        attrs["data-image"] = images.get(image, attrs["data-image"])
    if "data-article" in attrs:
        attrs["data-article"] = ids[int(attrs["data-article"])]
    if attrs.get("data-waiting", "").startswith(ORIGIN):
        _source, _colon, external_id = attrs.pop("data-waiting").removeprefix(ORIGIN).partition(":")
        attrs["data-article"] = external_id
    return attrs


def _person(byline):
    names = {code: name for code in with_columns() if (name := text(byline.author, "name", code))}
    if names.keys() == {first_language()}:
        names = {EVERY_LANGUAGE: names[first_language()]}
    return names and Person(
        names=names, kind=byline.author.kind, role=byline.role, language=byline.language
    )


def _tag(tag):
    spellings = set(tag.spellings())
    aliases = sorted(alias.text for alias in tag.aliases.all() if alias.text not in spellings)
    labels = {code: label for code in with_columns() if (label := text(tag, "label", code))}
    return TagLabel(name=tag.name, labels=labels, aliases=tuple(aliases), kind=tag.kind)


def _reference(use, *, is_shown):
    """Return the name of a picture in the file; a gap that no body shows needs none."""
    file = PurePosixPath(use.image.file.name or "").name
    return use.source_reference or file or (f"image-{use.image_id}" if is_shown else "")


def _picture(use, reference):
    image = use.image
    words = {
        name: {code: words for code in with_columns() if (words := text(use, name, code))}
        for name in ("caption", "alt")
    }
    path = _path(image)
    picture = Picture(
        path=path,
        reference=reference,
        size=path.stat().st_size if path else 0,
        lead=use.is_lead,
        valid_until=image.valid_until,
        kind=image.kind,
        description=image.description,
        focal_point=(image.focal_x, image.focal_y),
        **words,
        **{name: getattr(image, name) for name in RIGHTS},
    )
    # What an import would call it by itself says nothing.
    return (
        replace(picture, description="") if picture.description == described(picture) else picture
    )


def _path(image):
    """Return where the file lies on this machine, None where it lies elsewhere or is missing."""
    try:
        path = Path(image.file.path) if image.file else None
    except NotImplementedError:  # a storage that is no disk
        return None
    return path if path and path.is_file() else None


def _old_addresses(article, texts):
    by_language = {
        edition.language: tuple(sorted(_quoted(old.path) for old in edition.old_addresses.all()))
        for edition in article.editions.all()
    }
    return {code: by_language[code] for code in texts if by_language.get(code)}


def _quoted(path):
    """Return an old path, which is kept as people read it, as a file can hold it."""
    path, mark, query = path.partition("?")
    return re.sub(r"[\s#%]", lambda sign: quote(sign[0]), path) + mark + query


def _comments(article, texts):
    """Yield what readers wrote, but not what was deleted; an answer to that stands by itself."""
    editions = {edition.language: edition for edition in article.editions.all()}
    comments = [
        (language, comment)
        for language in texts
        if language in editions
        for comment in _in_threads(editions[language].comments.all())
    ]
    names = _names([comment for _language, comment in comments], article.origins.all())
    for language, comment in comments:
        yield Comment(
            reference=names[comment.pk],
            language=language,
            name=comment.name or "—",
            words=plain(comment.words),
            written_at=comment.written_at,
            answers=names.get(comment.parent_id, ""),
            state=comment.state,
            email=comment.email,
        )


def _corrections(article):
    """Yield what readers are told was wrong, the oldest first."""
    rows = sorted(article.corrections.all(), key=lambda row: (row.published_at, row.pk))
    names = _names(rows, article.origins.all(), kind="correction")
    for row in rows:
        yield Correction(
            reference=names[row.pk],
            published_at=row.published_at,
            notes={code: note for code in with_columns() if (note := text(row, "note", code))},
            kind=row.kind,
        )


def _done(article):
    done = [
        draft for draft in article.machine_drafts.all() if draft.state == MachineDraft.State.DONE
    ]
    return sorted(done, key=lambda draft: draft.pk)


def _words_of(draft):
    """Return (the plain texts, the HTML of the blocks) that a machine has written."""
    texts, blocks = [], []
    for name, words in draft.words.items():
        (texts if name in LINES or ":" in name else blocks).append(words)
    return texts, blocks


def _drafted(draft, change):
    texts, blocks = _words_of(draft)
    return Drafted(
        language=draft.language,
        service=draft.service,
        asked_at=draft.asked_at,
        texts=tuple(texts),
        blocks=tuple(Body(html).rewritten(change).html for html in blocks),
        signed_by=draft.signed_by,
        signed_at=draft.signed_at,
        changed=draft.changed,
    )


def _in_threads(comments):
    """Return the comments that can go out, each with its answers behind it."""
    told = {
        comment.pk: comment
        for comment in sorted(comments, key=lambda comment: comment.pk)
        if comment.state in COMMENT_STATES and plain(comment.words)
    }
    heads = {pk: told.get(comment.parent_id, comment).pk for pk, comment in told.items()}
    return sorted(told.values(), key=lambda comment: (heads[comment.pk], comment.pk))


def _names(things, origins, *, kind="comment"):
    """Return the id of each comment, or thing of another kind -> its name in the story: what its source calls it, or one of our own."""
    told = {
        pk: name
        for origin in sorted(origins, key=lambda origin: -origin.pk)
        for own in origin.given.values()
        for name, pk in own.get(f"{kind}s", {}).items()
    }
    names = {}
    for thing in things:
        name = told.get(thing.pk, f"{kind}-{thing.pk}")
        while name in names.values():
            name += "-2"
        names[thing.pk] = name
    return names

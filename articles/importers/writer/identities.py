"""Which story of this site a record means: by its id, or by another id that its source gives the same story."""

from collections import defaultdict
from dataclasses import replace

from django.core.exceptions import ValidationError

from articles.models import Article, Origin
from articles.texts import ARTICLE_TEXTS, text

IDS = "ids"
"""Where `given` keeps the other ids of a story: an id that comes without them is one language of it."""


def rows_of(jobs):
    """Return (source, id) -> the row of each id that the stories of Jobs name, locked, to find them by; of those that are here."""
    ids = defaultdict(set)
    for job in jobs:
        ids[job.source] |= {job.story.external_id, *job.story.aliases}
    by_source = {source: _rows(source, sorted(some)) for source, some in ids.items()}
    return {
        (source, external_id): row
        for source, rows in by_source.items()
        for external_id, row in rows.items()
    }


def find(story, source, rows, *, into=None):
    """Return (the Origin of a story, locked, or None where it is new; the story as it is to be read; notes).

    An id that nobody knows means the story of another id that the record names, if that has no text in these languages
    yet. A text that is another story here, under an id of its own, is left to that. `into` is the id of the
    article that gets the story, whatever the ids say. `rows` are those of rows_of.
    """
    ids = [story.external_id, *story.aliases]
    rows = {external_id: row for external_id in ids if (row := rows.get((source, external_id)))}
    if into:
        origin = _joined(story, source, rows.get(story.external_id), into)
        return origin, replace(story, is_whole=len(story.texts) > 1), ()
    origin = _known(story, rows)
    others = {
        external_id: row.article
        for external_id, row in rows.items()
        if external_id != story.external_id and row.article_id and _is_other(row, origin)
    }
    return origin, as_told(_without(story, others), origin), tuple(map(_told, others.items()))


def of(source, external_id):
    """Return the Origin that an id means, locked; None where nobody knows it."""
    row = _rows(source, [external_id]).get(external_id)
    return row and _first(row)


def keep(origin, story, given):
    """Let all ids of a story lead to it from now on."""
    ids = sorted({story.external_id, *story.aliases} - {origin.external_id})
    if not ids or given.own.get(IDS) == ids:
        return
    here = Origin.objects.filter(source=origin.source, external_id__in=ids)
    known = set(here.values_list("external_id", flat=True))
    Origin.objects.bulk_create(
        Origin(source=origin.source, external_id=alias, article=origin.article, same_as=origin)
        for alias in ids
        if alias not in known
    )
    given.own[IDS] = ids


def elsewhere(origin):
    """Return what other origins of the same article have given, as that of a story that was joined into it."""
    others = Origin.objects.filter(article=origin.article_id, same_as=None).exclude(pk=origin.pk)
    return [own for given in others.values_list("given", flat=True) for own in given.values()]


def is_one_language(story, given):
    """Return whether a story that seems whole is one language of several, as what was `given` under its ids tells."""
    if not story.is_whole or story.aliases or len(story.texts) > 1:
        return False
    fields = given.get("", {}).get("fields", {})
    said = {name.removeprefix("title.") for name in fields if name.startswith("title.")}
    # Sites that were copied from each other have one number for a post in each language.
    is_new_language = bool(said) and not said & story.texts.keys()
    return is_new_language or any(IDS in own for own in given.values())


def as_told(story, origin):
    """Return a story as it is to be read, seen what has come under its ids."""
    if origin and is_one_language(story, origin.given):
        return replace(story, is_whole=False)
    return story


def _rows(source, ids):
    # Of itself alone: PostgreSQL locks no row that may be missing, as that of a deleted story is.
    rows = Origin.objects.select_for_update(of=["self"]).filter(source=source, external_id__in=ids)
    return {row.external_id: row for row in rows.select_related("article")}


def _first(row):
    """Return the origin that a row stands for."""
    if row.same_as_id is None:
        return row
    rows = Origin.objects.select_for_update(of=["self"]).select_related("article")
    return rows.get(pk=row.same_as_id)


def _known(story, rows):
    if own := rows.get(story.external_id):
        return _first(own)
    for alias, language in story.aliases.items():
        if (row := rows.get(alias)) and _has_room(row.article, {*story.texts} - {language}):
            return _first(row)
    return None


def _has_room(article, languages):
    return article is not None and not _filled(article, languages)


def _filled(article, languages):
    """Return those of these languages in which an article has a text."""
    return [
        code for code in languages if any(text(article, field, code) for field in ARTICLE_TEXTS)
    ]


def _is_other(row, origin):
    return origin is None or row.article_id != origin.article_id


def _without(story, others):
    taken = {story.aliases[alias] for alias in others}
    texts = {code: said for code, said in story.texts.items() if code not in taken}
    return replace(story, texts=texts) if texts and len(texts) < len(story.texts) else story


def _told(other):
    external_id, article = other
    return (
        f"Its source says that it is the story {external_id}, which is “{article}” here: "
        "join the two, if they are one."
    )


def _joined(story, source, row, into):
    """Return the origin of a story that goes into an article; raise ValidationError where it cannot."""
    if row and row.article_id == into:
        return _first(row)
    if row and row.article_id:
        raise ValidationError(
            f"It is “{row.article}” here already; join that story with the other in the admin."
        )
    article = Article.objects.select_for_update().filter(pk=into).first()
    if article is None:
        raise ValidationError(
            f"There is no story {into}; name the number in the address of its page in the admin."
        )
    if filled := _filled(article, story.texts):
        raise ValidationError(
            f"“{article}” has a text in {', '.join(filled)} already; name a file in another language."
        )
    origin = row or Origin(source=source, external_id=story.external_id)
    origin.article, origin.given, origin.same_as = article, {}, None
    origin.deleted_article = origin.deleted_at = None
    return origin


def relate(article, external_ids, given, *, source):
    """Put the stories with these ids beside the article, in their order; return (ids that are not here, whether that changed it).

    What the desk has put there stays, and what it took out does not come back.
    """
    before = given.before("related")
    if not external_ids and not before:
        return (), False
    origins = Origin.objects.filter(source=source, external_id__in=external_ids)
    here = dict(origins.exclude(article=None).values_list("external_id", "article_id"))
    named = [
        here[external_id]
        for external_id in external_ids
        if here.get(external_id, article.pk) != article.pk
    ]
    named = list(dict.fromkeys(named))
    come, gone = given.exchange("related", named)
    own = article.related or []
    kept = [pk for pk in own if pk not in gone]
    wanted = named if own == before else [*kept, *(pk for pk in come if pk not in own)]
    article.related = wanted or None
    return tuple(
        external_id for external_id in external_ids if external_id not in here
    ), wanted != own

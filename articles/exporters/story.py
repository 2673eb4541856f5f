"""From Article to Story: the record that an import would read of it.

An article that was imported has the id, and its pictures the names, that its source gave them; so importing
the record again changes nothing. What was made here has names of its own.
"""

from functools import partial
from pathlib import Path, PurePosixPath

from articles.derived.waiting_links import ORIGIN
from articles.importers.story import EVERY_LANGUAGE, Person, Picture, Story, TagLabel, Text
from articles.importers.writer.rights import RIGHTS
from articles.importers.writer.topics import reference
from articles.models import Edition, Origin
from articles.texts import ARTICLE_TEXTS, text
from newsroom.languages import first_language, with_columns


def story_of(article):
    """Return the whole Story of an article, drafts included."""
    uses = list(article.uses.select_related("image").order_by("position", "pk"))
    referred = [article.body_in(language).references for language in article.languages()]
    shown = {image for references in referred for image in references.images}
    images = {use.image_id: _reference(use, is_shown=use.image_id in shown) for use in uses}
    related = article.related or []
    linked = {article.pk, *related, *(pk for references in referred for pk in references.articles)}
    ids = _ids(linked)
    return Story(
        external_id=ids[article.pk],
        source_language=article.source_language,
        texts=_texts(article, partial(_as_named_there, images, ids)),
        bylines=tuple(map(_person, article.bylines.select_related("author"))),
        categories=tuple(sorted(map(reference, article.categories.all()))),
        tags=tuple(map(_tag, article.tags.order_by("name", "pk").prefetch_related("aliases"))),
        pictures=tuple(_picture(use, images[use.image_id]) for use in uses),
        related=tuple(ids[pk] for pk in related),
        old_addresses=_old_addresses(article),
    )


def _ids(articles):
    """Return article id -> the id in the source that it came from first, or one of our own."""
    origins = Origin.objects.filter(article__in=articles).order_by("-pk")
    came = {origin.article_id: origin.external_id for origin in origins}
    return {pk: f"article-{pk}" for pk in articles} | came


def _texts(article, change):
    editions = {edition.language: edition for edition in article.editions.all()}
    return {
        language: _text(article, editions.get(language) or Edition(language=language), change)
        for language in article.languages()
    }


def _text(article, edition, change):
    words = {field: text(article, field, edition.language) for field in ARTICLE_TEXTS}
    words["body"] = article.body_in(edition.language).rewritten(change).html
    return Text(
        **words,
        slug=edition.slug,
        status=edition.status,
        published_at=edition.published_at,
        modified_at=edition.modified_at,
        withdrawn_reason=edition.withdrawn_reason,
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
    return Person(names=names, kind=byline.author.kind, role=byline.role, language=byline.language)


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
    return Picture(
        path=_path(image),
        reference=reference,
        size=0 if image.is_gap else image.file.size,
        lead=use.is_lead,
        valid_until=image.valid_until,
        kind=image.kind,
        focal_point=(image.focal_x, image.focal_y),
        **words,
        **{name: getattr(image, name) for name in RIGHTS},
    )


def _path(image):
    """Return where the file lies on this machine, None where it lies elsewhere or is missing."""
    try:
        return Path(image.file.path) if image.file else None
    except NotImplementedError:  # a storage that is no disk
        return None


def _old_addresses(article):
    editions = article.editions.prefetch_related("old_addresses")
    paths = {
        edition.language: tuple(sorted(old.path for old in edition.old_addresses.all()))
        for edition in editions
    }
    return {language: found for language, found in paths.items() if found}

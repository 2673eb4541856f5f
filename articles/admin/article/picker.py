"""What the body's editor may refer to: searches of the library, and what a body refers to already."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles import body, renditions
from articles.admin.article.panels import STATES, state_of
from articles.admin.languages import enabled, language_columns
from articles.models import Article, Image, ImageUse
from articles.texts import column, text

SHOWN = 24
THUMBNAIL = 320


def thumbnail_url(image):
    """Return the address of a small version, of the original until there is one, "" for a gap."""
    if not image.file:
        return ""
    widths = image.available.get(image.rendition_key, {}).get("webp")
    if not widths:
        return image.file.url
    width = min(widths, key=lambda made: abs(made - THUMBNAIL))
    made = renditions.path(image.rendition_key, renditions.FULL, "webp", width)
    return default_storage.url(made)


def words_in(request):
    """Return what a request searches for."""
    return request.GET.get("q", "").strip()


def ids_in(request, name):
    """Return the ids that a request names, without what is no id."""
    values = request.GET.getlist(name)
    return [int(key) for key in values if key.isascii() and key.isdigit() and len(key) < 19]


def images(words, *, article=(), ids=()):
    """Return images as the editor shows them: those with these ids, or found by words.

    Those of `article`, a list of at most one id, come first.
    """
    candidates = Image.objects.order_by("-pk")
    if ids:
        return [image_row(image) for image in candidates.filter(pk__in=ids)]
    if words:
        captions = _any_contains(language_columns("caption"), words)
        used = ImageUse.objects.filter(captions, image=OuterRef("pk"))
        named = _any_contains(["description", "creator", "credit_line"], words)
        candidates = candidates.filter(named | Q(Exists(used)))
    if article:
        own = ImageUse.objects.filter(article__in=article, image=OuterRef("pk"))
        candidates = candidates.annotate(is_own=Exists(own)).order_by("-is_own", "-pk")
    return [image_row(image) for image in candidates[:SHOWN]]


def image_row(image):
    """Return an image as the editor's scripts know it."""
    return {
        "id": image.pk,
        "title": str(image),
        "note": image.credit_line or image.creator,
        "thumb": thumbnail_url(image),
        "url": reverse("admin:articles_image_change", args=[image.pk]),
    }


def stories(words, *, language, ids=()):
    """Return stories as the editor shows them, newest first: with these ids, or found by headline."""
    articles = Article.objects.only("source_language", "modified_at", *language_columns("title"))
    if ids:
        return [story_row(article, language) for article in articles.filter(pk__in=ids)]
    articles = articles.order_by("-modified_at", "-pk")
    if words:
        articles = articles.filter(_any_contains(language_columns("title"), words))
    articles = list(articles.prefetch_related("editions")[:SHOWN])
    return [story_row(article, language) for article in articles]


def story_row(article, language):
    """Return a story as the editor's scripts know it, by its headline in a language if it has one."""
    in_language = language in enabled() and text(article, "title", language)
    editions = getattr(article, "_prefetched_objects_cache", {}).get("editions", ())
    edition = next((edition for edition in editions if edition.language == language), None)
    return {
        "id": article.pk,
        "title": in_language or str(article),
        "note": str(STATES[state_of(edition, at=timezone.now())]) if editions else "",
    }


def known_references(form):
    """Return what the bodies in a form refer to, for the editor: {"images": …, "articles": …}.

    Two queries at most; keys are ids, articles come once for each language.
    """
    referred = {
        language: body.clean(str(form[name].value() or ""), language=language).body.references
        for language in enabled()
        if (name := column("body", language)) in form.fields
    }
    image_ids = {key for references in referred.values() for key in references.images}
    article_ids = {key for references in referred.values() for key in references.articles}
    articles = Article.objects.only("source_language", *language_columns("title"))
    articles = list(articles.filter(pk__in=article_ids)) if article_ids else []
    return {
        "images": {row["id"]: row for row in images("", ids=image_ids)} if image_ids else {},
        "articles": {
            language: {article.pk: story_row(article, language) for article in articles}
            for language in referred
        },
    }


def _any_contains(names, words):
    condition = Q()
    for name in names:
        condition |= Q(**{f"{name}__icontains": words})
    return condition

"""Links to stories that have not arrived: wait for the target, and resolve when it comes.

A key is either "origin:<source>:<external id>", or the headline of the target, in the language of
the body that names it.
"""

from articles import body
from articles.models import Article, Edition, Origin, WaitingLink
from articles.texts import column, fold, slug_from, text

ORIGIN = "origin:"


def origin_key(source, external_id):
    return f"{ORIGIN}{source}:{external_id}"


def settle(article):
    """Resolve what `article` waits for, note what it still waits for, and resolve who waited for it.

    Saves other articles, and `article` itself, only where a body changes.
    """
    for language in article.languages():
        _settle_language(article, language)
    for waiting in _waiting_for(article):
        _resolve(waiting, target=article)


def _settle_language(article, language):
    name = column("body", language)
    found = {
        key: target
        for key in body.references(text(article, "body", language)).waiting
        if (target := _arrived(key, language))
    }
    if found:
        setattr(article, name, _pointed(text(article, "body", language), found))
        article.save()
    left = body.references(text(article, "body", language)).waiting
    rows = WaitingLink.objects.filter(article=article, language=language)
    rows.exclude(key__in=[_key(words) for words in left]).delete()
    for words in left:
        rows.get_or_create(
            article=article, language=language, key=_key(words), defaults={"label": words[:400]}
        )


def _key(words):
    return words if words.startswith(ORIGIN) else fold(words)[:400]


def _arrived(words, language):
    """Return the id of the article that `words` name, if it is here."""
    if words.startswith(ORIGIN):
        source, _colon, external_id = words.removeprefix(ORIGIN).partition(":")
        origin = Origin.objects.filter(source=source, external_id=external_id)
        return origin.values_list("article_id", flat=True).first()
    here = Edition.objects.filter(language=language).with_texts(["title"], language=language)
    candidates = here.with_slug(slug_from(words, language=language))
    return next((e.article_id for e in candidates if fold(e.title) == fold(words)), None)


def _waiting_for(article):
    keys = [origin_key(o.source, o.external_id) for o in article.origins.all()]
    found = list(WaitingLink.objects.filter(key__in=keys).exclude(article=article))
    for language in article.languages():
        if key := fold(text(article, "title", language))[:400]:
            rows = WaitingLink.objects.filter(language=language, key=key).exclude(article=article)
            found += rows
    return found


def _resolve(waiting, *, target):
    article = Article.objects.select_for_update().get(pk=waiting.article_id)
    name = column("body", waiting.language)
    words = {
        words: target.pk
        for words in body.references(getattr(article, name) or "").waiting
        if _key(words) == waiting.key
    }
    setattr(article, name, _pointed(getattr(article, name) or "", words))
    article.save()
    waiting.delete()


def _pointed(html, found):
    """Return `html` with each waiting reference that is `found` pointing at its article."""

    def change(_tag, attrs):
        target = found.get(attrs.get("data-waiting"))
        return {"data-article": str(target)} if target else attrs

    return body.rewrite(html, change)

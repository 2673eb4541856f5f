"""Links to stories that have not arrived: wait for the target, and resolve when it comes.

A key is either "origin:<source>:<external id>", or the headline of the target, in the language of
the body that names it.
"""

from collections import defaultdict

from articles.models import Article, Edition, Origin, WaitingLink
from articles.texts import column, fold, text
from newsroom.db import together
from newsroom.languages import with_columns

ORIGIN = "origin:"
KEY_LENGTH = 400


def origin_key(source, external_id):
    return f"{ORIGIN}{source}:{external_id}"


def headline_key(words):
    """Return what a headline and those who name it share, whatever their case and accents."""
    return fold(words)[:KEY_LENGTH]


def settle(article, *, is_new=False):
    """Resolve what `article` waits for, note what it still waits for, and resolve who waited for it.

    Saves other articles, and `article` itself, only where a body changes. One that `is_new` has noted nothing yet.
    """
    # First of what is put off: partners get the words that come of it.
    arrive([article])
    noted = defaultdict(dict)
    for row in () if is_new else WaitingLink.objects.filter(article=article):
        noted[row.language][row.key] = row
    for language in article.languages():
        _settle_language(article, language, noted[language])


def _merged(calls):
    # By their ids: one that came twice has the words of the last time.
    return {
        "articles": list(
            {article.pk: article for call in calls for article in call["articles"]}.values()
        )
    }


@together.once(_merged)
def arrive(articles):
    """Resolve who waited for these articles."""
    for article, waiting in _waiting_for(articles):
        _resolve(waiting, target=article)


def _settle_language(article, language, noted):
    """Settle what the body in a language waits for; `noted` maps the keys that are written down to their rows."""
    if not (noted or article.body_in(language).references.waiting):
        return
    targets = {
        key: target
        for key in article.body_in(language).references.waiting
        if (target := _arrived(key, language, article=article))
    }
    if targets:
        _point(article, language, targets)
    left = {_key(words): words[:400] for words in article.body_in(language).references.waiting}
    for key in noted.keys() - left.keys():
        noted[key].delete()
    for key in left.keys() - noted.keys():
        WaitingLink.objects.create(article=article, language=language, key=key, label=left[key])


def _key(words):
    return words if words.startswith(ORIGIN) else headline_key(words)


def _arrived(words, language, *, article):
    """Return the id of the article that `words` in the body of `article` name, if it is here."""
    if words.startswith(ORIGIN):
        source, _colon, external_id = words.removeprefix(ORIGIN).partition(":")
        origin = Origin.objects.filter(source=source, external_id=external_id)
        return origin.values_list("article_id", flat=True).first()
    if not (key := headline_key(words)):
        return None
    # Of all stories with that headline the one that waits is not the one to read.
    editions = Edition.objects.filter(language=language, headline_key=key).exclude(article=article)
    return editions.order_by("pk").values_list("article_id", flat=True).first()


def _waiting_for(articles):
    """Yield pairs of one of these articles and a WaitingLink of another story that it is the target of."""
    named = defaultdict(list)
    for origin in Origin.objects.filter(article__in=[article.pk for article in articles]):
        for language in with_columns():
            named[language, origin_key(origin.source, origin.external_id)].append(origin.article_id)
    for article in articles:
        for language in article.languages():
            key = headline_key(text(article, "title", language))
            named[language, key].append(article.pk)
    keys = {key for _language, key in named} - {""}
    rows = WaitingLink.objects.filter(key__in=keys, language__in=with_columns()).order_by("pk")
    by_id = {article.pk: article for article in articles}
    for row in rows:
        others = (pk for pk in named[row.language, row.key] if pk != row.article_id)
        if target := next(others, None):
            yield by_id[target], row


def _resolve(waiting, *, target):
    article = Article.objects.select_for_update().get(pk=waiting.article_id)
    words = {
        words: target.pk
        for words in article.body_in(waiting.language).references.waiting
        if _key(words) == waiting.key
    }
    _point(article, waiting.language, words)
    waiting.delete()


def _point(article, language, targets):
    """Let each waiting reference that is in `targets` point at its article, and save that body only.

    Nobody has edited the story, so neither its revision number nor its last change moves, and what
    its source gave is still what stands here.
    """

    def change(_tag, attrs):
        target = targets.get(attrs.get("data-waiting"))
        return {"data-article": str(target)} if target else attrs

    name = column("body", language)
    before = article.body_in(language)
    setattr(article, name, before.rewritten(change).html)
    article.save(update_fields=["body", name])
    for origin in article.origins.all():
        origin.follow(f"body.{language}", before=before.html, now=getattr(article, name))

"""The texts and editions of a story, which go into another one with their addresses, states and comments."""

from articles.actions.pairing import rows
from articles.models import Article, Edition
from articles.texts import ARTICLE_TEXTS, columns


def spoken(article):
    """Return the languages in which a story says something, or has an edition that is more than a draft."""
    begun = article.editions.exclude(status=Edition.Status.DRAFT)
    return {*article.languages(), *begun.values_list("language", flat=True)}


def take(kept, gone, languages):
    names = _names(languages)
    empty = [
        *kept.editions.filter(language__in=languages),
        *gone.editions.exclude(language__in=languages),
    ]
    held = {
        "empty": rows.held(empty),
        "before": {name: getattr(kept, name) for name in names},
        "versions": dict(gone.editions.values_list("language", "source_version")),
        "behind": dict(gone.editions.values_list("language", "blocks_behind")),
    }
    Edition.objects.filter(pk__in=[edition.pk for edition in empty]).delete()
    _write(kept, {name: getattr(gone, name) for name in names})
    source = kept.editions.filter(language=kept.source_language).first()
    # They are no more behind than they were.
    version = {"source_version": source.version} if source else {}
    gone.editions.filter(language__in=languages).update(article=kept, **version)
    return held


def give_back(kept, gone, languages, held):
    texts = {name: getattr(kept, name) for name in _names(languages)}
    _write(gone, texts)
    _write(kept, {name: held["before"].get(name) for name in texts})
    for edition in kept.editions.filter(language__in=languages):
        Edition.objects.filter(pk=edition.pk).update(
            article=gone,
            source_version=held["versions"].get(edition.language),
            blocks_behind=held.get("behind", {}).get(edition.language, 0),
        )
    rows.store(rows.brought_back(held["empty"]))


def _names(languages):
    return [name for code in languages for name in columns(ARTICLE_TEXTS, code)]


def _write(article, texts):
    for name, words in texts.items():
        setattr(article, name, words)
    Article.objects.filter(pk=article.pk).update(**texts)

"""The credits of a story: in the one that it goes into they stand under its languages only, and the others' not there."""

from articles.actions.pairing import rows
from articles.models import Byline

EVERY = ""


def take(kept, gone, languages, *, own):
    """Credit those of `gone` in its languages; `own` are those of the article that takes it."""
    here, there = list(kept.bylines.all()), list(gone.bylines.all())
    everywhere = {*_in_every(here)} & {*_in_every(there)}
    keys = [
        *_narrowed(here, own, everywhere),
        *_narrowed(there, languages, everywhere),
    ]
    after = [list(key) for key in dict.fromkeys(keys)]
    held = {"kept": rows.held(here), "gone": rows.held(there), "after": after}
    kept.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=kept, author_id=author, role=role, language=language, position=position)
        for position, (author, role, language) in enumerate(after)
    )
    return held


def give_back(kept, gone, languages, held):
    now = [[byline.author_id, byline.role, byline.language] for byline in kept.bylines.all()]
    if now == held["after"]:
        kept.bylines.all().delete()
        _store(held["kept"])
    else:  # somebody has changed them since, and only what is said of these languages goes
        kept.bylines.filter(language__in=languages).delete()
    _store(held["gone"])


def _in_every(bylines):
    return [(byline.author_id, byline.role) for byline in bylines if byline.language == EVERY]


def _narrowed(bylines, languages, everywhere):
    """Yield the keys of credits; one for every language stands for these only, unless both stories have it."""
    for byline in bylines:
        is_narrow = byline.language == EVERY and (byline.author_id, byline.role) not in everywhere
        for language in languages if is_narrow else [byline.language]:
            yield byline.author_id, byline.role, language


def _store(values):
    bylines = rows.brought_back(values)
    authors = Byline._meta.get_field("author").related_model.objects.in_bulk(
        [byline.author_id for byline in bylines]
    )
    rows.store(byline for byline in bylines if byline.author_id in authors)

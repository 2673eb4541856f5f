"""Where a story came from, what was done to it, what waits for it, and what else it is compared with."""

from django.db.models import Q

from articles.actions.pairing import rows
from articles.actions.pairing.words import spoken
from articles.models import (
    Article,
    Correction,
    Event,
    ImportChange,
    Join,
    Origin,
    Pair,
    WaitingLink,
)


def take(kept, gone):
    held = {
        name: list(model.objects.filter(article=gone).values_list("pk", flat=True))
        for name, model in OWNED.items()
    }
    for name, model in OWNED.items():
        model.objects.filter(pk__in=held[name]).update(article=kept)
    return held


def give_back(kept, gone, languages, held):
    for name, model in OWNED.items():
        # A join of before there were corrections holds none.
        ours = Q(pk__in=held.get(name, ()))
        if name in SPOKEN:  # and what has come since
            ours |= Q(language__in=languages)
        model.objects.filter(ours, article=kept).update(article=gone)


OWNED = {
    "origins": Origin,
    "events": Event,
    "waiting": WaitingLink,
    "joins": Join,
    "corrections": Correction,
}
SPOKEN = {"events", "waiting"}


def compare(kept, gone):
    """Let the article take the place of the other in pairs, but for those with a story in a language that it has by now."""
    pairs = list(_of(kept, gone))
    held = rows.held(pairs)
    Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).delete()
    best = {}
    for pair in sorted(pairs, key=lambda pair: (pair.is_refused, pair.score)):
        for pk in {pair.one_id, pair.other_id} - {kept.pk, gone.pk}:
            best[pk] = pair
    own = spoken(kept)
    for article in Article.objects.filter(pk__in=best):
        if not own & spoken(article):
            pair = best[article.pk]
            pair.pk, (pair.one_id, pair.other_id) = None, sorted((kept.pk, article.pk))
            pair.save(force_insert=True)
    return held


def compare_again(kept, gone, held):
    """Bring the pairs back that there were before."""
    _of(kept, gone).delete()
    pairs = rows.brought_back(held)
    here = Article.objects.in_bulk({pk for pair in pairs for pk in (pair.one_id, pair.other_id)})
    rows.store(pair for pair in pairs if {pair.one_id, pair.other_id} <= here.keys())


def _of(*articles):
    return Pair.objects.filter(Q(one__in=articles) | Q(other__in=articles))


def count_on(article, *, before):
    """Let a batch after which nobody had changed an article know it under its number of today."""
    changes = ImportChange.objects.filter(origin__article=article, rev=before)
    changes.update(rev=article.rev)

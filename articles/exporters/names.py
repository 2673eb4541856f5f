"""What stories are called in a file: each has a name of its own there, wherever it came from."""

from collections import defaultdict
from functools import cached_property

from articles.models import Origin

HERE = "here"


class Names:
    """The ids that stories have in what one export writes.

    One that was imported has the id that its first source gave it, and others have one of our own. Where two would
    have the same, each says where it is from.
    """

    def of(self, articles):
        """Return article id -> its name, for these ids, of stories that are here and that are no more."""
        articles = set(articles)
        origins = Origin.objects.filter(article__in=articles).order_by("-pk")
        came = {origin.article_id: (origin.source, origin.external_id) for origin in origins}
        known = {pk: came.get(pk) or (HERE, f"article-{pk}") for pk in articles}
        claims = self._claims({name for _source, name in known.values()})
        return {
            pk: f"{source}:{name}" if claims[name] - {pk} else name
            for pk, (source, name) in known.items()
        }

    def _claims(self, names):
        """Return name -> the ids of all stories that could be called so."""
        claims = defaultdict(set)
        rows = Origin.objects.filter(source__in=self._sources, external_id__in=names)
        for name, pk in rows.exclude(article=None).values_list("external_id", "article_id"):
            claims[name].add(pk)
        return claims

    @cached_property
    def _sources(self):
        return list(Origin.objects.order_by().values_list("source", flat=True).distinct())


class Numbers:
    """Stories called by the numbers that they have here, for formats that know no other names."""

    def of(self, articles):
        return {pk: str(pk) for pk in articles}

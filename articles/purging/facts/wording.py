"""What readers see of what was changed in a story: when, and what had been said before."""

from collections import defaultdict

from articles.models import Article, Wording
from articles.purging.kind import Fixed, Kind, Part
from articles.purging.names import name


class Wordings(Kind):
    """All changes of an edition at once: the newest is told by the words that it has now."""

    models = {Wording: "edition_id"}
    goes_with = {Wording: Article}
    parts = (
        Part(
            "changes:<edition>",
            "what was changed in a story in one language",
            "readers are given other words, a change is called cosmetic, or all are taken out",
            hides=True,
        ),
    )

    def load(self, pks):
        rows = Wording.objects.filter(edition__in=pks, replaced_at__isnull=False, is_cosmetic=False)
        by_edition = defaultdict(list)
        for edition, *told in rows.order_by("pk").values_list("edition_id", "pk", "replaced_at"):
            by_edition[edition].append(tuple(told))
        return {pk: Fixed({name("changes", pk): tuple(told)}) for pk, told in by_edition.items()}


KIND = Wordings()
"""What readers see of what was changed in a story."""

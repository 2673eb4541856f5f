"""Where categories stand: which of a story's names it best, and in which order they are listed."""

from dataclasses import dataclass

from articles.models import Article, Category


@dataclass(frozen=True)
class Ranks:
    """The tree of categories without its words: id -> (parent, kind, position). See navigation.Tree."""

    places: dict

    @classmethod
    def load(cls):
        rows = Category.objects.order_by().values_list("pk", "parent_id", "kind", "position")
        return cls({pk: place for pk, *place in rows})

    def lineage(self, pk):
        """Return the ids from the root down to this category."""
        found = [pk]
        while (parent := self.places[found[0]][0]) in self.places and parent not in found:
            found.insert(0, parent)
        return found

    def key(self, pk):
        """Return what decides whether a category is the kicker of a story: the smallest is."""
        _parent, kind, position = self.places[pk]
        return kind, -len(self.lineage(pk)), position, pk

    def order(self, pk):
        """Return what orders the categories that are listed under a story."""
        return self.places[pk][2], pk

    def listed(self, categories):
        return tuple(sorted((pk for pk in categories if pk in self.places), key=self.order))

    def kicker(self, categories):
        known = (pk for pk in categories if pk in self.places)
        return min(known, key=self.key, default=None)

    def kickers(self, categories):
        """Return root -> the kicker that a story has in the block of that root on a front page."""
        inside = {}
        for pk in categories:
            if pk in self.places:
                inside.setdefault(self.lineage(pk)[0], []).append(pk)
        return {root: self.kicker(found) for root, found in inside.items()}

    def turned(self, other):
        """Return category -> those in whose company it may name or order stories otherwise than in `other`."""
        both = self.places.keys() & other.places.keys()
        moved = [pk for pk in both if self._place(pk) != other._place(pk)]
        found = {}
        for pk in moved:
            company = {each for each in both if each != pk and self._differs(other, pk, each)}
            if company:
                found[pk] = company
        return found

    def _place(self, pk):
        return self.key(pk), self.order(pk), self.lineage(pk)[0]

    def _differs(self, other, one, two):
        return any(
            (mine(one) < mine(two)) != (theirs(one) < theirs(two))
            for mine, theirs in ((self.key, other.key), (self.order, other.order))
        ) or (self._together(one, two) != other._together(one, two))

    def _together(self, one, two):
        return self.lineage(one)[0] == self.lineage(two)[0]


def in_company(turned, *, limit):
    """Return the ids of articles that stand in a category and one of its company, up to a limit."""
    links = Article.categories.through.objects.order_by()
    found = set()
    for pk, company in turned.items():
        others = links.filter(category__in=company).values("article_id")
        both = links.filter(category=pk, article__in=others)
        found |= set(both.values_list("article_id", flat=True)[: limit + 1])
        if len(found) > limit:
            break
    return found

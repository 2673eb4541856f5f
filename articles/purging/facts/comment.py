"""What readers see of the comments under a story in one language: which there are, and each by itself."""

from collections import defaultdict

from articles.models import Comment
from articles.purging.kind import Fixed, Kind, Part
from articles.purging.names import name

SHOWN = ("pk", "name", "words", "written_at", "edited_at", "parent_id")
"""Its id, and what is told of it; a name it always has, so its fact is never that of something unseen."""


class Comments(Kind):
    models = {Comment: "edition_id"}
    parts = (
        Part(
            "comments:<edition>",
            "the comments under a story in one language",
            "one comes or goes",
        ),
        Part(
            "comment:<id>",
            "a comment",
            "its words or its name change, or it is not to be seen any more",
            hides=True,
        ),
    )

    def load(self, pks):
        """Return id of the edition -> its published comments."""
        found = defaultdict(list)
        rows = Comment.objects.published().filter(edition__in=pks).order_by("pk")
        for edition, *row in rows.values_list("edition_id", *SHOWN):
            found[edition].append(row)
        return {pk: Fixed(_facts(pk, found[pk])) for pk in pks}


def _facts(edition, rows):
    each = {name("comment", row[0]): tuple(row[1:]) for row in rows}
    return each | {name("comments", edition): " ".join(f"{row[0]}/{row[-1] or ''}" for row in rows)}


KIND = Comments()

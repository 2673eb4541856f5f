"""What readers see of a comment: that it stands among those under its story, and what it says."""

from articles.models import Article, Comment
from articles.purging.kind import SHOWN, Fixed, Kind, Part
from articles.purging.names import name

TOLD = ("name", "words", "written_at", "edited_at")
"""What is told of it; a name it always has, so its fact is never that of something unseen."""


class Comments(Kind):
    """Each by itself: under a story there may be thousands."""

    models = {Comment: "pk"}
    goes_with = {Comment: Article}
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

    def is_announced(self, thing):
        return thing.state == Comment.State.PUBLISHED

    def load(self, pks):
        rows = Comment.objects.published().filter(pk__in=pks)
        return {
            pk: Fixed({name("comments", edition): SHOWN, name("comment", pk): tuple(told)})
            for pk, edition, *told in rows.values_list("pk", "edition_id", *TOLD)
        }


KIND = Comments()

"""What readers see of a story: on its own page, in lists, and where others link to it."""

from django.db.models import Q

from articles.models import (
    Article,
    Byline,
    Category,
    Edition,
    ImageUse,
    Tag,
    TaggedArticle,
)
from articles.purging.kind import HELD, NOTHING, Fixed, Kind, Part
from articles.purging.stories import New, whole, with_editions
from newsroom.moments import FOREVER


class Stories(Kind):
    """A story on its own page, in lists, and where others link to it."""

    models = {
        Article: "pk",
        Article.categories.through: "article_id",
        Byline: "article_id",
        Edition: "article_id",
        ImageUse: "article_id",
        TaggedArticle: "content_object_id",
    }
    goes_with = {TaggedArticle: Tag}
    parts = (
        Part(
            "article:<id>:<language>",
            "the page of a story, or that it was withdrawn",
            "something changes that only this page shows, or that it shows, too",
            hides=True,
        ),
        Part(
            "text:<id>:<language>",
            "a story in full, as feeds give it",
            "its words, time, pictures, authors, translators, tags or categories change, what was corrected in it, or whether a machine has drafted it; it comes or goes, or another language of it does",
            hides=True,
        ),
        Part(
            "dated:<language>:<month>",
            "the stories of a month, as search engines are told of them",
            "one of them comes or goes, its address, its languages or the moment of its last change is another",
            hides=True,
        ),
        Part(
            "url:article:<id>:<language>",
            "a link to a story in a text",
            "the address changes, the story comes or goes",
            hides=True,
        ),
        Part(
            "link:<id>:<language>",
            "a headline as a link, with its time",
            "one of the three changes, the story comes or goes",
            hides=True,
        ),
        Part(
            "teaser:<id>:<language>",
            "the same with standfirst and picture: a card",
            "one of these changes, or which picture leads, or the day of its last change",
            hides=True,
        ),
        Part(
            "commenting:<id>:<language>",
            "whether a story takes comments, over those that it has",
            "it is opened or closed, or its time for comments is over",
        ),
        Part(
            "counted:<id>:<language>",
            "how many comments there are under a story, where they are counted",
            "one comes or goes",
        ),
        Part(
            "lead:<id>",
            "a card that shows no picture, but whether there is one",
            "another picture leads the story",
        ),
        Part(
            "topics:<id>",
            "the first page of a category with this story: the topics that its stories share",
            "a tag is given to the story or taken from it",
        ),
        Part(
            "genre:<id>",
            "the section that stands before a headline",
            "another one does, or none",
        ),
        Part(
            "kicker:<id>",
            "the category over the headline of a card",
            "another one names the story better",
        ),
        Part(
            "kicker:in:<region>:<id>",
            "the same in the block of a region on the front page",
            "another one of that region does",
        ),
    )

    def load(self, pks):
        """Return id -> Story, whole where readers can see it now or later, else with its editions only."""
        return whole(with_editions(pks))

    def changes(self, before, **context):
        after, tree = self.load(before), Category.tree()
        for pk, was in before.items():
            # The same tree for both: what they change is compared with the categories.
            yield was.filed_in(tree), after[pk].filed_in(tree)

    def additions(self, pks, *, at):
        new = sorted(pks)
        for start in range(0, len(new), HELD):
            yield from _additions(with_editions(new[start : start + HELD]), at=at)

    def is_announced(self, thing):
        return True

    def can_hide(self, snapshot, *, at):
        return snapshot.is_known(at=at)

    def planned(self, *, after):
        coming = Q(published_at__gt=after) | Q(comments_until__gt=after)
        later = Edition.objects.live(at=FOREVER).filter(coming)
        return later.values_list("article_id", flat=True)


def _additions(stories, *, at):
    for story in stories.values():
        yield NOTHING, New(story)
    coming = {pk: story for pk, story in stories.items() if story.moments(after=at)}
    tree = Category.tree() if coming else None
    for story in whole(coming).values():
        # What it shows already is new; what comes by itself differs from that.
        filed = story.filed_in(tree)
        yield Fixed(filed.facts(at=at)), filed


KIND = Stories()

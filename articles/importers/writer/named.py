"""What the stories of one transaction name, looked for once: nobody else writes meanwhile."""

from typing import NamedTuple

from articles.derived import addresses
from articles.importers.writer import identities
from articles.importers.writer.alike import Headlines
from articles.importers.writer.people import People
from articles.importers.writer.subjects import Categories
from articles.importers.writer.topics import Tags, named_categories, words_of


class Named(NamedTuple):
    """`rows` are those of ids, `references` the categories that files name, and `categories` all of them, for subjects.

    `elsewhere` maps each source to the Headlines that others have.
    """

    rows: dict
    tags: Tags
    people: People
    references: dict
    categories: Categories | None
    elsewhere: dict

    @classmethod
    def of(cls, jobs):
        """Look for what the stories of Jobs name, and which of their addresses are free."""
        stories = [job.story for job in jobs]
        addresses.look_ahead(
            (
                (language, said.slug or said.title, said.published_at or job.options.now)
                for job in jobs
                for language, said in job.story.texts.items()
            ),
            old=(
                path for story in stories for some in story.old_addresses.values() for path in some
            ),
        )
        return cls(
            rows=identities.rows_of(jobs),
            tags=Tags(words_of(stories)),
            people=People([person for story in stories for person in story.bylines]),
            references=named_categories({words for story in stories for words in story.categories}),
            categories=Categories() if any(story.subjects for story in stories) else None,
            elsewhere={
                source: Headlines(stories, source) for source in {job.source for job in jobs}
            },
        )

"""What is to be stored, and how."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from articles.importers.story import Story
from articles.models import ImportBatch


@dataclass(frozen=True)
class Options:
    """How a story is stored.

    With `publish`, texts get the state that the story gives them; without, they stay drafts. With
    `redate`, a time that the source has corrected is corrected here. `again` stores what was
    deleted here, too. With `is_certain` the id alone says which story it is; without, a page that is
    another story than the one under its id is refused. `create_categories` makes those that the site
    lacks. `into` is the id of the article that the story becomes a language of. A dry run does everything, and takes it back.
    What is changed is noted as a change of `batch`, an ImportBatch, if there is one.
    """

    publish: bool = False
    is_certain: bool = True
    redate: bool = True
    again: bool = False
    create_categories: bool = False
    into: int | None = None
    dry_run: bool = False
    batch: ImportBatch | None = None
    now: datetime | None = None


class Job(NamedTuple):
    """A story to be stored, with the name of its source."""

    story: Story
    source: str
    options: Options

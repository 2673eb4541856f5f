"""What is asked for of one story, what became of it, and why it failed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.core.exceptions import ValidationError

from articles.importers.notes import is_routine
from articles.importers.story import BadStory, Story
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


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    LEFT_OUT = "left out"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What became of one story: `notes` say what is missing, `problems` what went wrong.

    One that `is_awaiting` names related stories that are not here yet: see relate_again.
    """

    name: str
    outcome: Outcome
    notes: tuple = ()
    problems: tuple = ()
    is_awaiting: bool = False

    @property
    def needs_a_person(self):
        return bool(self.problems) or not all(map(is_routine, self.notes))


def reasons(error):
    """Return what made a story fail, as sentences."""
    if isinstance(error, ValidationError):
        return error.messages
    if isinstance(error, OSError):
        return [f"A file could not be read or stored: {error}."]
    if isinstance(error, BadStory):
        return [str(error)]
    return [f"The database does not take it: {str(error).strip().splitlines()[0]}."]

"""What became of one story, and why it failed."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from articles.importers.notes import is_routine
from articles.importers.story import BadStory


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

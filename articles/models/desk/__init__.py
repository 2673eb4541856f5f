"""The desk: who has a language in hand, how soon languages should follow, machine drafts, previews, stories that may be one."""

from articles.models.desk.assignment import Assignment
from articles.models.desk.event import Event
from articles.models.desk.machine_draft import MachineDraft
from articles.models.desk.pair import Join, Pair
from articles.models.desk.preview_link import PreviewLink
from articles.models.desk.target import Target

__all__ = ["Assignment", "Event", "Join", "MachineDraft", "Pair", "PreviewLink", "Target"]

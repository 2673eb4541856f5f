"""The desk: who has which language of a story in hand, and how soon languages should follow."""

from articles.models.desk.assignment import Assignment
from articles.models.desk.target import Target

__all__ = ["Assignment", "Target"]

"""Comments: those of a story, one's own, and all that a reader wrote."""

from articles.views.comment.of_reader import ask_for_comments, comments_of_reader
from articles.views.comment.of_story import comment_among_others, comments, write_comment
from articles.views.comment.own import own_comment

__all__ = [
    "ask_for_comments",
    "comment_among_others",
    "comments",
    "comments_of_reader",
    "own_comment",
    "write_comment",
]

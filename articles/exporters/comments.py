"""What is kept of a reader's comments, for that reader."""

from newsroom.page import whole


def as_data(comments, *, at):
    """Return comments, loaded with their editions and articles, as plain values for JSON.

    Of a story that nobody may read at that moment they tell no headline.
    """
    return [
        {
            "id": comment.pk,
            "story": comment.edition.title if comment.edition.is_live(at=at) else None,
            "address": whole(comment.url),
            "language": comment.edition.language,
            "name": comment.name,
            "email": comment.email,
            "address_confirmed": _moment(comment.confirmed_at),
            "comment": comment.words,
            "answers": comment.parent_id,
            "state": comment.state,
            "written": _moment(comment.written_at),
            "changed": _moment(comment.edited_at),
        }
        for comment in comments
    ]


def _moment(moment):
    return moment and moment.isoformat()

"""Bring the rights of a picture that is here already into line with what its source says now."""

from datetime import UTC, datetime

from articles.actions import illustrating

RIGHTS = (
    *("creator", "credit_line", "copyright_notice", "licence", "licence_url", "source_url"),
    "passing_on",
)
END = "valid_until"


def said(picture):
    """Return what the source says of the rights, fit to be kept with the use of the image."""
    rights = {name: _plain(getattr(picture, name)) for name in (*RIGHTS, END)}
    # A source that never says it has said nothing new.
    return {name: value for name, value in rights.items() if value or name != "passing_on"}


def renew(image, picture, use):
    """Write the rights that the source has changed; return a note on what is kept instead.

    `use` is the use that the story has had of the image, or None. Only what nobody changed here is
    written, and only where no other story shows the image; an earlier end of a right always is.
    """
    before = use.source_rights if use else {}
    changed = [name for name in (*RIGHTS, END) if _asks_for_change(image, picture, before, name)]
    if not changed:
        return []
    is_shared = image.uses.exclude(pk=use and use.pk).exists()
    written = [
        name
        for name in changed
        if (name == END and _ends_earlier(image, picture))
        or not (is_shared or _is_edited(image, before, name))
    ]
    if written:
        illustrating.describe(image, **{name: getattr(picture, name) for name in written})
    kept = [name for name in changed if name not in written]
    return [f"“{image}” keeps what it has here: {', '.join(kept)}."] if kept else []


def _asks_for_change(image, picture, before, name):
    """Return whether the source says something new that does not stand here."""
    value = getattr(picture, name)
    is_new = before[name] != _plain(value) if name in before else bool(value)
    return is_new and value != getattr(image, name)


def _is_edited(image, before, name):
    """Return whether somebody wrote here what stands here; an empty field may be filled."""
    here = getattr(image, name)
    return _plain(here) != before[name] if name in before else bool(here)


def _ends_earlier(image, picture):
    return picture.valid_until and (
        image.valid_until is None or picture.valid_until < image.valid_until
    )


def _plain(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value

"""Making, renaming and moving a category, a tag or an author; giving a tag a spelling."""

from newsroom.db import locks


@locks.writing()
def save(thing):
    """Store a category, tag or author that is new, or has another name, address or place.

    What follows hangs on the model, for a save in a shell as well: its old addresses lead on, its lists are brought in line.
    """
    thing.save()


@locks.writing()
def learn(tag, words):
    """Make `words` mean this tag; raise ValidationError if they already mean another."""
    tag.learn(words)


@locks.writing()
def forget(tag, alias):
    """Let a spelling mean this tag no more; its name and its labels always do."""
    tag.forget(alias)

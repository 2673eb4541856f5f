"""What a batch changes of a story, noted so that actions/taking_back.py can undo it."""

from reversion.models import Version

from articles.importers.writer.states import plain
from articles.models import ImportChange
from newsroom.db import together


def stood(editions):
    """Return language -> [slug, status, time of publication, time of change], as an ImportChange keeps it."""
    return {
        edition.language: [
            *(edition.slug, edition.status),
            *(plain(edition.published_at), plain(edition.modified_at)),
        ]
        for edition in editions
    }


def note(batch, origin, article, *, is_new, given, editions):
    """Keep what stood here before, unless the same batch has changed the story already."""
    if is_new:
        change = ImportChange(batch=batch, origin=origin, is_new=True, rev=article.rev)
        together.insert(change)
        return
    # What is saved in this revision is written with its end: the last version is still the one before.
    version = Version.objects.get_for_object(article).order_by("-pk").values_list("pk", flat=True)
    before = {
        "is_new": False,
        "version": version.first(),
        "given": given,
        "editions": editions,
    }
    ImportChange.objects.update_or_create(
        batch=batch,
        origin=origin,
        defaults={"rev": article.rev},
        create_defaults=before | {"rev": article.rev},
    )

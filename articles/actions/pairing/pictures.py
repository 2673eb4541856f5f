"""The pictures of a story: one that the other story has as well gets the words of both, the others come along."""

from articles.actions.pairing import rows
from articles.models import ImageUse
from articles.texts import columns

WORDS = ("caption", "alt")


def take(kept, gone, languages, *, alike):
    """`alike(image, other)` tells whether two images show the same, whatever their files."""
    here, there = list(kept.uses.select_related("image")), list(gone.uses.select_related("image"))
    held = {"kept": rows.held(here), "gone": rows.held(there), "same": {}}
    shown = gone.images_in_bodies()
    by_image = {use.image_id: use for use in here}
    lead = next((use for use in here if use.is_lead), None)
    for use in there:
        same = by_image.get(use.image_id)
        if same is None and use.is_lead and lead and alike(use.image, lead.image):
            same = lead
        if same:
            _copy(use, same, _names(languages))
            same.save()
            held["same"][str(use.pk)] = same.pk
        if same is None or use.image_id in shown - by_image.keys():
            _move(use, kept, lead)
    return held


def give_back(kept, gone, languages, held):
    names = _names(languages)
    uses = {use.pk: use for use in kept.uses.all()}
    came = rows.brought_back(held["gone"])
    for was in came:
        now = uses.get(was.pk) or uses.get(held["same"].get(str(was.pk)))
        _copy(now or was, was, names)
    for was in rows.brought_back(held["kept"]):
        if use := uses.get(was.pk):
            _copy(was, use, names)
            use.save()
    for was in came:
        # One that came along and that somebody has taken out since stays out.
        if was.pk in uses or str(was.pk) in held["same"]:
            ImageUse.objects.filter(pk=was.pk).delete()
            rows.store([was])


def _names(languages):
    return [name for code in languages for name in columns(WORDS, code)]


def _copy(use, to, names):
    for name in names:
        setattr(to, name, getattr(use, name))


def _move(use, kept, lead):
    """Let a picture come behind those that are there; it leads where none does."""
    last = kept.uses.order_by("-position").first()
    use.article, use.is_lead = kept, use.is_lead and lead is None
    use.position = last.position + 1 if last else 0
    use.save()
